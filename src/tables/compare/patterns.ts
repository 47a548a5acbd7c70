/**
 * Comparison patterns: the levels of all comparisons of a pair, as dense numbers with counts.
 *
 * In:  levels, pair by pair, in any order. Out: each distinct pattern once; `sortPatterns` puts them in an order that
 *      depends on nothing but the levels, whoever met them first.
 */
export interface Patterns {
  readonly width: number
  /** Levels of pattern p at [p × width …). */
  readonly levels: Uint8Array
  readonly count: number
  readonly counts: Float64Array
}

/** Dense numbers for comparison patterns, with counts. */
export class PatternInterner {
  private readonly width: number
  private slots = new Int32Array(1 << 14)
  private stored: Uint8Array
  private counts = new Float64Array(1 << 13)
  private count = 0

  constructor(width: number) {
    this.width = width
    this.stored = new Uint8Array(width << 13)
  }

  /** @param from where the levels of the pattern begin in the list */
  add(levels: Uint8Array, from: number, times: number): number {
    const { width } = this
    const mask = this.slots.length - 1
    let i = hashOf(levels, from, width) & mask
    for (;;) {
      const held = this.slots[i] - 1
      if (held < 0) break
      const at = held * width
      let c = 0
      while (c < width && this.stored[at + c] === levels[from + c]) c++
      if (c === width) {
        this.counts[held] += times
        return held
      }
      i = (i + 1) & mask
    }
    const number = this.count++
    for (let c = 0; c < width; c++) this.stored[number * width + c] = levels[from + c]
    this.counts[number] = times
    this.slots[i] = number + 1
    if (this.count * 2 >= this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const { width } = this
    const length = this.slots.length * 2
    const stored = new Uint8Array((length / 2) * width)
    stored.set(this.stored)
    const counts = new Float64Array(length / 2)
    counts.set(this.counts)
    this.stored = stored
    this.counts = counts
    this.slots = new Int32Array(length)
    for (let n = 0; n < this.count; n++) {
      let i = hashOf(stored, n * width, width) & (length - 1)
      while (this.slots[i] !== 0) i = (i + 1) & (length - 1)
      this.slots[i] = n + 1
    }
  }

  patterns(): Patterns {
    return {
      width: this.width,
      levels: this.stored.slice(0, this.count * this.width),
      count: this.count,
      counts: this.counts.slice(0, this.count),
    }
  }
}

/** FNV-1a (Fowler, Noll, Vo), the high bits folded onto the low ones. */
function hashOf(levels: Uint8Array, from: number, width: number): number {
  let h = 0x811c9dc5
  for (let c = 0; c < width; c++) h = Math.imul(h ^ levels[from + c], 0x01000193)
  return h ^ (h >>> 15)
}

/** Patterns by their levels, the first comparison first; and the new place of each old one. */
export function sortPatterns({ width, levels, count, counts }: Patterns): {
  readonly patterns: Patterns
  readonly placeOf: Int32Array
} {
  // By the last level first, each pass keeping the order of the one before: hundreds of thousands of patterns, few levels.
  let order = Int32Array.from({ length: count }, (_, p) => p)
  let next = new Int32Array(count)
  for (let c = width - 1; c >= 0; c--) {
    const ends = new Int32Array(257)
    for (let p = 0; p < count; p++) ends[levels[p * width + c] + 1]++
    for (let level = 0; level < 256; level++) ends[level + 1] += ends[level]
    for (const p of order) next[ends[levels[p * width + c]]++] = p
    ;[order, next] = [next, order]
  }
  const placeOf = new Int32Array(count)
  const sorted = new Uint8Array(count * width)
  order.forEach((p, place) => {
    placeOf[p] = place
    for (let c = 0; c < width; c++) sorted[place * width + c] = levels[p * width + c]
  })
  return {
    patterns: { width, levels: sorted, count, counts: Float64Array.from(order, (p) => counts[p]) },
    placeOf,
  }
}
