/**
 * Least-significant-digit radix sort of (key, row) by unsigned 32-bit key: 3 passes of 11 bits, of which those are left
 * out whose digit is the same in all keys.
 * Stable, so rows of one key stay in row order.
 */

const DIGIT_BITS = 11
const RADIX = 1 << DIGIT_BITS
const DIGITS = 3

/** Scratch for sorts of up to `capacity` rows; one per worker, reused. */
export class RadixSorter {
  private keysA: Int32Array
  private rowsA: Int32Array
  private readonly counts = new Int32Array(RADIX * DIGITS)

  constructor(capacity: number) {
    this.keysA = new Int32Array(capacity)
    this.rowsA = new Int32Array(capacity)
  }

  /** Sorts keys[0, n) with rows[0, n) in place, keys compared as unsigned. */
  sort(keys: Int32Array, rows: Int32Array, n: number): void {
    if (this.keysA.length < n) {
      this.keysA = new Int32Array(n)
      this.rowsA = new Int32Array(n)
    }
    if (n < 2) return
    const { counts } = this
    countDigits(keys, n, counts)
    let isInScratch = false
    for (let digit = 0; digit < DIGITS; digit++) {
      if (counts[digit * RADIX + ((keys[0] >>> (digit * DIGIT_BITS)) & (RADIX - 1))] === n) continue
      if (isInScratch) this.pass(this.keysA, this.rowsA, keys, rows, n, digit)
      else this.pass(keys, rows, this.keysA, this.rowsA, n, digit)
      isInScratch = !isInScratch
    }
    if (!isInScratch) return
    keys.set(this.keysA.subarray(0, n))
    rows.set(this.rowsA.subarray(0, n))
  }

  private pass(
    keysIn: Int32Array,
    rowsIn: Int32Array,
    keysOut: Int32Array,
    rowsOut: Int32Array,
    n: number,
    digit: number,
  ): void {
    const { counts } = this
    const base = digit * RADIX
    const shift = digit * DIGIT_BITS
    let sum = 0
    for (let d = base; d < base + RADIX; d++) {
      const count = counts[d]
      counts[d] = sum
      sum += count
    }
    for (let i = 0; i < n; i++) {
      const key = keysIn[i]
      const to = counts[base + ((key >>> shift) & (RADIX - 1))]++
      keysOut[to] = key
      rowsOut[to] = rowsIn[i]
    }
  }
}

/** Apart from `sort`: the compiler threw away what it had made of the loop each time the loop ended. */
function countDigits(keys: Int32Array, n: number, counts: Int32Array): void {
  counts.fill(0)
  for (let i = 0; i < n; i++) {
    const key = keys[i]
    counts[key & (RADIX - 1)]++
    counts[RADIX + ((key >>> DIGIT_BITS) & (RADIX - 1))]++
    counts[2 * RADIX + (key >>> (2 * DIGIT_BITS))]++
  }
}

/** 0, 1, 2 … count − 1: row numbers to be sorted along with their keys. A loop: `Int32Array.from` calls a function for each. */
export function ascending(count: number): Int32Array {
  const numbers = new Int32Array(count)
  for (let k = 0; k < count; k++) numbers[k] = k
  return numbers
}
