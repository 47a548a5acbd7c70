/**
 * One row in SQLite's record format: a header with the type of each column, then the values.
 *
 * In: texts as bytes and whole numbers, column by column. Out: the payload, written where the caller wants it.
 */
import { varintLength, writeVarint } from './pages.ts'

/** What can be put into a cell: a row just put together, or one kept as bytes. */
export interface Payload {
  readonly length: number
  write(into: Uint8Array, at: number): void
}

/** A row being put together: texts and numbers in column order, then `length` and `write`. */
export class RowPayload implements Payload {
  private readonly texts: Uint8Array[] = []
  private readonly from: Int32Array
  /** Byte length of a text, -1 for a number. */
  private readonly lengths: Int32Array
  private readonly numbers: Float64Array
  private columns = 0
  private header = 1
  private body = 0

  constructor(columnsMax: number) {
    this.from = new Int32Array(columnsMax)
    this.lengths = new Int32Array(columnsMax)
    this.numbers = new Float64Array(columnsMax)
  }

  clear(): void {
    this.columns = 0
    this.header = 1
    this.body = 0
  }

  text(bytes: Uint8Array, from = 0, length = bytes.length): void {
    const k = this.columns++
    this.texts[k] = bytes
    this.from[k] = from
    this.lengths[k] = length
    this.header += varintLength(length * 2 + 13)
    this.body += length
  }

  /** A whole number of at most 32 bits, not negative. */
  integer(value: number): void {
    const k = this.columns++
    this.lengths[k] = -1
    this.numbers[k] = value
    this.header++
    this.body += integerBytes(value)
  }

  /** Bytes of the payload. The header's own length is one byte: a row has few columns. */
  get length(): number {
    return this.header + this.body
  }

  write(into: Uint8Array, at: number): void {
    const { columns, lengths, texts, from, numbers } = this
    into[at] = this.header
    let h = at + 1
    let b = at + this.header
    for (let k = 0; k < columns; k++) {
      const length = lengths[k]
      if (length >= 0) {
        h = writeVarint(into, h, length * 2 + 13)
        const text = texts[k]
        const start = from[k]
        if (length > 64) into.set(text.subarray(start, start + length), b)
        else for (let i = 0; i < length; i++) into[b + i] = text[start + i]
        b += length
      } else {
        const value = numbers[k]
        const bytes = integerBytes(value)
        // 0 and 1 are types of their own.
        into[h++] = bytes === 0 ? 8 + value : bytes
        for (let i = bytes - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) into[b + i] = rest & 255
        b += bytes
      }
    }
  }
}

/** Numbers are signed: 128 needs two bytes. Five bytes do not exist as a type and are not needed. */
function integerBytes(value: number): number {
  if (value < 2) return 0
  if (value < 0x80) return 1
  if (value < 0x8000) return 2
  if (value < 0x80_0000) return 3
  if (value < 0x8000_0000) return 4
  throw new RangeError(`a number of more than 31 bits cannot be stored here: ${value}`)
}
