/**
 * Fellegi–Sunter with dependence: comparisons that say the same thing twice are counted once.
 *
 * In:  distinct patterns of the candidate pairs, of random pairs outside them, and how matches usually fall.
 * Out: lambda, and for matches and for strangers a tree: each comparison conditioned on at most one other (Chow & Liu
 *      1968), so postcode given suburb, full name given family name. Weights are integers of milli-bits per tree edge.
 * Strangers are the random pairs outside plus the candidates that are plainly not matches, so u of an agreement is
 * measured where it happens. Companions (companions.ts), who share a home and are not one person, are a class of their own.
 * Level 0 is missing: no evidence, and no condition for others.
 */
import type { Patterns } from '../compare/patterns.ts'
import { type Companions, companionsOf, startingCompanions } from './companions.ts'
import { type Classes, evidenceOf, weighEvidence } from './evidence.ts'
import { noVariants, type Variants, variantsOf, weighVariants } from './variants.ts'
import { JointTables, spanningTree, type Tree, treeOf, type Unrelated } from './trees.ts'

export interface DependentInput {
  readonly levelCounts: readonly number[]
  readonly usualM: readonly (readonly number[])[]
  readonly candidates: Patterns
  readonly outside: Patterns
  /** Real pairs that one outside pair stands for. */
  readonly outsideScale: number
  readonly pairsTotal: number
  readonly iterationsMax: number
  /** Rows that can have a match: of one table all, of two those of the smaller. */
  readonly rowsMatchable?: number
  /**
   * Matches there can be at most. Given little but a title, EM calls matches whatever shares half of its words; that there
   * are more of them than rows then tells that the class is not the one that was asked for.
   */
  readonly matchesMost?: number
  /** Per column, up to which level agreement is personal; 0: shared by companions. All 0: no class of companions. */
  readonly personalLevels?: readonly number[]
  /** Per column, how many levels, from the first on, say that both values are the same: so common a value could say no more. */
  readonly exactCounts?: readonly number[]
  /** Comparisons of titles: siblings differ in them and in little else. */
  readonly areTitles?: readonly boolean[]
  /** Comparisons of codes of a thing's own: companions are variants then, which differ in them and little else. */
  readonly areOwnCodes?: readonly boolean[]
  /** Per column, levels in which a mark contradicts (variants.ts); such columns stand in no tree. */
  readonly contradicting?: readonly (readonly number[])[]
  /** Comparisons of a part of what another one compares: nothing is asked of them before anything is known. */
  readonly ofParts?: readonly boolean[]
  /** Comparisons that do not go together among strangers; what candidates show of it is matches. */
  readonly areUnrelated?: Unrelated
  /** Part of what it could say that a pair must say to begin as a match; nearly half where it is left out. */
  readonly partAsked?: number
  /** Probabilities to begin with, per candidate pattern; without them the usual m decide. */
  readonly start?: Float64Array
  /** Per candidate pattern, the part of its chance that rivals leave it (rivals.ts). */
  readonly chancesLeft?: Float64Array
}

export interface DependentModel {
  readonly lambda: number
  readonly matches: Tree
  readonly strangers: Tree
  readonly companions: Companions | undefined
  readonly variants: Variants
  readonly iterations: number
  readonly converged: boolean
  /** Match weight of every candidate pattern, milli-bits, prior included. */
  readonly weights: Int32Array
  readonly levelCounts: readonly number[]
}

const STRUCTURE_EVERY = 5
/**
 * Nats per match from which two columns are taken to repeat each other (a full name and its family name). Below lies
 * what careless writing brings, and the shadow of a few strangers among the matches, which must not be learned.
 */
const REPEATING = 0.1
/**
 * Weight of the usual m per match. Personal columns get as much as there are companions per match, up to four: twins by the
 * hundred among few true matches would else teach EM that given names of matches mostly differ.
 */
const USUAL_PRIOR = 0.01
const PERSONAL_PRIOR_MOST = 4
/** Weight of the usual share of matches whose titles differ, per match: siblings are legion, and differ in little else. */
const TITLE_PRIOR = 4
/** Pairs of usual matches that are taken as seen in any table. */
const USUAL_LEAST = 8
/**
 * Pairs of usual matches taken as seen, per row. Where hardly a row has a match, nothing must show that there are any but
 * likeness of the usual kind: else EM makes matches of whatever pairs are strange (one artist, half a title).
 */
const USUAL_PER_ROW = 0.02

/** Pairs of usual matches that a fit takes as seen; who has found fewer has learned nothing of the matches of this table. */
export function usualPairs(rowsMatchable: number): number {
  return Math.max(USUAL_LEAST, USUAL_PER_ROW * rowsMatchable)
}

export function fitDependentModel(input: DependentInput): DependentModel {
  const { candidates, outside, levelCounts, pairsTotal } = input
  const width = levelCounts.length
  const outsideTables = new JointTables(levelCounts)
  outsideTables.addAll(outside, outside.counts)
  outsideTables.dampRareCells()
  outsideTables.scale(input.outsideScale)

  const start = startingProbabilities(input)
  const p = input.start === undefined ? start.matches : Float64Array.from(input.start)
  const personalLevels = input.personalLevels ?? levelCounts.map(() => 0)
  const hasCompanions =
    personalLevels.some((levels) => levels > 0) &&
    personalLevels.some((levels, c) => levels === 0 && input.ofParts?.[c] !== true)
  const titles = levelCounts.map((_, c) => hasCompanions && input.areTitles?.[c] === true)
  const areThings = hasCompanions && (titles.includes(true) || input.areOwnCodes?.includes(true) === true)
  const companionColumns = { levelCounts, personalLevels, usualM: input.usualM, titles, areThings }
  const q = hasCompanions
    ? startingCompanions(candidates, start.table, personalLevels, areThings, p)
    : new Float64Array(candidates.count)
  const counts = {
    matches: new Float64Array(candidates.count),
    companions: new Float64Array(candidates.count),
    strangers: new Float64Array(candidates.count),
  }
  const independent = new Int32Array(width).fill(-1)
  let matchParents: Int32Array = independent
  let strangerParents: Int32Array = independent
  let lambda = 0
  let iterations = 0
  let converged = false
  let model: Classes | undefined
  const contradicting = input.contradicting ?? []
  let variants = noVariants(levelCounts, contradicting)
  const areApart: Unrelated = (i, j) =>
    variants[i].length > 0 || variants[j].length > 0 || (input.areUnrelated?.(i, j) ?? false)
  const isOfMark: Unrelated = (i, j) => variants[i].length > 0 || variants[j].length > 0
  const bits = new Float64Array(candidates.count)
  const odds = new Float64Array(candidates.count)
  const weights = new Int32Array(candidates.count)
  while (iterations < input.iterationsMax && !converged) {
    const { matches, companionsMet } = shareOut(candidates, p, q, counts)
    const nextLambda = Math.min(Math.max(Math.min(matches, input.matchesMost ?? matches), 0.5) / pairsTotal, 0.5)
    const change = Math.abs(nextLambda - lambda) / nextLambda
    lambda = nextLambda
    const m = new JointTables(levelCounts)
    const u = new JointTables(levelCounts)
    if (iterations % STRUCTURE_EVERY === 0 && iterations < 4 * STRUCTURE_EVERY) {
      m.addAll(candidates, counts.matches)
      u.addAll(candidates, counts.strangers)
      const strangersHere = u.copy()
      u.addTables(outsideTables)
      matchParents = spanningTree(m, m, REPEATING, isOfMark)
      strangerParents = spanningTree(u, strangersHere, 0, areApart)
    } else {
      m.addJoined(candidates, counts.matches, matchParents)
      u.addJoined(candidates, counts.strangers, strangerParents)
      u.addTables(outsideTables)
    }
    const personalPrior = Math.max(USUAL_PRIOR, Math.min(companionsMet / Math.max(matches, 1), PERSONAL_PRIOR_MOST))
    const priorStrengths = levelCounts.map((_, c) =>
      Math.max(
        usualPairs(input.rowsMatchable ?? 0),
        (personalLevels[c] > 0 && !titles[c] ? personalPrior : USUAL_PRIOR) * matches,
      ),
    )
    titles.forEach((isTitle, c) => {
      if (isTitle) m.holdLast(c, input.usualM[c][levelCounts[c] - 1], TITLE_PRIOR)
    })
    const strangers = treeOf(u, strangerParents, undefined, [1], Math.max(20, 4 * input.outsideScale))
    model = {
      matches: treeOf(m, matchParents, input.usualM, priorStrengths, 12),
      strangers,
      companions: hasCompanions
        ? companionsOf(candidates, counts.companions, companionColumns, {
            strangers: strangers.marginals,
            matches,
            pairsTotal,
            isYoung: iterations < STRUCTURE_EVERY,
          })
        : undefined,
    }
    const prior = Math.log2(lambda / (1 - lambda))
    weighEvidence(model, candidates, bits, odds)
    for (let i = 0; i < candidates.count; i++) bits[i] = prior + bits[i]
    variants = variantsOf(candidates, bits, model, contradicting)
    for (let i = 0; i < candidates.count; i++) {
      const weight = weighVariants(bits[i], variants, candidates.levels, i * width)
      weights[i] = Math.round(weight * 1000)
      p[i] = (input.chancesLeft?.[i] ?? 1) / (1 + 2 ** -Math.max(Math.min(weight, 60), -60))
      q[i] = model.companions === undefined ? 0 : (1 - p[i]) * (1 - 1 / (1 + odds[i]))
    }
    iterations++
    converged = iterations > 3 * STRUCTURE_EVERY && change < 1e-4
  }
  if (model === undefined) throw new RangeError('iterationsMax must be at least 1')
  return { lambda, ...model, variants, iterations, converged, weights, levelCounts }
}

/** Pairs of each pattern that are matches, companions of matches and strangers. */
interface ClassCounts {
  readonly matches: Float64Array
  readonly companions: Float64Array
  readonly strangers: Float64Array
}

/** Shares the pairs of each pattern out among the classes, by the chances p of a match and q of companions. */
function shareOut(
  { count, counts: pairs }: Patterns,
  p: Float64Array,
  q: Float64Array,
  { matches, companions, strangers }: ClassCounts,
): { readonly matches: number; readonly companionsMet: number } {
  let matched = 0
  let companionsMet = 0
  for (let i = 0; i < count; i++) {
    matches[i] = pairs[i] * p[i]
    companions[i] = pairs[i] * q[i]
    // Squared: who may well be a match teaches little about strangers. Else the tree of strangers learns from the
    // first matches it gets that title and authors "go together", takes more of them, and learns it better.
    strangers[i] = (pairs[i] - matches[i] - companions[i]) * (1 - p[i])
    matched += matches[i]
    companionsMet += companions[i]
  }
  return { matches: matched, companionsMet }
}

/** Match weight of a pattern in bits, prior included. */
export function matchBits(
  model: Pick<DependentModel, 'lambda' | 'matches' | 'strangers' | 'companions' | 'variants'>,
  levels: Uint8Array,
  at: number,
): number {
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  return weighVariants(prior + evidenceOf(model, levels, at), model.variants, levels, at)
}

/** Bits that half of a full name is worth for its person, at most, before anything is known: relatives share it. */
const HALF_A_NAME = -3

/**
 * Before anything is known: usual m against measured u, no single column counting for more than seven bits, so that
 * an address and its postcode alone cannot make a match of two strangers in one house.
 */
function startingProbabilities(input: DependentInput): { matches: Float64Array; table: Float64Array[] } {
  const { candidates, outside, levelCounts, usualM } = input
  const width = levelCounts.length
  const u = new JointTables(levelCounts)
  u.addAll(outside, outside.counts)
  u.scale(input.outsideScale)
  const inside = new JointTables(levelCounts)
  inside.addAll(candidates, candidates.counts)
  u.addTables(inside)
  const table = levelCounts.map((levels, c) => {
    const total = u.singles[c].reduce((sum, count) => sum + count, 0) + levels
    return Float64Array.from({ length: levels }, (_, l) =>
      l === 0 ? 0 : Math.max(Math.min(Math.log2(usualM[c][l] / ((u.singles[c][l] + 1) / total)), 7), -5),
    )
  })
  const most = table.map((bits) => Math.max(...bits))
  const evidence = new Float64Array(candidates.count)
  const could = new Float64Array(candidates.count)
  const ofTitle = new Float64Array(candidates.count)
  const ofPerson = new Float64Array(candidates.count)
  const personal = levelCounts.map((_, c) => (input.areTitles?.[c] === true ? 0 : (input.personalLevels?.[c] ?? 0)))
  for (let i = 0; i < candidates.count; i++)
    for (let c = 0; c < width; c++) {
      const level = candidates.levels[i * width + c]
      evidence[i] += table[c][level]
      // Of what is common to hundreds of copies no column says much; that all agree is as much as they could say.
      if (level > 0 && input.ofParts?.[c] !== true)
        could[i] += level <= (input.exactCounts?.[c] ?? 0) ? Math.max(table[c][level], 0) : most[c]
      if (input.areTitles?.[c] === true) ofTitle[i] += table[c][level]
      if (personal[c] > 0 && level > 0)
        ofPerson[i] += level <= personal[c] ? table[c][level] : Math.min(table[c][level], HALF_A_NAME)
    }
  const asking = (part: number) =>
    evidence.map((bits, i) => {
      // Whose titles speak against it is a sibling rather than a match, however much is shared; whose names and birth dates
      // do is a member of the household.
      const own = Math.min(ofTitle[i], ofPerson[i])
      const over = Math.min(bits - Math.max(part * could[i], 4), own < 0 ? own : 30)
      return 1 / (1 + 2 ** -Math.max(Math.min(over, 30), -30))
    })
  const areAny = (matches: Float64Array) => matches.reduce((sum, p, i) => sum + p * candidates.counts[i], 0) >= 1
  // A pair that could say a lot and says half of it is no model of a match. Where no pair says so much, columns in which
  // even matches differ (remarks, dates of entry) ask too much: less must do.
  // Nor need so much be asked where titles keep siblings out.
  if (input.partAsked !== undefined) return { matches: asking(input.partAsked), table }
  const half = input.areTitles?.includes(true) === true ? asking(0.3) : asking(0.45)
  return { matches: areAny(half) ? half : asking(0.3), table }
}
