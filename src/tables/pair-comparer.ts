/**
 * Pairs of rows → comparison patterns, thousands at a time: column after column, then the levels of each pair to a number.
 *
 * In:  rows of pairs. Out: the number of each pair's pattern in the interner, which counts them; the same as with
 * `levelOf`, pair by pair.
 */
import type { Comparison } from './comparisons.ts'
import type { PatternInterner } from './patterns.ts'
import { BATCH } from './value-pairs.ts'

export class PairComparer {
  private readonly comparisons: readonly Comparison[]
  private readonly interner: PatternInterner
  private readonly levels: Uint8Array

  constructor(comparisons: readonly Comparison[], interner: PatternInterner) {
    this.comparisons = comparisons
    this.interner = interner
    this.levels = new Uint8Array(BATCH * comparisons.length)
  }

  /** numbers[i] becomes the pattern of left[i] and right[i], for i below `count`; without `numbers` they are only counted. */
  compare(left: Int32Array, right: Int32Array, count: number, numbers?: Int32Array): void {
    const { comparisons, interner, levels } = this
    const width = comparisons.length
    for (let from = 0; from < count; from += BATCH) {
      const to = Math.min(from + BATCH, count)
      const batch = { left: left.subarray(from, to), right: right.subarray(from, to), count: to - from, levels }
      for (let c = 0; c < width; c++) comparisons[c].fillLevels(batch, c, width)
      for (let i = from; i < to; i++) {
        const number = interner.add(levels, (i - from) * width, 1)
        if (numbers !== undefined) numbers[i] = number
      }
    }
  }
}
