/**
 * Batch accept (批量确认): how many of a group must be looked at, and which.
 *
 * In:  size of the group, largest share of wrong pairs allowed, seed. Out: the sample. If all of it is judged `same`, the
 *      share of wrong pairs is below the bound with 95 % confidence (zero defects, hypergeometric); one `different`
 *      dissolves the group. 299 of a large group for 1 %.
 */
import { fractionOf } from './hash.ts'
import { compareText } from '../../text-order.ts'
import type { QueuePair } from './tasks.ts'

export const DEFAULT_BOUND = 0.01
const CONFIDENCE = 0.95

/** Smallest n for which n good draws in a row would happen in less than 5 % of groups that hold bound × size bad ones. */
export function zeroDefectSampleSize(groupSize: number, bound: number): number {
  const bad = Math.floor(groupSize * bound) + 1
  if (bad > groupSize) return groupSize
  let chance = 1
  for (let n = 0; n < groupSize; n++) {
    if (chance <= 1 - CONFIDENCE) return n
    chance *= Math.max(0, groupSize - bad - n) / (groupSize - n)
  }
  return groupSize
}

/** Drawn by hash: the same seed draws the same pairs in whatever order they come. */
export function drawSample(pairs: readonly QueuePair[], size: number, seed: string): readonly QueuePair[] {
  return pairs
    .map((pair) => ({ pair, at: fractionOf(pair.pairId, seed) }))
    .sort((a, b) => a.at - b.at || compareText(a.pair.pairId, b.pair.pairId))
    .slice(0, size)
    .map(({ pair }) => pair)
}
