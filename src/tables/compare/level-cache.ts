/** 512 KB: a look that leaves the processor's own cache costs more than what the few pairs beyond would save. */
const SLOTS_MOST = 1 << 16

/**
 * Levels of value pairs met before; an old pair gives way to a new one in its place, so memory is bounded.
 * Both numbers and the level lie side by side in eight bytes: one line of the processor's cache per look.
 */
export class LevelCache {
  /** [2 × slot] smaller number, [2 × slot + 1] larger number × 64 + level. */
  private readonly held: Int32Array
  private readonly mask: number

  constructor(values: number) {
    let size = 1 << 12
    while (size < values * 48 && size < SLOTS_MOST) size *= 2
    // Beyond 2^25 values number and level no longer fit one word: nothing is kept.
    this.held = new Int32Array(values < 1 << 25 ? 2 * size : 0)
    this.mask = size - 1
  }

  private slot(lo: number, hi: number): number {
    const h = Math.imul(lo, 0x9e3779b1) ^ Math.imul(hi, 0x85ebca6b)
    return 2 * ((h ^ (h >>> 15)) & this.mask)
  }

  get(u: number, v: number): number {
    const lo = u < v ? u : v
    const hi = u < v ? v : u
    const slot = this.slot(lo, hi)
    const second = this.held[slot + 1]
    return this.held[slot] === lo && second >> 6 === hi ? second & 63 : 0
  }

  set(u: number, v: number, level: number): number {
    const lo = u < v ? u : v
    const hi = u < v ? v : u
    const slot = this.slot(lo, hi)
    this.held[slot] = lo
    this.held[slot + 1] = (hi << 6) | level
    return level
  }
}
