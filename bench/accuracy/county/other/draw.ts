/** Draws of the other county: one seeded sequence (splitmix32, Steele et al. 2014), choices, Zipf ranks. */
export class Draw {
  private state: number

  constructor(seed: string) {
    let h = 0x811c9dc5
    for (const c of seed) h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0x01000193)
    this.state = h | 0
  }

  /** In [0, 1). */
  unit(): number {
    this.state = (this.state + 0x9e3779b9) | 0
    let t = this.state ^ (this.state >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return ((t ^ (t >>> 15)) >>> 0) / 4_294_967_296
  }

  chance(p: number): boolean {
    return this.unit() < p
  }

  /** Whole number from `low` to `high`, both included. */
  from(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  of<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)]
  }

  /** Early entries more often than late ones: rank r with chance about 1 ÷ (r + head). */
  zipf<T>(list: readonly T[], head = 3): T {
    const n = list.length
    return list[Math.min(n - 1, Math.floor(head * ((n / head + 1) ** this.unit() - 1)))]
  }

  /** Index by weights. */
  weighed(weights: readonly number[]): number {
    let at = this.unit() * weights.reduce((a, b) => a + b, 0)
    for (let i = 0; i < weights.length; i++) if ((at -= weights[i]) < 0) return i
    return weights.length - 1
  }
}
