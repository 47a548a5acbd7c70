/**
 * Record keys (register and record id) and person ids as small numbers: a set of byte strings.
 *
 * In: bytes of a cell with a tag (the register's number, or 0 for person ids). Out: numbers from 0, the same bytes the
 * same number. A million keys as strings in a Map take ten times the memory and five times the time.
 */
const decoder = new TextDecoder()

export class KeyIndex {
  private slots = new Int32Array(1 << 12)
  /** Per entry: heap offset, length, hash, tag. */
  private entries = new Int32Array(4 << 11)
  private heap = new Uint8Array(1 << 16)
  private heapAt = 0
  private count = 0

  get size(): number {
    return this.count
  }

  /** Number of the key, newly given if it was never seen. */
  add(tag: number, bytes: Uint8Array, from: number, to: number): number {
    if (this.count * 2 >= this.slots.length) this.grow()
    const hash = hashBytes(tag, bytes, from, to)
    const slot = this.slotOf(hash, tag, bytes, from, to)
    if (this.slots[slot] !== 0) return this.slots[slot] - 1
    const entry = this.count++
    if (entry * 4 + 4 > this.entries.length) this.entries = widen(this.entries)
    while (this.heapAt + to - from > this.heap.length) {
      const heap = new Uint8Array(this.heap.length * 2)
      heap.set(this.heap)
      this.heap = heap
    }
    this.heap.set(bytes.subarray(from, to), this.heapAt)
    this.entries[entry * 4] = this.heapAt
    this.entries[entry * 4 + 1] = to - from
    this.entries[entry * 4 + 2] = hash
    this.entries[entry * 4 + 3] = tag
    this.heapAt += to - from
    this.slots[slot] = entry + 1
    return entry
  }

  /** Number of the key, -1 if it was never seen. */
  find(tag: number, bytes: Uint8Array, from: number, to: number): number {
    return this.slots[this.slotOf(hashBytes(tag, bytes, from, to), tag, bytes, from, to)] - 1
  }

  text(number: number): string {
    const at = this.entries[number * 4]
    return decoder.decode(this.heap.subarray(at, at + this.entries[number * 4 + 1]))
  }

  tag(number: number): number {
    return this.entries[number * 4 + 3]
  }

  private slotOf(hash: number, tag: number, bytes: Uint8Array, from: number, to: number): number {
    const { slots, entries, heap } = this
    const mask = slots.length - 1
    let slot = hash & mask
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const e = (slots[slot] - 1) * 4
      if (entries[e + 2] !== hash || entries[e + 1] !== to - from || entries[e + 3] !== tag) continue
      const at = entries[e] - from
      let k = from
      while (k < to && heap[at + k] === bytes[k]) k++
      if (k === to) break
    }
    return slot
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4)
    const mask = this.slots.length - 1
    for (let entry = 0; entry < this.count; entry++) {
      let slot = this.entries[entry * 4 + 2] & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = entry + 1
    }
  }
}

function widen(array: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2)
  wider.set(array)
  return wider
}

function hashBytes(tag: number, bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5 ^ Math.imul(tag + 1, 0x9e3779b1)
  for (let k = from; k < to; k++) h = Math.imul(h ^ bytes[k], 0x01000193)
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  return h ^ (h >>> 13)
}
