/**
 * Candidate pairs in the order of their weight, and each row's pairs.
 *
 * Ties of weight are ordered by row numbers, which depend on the rows' values only: the order is the same for any
 * order of the input and any number of workers.
 */
import { PAIR_WORDS } from '../blocking/pair-buffer.ts'
import { RadixSorter } from '../blocking/radix-sort.ts'

export interface OrderedPairs {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly pattern: Int32Array
  readonly weight: Int32Array
}

/**
 * The pairs of at least a weight, heaviest first, then by left, then by right row.
 *
 * @param pairs (left, right, pattern) words of `count` pairs
 * @param weights one for each
 * @param patternOf the pattern that the weight was given for
 */
export function orderPairs(
  pairs: Int32Array,
  count: number,
  weightMin: number,
  weights: Int32Array,
  patternOf: (left: number, right: number, pattern: number) => number,
): OrderedPairs {
  let kept = 0
  for (let i = 0; i < count; i++) if (weights[i] >= weightMin) kept++
  const order = new Int32Array(kept)
  const keys = new Int32Array(kept)
  const sorter = new RadixSorter(kept)
  for (let i = 0, n = 0; i < count; i++) {
    if (weights[i] < weightMin) continue
    order[n] = i
    keys[n] = pairs[i * PAIR_WORDS + 1]
    n++
  }
  sorter.sort(keys, order, kept)
  for (let n = 0; n < kept; n++) keys[n] = pairs[order[n] * PAIR_WORDS]
  sorter.sort(keys, order, kept)
  // Heaviest first: the key is counted down from the top of the unsigned range.
  for (let n = 0; n < kept; n++) keys[n] = 0x7fffffff - weights[order[n]]
  sorter.sort(keys, order, kept)
  const left = new Int32Array(kept)
  const right = new Int32Array(kept)
  const pattern = new Int32Array(kept)
  const weight = new Int32Array(kept)
  for (let n = 0; n < kept; n++) {
    const at = order[n] * PAIR_WORDS
    left[n] = pairs[at]
    right[n] = pairs[at + 1]
    pattern[n] = patternOf(left[n], right[n], pairs[at + 2])
    weight[n] = weights[order[n]]
  }
  return { count: kept, left, right, pattern, weight }
}

/** For each row the numbers of its pairs, heaviest first. */
export interface PairsOfRows {
  readonly start: Int32Array
  readonly pairs: Int32Array
}

export function pairsOfRows(pairs: OrderedPairs, rows: number): PairsOfRows {
  const start = new Int32Array(rows + 1)
  for (let i = 0; i < pairs.count; i++) {
    start[pairs.left[i] + 1]++
    start[pairs.right[i] + 1]++
  }
  for (let row = 0; row < rows; row++) start[row + 1] += start[row]
  const next = start.slice(0, rows)
  const list = new Int32Array(pairs.count * 2)
  for (let i = 0; i < pairs.count; i++) {
    list[next[pairs.left[i]]++] = i
    list[next[pairs.right[i]]++] = i
  }
  return { start, pairs: list }
}
