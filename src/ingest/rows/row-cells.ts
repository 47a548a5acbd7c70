/**
 * The cells of the row at hand: opened one at a time, trimmed, counted, read.
 *
 * In:  a row as cut by cells.ts and the readers of its file's encoding. Out: numbers for the columns; for each cell of the
 * header how many rows filled it and how many values could not be read.
 */
import type { CachedCells } from './cached-cells.ts'
import type { CellOf } from '../headers/cell-of.ts'
import { type CellReaders, CUT, GUESSED, KeyHash } from './cell-readers.ts'
import { type RowCutter, undoubleQuotes } from './cells.ts'
import { readDateCell } from './fields.ts'
import type { LateTexts, LateTriples } from './late-columns.ts'
import { layBack, type looksOf, unslip } from './slipped-cells.ts'

/** A character of UTF-8, and 15 digits of an old number. */
const MARK_BYTES = 3
const NUMBER_BYTES = 15
const DIGIT_1 = 49

function isDigit(byte: number): boolean {
  return byte >= DIGIT_1 - 1 && byte <= DIGIT_1 + 8
}

export class RowCells {
  protected readonly hash = new KeyHash()
  private scratch = new Uint8Array(4096)

  // The file at hand.
  protected cutter!: RowCutter
  protected read!: CellReaders
  protected filePresent!: Int32Array
  protected fileVoids!: Int32Array
  protected looks!: ReturnType<typeof looksOf>

  // The cell at hand.
  protected buffer!: Uint8Array
  protected start = 0
  protected end = 0
  protected cell = 0

  /** Opens a cell of the header for reading; false if it is empty or the file has no such column. */
  protected openCell(cell: number): boolean {
    if (cell < 0 || !this.openAny(cell)) return false
    this.filePresent[cell]++
    return true
  }

  /** A cell of the row at hand as text; slow. */
  protected readonly cellText = (cell: number): string =>
    this.openAny(cell) ? this.read.decoder.text(this.buffer, this.start, this.end) : ''

  protected openAny(cell: number): boolean {
    const { cutter } = this
    let buffer = cutter.bytes
    let start = cutter.starts[cell]
    let end = cutter.ends[cell]
    if (start === end) return false
    if (cutter.quoted[cell] === 2) {
      if (this.scratch.length < end - start) this.scratch = new Uint8Array(end - start)
      end = undoubleQuotes(buffer, start, end, this.scratch)
      start = 0
      buffer = this.scratch
    }
    while (start < end && buffer[start] <= 32) start++
    while (start < end && buffer[end - 1] <= 32) end--
    this.buffer = buffer
    this.start = start
    this.end = end
    this.cell = cell
    return start < end
  }

  /** Lays back a row whose cells stand in their neighbours' columns; whether it was one. Most rows are told by a few bytes. */
  protected laysBack(cellOf: CellOf): boolean {
    const { cutter, looks } = this
    if (!this.isOdd(cellOf)) return false
    const texts = looks.map((_, cell) =>
      this.openAny(cell) ? this.read.decoder.text(this.buffer, this.start, this.end).normalize('NFKC').trim() : '',
    )
    const cells = unslip(texts, looks, cellOf.record_id)
    if (cells === undefined) return false
    layBack(cutter, cells)
    return true
  }

  /**
   * Whether number, birth or sex do not look like what they are. Asked of every row, on bytes: what whole offices write (无 in
   * place of a number, 5/22/1948) must not cost each of their rows a closer look.
   */
  private isOdd({ id_number: number, birth_date, birth_month, sex }: CellOf): boolean {
    const { bytes, starts, ends } = this.cutter
    if (number >= 0) {
      const length = ends[number] - starts[number]
      if (length > MARK_BYTES && length < NUMBER_BYTES) return true
      // One character: a digit or 男 belongs to a neighbour, anything else says that there is no number.
      if (length > 0 && length <= MARK_BYTES && (isDigit(bytes[starts[number]]) || this.isSex(number))) return true
    }
    const birth = birth_date >= 0 ? birth_date : birth_month
    if (birth >= 0) {
      const at = starts[birth]
      const length = ends[birth] - at
      if (length > 0 && (length < 6 || length > 14 || !isDigit(bytes[at]))) return true
      // A date that begins with its month or day, or with the last digits of its year, has a separator after them.
      const isYear = bytes[at] === DIGIT_1 || bytes[at] === DIGIT_1 + 1
      if (length > 0 && !isYear && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2])) return true
    }
    return this.openAny(sex) && this.lookUp(this.read.sex) === 0
  }

  private isSex(cell: number): boolean {
    return this.openAny(cell) && this.lookUp(this.read.sex) !== 0
  }

  protected lookUp(cells: { read(bytes: Uint8Array, start: number, end: number): number }): number {
    return cells.read(this.buffer, this.start, this.end)
  }

  /** A value of which 0 means that it cannot be read. */
  protected code(cell: number, cells: { read(bytes: Uint8Array, start: number, end: number): number }): number {
    if (!this.openCell(cell)) return 0
    const value = cells.read(this.buffer, this.start, this.end)
    if (value === 0) this.fileVoids[cell]++
    return value
  }

  /** An area or block. One whose end a spreadsheet took counts among those that cannot be read; what is left is used. */
  protected place(cell: number, cells: CachedCells): number {
    if (!this.openCell(cell)) return 0
    const value = cells.read(this.buffer, this.start, this.end)
    if (value === 0 || cells.second === CUT) this.fileVoids[cell]++
    return value
  }

  /** A code of a column that has a default; a value that nobody knows is the default, and counted. */
  protected codeOr(absent: number, cell: number, cells: CachedCells): number {
    if (!this.openCell(cell)) return absent
    const value = cells.read(this.buffer, this.start, this.end)
    if (cells.second === GUESSED) this.fileVoids[cell]++
    return value
  }

  protected date(cell: number): number {
    if (!this.openCell(cell)) return 0
    const date = readDateCell(this.read.decoder, this.buffer, this.start, this.end)
    if (date === 0) this.fileVoids[cell]++
    return date
  }

  /** Whether there is one. */
  protected name(cell: number, late: LateTexts, slot: number): boolean {
    if (!this.openCell(cell)) return false
    const { decoder } = this.read
    const length = decoder.decode(this.buffer, this.start, this.end)
    if (length > 0) late.push(slot, decoder.units, length)
    return length > 0
  }

  protected otherId(cell: number, late: LateTriples, slot: number): void {
    if (!this.openCell(cell)) return
    const { idNumber } = this.read
    idNumber.read(this.buffer, this.start, this.end)
    if (idNumber.tail !== 0 || idNumber.area !== 0) late.push(slot, idNumber.area, idNumber.birth, idNumber.tail)
  }

  protected key(cell: number): boolean {
    if (!this.openCell(cell)) return false
    this.hash.of(this.buffer, this.start, this.end)
    return true
  }
}
