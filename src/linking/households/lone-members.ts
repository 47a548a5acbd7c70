/**
 * How often the one left over in a household is the one left over in the household linked with it.
 *
 * Where all others of two households are linked and one member of each is not, they mostly are one person whom a slip
 * hides; else the one was left out and the other lodges there. How often is a matter of the county: one where nobody
 * lodges with strangers, one where grandparents are in no list. It is counted by EM over such pairs alone, each weighed
 * by how alike the two are: λ ← mean of the pairs' probabilities (Fellegi & Sunter's prior, as in Winkler 1988).
 *
 * They are left over because something was written wrongly, mostly the name: a pet name, another given name, a misread
 * one. How names agree in the county says nothing of them, so that is counted here as well: m of a name level ← mean of
 * the probabilities of pairs at that level. Births tell the pairs apart meanwhile, and keep the county's m: a fit of both
 * could take brothers for one person. But no family gives a name twice: beside one name, or nearly one, a birth counts as it does in pairs
 * of one name, sex and generation left over, who are one person whatever the form says of their birth.
 *
 * In:  groups after the statistical layer. Out: the share, for the prior of households.ts, and weights of those left over.
 */
import { NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, PAIR_CLASS, pairClassOf, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { conflictOf, secondRowWeight } from '../conflicts.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { creditedPattern, GENERATION_YEARS_MIN } from '../number-holders.ts'
import { countHearsay, hearsayWeights, linkedBirths, NO_HEARSAY } from './hearsay.ts'
import { type HouseholdWeights, memberWeight, withNames } from './household-weights.ts'
import { type HouseholdRows, openMembers, visitLinkedHouseholds } from './linked-households.ts'

/** Believed in before any is counted, as much as in so many pairs. */
export const USUAL_COUNTERPARTS = 0.7
const CAUTION = 50
/** More pairs than these would tell nothing new. */
const PAIRS_MAX = 4000
const ROUNDS = 20

/** Milli-bits that one of `size` members left over is a given one: at most one of them is. */
export function counterpartPrior(share: number, size: number): number {
  return milliBits(share / (1 - share + size - 1))
}

export interface LoneMembersContext extends HouseholdRows {
  readonly kernel: Kernel
  readonly weights: HouseholdWeights
  readonly discredited: Uint8Array
}

export interface LoneMembers {
  /** Of lone members left over who are the lone member of the other household. */
  readonly share: number
  /** Between members left over. */
  readonly weights: HouseholdWeights
  /** Milli-bits that a birth level counts more in a form filled in from hearsay (hearsay.ts). */
  readonly hearsay: readonly number[]
  /** The same beside a name that is one or nearly one. */
  readonly named: readonly number[]
}

/** How many of those left over are one person, and how their names agree. */
export function learnLoneMembers(context: LoneMembersContext): LoneMembers {
  const { patterns, births, named } = lonePairs(context)
  return {
    ...fitLoneMembers(patterns, context.weights),
    hearsay: hearsayWeights(births, context.weights),
    named: hearsayWeights(named, context.weights),
  }
}

/**
 * Share and weights by EM from the weights of the county; believed as CAUTION pairs of it.
 * @param patterns of the pairs, numbers known to be somebody else's taken out
 */
export function fitLoneMembers(
  patterns: readonly number[],
  usual: HouseholdWeights,
): Pick<LoneMembers, 'share' | 'weights'> {
  const counts = new Map<number, number>()
  // In the order of patterns: sums are the same whatever order the pairs come in.
  for (const pattern of patterns.toSorted((a, b) => a - b)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  let share = USUAL_COUNTERPARTS
  let weights = usual
  for (let round = 0; round < ROUNDS; round++) {
    const odds = share / (1 - share)
    const sums = usual.names.m.map((m) => m.map((p) => p * CAUTION))
    const totals = usual.names.m.map(() => CAUTION)
    let sum = USUAL_COUNTERPARTS * CAUTION
    for (const [pattern, count] of counts) {
      const expected = count / (1 + 2 ** (-memberWeight(weights, pattern, 0) / 1000) / odds)
      sum += expected
      const level = nameLevelOf(pattern)
      if (level === NAME_LEVEL.missing) continue
      sums[pairClassOf(pattern)][level] += expected
      totals[pairClassOf(pattern)] += expected
    }
    share = sum / (patterns.length + CAUTION)
    weights = withNames(
      usual,
      sums.map((m, c) => m.map((n) => n / totals[c])),
    )
  }
  return { share, weights }
}

/** Whether two members bear one name, or nearly one, and are of one generation: mother and daughter may be namesakes. */
export function areNamedAlike({ birth }: RecordTable['columns'], a: number, b: number, pattern: number): boolean {
  const name = nameLevelOf(pattern)
  return (
    name !== NAME_LEVEL.missing &&
    name <= NAME_LEVEL.dropped &&
    sexLevelOf(pattern) === SEX_LEVEL.equal &&
    Math.abs((birth[a] >> 9) - (birth[b] >> 9)) < GENERATION_YEARS_MIN
  )
}

/** Counts the births of two members left over, whose places are free, where they bear one name. */
function countNamed(
  context: LoneMembersContext,
  left: readonly number[],
  right: readonly number[],
  births: number[],
): void {
  const { groups, kernel, table } = context
  for (const one of left)
    for (const other of right) {
      const [a, b] = [Math.min(one, other), Math.max(one, other)]
      if (secondRowWeight(groups, groups.root(a), groups.root(b)) !== 0) continue
      const pattern = kernel.compare(a, b)
      const isOneName = nameLevelOf(pattern) <= NAME_LEVEL.variant
      if (pairClassOf(pattern) === PAIR_CLASS.policeCensus && isOneName && areNamedAlike(table.columns, a, b, pattern))
        births[birthLevelOf(pattern)]++
    }
}

/**
 * Patterns of pairs of members each of whom is alone left over, whose places are free and whom nothing tells apart; how many
 * births of those linked already are of which level where another one's is a guess; and of those left over under one name.
 */
function lonePairs(context: LoneMembersContext): {
  readonly patterns: number[]
  readonly births: number[]
  readonly named: number[]
} {
  const { groups, kernel, weights, discredited } = context
  const found: number[] = []
  const births = [...NO_HEARSAY]
  const named = [...NO_HEARSAY]
  visitLinkedHouseholds(context, (h, others) => {
    for (const other of others) {
      if (found.length >= PAIRS_MAX) return false
      countHearsay(linkedBirths(context, h, other), births)
      const left = openMembers(context, h, other)
      if (left.length === 0) continue
      const right = openMembers(context, other, h)
      countNamed(context, left, right, named)
      if (left.length !== 1 || right.length !== 1) continue
      const a = Math.min(left[0], right[0])
      const b = Math.max(left[0], right[0])
      const ra = groups.root(a)
      const rb = groups.root(b)
      if (secondRowWeight(groups, ra, rb) !== 0) continue
      const pattern = creditedPattern(kernel.compare(a, b), discredited[a] | discredited[b])
      if (conflictOf(groups, ra, rb, pattern, memberWeight(weights, pattern, 0)) === '') found.push(pattern)
    }
    return true
  })
  return { patterns: found, births, named }
}
