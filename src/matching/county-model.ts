/**
 * The county's Fellegi–Sunter model: weights in milli-bits for every comparison level, by pair class.
 *
 * In:  pattern counts of the scored pairs, patterns of random pairs, counts of registers and names.
 * Out: a CountyModel, a plain value that can be saved, shown (`bidui model`) and used by weigh-county.ts.
 *
 *   m  among pairs with the same valid ID number (names, births, places), or the same name, birth and place (numbers);
 *      where such anchors are few, by expectation–maximisation with u held.
 *   u  among random pairs of rows; names also among random pairs of one village, because a one-clan village is full of
 *      equal surnames; ID levels are computed, random pairs never show them.
 *   λ  from the number of anchor pairs and the share of rows that have a number.
 *
 * Fellegi and Sunter (1969); EM on pattern counts after Winkler (1988).
 */
import {
  isIdentityAnchor,
  isNamelessAnchor,
  isNumberAnchor,
  isSomebodyElse,
  type LevelCounts,
  levelCounts,
  type PatternTable,
  secondNumbers,
  withoutNumbers,
  sumCounts,
} from './anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from './compare/levels.ts'
import { COMPARISON, COMPARISONS } from './comparisons.ts'
import { STANDINGS } from './expected-partners.ts'
import { idLevelOf, KIN_LEVEL, PAIR_CLASS, PAIR_CLASSES, pairClassOf } from './kernel.ts'
import { estimateModel, type HeldValues, type Model } from './weigh/em.ts'
import { type EthnicityModel, NO_ETHNICITY } from './weigh/ethnicity.ts'
import { lambdaOf, matchesMax, pairsOfClass } from './weigh/prior.ts'
import { unnumberedBirths } from './unnumbered-births.ts'
import { smooth, USUAL_M_LIVES_THERE, USUAL_U, USUAL_U_ADDRESS, usualM } from './weigh/usual-levels.ts'

/** How much is known of the number decides what birth and sex still add: the number contains them. */
export const ID_STATE = { free: 0, same: 1, near: 2 } as const

export interface ClassModel {
  /** Probability that two random rows of the class are one person. */
  readonly lambda: number
  /** m and u by comparison and level; level 0 is missing. */
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
  /** u of names between two rows of one village. */
  readonly uNameLocal: readonly number[]
  /** m of births where a row has no number. */
  readonly mBirthUnnumbered: readonly number[]
  /** Pairs that m rests on. */
  readonly anchors: number
  readonly mFrom: 'anchors' | 'em' | 'defaults'
}

export interface CountyModel {
  readonly version: 1
  readonly classes: readonly ClassModel[]
  /** Rows per register. */
  readonly rows: readonly number[]
  /** Shares of rows that expect a police row or another census row and have none (expected-partners.ts). */
  readonly unmatched: readonly [police: number, census: number]
  /** How often people of each of STANDINGS are counted, by one counted in force (expected-partners.ts). */
  readonly counted: readonly number[]
  readonly ethnicity: EthnicityModel
  /** EM over the police–census patterns, as a check of the anchors. */
  readonly em: { readonly iterations: number; readonly converged: boolean; readonly lambda: number }
}

/** Days of a month, near enough. */
const DAYS = 30
/** Pseudo-pairs that thin counts are pulled towards the usual with. */
const SMOOTHING_M = 60
const SMOOTHING_U = 10_000
const SMOOTHING_U_OTHER = 150
/** Anchors from which on the class is learned from them. */
const ANCHORS_MIN = 1000
/** Pairs of one number from which on they, not EM, say how many people stand in the census twice. */
const ANCHORS_COUNTED = 100
/** Where an away row says that the person lives. */
const SMOOTHING_CLAIMS = 30
/** Names that changed altogether, by level: at least, at most; pseudo-pairs. */
const RENAMED_M = 0.0008
const RENAMED_M_MAX = 0.02
const SMOOTHING_RENAMED = 2000

export interface ModelInput {
  /** All scored candidate pairs. */
  readonly scored: PatternTable
  /** Random pairs, by pair class, over the county and inside one village. */
  readonly random: PatternTable
  readonly randomLocal: PatternTable
  readonly rows: readonly number[]
  /** Share of rows of each register with a whole ID number. */
  readonly idCoverage: readonly number[]
  /** See expected-partners.ts; [1, 1] if nothing is known. */
  readonly unmatched: readonly [police: number, census: number]
  /** See expected-partners.ts: so many pairs there are at most; nothing if nothing is known. */
  readonly expecting?: readonly [police: number, census: number]
  /** See expected-partners.ts; nothing if nothing is known. */
  readonly counted?: readonly number[]
  /** See weigh/ethnicity.ts; nothing if nothing is known. */
  readonly ethnicity?: EthnicityModel
}

/** Learned class by class, in the order of PAIR_CLASSES: two forms of one person are judged by what police and census taught. */
export function estimateCountyModel(input: ModelInput): CountyModel {
  const classes: ClassModel[] = []
  const em = { iterations: 0, converged: true, lambda: 0 }
  for (let pairClass = 0; pairClass < PAIR_CLASSES.length; pairClass++) {
    const evidence = evidenceOf(input, pairClass)
    const learned = learnFromAnchors(input, evidence)
    const asked = askEm(input, evidence, learned, classes)
    if (asked !== undefined && pairClass === PAIR_CLASS.policeCensus) {
      em.iterations = asked.iterations
      em.converged = asked.converged
      em.lambda = asked.lambda
    }
    classes.push(asked === undefined || !isEmWiser(evidence) ? learned : mixWithEm(input, evidence, learned, asked))
  }
  const [police, census] = input.idCoverage
  const births = classes.map(({ m }) => m[COMPARISON.birth])
  const unnumbered = unnumberedBirths(input.scored, police * census, births)
  return {
    version: 1,
    classes: classes.map((c, k) => ({ ...c, mBirthUnnumbered: unnumbered[k] })),
    rows: input.rows,
    unmatched: input.unmatched,
    counted: STANDINGS.map((_, k) => input.counted?.[k] ?? 1),
    ethnicity: input.ethnicity ?? NO_ETHNICITY,
    em,
  }
}

/** What the pairs of a class show. */
interface ClassEvidence {
  readonly pairClass: number
  /** All pairs of rows of the class. */
  readonly pairs: number
  /** Pairs of one valid number, and how many; of one name, birth and village; of one number under whatever name. */
  readonly byNumber: LevelCounts
  readonly anchors: number
  readonly byIdentity: LevelCounts
  readonly nameless: LevelCounts
  /** Pairs of one number that are two people. */
  readonly somebodyElse: number
  /** Pairs by chance over the county, and inside one village. */
  readonly random: LevelCounts
  readonly randomLocal: LevelCounts
}

function evidenceOf({ scored, random, randomLocal, rows }: ModelInput, pairClass: number): ClassEvidence {
  const isOfClass = (p: number): boolean => pairClassOf(p) === pairClass
  const byNumber = levelCounts(scored, (p) => isOfClass(p) && isNumberAnchor(p))
  return {
    pairClass,
    pairs: pairsOfClass(rows, pairClass),
    byNumber,
    anchors: byNumber.total,
    byIdentity: levelCounts(scored, (p) => isOfClass(p) && isIdentityAnchor(p)),
    nameless: levelCounts(scored, (p) => isOfClass(p) && isNamelessAnchor(p)),
    somebodyElse: sumCounts(scored, (p) => isOfClass(p) && isSomebodyElse(p)),
    random: levelCounts(random, (p) => isOfClass(p) && idLevelOf(p) !== ID_LEVEL.sameValid),
    randomLocal: levelCounts(randomLocal, isOfClass),
  }
}

/** The model of a class by its anchors, pulled towards what is usual where they are few. */
function learnFromAnchors(input: ModelInput, evidence: ClassEvidence): ClassModel {
  const { pairClass, anchors } = evidence
  const u = chancesOfStrangers(input, evidence)
  const uNameLocal = smooth(evidence.randomLocal.byComparison[COMPARISON.name], u[COMPARISON.name], SMOOTHING_U / 4)
  const m = chancesOfOnePerson(evidence, u)
  const lambda = lambdaOf(input, pairClass, anchors)
  const mFrom = anchors >= ANCHORS_MIN ? 'anchors' : 'defaults'
  const mBirthUnnumbered = m[COMPARISON.birth]
  const learned: ClassModel = { lambda, m, u, uNameLocal, mBirthUnnumbered, anchors, mFrom }
  return pairClass === PAIR_CLASS.policePolice ? withSecondNumbers(input.scored, evidence, learned) : learned
}

/** u: shares of levels among random pairs; what these cannot show is computed. */
function chancesOfStrangers({ rows }: ModelInput, evidence: ClassEvidence): readonly (readonly number[])[] {
  const { random, randomLocal, pairClass, somebodyElse, anchors } = evidence
  const shareOf = (comparison: number, pseudo = SMOOTHING_U_OTHER): readonly number[] =>
    smooth(random.byComparison[comparison], USUAL_U[comparison], pseudo)
  const u: (readonly number[])[] = []
  u[COMPARISON.name] = shareOf(COMPARISON.name, SMOOTHING_U)
  u[COMPARISON.birth] = dayChances(shareOf(COMPARISON.birth))
  u[COMPARISON.id] = idChances(rows, pairClass, somebodyElse, anchors)
  u[COMPARISON.sex] = shareOf(COMPARISON.sex)
  u[COMPARISON.place] = shareOf(COMPARISON.place)
  u[COMPARISON.kin] = [0, 2e-5, 5e-5, 1, ...claimChances(shareOf(COMPARISON.kin))]
  u[COMPARISON.address] = smooth(randomLocal.byComparison[COMPARISON.address], USUAL_U_ADDRESS, 50)
  return u
}

/** m: shares of levels among the anchors; numbers among the pairs of one name, birth and village. */
function chancesOfOnePerson(
  { pairClass, byNumber, byIdentity, nameless }: ClassEvidence,
  u: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const m = COMPARISONS.map((_, c) => {
    const anchors = c === COMPARISON.id ? byIdentity : byNumber
    return smooth(anchors.byComparison[c], usualM(c, pairClass), SMOOTHING_M)
  })
  // A number that is somebody else's speaks a little against the pair, by the share of rows that have one.
  m[COMPARISON.id][ID_LEVEL.heldElsewhere] = u[COMPARISON.id][ID_LEVEL.heldElsewhere] / 2
  m[COMPARISON.name] = withRenamed(m[COMPARISON.name], nameless, pairClass)
  m[COMPARISON.kin] = kinChances(byNumber.byComparison[COMPARISON.kin], pairClass)
  return m
}

/** Names change altogether, if seldom; the anchors of one number leave such pairs out. */
function withRenamed(m: readonly number[], nameless: LevelCounts, pairClass: number): number[] {
  const changed = smooth(nameless.byComparison[COMPARISON.name], m, SMOOTHING_RENAMED)
  return m.map((p, l) =>
    l < NAME_LEVEL.givenEqual
      ? p
      : Math.min(RENAMED_M_MAX, Math.max(p, RENAMED_M, pairClass === PAIR_CLASS.policeCensus ? changed[l] : 0)),
  )
}

/** Two questions share the bits: parents, as usual; and where an away row says that the person lives, as counted. */
function kinChances(counts: readonly number[], pairClass: number): number[] {
  const usual = usualM(COMPARISON.kin, pairClass)
  const livesThere = pairClass === PAIR_CLASS.policeCensus ? USUAL_M_LIVES_THERE : usual.slice(KIN_LEVEL.claimVillage)
  const claims = smooth([0, ...counts.slice(KIN_LEVEL.claimVillage)], [0, ...livesThere], SMOOTHING_CLAIMS)
  return [0, ...usual.slice(KIN_LEVEL.agree, KIN_LEVEL.claimVillage), ...claims.slice(1)]
}

/** The anchors have one number each; people with two are counted apart and join the matches. */
function withSecondNumbers(scored: PatternTable, { pairs, anchors }: ClassEvidence, learned: ClassModel): ClassModel {
  if (pairs <= 0) return learned
  const second = secondNumbers(scored)
  const matches = Math.max(learned.lambda * pairs, anchors + withoutNumbers(scored)) + second
  const m = learned.m.map((levels, c) =>
    c === COMPARISON.id
      ? levels.map((p, l) => (l === ID_LEVEL.bothValidDiffer ? Math.max(p, second / matches) : p))
      : levels,
  )
  return { ...learned, m, lambda: Math.min(0.5, matches / pairs) }
}

/** Few numbers, many people: then EM knows better. A handful of rows teaches nothing, whatever the method. */
function isEmWiser({ anchors, byIdentity }: ClassEvidence): boolean {
  return anchors < ANCHORS_MIN && byIdentity.total >= ANCHORS_MIN
}

/**
 * EM from what was learned, with u held: always between police and census, as a check of the anchors; between census rows where it is wiser.
 *
 * @param before models of the classes before this one
 */
function askEm(
  { scored }: ModelInput,
  evidence: ClassEvidence,
  learned: ClassModel,
  before: readonly ClassModel[],
): Model | undefined {
  const { pairClass, pairs } = evidence
  if (pairs <= 0) return undefined
  const estimate = (held: HeldValues) => estimateByEm(scored, evidence, learned, held)
  if (pairClass === PAIR_CLASS.policeCensus) return estimateWithFewRenamed([], estimate)
  if (pairClass !== PAIR_CLASS.censusCensus || !isEmWiser(evidence)) return undefined
  return estimateWithFewRenamed(heldBySecondForm(before[PAIR_CLASS.policeCensus].m), estimate)
}

/** What EM says, by as much as there are too few anchors. */
function mixWithEm(input: ModelInput, evidence: ClassEvidence, learned: ClassModel, asked: Model): ClassModel {
  const { pairClass, pairs, anchors } = evidence
  const m = asked.m.map((levels, c) => mixLevels(levels, learned.m[c], anchors / ANCHORS_MIN))
  const matches = Math.min(asked.lambda * pairs, matchesMax(input.rows, pairClass, input.expecting))
  const isCountedByEm = pairClass === PAIR_CLASS.policeCensus || anchors < ANCHORS_COUNTED
  const lambda = isCountedByEm ? Math.max(matches / pairs, learned.lambda / 4) : learned.lambda
  return { ...learned, m, lambda, mFrom: 'em' }
}

/**
 * So few random pairs share a birth date that their number is luck, and with none of them the date would weigh eight bits
 * more than it does. Those of one month are thirty times as many: a day is at least that part of them.
 */
function dayChances(birth: readonly number[]): number[] {
  const month = birth[BIRTH_LEVEL.dateEqual] + birth[BIRTH_LEVEL.monthEqual]
  return birth.map((p, l) => (l === BIRTH_LEVEL.dateEqual ? Math.max(p, month / DAYS) : p))
}

function mixLevels(a: readonly number[], b: readonly number[], shareOfB: number): number[] {
  const share = Math.min(1, Math.max(0, shareOfB))
  return a.map((value, l) => value * (1 - share) + b[l] * share)
}

/**
 * Chances of the ID levels between two different people, computed.
 *
 * Same valid number: the share of same-number pairs that are somebody else's, spread over all pairs. Near numbers: a
 * random pair of one county shares area (about 0.8) and birth date (one in 25,000), then differs in one or two of the
 * last digits; or shares the tail and differs in a birth digit.
 */
function idChances(rows: readonly number[], pairClass: number, misfits: number, anchors: number): number[] {
  const people = Math.max(1000, rows[0], rows[1])
  const somebodyElse = (misfits + 2) / (misfits + anchors + 400)
  const u = Array.from({ length: 12 }, () => 0)
  u[ID_LEVEL.sameValid] = Math.max(0.0005, somebodyElse) / people
  u[ID_LEVEL.sameUnproved] = (3 * Math.max(0.0005, somebodyElse)) / people
  u[ID_LEVEL.oneDigit] = 2e-7
  u[ID_LEVEL.transposed] = 4e-8
  u[ID_LEVEL.truncated] = 3e-6
  u[ID_LEVEL.dropped] = 1e-7
  u[ID_LEVEL.twoDigits] = 2e-6
  u[ID_LEVEL.areaDiffers] = 2e-9
  u[ID_LEVEL.bothValidDiffer] = 0.93
  u[ID_LEVEL.differ] = 0.07
  u[ID_LEVEL.heldElsewhere] = 0.02
  return pairClass === PAIR_CLASS.other ? u.map((value, l) => (l === ID_LEVEL.sameValid ? value * 1.5 : value)) : u
}

function claimChances(uKin: readonly number[]): number[] {
  let total = 0
  for (let l = 4; l < 8; l++) total += uKin[l]
  return [4, 5, 6, 7].map((l) => (total > 0 ? Math.max(1e-4, uKin[l] / total) : 0.25))
}

/**
 * m of names, births and sex between two forms of one person: twice as wrong as one form beside the register. EM would learn
 * namesakes of all ages here, of whom there are more than people counted twice.
 * @param m of police–census pairs
 * @returns by comparison; undefined where two forms are another matter
 */
function heldBySecondForm(m: readonly (readonly number[])[]): readonly (readonly number[] | undefined)[] {
  const agreeing: readonly (readonly number[])[] = [
    [NAME_LEVEL.exact],
    [BIRTH_LEVEL.dateEqual, BIRTH_LEVEL.monthKnown],
    [],
    [SEX_LEVEL.equal],
  ]
  return agreeing.map((levels, c) => {
    if (levels.length === 0) return undefined
    // Level 0, missing, is no share of anything.
    const total = m[c].reduce((sum, p, l) => (l === 0 ? sum : sum + p), 0)
    const agree = levels.reduce((sum, l) => sum + m[c][l], 0) / total
    const wrong = Math.min(0.5, 2 * (1 - agree))
    return m[c].map((p, l) => {
      if (l === 0) return 0
      return levels.includes(l)
        ? ((p / total) * (1 - wrong)) / agree
        : ((p / total) * wrong) / Math.max(1e-12, 1 - agree)
    })
  })
}

/**
 * EM, and again where it finds more than RENAMED_M_MAX of the matches under wholly other names. u comes from samples: where few people
 * stand in both registers, a tenth more strangers of one month, sex and village than it foretells go for matches.
 */
function estimateWithFewRenamed(held: HeldValues, estimate: (pins: HeldValues) => Model): Model {
  const free = estimate(held)
  if (held[COMPARISON.name] !== undefined || free.m[COMPARISON.name][NAME_LEVEL.different] <= RENAMED_M_MAX) return free
  return estimate([free.m[0].map((_, l) => (l === NAME_LEVEL.different ? RENAMED_M_MAX : undefined)), ...held.slice(1)])
}

function estimateByEm(
  scored: PatternTable,
  { pairClass, pairs }: ClassEvidence,
  { lambda, m, u }: ClassModel,
  held: HeldValues,
): Model {
  const chosen: number[] = []
  for (let i = 0; i < scored.patterns.length; i++) if (pairClassOf(scored.patterns[i]) === pairClass) chosen.push(i)
  const levels = new Int32Array(chosen.length * COMPARISONS.length)
  chosen.forEach((i, row) =>
    COMPARISONS.forEach((c, k) => {
      levels[row * COMPARISONS.length + k] = (scored.patterns[i] >>> c.shift) & c.mask
    }),
  )
  const floor = (table: readonly (readonly number[])[]) =>
    table.map((row) => row.map((p, l) => (l === 0 ? 0 : Math.max(p, 1e-9))))
  return estimateModel({
    patterns: levels,
    counts: chosen.map((i) => scored.counts[i]),
    pairsTotal: pairs,
    m: floor(m),
    u: floor(u),
    held,
    lambda,
    iterationsMax: 50,
  })
}
