/**
 * How often the one left over in a household is the one left over in the household linked with it.
 *
 * Where all others of two households are linked and one member of each is not, they mostly are one person whom a slip
 * hides; else the one was left out and the other lodges there. How often is a matter of the county: one where nobody
 * lodges with strangers, one where grandparents are in no list. It is counted by EM over such pairs alone, each weighed
 * by how alike the two are: λ ← mean of the pairs' probabilities (Fellegi & Sunter's prior, as in Winkler 1988).
 *
 * In:  groups after the statistical layer. Out: the share, for the prior of households.ts.
 */
import type { Kernel } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { conflictOf, secondRowWeight } from '../conflicts.ts'
import { type HouseholdWeights, memberWeight } from './household-weights.ts'
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

/** The share of lone members left over who are the lone member of the other household. */
export function shareOfCounterparts(context: LoneMembersContext): number {
  return fitShare(weighLonePairs(context))
}

/** The share from the weights of pairs without a prior, by EM. */
export function fitShare(weights: readonly number[]): number {
  let share = USUAL_COUNTERPARTS
  for (let round = 0; round < ROUNDS; round++) {
    const odds = share / (1 - share)
    let sum = USUAL_COUNTERPARTS * CAUTION
    for (const weight of weights) sum += 1 / (1 + 2 ** (-weight / 1000) / odds)
    share = sum / (weights.length + CAUTION)
  }
  return share
}

/** Pairs of members each of whom is alone left over, whose places are free and whom nothing tells apart. */
function weighLonePairs(context: LoneMembersContext): number[] {
  const { groups, kernel, weights, discredited } = context
  const found: number[] = []
  visitLinkedHouseholds(context, false, (h, others) => {
    for (const other of others) {
      if (found.length >= PAIRS_MAX) return false
      const left = openMembers(context, h, other)
      if (left.length !== 1) continue
      const right = openMembers(context, other, h)
      if (right.length !== 1) continue
      const a = Math.min(left[0], right[0])
      const b = Math.max(left[0], right[0])
      const ra = groups.root(a)
      const rb = groups.root(b)
      if (secondRowWeight(groups, ra, rb) !== 0) continue
      const pattern = kernel.compare(a, b)
      const weight = memberWeight(weights, pattern, discredited[a] | discredited[b])
      if (conflictOf(groups, ra, rb, pattern, weight) === '') found.push(weight)
    }
    return true
  })
  return found
}
