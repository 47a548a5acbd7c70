/** Pairs of integers: one hash for all who need one, and dense numbers for those that were met. */

/** Below it lies one hash of mix in so many: a remainder would take a division for each row of each rule. */
export function limitOf(sample: number): number {
  return 2 ** 32 / sample
}

export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** Dense numbers for pairs of integers. */
export class PairInterner {
  private slots: Int32Array
  private first: Int32Array
  private second: Int32Array
  size = 0

  constructor(expected: number) {
    let length = 1024
    while (length < expected * 2) length *= 2
    this.slots = new Int32Array(length)
    this.first = new Int32Array(length / 2)
    this.second = new Int32Array(length / 2)
  }

  /** Nothing is known any more; the room stays. */
  clear(): void {
    this.slots.fill(0)
    this.size = 0
  }

  of(a: number, b: number): number {
    const mask = this.slots.length - 1
    let i = mix(a, b) & mask
    for (;;) {
      const held = this.slots[i]
      if (held === 0) break
      if (this.first[held - 1] === a && this.second[held - 1] === b) return held - 1
      i = (i + 1) & mask
    }
    const number = this.size++
    this.first[number] = a
    this.second[number] = b
    this.slots[i] = number + 1
    if (this.size * 2 >= this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const length = this.slots.length * 2
    const first = new Int32Array(length / 2)
    const second = new Int32Array(length / 2)
    first.set(this.first.subarray(0, this.size))
    second.set(this.second.subarray(0, this.size))
    this.first = first
    this.second = second
    this.slots = new Int32Array(length)
    for (let n = 0; n < this.size; n++) {
      let i = mix(first[n], second[n]) & (length - 1)
      while (this.slots[i] !== 0) i = (i + 1) & (length - 1)
      this.slots[i] = n + 1
    }
  }
}
