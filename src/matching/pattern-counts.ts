/**
 * How often each comparison pattern occurs: all that EM and the model need to know of millions of pairs.
 * A few thousand distinct patterns; open addressing on the 24-bit pattern.
 */
const EMPTY = -1

/** How often each pattern came. */
export class PatternCounts {
  private keys = new Int32Array(1 << 14).fill(EMPTY)
  private counts = new Float64Array(1 << 14)
  private used = 0

  add(pattern: number, count = 1): void {
    const mask = this.keys.length - 1
    let i = Math.imul(pattern, 0x9e3779b1) >>> 8
    for (;;) {
      i &= mask
      const key = this.keys[i]
      if (key === pattern) {
        this.counts[i] += count
        return
      }
      if (key === EMPTY) break
      i++
    }
    this.keys[i] = pattern
    this.counts[i] = count
    this.used++
    if (this.used * 2 > this.keys.length) this.grow()
  }

  /** Patterns ascending with their counts. */
  entries(): { patterns: Int32Array; counts: Float64Array } {
    const order: number[] = []
    for (let i = 0; i < this.keys.length; i++) if (this.keys[i] !== EMPTY) order.push(i)
    order.sort((a, b) => this.keys[a] - this.keys[b])
    return {
      patterns: Int32Array.from(order, (i) => this.keys[i]),
      counts: Float64Array.from(order, (i) => this.counts[i]),
    }
  }

  addAll(entries: { patterns: Int32Array; counts: Float64Array }): void {
    for (let i = 0; i < entries.patterns.length; i++) this.add(entries.patterns[i], entries.counts[i])
  }

  private grow(): void {
    const { keys, counts } = this
    this.keys = new Int32Array(keys.length * 2).fill(EMPTY)
    this.counts = new Float64Array(keys.length * 2)
    this.used = 0
    for (let i = 0; i < keys.length; i++) if (keys[i] !== EMPTY) this.add(keys[i], counts[i])
  }
}
