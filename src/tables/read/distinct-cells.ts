/**
 * The cells of one column as numbers: distinct cells in order of first sight, and which of them every row has.
 *
 * In:  cells as bytes of UTF-8. Out: their texts, made once each, and the number of each row's cell. A table of hashes over
 * bytes: a map of strings would make a string of every cell of every row.
 */

/** Cells of some rows, row by row, at [row × width + place]. */
export interface CellBatch {
  /** The bytes that hold the cell. */
  readonly holders: Uint8Array[]
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Cells of a row. */
  readonly width: number
}

/** Rows that are taken together. */
export const ROWS_PER_BATCH = 256

const batchHashes = new Int32Array(ROWS_PER_BATCH)
const batchNumbers = new Int32Array(ROWS_PER_BATCH)

export class DistinctCells {
  /** All distinct cells one behind the other; cell n ends at ends[n]. */
  private held = new Uint8Array(1 << 12)
  private ends = new Int32Array(1 << 8)
  private hashes = new Int32Array(1 << 8)
  private distinct = 0
  /** Number of a cell + 1, by its hash; 0: free. */
  private slots = new Int32Array(1 << 9)
  private codes = new Int32Array(1 << 10)
  private rows = 0
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  /** The cells of the next rows: of each, where `place` says, the bytes that hold it, and where in them. */
  add({ holders, starts, ends, width }: CellBatch, place: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const at = i * width + place
      batchHashes[i] = hashOf(holders[at], starts[at], ends[at])
    }
    this.readAhead(count)
    while (this.rows + count > this.codes.length) this.codes = wider(this.codes)
    for (let i = 0; i < count; i++) {
      const at = i * width + place
      this.codes[this.rows++] = this.numberOf(holders[at], starts[at], ends[at], batchHashes[i])
    }
  }

  /** What numberOf will look at: one look after the other would each wait for memory, side by side they wait together. */
  private readAhead(count: number): void {
    const { slots, hashes, ends, held } = this
    const mask = slots.length - 1
    let touched = 0
    for (let i = 0; i < count; i++) batchNumbers[i] = slots[batchHashes[i] & mask] - 1
    for (let i = 0; i < count; i++) {
      const number = batchNumbers[i]
      if (number < 0) continue
      touched ^= hashes[number]
      batchNumbers[i] = number === 0 ? 0 : ends[number - 1]
    }
    for (let i = 0; i < count; i++) if (batchNumbers[i] >= 0) touched ^= held[batchNumbers[i]]
    this.touched = touched
  }

  finish(): { readonly cells: string[]; readonly codes: Int32Array } {
    const cells: string[] = []
    for (let n = 0; n < this.distinct; n++) cells.push(textOf(this.held, n === 0 ? 0 : this.ends[n - 1], this.ends[n]))
    return { cells, codes: this.codes.slice(0, this.rows) }
  }

  private numberOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { slots, hashes, ends, held } = this
    const mask = slots.length - 1
    let slot = hash & mask
    for (let number = slots[slot] - 1; number >= 0; number = slots[slot] - 1) {
      if (hashes[number] === hash) {
        const start = number === 0 ? 0 : ends[number - 1]
        let same = ends[number] - start === to - from ? 0 : -1
        while (same >= 0 && same < to - from) same = held[start + same] === bytes[from + same] ? same + 1 : -1
        if (same >= 0) return number
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = this.distinct + 1
    return this.keep(bytes, from, to, hash)
  }

  private keep(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const number = this.distinct++
    const start = number === 0 ? 0 : this.ends[number - 1]
    const end = start + to - from
    if (end > this.held.length) {
      const more = new Uint8Array(Math.max(2 * this.held.length, end))
      more.set(this.held)
      this.held = more
    }
    if (number === this.ends.length) {
      this.ends = wider(this.ends)
      this.hashes = wider(this.hashes)
    }
    for (let at = from; at < to; at++) this.held[start + at - from] = bytes[at]
    this.ends[number] = end
    this.hashes[number] = hash
    if (2 * this.distinct > this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const slots = new Int32Array(2 * this.slots.length)
    for (let number = 0; number < this.distinct; number++) {
      let slot = this.hashes[number] & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number + 1
    }
    this.slots = slots
  }
}

/** FNV-1a (Fowler, Noll, Vo), the high bits folded onto the low ones. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Bytes of UTF-8 as text. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
}

function wider(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(2 * array.length)
  next.set(array)
  return next
}
