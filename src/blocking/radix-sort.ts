/**
 * Least-significant-digit radix sort of (key, row) by unsigned 32-bit key: 3 passes of 11 bits.
 * Stable, so rows of one key stay in row order. 20 times faster here than a comparator sort (bench/blocking).
 */

const RADIX = 2048

/** Scratch for sorts of up to `capacity` rows; one per worker, reused. */
export class RadixSorter {
  private keysA: Int32Array
  private rowsA: Int32Array
  private readonly counts = new Int32Array(RADIX)

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
    this.pass(keys, rows, this.keysA, this.rowsA, n, 0)
    this.pass(this.keysA, this.rowsA, keys, rows, n, 11)
    this.pass(keys, rows, this.keysA, this.rowsA, n, 22)
    keys.set(this.keysA.subarray(0, n))
    rows.set(this.rowsA.subarray(0, n))
  }

  private pass(
    keysIn: Int32Array,
    rowsIn: Int32Array,
    keysOut: Int32Array,
    rowsOut: Int32Array,
    n: number,
    shift: number,
  ): void {
    const { counts } = this
    counts.fill(0)
    for (let i = 0; i < n; i++) counts[(keysIn[i] >>> shift) & (RADIX - 1)]++
    let sum = 0
    for (let d = 0; d < RADIX; d++) {
      const count = counts[d]
      counts[d] = sum
      sum += count
    }
    for (let i = 0; i < n; i++) {
      const key = keysIn[i]
      const to = counts[(key >>> shift) & (RADIX - 1)]++
      keysOut[to] = key
      rowsOut[to] = rowsIn[i]
    }
  }
}
