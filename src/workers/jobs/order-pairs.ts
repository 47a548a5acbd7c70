/** Puts the weighed pairs in the order of their weight while the main thread looks whose numbers are believed. */
import { collectHere } from '../garbage.ts'
import { type OrderedPairs, orderPairs } from '../../linking/ordered-pairs.ts'

export interface OrderMessage {
  /** (left, right, pattern) words of `count` pairs, in shared memory. */
  readonly pairs: Int32Array
  readonly count: number
  readonly weights: Int32Array
}

export function run({ pairs, count, weights }: OrderMessage): OrderedPairs {
  const ordered = orderPairs(pairs, count, weights)
  // Sorting leaves as much behind as it made.
  collectHere(count)
  return ordered
}
