/**
 * Own codes: models and article numbers, of which every thing has one of its own, as it has a title.
 *
 * In:  comparisons, a model. Out: whether a model's matches mostly have different ones, and whether a class of variants, told from matches by their codes, is what it was asked for. Pure.
 * Variants of a thing (its sizes and colours, the next model of the series) share maker, kind and much of the title. EM
 * that knows but two classes takes them for matches, and learns from them that codes of matches differ.
 * Leaves to fields/own-names.ts: which columns hold such codes; to companions.ts: the class itself; to fit.ts: when it is asked for.
 */
import type { Comparison } from './comparison.ts'
import type { DependentModel } from '../model/dependence.ts'
import { MOSTLY_SAME } from './text-levels.ts'

/**
 * Share of matches that must have the same code, where both have one: of copies it is three in four, also where shops add
 * a letter or have numbers of their own for some; where variants were taken for matches it was two in five at most.
 */
const SAME_LEAST = 0.6
/**
 * Variants whose titles say mostly the same, per match whose titles do: in tables of five hundred rows they were a fifth at most,
 * of two hundred two fifths. What is alike in its title and differs in nothing but the code may as well be the same thing
 * under the number of another office: of such it is one or more.
 */
const SAME_TITLES_MOST = 1 / 2

/** Whether matches so often have different codes that they are variants. */
export function codesMostlyDiffer(comparisons: readonly Comparison[], { matches }: DependentModel): boolean {
  return comparisons.some(
    ({ kind, personalLevels, exactCount }, c) =>
      kind === 'code' && personalLevels > 0 && shareUpTo(exactCount, matches.marginals[c]) < SAME_LEAST,
  )
}

/** Whether the class beside matches and strangers is one of variants: their titles are no copies of each other. */
export function areVariants(comparisons: readonly Comparison[], { matches, companions }: DependentModel): boolean {
  if (companions === undefined) return false
  return comparisons.every(({ kind, personalLevels, exactCount }, c) => {
    if (kind !== 'text' || personalLevels === 0) return true
    const most = SAME_TITLES_MOST * shareUpTo(exactCount + MOSTLY_SAME, matches.marginals[c])
    return (
      shareUpTo(
        exactCount + MOSTLY_SAME,
        companions.logMarginals[c].map((log) => 2 ** log),
      ) < most
    )
  })
}

/** @param shares per level, [0] being that of what is missing */
function shareUpTo(level: number, shares: Float64Array): number {
  return shares.subarray(1, level + 1).reduce((sum, share) => sum + share, 0)
}
