/**
 * Cuts one row of a delimited file into cells, on bytes: the same for UTF-8 and GB18030, where no byte below 0x30 is
 * ever part of a multi-byte character.
 *
 * In: bytes with a line feed at `end` (a sentinel that lets the loops run without asking for the end), an offset.
 * Out: where each cell starts and ends, and where the next row starts. Values are left to whoever asks for them.
 * RFC 4180 with a repair: a quoted cell that does not end properly costs its own line only, reading goes on at the
 * next line break.
 */

const LF = 10
const CR = 13
const QUOTE = 34

/** A quoted cell longer than this is a quote that was never closed. */
const QUOTED_MAX = 65_536

export const ROW_WHOLE = 0
export const ROW_UNCLOSED = 1
export const ROW_AFTER_QUOTE = 2

export class RowCutter {
  bytes: Uint8Array
  end: number
  readonly delimiter: number
  starts: Int32Array
  ends: Int32Array
  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  quoted: Uint8Array
  /** Number of cells of the row cut last. */
  cells = 0
  /** ROW_WHOLE, ROW_UNCLOSED or ROW_AFTER_QUOTE. */
  problem = ROW_WHOLE
  /** The cell in which the problem lies. */
  problemCell = 0
  /** The row cut last was looked for up to the very end: were there more bytes, it might be another row. */
  hasMetEnd = false

  constructor(bytes: Uint8Array, end: number, delimiter: number, cellsExpected = 64) {
    if (bytes[end] !== LF) throw new Error('row cutting needs a line feed after the last byte')
    this.bytes = bytes
    this.end = end
    this.delimiter = delimiter
    this.starts = new Int32Array(cellsExpected + 8)
    this.ends = new Int32Array(cellsExpected + 8)
    this.quoted = new Uint8Array(cellsExpected + 8)
  }

  /** Goes on with other bytes, that have a line feed at `end`. */
  lay(bytes: Uint8Array, end: number): void {
    this.bytes = bytes
    this.end = end
  }

  /** Cuts the row that starts at `at`; returns where the next row starts. */
  cut(at: number): number {
    const { bytes, delimiter } = this
    let { starts, ends, quoted } = this
    const from = at
    let n = 0
    this.problem = ROW_WHOLE
    this.hasMetEnd = false
    for (;;) {
      if (n === starts.length) {
        this.grow()
        ;({ starts, ends, quoted } = this)
      }
      let b = bytes[at]
      if (b === QUOTE) {
        const close = this.closeQuote(at + 1, n)
        if (close < 0) {
          this.cells = n
          this.problemCell = n
          return this.nextLine(from)
        }
        starts[n] = at + 1
        ends[n] = close
        n++
        at = close + 1
        b = bytes[at]
        if (b === CR && bytes[at + 1] === LF) b = bytes[++at]
        if (b === delimiter) {
          at++
          continue
        }
        if (b === LF) break
        this.problem = ROW_AFTER_QUOTE
        this.cells = n
        this.problemCell = n - 1
        return this.nextLine(from)
      }
      const start = at
      while (b !== delimiter && b !== LF) b = bytes[++at]
      starts[n] = start
      quoted[n] = 0
      if (b === delimiter) {
        ends[n++] = at++
        continue
      }
      ends[n++] = at > start && bytes[at - 1] === CR ? at - 1 : at
      break
    }
    this.cells = n
    return at + 1
  }

  /** Finds the quote that closes a cell whose text starts at `at`; -1 and a problem if there is none. */
  private closeQuote(at: number, cell: number): number {
    const { bytes } = this
    const limit = Math.min(this.end, at + QUOTED_MAX)
    this.quoted[cell] = 1
    for (; at < limit; at++) {
      if (bytes[at] !== QUOTE) continue
      if (bytes[at + 1] !== QUOTE || at + 1 >= this.end) return at
      this.quoted[cell] = 2
      at++
    }
    this.problem = ROW_UNCLOSED
    this.hasMetEnd = limit === this.end
    return -1
  }

  private nextLine(at: number): number {
    const next = this.bytes.indexOf(LF, at)
    return next + 1
  }

  private grow(): void {
    const length = this.starts.length * 2
    const starts = new Int32Array(length)
    const ends = new Int32Array(length)
    const quoted = new Uint8Array(length)
    starts.set(this.starts)
    ends.set(this.ends)
    quoted.set(this.quoted)
    this.starts = starts
    this.ends = ends
    this.quoted = quoted
  }

  /** True for a line without anything in it. */
  get isBlank(): boolean {
    return this.cells === 1 && this.starts[0] === this.ends[0] && this.quoted[0] === 0
  }

  /**
   * Whether the row cut last holds a carriage return outside quotes: a spreadsheet ends a line there, we do not, and the row
   * looks whole on the screen of whoever is sent to mend it.
   */
  holdsCarriageReturn(): boolean {
    for (let cell = 0; cell < this.cells; cell++)
      for (let at = this.starts[cell]; this.quoted[cell] === 0 && at < this.ends[cell]; at++)
        if (this.bytes[at] === CR) return true
    return false
  }

  /** Cells up to the last one that is not empty. */
  get cellsUsed(): number {
    let n = this.cells
    while (n > 0 && this.starts[n - 1] === this.ends[n - 1]) n--
    return n
  }
}

/** Copies quoted text with doubled quotes into `into` with single ones; returns the length. */
export function undoubleQuotes(bytes: Uint8Array, start: number, end: number, into: Uint8Array): number {
  let length = 0
  for (let at = start; at < end; at++) {
    const b = bytes[at]
    into[length++] = b
    if (b === QUOTE) at++
  }
  return length
}
