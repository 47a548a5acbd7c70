/**
 * Pairs of rows → levels, thousands of pairs at a time, column after column; the same as with `levelOf`, pair by pair.
 */
import type { Comparison } from './comparison.ts'
import type { PatternInterner } from './patterns.ts'
import { BATCH } from './value-pairs.ts'

export class PairComparer {
  private readonly comparisons: readonly Comparison[]
  private readonly levels: Uint8Array

  constructor(comparisons: readonly Comparison[]) {
    this.comparisons = comparisons
    this.levels = new Uint8Array(BATCH * comparisons.length)
  }

  /** [pair × comparisons + comparison] of the pairs from … to, at most BATCH; holds until the next call. */
  levelsOf(left: Int32Array, right: Int32Array, from: number, to: number): Uint8Array {
    const { comparisons, levels } = this
    const batch = { left: left.subarray(from, to), right: right.subarray(from, to), count: to - from, levels }
    for (let c = 0; c < comparisons.length; c++) comparisons[c].fillLevels(batch, c, comparisons.length)
    return levels
  }

  /**
   * Counts the patterns of the first `count` pairs.
   * @param numbers numbers[i] becomes the interner's number for the pattern of pair i
   */
  count(left: Int32Array, right: Int32Array, count: number, interner: PatternInterner, numbers?: Int32Array): void {
    const width = this.comparisons.length
    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(from + BATCH, count)
      const levels = this.levelsOf(left, right, from, to)
      for (let i = from; i < to; i++) {
        const number = interner.add(levels, (i - from) * width, 1)
        if (numbers !== undefined) numbers[i] = number
      }
    }
  }
}
