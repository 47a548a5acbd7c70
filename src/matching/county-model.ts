/**
 * The county's Fellegi–Sunter model: weights in milli-bits for every comparison level, by pair class.
 *
 * In:  pattern counts of the scored pairs, patterns of random pairs, counts of registers and names.
 * Out: a CountyModel, a plain value that can be saved, shown (`bidui model`) and used by weigh.ts.
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
  levelCounts,
  type PatternTable,
  secondNumbers,
  withoutNumbers,
  sumCounts,
} from './anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from './compare/levels.ts'
import { COMPARISONS } from './comparisons.ts'
import { STANDINGS } from './expected-partners.ts'
import { idLevelOf, PAIR_CLASS, PAIR_CLASSES, pairClassOf } from './kernel.ts'
import { estimateModel } from './weigh/em.ts'
import { type EthnicityModel, NO_ETHNICITY } from './weigh/ethnicity.ts'

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

/** What a first run without any agreement to learn from believes; also the smoothing of thin data. */
const DEFAULT_M: readonly (readonly number[])[] = [
  [0, 0.963, 0.008, 0.01, 0.004, 0.002, 0.001, 0.004, 0.002, 0.002, 0.002, 0.002],
  [0, 0.5, 0.472, 0.003, 0.001, 0.008, 0.003, 0.004, 0.004, 0.002, 0.003],
  [0, 0.94, 0.012, 0.014, 0.004, 0.004, 0.004, 0.001, 0.001, 0.003, 0.004, 0.01],
  [0, 0.995, 0.005],
  [0, 0.8, 0.06, 0.02, 0.06, 0.02, 0.02, 0.02],
  [0, 0.65, 0.32, 0.03, 0.55, 0.2, 0.2, 0.05],
  [0, 0.45, 0.45, 0.1],
]

/** Where an away row of another hukou village says that the person lives: sometimes where the police know them. */
const DEFAULT_M_LIVES_THERE = [0.12, 0.12, 0.3, 0.46]

/** A village has about a dozen groups. */
const DEFAULT_U_ADDRESS = [0, 0.004, 0.9, 0.096]
const DEFAULT_U_NAME = [0, 1e-5, 1e-7, 1.5e-5, 3e-6, 1e-5, 3e-6, 2e-4, 1.5e-4, 2e-4, 0.026, 0.973]
/** u of the other comparisons where too few random pairs were to be had. */
const DEFAULT_U: readonly (readonly number[])[] = [
  DEFAULT_U_NAME,
  [0, 4e-5, 0.0011, 0.0008, 0.0001, 0.015, 0.003, 0.002, 0.006, 0.05, 0.92],
  [],
  [0, 0.5, 0.5],
  [0, 0.01, 0.05, 0.05, 0.14, 0.5, 0.2, 0.05],
  [0, 0.1, 0.1, 0.8, 0.02, 0.1, 0.3, 0.58],
  DEFAULT_U_ADDRESS,
]
const DAYS = 30
const SMOOTHING_M = 60
const SMOOTHING_U = 10_000
const SMOOTHING_U_OTHER = 150
const ANCHORS_MIN = 1000
/** Pairs of one number from which on they, not EM, say how many people stand in the census twice. */
const ANCHORS_COUNTED = 100
/** People who stand in a register twice, or where nobody expects them, by all. */
const COUNTED_TWICE = 0.01
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

export function estimateCountyModel(input: ModelInput): CountyModel {
  const { scored, random, randomLocal, rows, idCoverage } = input
  const classes: ClassModel[] = []
  const em = { iterations: 0, converged: true, lambda: 0 }
  for (let pairClass = 0; pairClass < PAIR_CLASSES.length; pairClass++) {
    const byNumber = levelCounts(scored, (p) => pairClassOf(p) === pairClass && isNumberAnchor(p))
    const byIdentity = levelCounts(scored, (p) => pairClassOf(p) === pairClass && isIdentityAnchor(p))
    const misfits = sumCounts(scored, (p) => pairClassOf(p) === pairClass && isSomebodyElse(p))
    const nameless = levelCounts(scored, (p) => pairClassOf(p) === pairClass && isNamelessAnchor(p))
    const anchors = byNumber.total
    const randomCounts = levelCounts(random, (p) => pairClassOf(p) === pairClass && idLevelOf(p) !== ID_LEVEL.sameValid)
    const u: (readonly number[])[] = COMPARISONS.map((comparison, c) =>
      comparison.name === 'id'
        ? []
        : smooth(randomCounts.byComparison[c], DEFAULT_U[c], c === 0 ? SMOOTHING_U : SMOOTHING_U_OTHER),
    )
    const uNameLocal = smooth(
      levelCounts(randomLocal, (p) => pairClassOf(p) === pairClass).byComparison[0],
      u[0],
      SMOOTHING_U / 4,
    )
    u[1] = dayChances(u[1])
    u[2] = idChances(rows, pairClass, misfits, anchors)
    u[5] = [0, 2e-5, 5e-5, 1, ...claimChances(u[5])]
    u[6] = smooth(levelCounts(randomLocal, (p) => pairClassOf(p) === pairClass).byComparison[6], DEFAULT_U_ADDRESS, 50)

    let m = COMPARISONS.map((_, c) =>
      smooth(c === 2 ? byIdentity.byComparison[2] : byNumber.byComparison[c], defaultM(c, pairClass), SMOOTHING_M),
    )
    // A number that is somebody else's speaks a little against the pair, by the share of rows that have one.
    m[2][ID_LEVEL.heldElsewhere] = u[2][ID_LEVEL.heldElsewhere] / 2
    // Names change altogether, if seldom; the anchors leave such pairs out.
    const changed = smooth(nameless.byComparison[0], m[0], SMOOTHING_RENAMED)
    m[0] = m[0].map((p, l) =>
      l < NAME_LEVEL.givenEqual
        ? p
        : Math.min(RENAMED_M_MAX, Math.max(p, RENAMED_M, pairClass === PAIR_CLASS.policeCensus ? changed[l] : 0)),
    )
    m[5] = [
      0,
      ...DEFAULT_M[5].slice(1, 4),
      ...smooth(
        [0, ...byNumber.byComparison[5].slice(4)],
        [0, ...(pairClass === PAIR_CLASS.policeCensus ? DEFAULT_M_LIVES_THERE : DEFAULT_M[5].slice(4))],
        30,
      ).slice(1),
    ]
    const pairs = pairsOfClass(rows, pairClass)
    let lambda = lambdaOf(anchors, pairs, rows, idCoverage, pairClass)
    if (pairClass === PAIR_CLASS.policePolice && pairs > 0) {
      // The anchors have one number each; people with two are counted apart and join the matches.
      const second = secondNumbers(scored)
      const matches = Math.max(lambda * pairs, anchors + withoutNumbers(scored)) + second
      m[2] = m[2].map((p, l) => (l === ID_LEVEL.bothValidDiffer ? Math.max(p, second / matches) : p))
      lambda = Math.min(0.5, matches / pairs)
    }
    let mFrom: ClassModel['mFrom'] = anchors >= ANCHORS_MIN ? 'anchors' : 'defaults'

    // Few numbers, many people: then EM knows better. A handful of rows teaches nothing, whatever the method.
    const isEmWiser = anchors < ANCHORS_MIN && byIdentity.total >= ANCHORS_MIN
    const isPoliceCensus = pairClass === PAIR_CLASS.policeCensus
    if (pairs > 0 && (isPoliceCensus || (pairClass === PAIR_CLASS.censusCensus && isEmWiser))) {
      const held = isPoliceCensus ? [] : heldBySecondForm(classes[PAIR_CLASS.policeCensus].m)
      const estimate = (pins: ByComparison) => estimateByEm(scored, pairClass, pairs, lambda, m, u, pins)
      const estimated = estimateWithFewRenamed(held, estimate)
      if (isPoliceCensus) {
        em.iterations = estimated.iterations
        em.converged = estimated.converged
        em.lambda = estimated.lambda
      }
      if (isEmWiser) {
        m = estimated.m.map((levels, c) => mixLevels(levels, m[c], anchors / ANCHORS_MIN))
        const matches = Math.min(estimated.lambda * pairs, matchesMax(rows, pairClass, input.expecting))
        if (isPoliceCensus || anchors < ANCHORS_COUNTED) lambda = Math.max(matches / pairs, lambda / 4)
        mFrom = 'em'
      }
    }
    classes.push({ lambda, m, u, uNameLocal, anchors, mFrom })
  }
  return {
    version: 1,
    classes,
    rows,
    unmatched: input.unmatched,
    counted: STANDINGS.map((_, k) => input.counted?.[k] ?? 1),
    ethnicity: input.ethnicity ?? NO_ETHNICITY,
    em,
  }
}

/** Shares over the levels that are not missing, pulled towards `usual` with the weight of `pseudo` pairs. */
function smooth(counts: readonly number[], usual: readonly number[], pseudo: number): number[] {
  let total = 0
  let usualTotal = 0
  for (let l = 1; l < counts.length; l++) {
    total += counts[l]
    usualTotal += usual[l]
  }
  return counts.map((count, l) => (l === 0 ? 0 : (count + (pseudo * usual[l]) / usualTotal) / (total + pseudo)))
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

function defaultM(comparison: number, pairClass: number): readonly number[] {
  // Only police rows and certificates know the day of birth; a census row never agrees on the full date.
  if (comparison === 1 && (pairClass === PAIR_CLASS.policeCensus || pairClass === PAIR_CLASS.censusCensus))
    return DEFAULT_M[1].map((value, l) => (l === 1 ? 0.002 : l === 2 ? 0.97 : value))
  return DEFAULT_M[comparison]
}

function pairsOfClass(rows: readonly number[], pairClass: number): number {
  const [police, census, ...others] = rows
  const other = others.reduce((sum, n) => sum + n, 0)
  if (pairClass === PAIR_CLASS.policePolice) return (police * (police - 1)) / 2
  if (pairClass === PAIR_CLASS.policeCensus) return police * census
  if (pairClass === PAIR_CLASS.censusCensus) return (census * (census - 1)) / 2
  return other * (police + census) + (other * (other - 1)) / 2
}

/**
 * So many matches there are at most: names go with the years, so EM, which takes names and births for independent, counts
 * namesakes of one year among the matches. Rows that have their partner are those that expect one, but for a few.
 */
function matchesMax(
  rows: readonly number[],
  pairClass: number,
  expecting: ModelInput['expecting'] = [Infinity, Infinity],
): number {
  const counted = COUNTED_TWICE * Math.max(rows[0], rows[1])
  return pairClass === PAIR_CLASS.policeCensus ? expecting[0] + counted : expecting[1] / 2 + counted
}

/**
 * λ = matches ÷ pairs. Matches are the number anchors, divided by the chance that both rows have a number;
 * certificates of births have none, so their prior is one person among all.
 */
function lambdaOf(
  anchors: number,
  pairs: number,
  rows: readonly number[],
  idCoverage: readonly number[],
  pairClass: number,
): number {
  const [police, census] = rows
  if (pairs <= 0) return 1e-6
  if (pairClass === PAIR_CLASS.other) return 0.9 / Math.max(1000, police, census)
  const coverage =
    pairClass === PAIR_CLASS.policePolice
      ? idCoverage[0] ** 2
      : pairClass === PAIR_CLASS.policeCensus
        ? idCoverage[0] * idCoverage[1]
        : idCoverage[1] ** 2
  const floor =
    pairClass === PAIR_CLASS.policeCensus ? 0.3 * Math.min(police, census) : 0.002 * Math.max(police, census)
  const matches = Math.max(floor, anchors / Math.max(0.05, coverage))
  return Math.min(0.5, matches / pairs)
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

type ByComparison = readonly (readonly (number | undefined)[] | undefined)[]

/**
 * EM, and again where it finds more than RENAMED_M_MAX of the matches under wholly other names. u comes from samples: where few people
 * stand in both registers, a tenth more strangers of one month, sex and village than it foretells go for matches.
 */
function estimateWithFewRenamed<M extends Pick<ClassModel, 'm'>>(
  held: ByComparison,
  estimate: (pins: ByComparison) => M,
) {
  const free = estimate(held)
  if (held[0] !== undefined || free.m[0][NAME_LEVEL.different] <= RENAMED_M_MAX) return free
  return estimate([free.m[0].map((_, l) => (l === NAME_LEVEL.different ? RENAMED_M_MAX : undefined)), ...held.slice(1)])
}

function estimateByEm(
  scored: PatternTable,
  pairClass: number,
  pairs: number,
  lambda: number,
  m: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  held: ByComparison,
): { m: readonly (readonly number[])[]; lambda: number; iterations: number; converged: boolean } {
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
  const model = estimateModel({
    comparisons: COMPARISONS.map((c) => ({
      name: c.name,
      levels: Array.from({ length: c.levels }, (_, l) => ({ name: String(l), isMissing: l === 0 })),
    })),
    patterns: levels,
    counts: chosen.map((i) => scored.counts[i]),
    pairsTotal: pairs,
    seedM: floor(m),
    fixedU: floor(u),
    lambda,
    pinned: { m: held },
    iterationsMax: 50,
  })
  return { m: model.m, lambda: model.lambda, iterations: model.iterations, converged: model.converged }
}
