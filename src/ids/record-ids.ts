/**
 * Record ids as bytes: copied from the record ids' heap straight into an output, hashed and compared without making strings.
 *
 * In: a RecordTable. Out: UTF-8 bytes of a row's record id (its own, or its row number), CSV cells, 64-bit hashes
 * (hash-ids.ts makes texts of them).
 * Ids with quotes take a slow path through a string; all others never become one. UTF-8 byte order is code-point order, so comparing bytes is enough.
 */
import { mix } from '../records/mix.ts'
import type { RecordTable } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import { needsQuotes, writeInteger } from './cell-bytes.ts'

/** 1 for bytes that ask for quotes around a cell. */
const ASKS_QUOTES = new Uint8Array(256)
for (const b of [10, 13, 34, 44]) ASKS_QUOTES[b] = 1

const encoder = new TextEncoder()

/** More than the digits of any row number, which stands for an id where there is none. */
export const ROW_NUMBER_BYTES = 16
/** Digits of the row number last asked for. */
const DIGITS = new Uint8Array(ROW_NUMBER_BYTES)

/** Rows whose ids are read ahead at a time: more would push the first out of the cache. */
export const ROWS_AHEAD = 64

export class RecordIds {
  readonly table: RecordTable
  /** `police:` and so on as bytes, by register number. */
  readonly prefixes: readonly Uint8Array[]
  /** Result of hashKey. */
  high = 0
  low = 0
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(table: RecordTable) {
    this.table = table
    this.prefixes = REGISTERS.map((register) => encoder.encode(`${register}:`))
  }

  /**
   * Reads beforehand where the ids of rows[from, to) lie and what they begin with. Ids lie in the order of the
   * rows: where people or files have another, each read waits for memory; here the reads of a batch are under way together.
   */
  readAhead(rows: Int32Array, from: number, to: number): void {
    const { columns, recordIdBytes } = this.table
    const { recordIdAt, recordIdLength } = columns
    let touched = 0
    for (let k = from; k < to; k++) touched ^= recordIdLength[rows[k]] ^ recordIdBytes[recordIdAt[rows[k]]]
    this.touched = touched
  }

  /** Writes the id as a CSV cell into buffer at `at`; returns the offset after it. At least 64 KiB must be free. */
  writeCell(row: number, buffer: Uint8Array, at: number): number {
    const { columns, recordIdBytes } = this.table
    const length = columns.recordIdLength[row]
    if (length === 0) return writeInteger(buffer, at, columns.rowNo[row])
    const from = columns.recordIdAt[row]
    let asks = 0
    for (let k = 0; k < length; k++) {
      const b = recordIdBytes[from + k]
      buffer[at + k] = b
      asks |= ASKS_QUOTES[b]
    }
    if (asks === 0) return at + length
    const text = this.text(row)
    const shown = needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text
    return at + encoder.encodeInto(shown, buffer.subarray(at)).written
  }

  /** Writes `register:record_id` as it is, not as a cell. */
  writeKey(row: number, register: number, buffer: Uint8Array, at: number): number {
    const prefix = this.prefixes[register]
    for (let k = 0; k < prefix.length; k++) buffer[at++] = prefix[k]
    return this.writeBytes(row, buffer, at)
  }

  /** Writes the id as it is; returns the offset after it. */
  writeBytes(row: number, buffer: Uint8Array, at: number): number {
    const { columns, recordIdBytes } = this.table
    const length = columns.recordIdLength[row]
    if (length === 0) return writeInteger(buffer, at, columns.rowNo[row])
    const from = columns.recordIdAt[row]
    for (let k = from; k < from + length; k++) buffer[at++] = recordIdBytes[k]
    return at
  }

  text(row: number): string {
    return this.table.recordId(row)
  }

  /** `register:record_id`. */
  key(row: number): string {
    return `${REGISTERS[this.table.registerOf(row)]}:${this.text(row)}`
  }

  /** UTF-8 bytes of the id. Valid until the next call. */
  bytes(row: number): Uint8Array {
    const { columns, recordIdBytes } = this.table
    const length = columns.recordIdLength[row]
    if (length === 0) return DIGITS.subarray(0, writeInteger(DIGITS, 0, columns.rowNo[row]))
    const from = columns.recordIdAt[row]
    return recordIdBytes.subarray(from, from + length)
  }

  /** Order of two rows of one register by record id, in code points; rows without an id of their own by row number. */
  compare(left: number, right: number): number {
    const a = this.bytes(left).slice()
    const b = this.bytes(right)
    const length = Math.min(a.length, b.length)
    for (let k = 0; k < length; k++) if (a[k] !== b[k]) return a[k] - b[k]
    return a.length - b.length
  }

  /** 64-bit hash of `register:record_id`, and of `salt` unless it is 0, into `high` and `low`. */
  hashKey(row: number, register: number, salt = 0): void {
    const { columns, recordIdBytes } = this.table
    let h = 0x811c9dc5
    let g = 0x9747b28c ^ salt
    const prefix = this.prefixes[register]
    for (let k = 0; k < prefix.length; k++) {
      h = Math.imul(h ^ prefix[k], 0x01000193)
      g = Math.imul(((g << 5) | (g >>> 27)) ^ prefix[k], 0x9e3779b1)
    }
    const length = columns.recordIdLength[row]
    const bytes = length === 0 ? DIGITS : recordIdBytes
    const from = length === 0 ? 0 : columns.recordIdAt[row]
    const end = from + (length === 0 ? writeInteger(DIGITS, 0, columns.rowNo[row]) : length)
    for (let k = from; k < end; k++) {
      h = Math.imul(h ^ bytes[k], 0x01000193)
      g = Math.imul(((g << 5) | (g >>> 27)) ^ bytes[k], 0x9e3779b1)
    }
    this.high = mix(h ^ Math.imul(g, 0x85ebca6b)) >>> 0
    this.low = mix(g + Math.imul(h, 0xc2b2ae35)) >>> 0
  }
}
