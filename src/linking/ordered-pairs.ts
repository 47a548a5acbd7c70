/**
 * Candidate pairs in the order of their weight, and each row's pairs.
 *
 * Ties of weight are ordered by row numbers, which depend on the rows' values only: the order is the same for any
 * order of the input and any number of workers.
 */
import { RadixSorter } from '../blocking/radix-sort.ts'

export interface OrderedPairs {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly pattern: Int32Array
  readonly weight: Int32Array
}

/** Sorts by weight descending, then left, then right. */
export function orderPairs(
  left: Int32Array,
  right: Int32Array,
  pattern: Int32Array,
  weight: Int32Array,
  count: number,
): OrderedPairs {
  const order = new Int32Array(count)
  const keys = new Int32Array(count)
  const sorter = new RadixSorter(count)
  for (let i = 0; i < count; i++) {
    order[i] = i
    keys[i] = right[i]
  }
  sorter.sort(keys, order, count)
  for (let i = 0; i < count; i++) keys[i] = left[order[i]]
  sorter.sort(keys, order, count)
  // Heaviest first: the key is counted down from the top of the unsigned range.
  for (let i = 0; i < count; i++) keys[i] = 0x7fffffff - weight[order[i]]
  sorter.sort(keys, order, count)
  return {
    count,
    left: pick(left, order, count),
    right: pick(right, order, count),
    pattern: pick(pattern, order, count),
    weight: pick(weight, order, count),
  }
}

function pick(from: Int32Array, order: Int32Array, count: number): Int32Array {
  const to = new Int32Array(count)
  for (let i = 0; i < count; i++) to[i] = from[order[i]]
  return to
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
