/**
 * How often a value seen r times will be seen again (Good 1953): r* = (r + 1) · n(r + 1) ÷ n(r), with n(r) the number of
 * values seen r times.
 *
 * In a county of 20,000 a name borne once stands for a tenth of a namesake, not for half of one; in a county of a million,
 * where most names recur, for more. Where too few values have been counted to tell, r − ½.
 */

/** Ratios of smaller counts are chance. */
const SINGLES_MIN = 100
const NEXT_MIN = 20
const ADJUSTED_MAX = 8

export class AdjustedCounts {
  /** r* by r, as far as enough values were counted. */
  readonly adjusted: readonly number[]

  /** @param adjusted as of() made them, in this thread or another */
  constructor(adjusted: readonly number[]) {
    this.adjusted = adjusted
  }

  /** @param counts how often each value was seen; zeros are passed over */
  static of(counts: ArrayLike<number>): AdjustedCounts {
    const seen = new Float64Array(ADJUSTED_MAX + 2)
    for (let i = 0; i < counts.length; i++) if (counts[i] < seen.length) seen[counts[i]]++
    const adjusted = [0]
    for (let r = 1; r <= ADJUSTED_MAX && seen[r] >= SINGLES_MIN && seen[r + 1] >= NEXT_MIN; r++) {
      // More often seen, more often seen again; and nothing grows by being smoothed.
      const smoothed = Math.min(Math.max(r - 0.5, 0.5), ((r + 1) * seen[r + 1]) / seen[r])
      adjusted.push(Math.max(adjusted[r - 1], smoothed))
    }
    return new AdjustedCounts(adjusted)
  }

  /** r* of a value seen `count` times; one never seen counts as one seen once. */
  get(count: number): number {
    const r = Math.max(1, count)
    return r < this.adjusted.length ? this.adjusted[r] : r - 0.5
  }
}
