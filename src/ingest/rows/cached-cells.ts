/**
 * Remembers what a column's few hundred different cells were read as, by their bytes, so that the parsers of
 * src/normalise are asked once a value and not once a row.
 *
 * In: bytes of a cell and a parser of text. Out: one or two numbers. A direct-mapped table: a new value that falls on
 * the same slot takes it over, so memory is fixed and the answer never depends on what is remembered.
 */
import type { CellDecoder } from '../encoding/decode.ts'

export class CachedCells {
  /** Second number of the value found last. */
  second = 0
  private readonly decoder: CellDecoder
  private readonly parse: (text: string) => number | readonly [number, number]
  private readonly parsePlain: ((units: Uint16Array, length: number) => number | undefined) | undefined
  private readonly width: number
  private readonly mask: number
  private readonly lengths: Uint8Array
  private readonly texts: Uint8Array
  private readonly firsts: Int32Array
  private readonly seconds: Int32Array
  /** Where the cell read last is remembered: rows of a household stand together and say the same. */
  private last = 0

  /**
   * @param slots a power of two @param width longest cell remembered, at most 255 bytes
   * @param parsePlain reads units[0, length) of most cells as `parse` would, without a text; undefined where it cannot tell
   */
  constructor(
    decoder: CellDecoder,
    parse: (text: string) => number | readonly [number, number],
    slots = 256,
    width = 32,
    parsePlain?: (units: Uint16Array, length: number) => number | undefined,
  ) {
    this.decoder = decoder
    this.parse = parse
    this.parsePlain = parsePlain
    this.width = width
    this.mask = slots - 1
    this.lengths = new Uint8Array(slots)
    this.texts = new Uint8Array(slots * width)
    this.firsts = new Int32Array(slots)
    this.seconds = new Int32Array(slots)
  }

  /** What bytes[start, end) is read as; the cell is not empty. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (this.holds(this.last, bytes, start, length)) {
      this.second = this.seconds[this.last]
      return this.firsts[this.last]
    }
    if (length > this.width) return this.ask(bytes, start, end)
    let hash = length
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193)
    const slot = (hash ^ (hash >>> 13)) & this.mask
    this.last = slot
    if (this.holds(slot, bytes, start, length)) {
      this.second = this.seconds[slot]
      return this.firsts[slot]
    }
    const { texts } = this
    const base = slot * this.width
    const first = this.ask(bytes, start, end)
    this.lengths[slot] = length
    for (let k = 0; k < length; k++) texts[base + k] = bytes[start + k]
    this.firsts[slot] = first
    this.seconds[slot] = this.second
    return first
  }

  private holds(slot: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.lengths[slot] !== length) return false
    const { texts } = this
    const base = slot * this.width
    // From the end: codes and addresses of one place differ there.
    for (let k = length - 1; k >= 0; k--) if (texts[base + k] !== bytes[start + k]) return false
    return true
  }

  private ask(bytes: Uint8Array, start: number, end: number): number {
    if (this.parsePlain !== undefined) {
      const length = this.decoder.decode(bytes, start, end)
      const plain = this.parsePlain(this.decoder.units, length)
      if (plain !== undefined) {
        this.second = 0
        return plain
      }
    }
    const value = this.parse(this.decoder.text(bytes, start, end))
    if (typeof value === 'number') {
      this.second = 0
      return value
    }
    this.second = value[1]
    return value[0]
  }
}
