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

/** Pairs lighter than this can neither be linked nor rival a link. */
export const WEIGHT_MIN = -4000

/**
 * The pairs of at least WEIGHT_MIN, heaviest first, then by left, then by right row. In shared memory.
 *
 * @param pairs (left, right, pattern) words of `count` pairs
 * @param weights one for each
 */
export function orderPairs(pairs: Int32Array, count: number, weights: Int32Array): OrderedPairs {
  let kept = 0
  for (let i = 0; i < count; i++) if (weights[i] >= WEIGHT_MIN) kept++
  const order = new Int32Array(kept)
  const keys = new Int32Array(kept)
  const sorter = new RadixSorter(kept)
  for (let i = 0, n = 0; i < count; i++) {
    if (weights[i] < WEIGHT_MIN) continue
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
  const ordered = emptyPairs(kept)
  for (let n = 0; n < kept; n++) {
    const at = order[n] * PAIR_WORDS
    ordered.left[n] = pairs[at]
    ordered.right[n] = pairs[at + 1]
    ordered.pattern[n] = pairs[at + 2]
    ordered.weight[n] = weights[order[n]]
  }
  return ordered
}

interface ChangedPair {
  readonly left: number
  readonly right: number
  readonly pattern: number
  readonly weight: number
}

/**
 * The same order with some pairs given another pattern and weight: what orderPairs would have made of them.
 *
 * @param ordered pairs as they were scored; given up, since the result lies in their memory
 * @param pairs all pairs, of `count`, the light ones too: a changed pattern may make them heavy
 * @param flags of each row; a pair with none on either side is as it was
 * @param believed the pattern to believe, and its weight
 */
export function reorderPairs(
  ordered: OrderedPairs,
  pairs: Int32Array,
  count: number,
  flags: Uint8Array,
  {
    patternOf,
    weigh,
  }: Readonly<Record<'patternOf' | 'weigh', (left: number, right: number, pattern: number) => number>>,
): OrderedPairs {
  const changed: ChangedPair[] = []
  let moved = 0
  for (let i = 0, at = 0; i < count; i++, at += PAIR_WORDS) {
    const left = pairs[at]
    const right = pairs[at + 1]
    if ((flags[left] | flags[right]) === 0) continue
    const pattern = patternOf(left, right, pairs[at + 2])
    if (pattern === pairs[at + 2]) continue
    moved++
    const weight = weigh(left, right, pattern)
    if (weight >= WEIGHT_MIN) changed.push({ left, right, pattern, weight })
  }
  if (moved === 0) return ordered
  changed.sort(isAfter)
  const isAsItWas = (n: number): boolean => {
    const left = ordered.left[n]
    const right = ordered.right[n]
    return (flags[left] | flags[right]) === 0 || patternOf(left, right, ordered.pattern[n]) === ordered.pattern[n]
  }
  // In place, since a second copy would be as large: what stays moves together, then the two lists meet from their ends.
  let stays = 0
  for (let n = 0; n < ordered.count; n++) if (isAsItWas(n)) copyPair(ordered, n, ordered, stays++)
  const merged = resized(ordered, stays, stays + changed.length)
  let n = stays - 1
  let next = changed.length - 1
  for (let at = merged.count - 1; next >= 0; at--) {
    if (n >= 0 && isAfter(pairAt(merged, n), changed[next]) > 0) copyPair(merged, n--, merged, at)
    else putPair(merged, at, changed[next--])
  }
  return merged
}

/** Above 0: the first comes later. */
function isAfter(p: ChangedPair, q: ChangedPair): number {
  return q.weight - p.weight || p.left - q.left || p.right - q.right
}

function pairAt({ left, right, pattern, weight }: OrderedPairs, n: number): ChangedPair {
  return { left: left[n], right: right[n], pattern: pattern[n], weight: weight[n] }
}

function putPair(to: OrderedPairs, at: number, { left, right, pattern, weight }: ChangedPair): void {
  to.left[at] = left
  to.right[at] = right
  to.pattern[at] = pattern
  to.weight[at] = weight
}

function copyPair(from: OrderedPairs, n: number, to: OrderedPairs, at: number): void {
  to.left[at] = from.left[n]
  to.right[at] = from.right[n]
  to.pattern[at] = from.pattern[n]
  to.weight[at] = from.weight[n]
}

/** In shared memory: another thread may have made them. With room for some more than `count`. */
function emptyPairs(count: number): OrderedPairs {
  const bytes = (count + (count >> 5) + 16) * 4
  const words = (): Int32Array => new Int32Array(new SharedArrayBuffer(bytes), 0, count)
  return { count, left: words(), right: words(), pattern: words(), weight: words() }
}

/** The first `kept` pairs with room for `count` in all: in the memory they have, or in more if that is too little. */
function resized(pairs: OrderedPairs, kept: number, count: number): OrderedPairs {
  const words = (old: Int32Array): Int32Array => {
    if (count * 4 <= old.buffer.byteLength) return new Int32Array(old.buffer, 0, count)
    const wider = new Int32Array(new SharedArrayBuffer(count * 4))
    wider.set(old.subarray(0, kept))
    return wider
  }
  const { left, right, pattern, weight } = pairs
  return { count, left: words(left), right: words(right), pattern: words(pattern), weight: words(weight) }
}

/** For each row the numbers of its pairs, heaviest first. */
export interface PairsOfRows {
  readonly start: Int32Array
  readonly pairs: Int32Array
}

/** @param only 1 for each row that is asked about; all of them where it is left out */
export function pairsOfRows(pairs: OrderedPairs, rows: number, only?: Uint8Array): PairsOfRows {
  const isWanted = (row: number): boolean => only === undefined || only[row] === 1
  const start = new Int32Array(rows + 1)
  for (let i = 0; i < pairs.count; i++) {
    if (isWanted(pairs.left[i])) start[pairs.left[i] + 1]++
    if (isWanted(pairs.right[i])) start[pairs.right[i] + 1]++
  }
  for (let row = 0; row < rows; row++) start[row + 1] += start[row]
  const next = start.slice(0, rows)
  const list = new Int32Array(start[rows])
  for (let i = 0; i < pairs.count; i++) {
    if (isWanted(pairs.left[i])) list[next[pairs.left[i]]++] = i
    if (isWanted(pairs.right[i])) list[next[pairs.right[i]]++] = i
  }
  return { start, pairs: list }
}
