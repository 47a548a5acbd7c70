/**
 * The rows of a sheet as rows of a CSV: what becomes of rows that are not there, of cells that a row does not hold, of styles
 * without a value and of failed formulas, whoever reads the cells.
 *
 * In:  rows in their order, and in each its cells. Out: one CSV line per spreadsheet row, empty rows kept as empty lines so that row
 *      numbers stay those that the spreadsheet shows.
 */
import { CsvBytes, type SharedBytes } from '../csv-bytes.ts'

/** What a spreadsheet shows where a formula has failed: a name looked up and not found is no name. */
const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/
const HASH = 0x23

export class SheetRows {
  /** Cells that hold an error instead of a value. */
  errors = 0
  /** Whether a title stands over the header: it is no header, and a merge that was not kept. */
  hasTitle = false
  private readonly csv: CsvBytes
  /** Index of the row that comes next. */
  private next = 0
  /** Cells of the header. */
  private width = 0
  /** Cells of this row, with those that hold no value, and those that do. */
  private cells = 0
  private values = 0
  /** Commas written in this row. */
  private commas = 0
  private isTitle = false

  /** @param expected length of the CSV, in bytes, as far as one can tell */
  constructor(expected = 0) {
    this.csv = new CsvBytes(expected)
  }

  /** @param index of the row, the first is 0 */
  begin(index: number): void {
    for (; this.next < index; this.next++) this.csv.endRow()
    this.cells = 0
    this.values = 0
    this.commas = 0
  }

  /** A cell; columns grow from cell to cell, the first is 0. */
  cell(column: number, text: string): void {
    this.cells = column + 1
    if (text === '') return
    this.values++
    if (ERROR_VALUE.test(text)) {
      this.errors++
      return
    }
    this.goTo(column)
    this.csv.writeCell(text)
  }

  /** The same of bytes of UTF-8, quoted where they must be. */
  cellOfBytes(column: number, bytes: Buffer, from: number, to: number): void {
    if (from === to || bytes[from] === HASH) {
      this.cell(column, bytes.toString('utf8', from, to))
      return
    }
    this.cells = column + 1
    this.values++
    this.goTo(column)
    this.csv.writeBytes(bytes, from, to)
  }

  private goTo(column: number): void {
    if (column === this.commas) return
    this.csv.writeCommas(column - this.commas)
    this.commas = column
  }

  /** A sheet does not hold empty cells: a row ends with its last value. A row that has only styles is an empty row. */
  end(index: number): void {
    if (index === 0) {
      this.width = this.cells
      this.isTitle = this.values === 1
    }
    if (index === 1 && this.isTitle && this.values > 1) this.hasTitle = true
    if (this.values > 0) this.goTo(Math.max(this.cells, this.width) - 1)
    this.csv.endRow()
    this.next++
  }

  finish(): SharedBytes {
    return this.csv.finish()
  }
}
