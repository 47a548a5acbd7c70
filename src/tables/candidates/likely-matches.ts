/**
 * Likely matches: pairs of the cheap rules that plainly belong together. What agrees in them tells which rules are worth their
 * pairs.
 *
 * In:  pairs of the cheap rules, compared. Out: those that a first model takes for matches, ten thousand at most.
 * Leaves to rules.ts: which rules.
 */
import { areBlocked, type RuleBlocks } from './blocks.ts'
import { type CandidatePairs, forEachPair } from './candidate-pairs.ts'
import type { Comparison } from '../compare/comparison.ts'
import { shapeOf } from '../compare/comparisons.ts'
import type { BlockingKey } from './keys.ts'
import { fitDependentModel } from '../model/dependence.ts'
import { type DrawnPairs, sampleOutside } from './random-pairs.ts'
import type { RuleOptions } from './rule-costs.ts'

/** Weight from which a pair of the cheap rules is a likely match, milli-bits, and how many of them are looked at. */
const LIKELY_LEAST = 3000
const LIKELY_MOST = 10_000
/** Pairs by chance that the first model is shown. */
const OUTSIDE_OF_SEARCH = 60_000

/** The pairs of the cheap rules, compared. */
export interface CheapPairs {
  readonly blocks: readonly RuleBlocks[]
  readonly pairs: CandidatePairs
}

export interface LikelyMatch {
  readonly left: number
  readonly right: number
  /** Pairs that agree on little teach more about where matches hide. */
  readonly importance: number
}

/** @param rowSample one block in so many of the cheap rules was made */
export function likelyMatches(
  rowSample: number,
  { blocks, pairs }: CheapPairs,
  comparisons: readonly Comparison[],
  options: RuleOptions,
  drawn: DrawnPairs | undefined,
): LikelyMatch[] {
  if (pairs.count === 0) return []
  const outside = sampleOutside(comparisons, pairs, options, OUTSIDE_OF_SEARCH, drawn)
  const model = fitDependentModel({
    ...shapeOf(comparisons),
    candidates: pairs.patterns,
    outside: outside.patterns,
    outsideScale: Math.max(outside.pairsTotal / rowSample - pairs.count, 0) / Math.max(outside.sampled, 1),
    pairsTotal: outside.pairsTotal / rowSample,
    iterationsMax: 8,
  })
  const likely: (readonly [left: number, right: number])[] = []
  forEachPair(pairs, (left, right, pattern) => {
    if (model.weights[pattern] >= LIKELY_LEAST) likely.push([left, right])
  })
  return evenly(likely, LIKELY_MOST).map(([left, right]) => {
    let rulesAgreeing = 0
    for (const rule of blocks) if (areBlocked(rule, left, right)) rulesAgreeing++
    return { left, right, importance: 1 / Math.max(rulesAgreeing, 1) }
  })
}

/** Whether two rows agree on a key. */
export function agreeOn({ slots }: BlockingKey, a: number, b: number): boolean {
  return slots.some((mine) => mine[a] >= 0 && slots.some((theirs) => theirs[b] === mine[a]))
}

/** Share of the likely matches that agree on a key. */
export function shareFound(key: BlockingKey, likely: readonly LikelyMatch[]): number {
  return likely.length === 0 ? 0 : likely.filter((pair) => agreeOn(key, pair.left, pair.right)).length / likely.length
}

/** At most `most` of a list, at even distances. */
export function evenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list]
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)])
}
