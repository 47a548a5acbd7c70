/**
 * A table from bytes: CSV, TSV or semicolon files in UTF-8, UTF-16, GB18030 or Windows-1252 (Latin-1).
 *
 * In:  the bytes and the file's name (for messages only). Out: columns, each a list of distinct cells and, for every
 *      row, the number of its cell. Quoted cells may hold delimiters, line ends and doubled quotes (RFC 4180).
 * Leaves to spec.ts: what the columns mean. A row with too few or too many cells is refused with its line.
 */
import { TextDecoder } from 'node:util'
import { BiduiError, EXIT } from '../errors.ts'

export interface TableColumn {
  readonly name: string
  /** Distinct cells as written, in order of first sight. */
  readonly cells: readonly string[]
  /** Number into `cells` of every row. */
  readonly codes: Int32Array
}

export interface Table {
  /** What messages call it. */
  readonly name: string
  readonly rowCount: number
  readonly columns: readonly TableColumn[]
}

/** A table from objects or from a header and rows; missing properties are empty cells. */
export function tableFromRows(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const names = new Set<string>()
  for (const row of rows) for (const key of Object.keys(row)) names.add(key)
  const columns = [...names].map((column) => new ColumnBuilder(column))
  for (const row of rows)
    for (const column of columns) {
      const cell = row[column.name]
      column.add(cell === undefined || cell === null ? '' : typeof cell === 'string' ? cell : `${cell as number}`)
    }
  return { name, rowCount: rows.length, columns: columns.map((column) => column.finish()) }
}

export function readTable(bytes: Uint8Array, name: string): Table {
  const decode = decoderOf(bytes, name)
  const parser = new Parser(name)
  // A piece at a time: a string holds at most half a thousand million letters.
  const piece = 1 << 24
  for (let at = 0; at < bytes.length; at += piece)
    parser.feed(decode(bytes.subarray(at, at + piece), at + piece < bytes.length))
  return parser.finish()
}

function decoderOf(bytes: Uint8Array, name: string): (piece: Uint8Array, more: boolean) => string {
  if (bytes.length === 0) throw new BiduiError('E501', EXIT.data, `${name}: the file is empty.`)
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : ''
  let label = wide
  if (label === '')
    label = isWideWithoutMark(bytes)
      ? 'utf-16le'
      : isUtf8(bytes)
        ? 'utf-8'
        : isWestern(bytes)
          ? 'windows-1252'
          : 'gb18030'
  const decoder = new TextDecoder(label, { fatal: true })
  return (piece, more) => {
    try {
      return decoder.decode(piece, { stream: more })
    } catch (cause) {
      throw new BiduiError('E502', EXIT.data, `${name}: neither UTF-8, UTF-16, GB18030 nor Windows-1252.`, {
        advice: 'Save it as UTF-8.',
        cause,
      })
    }
  }
}

/** UTF-16 as some programs write it, without a mark: every second byte of the header is zero. */
function isWideWithoutMark(bytes: Uint8Array): boolean {
  const header = bytes.subarray(0, 64).indexOf(0x0a)
  const most = (header < 0 ? Math.min(bytes.length, 64) : header) & ~1
  let zeros = 0
  for (let at = 1; at < most; at += 2) if (bytes[at] === 0) zeros++
  return most > 0 && zeros * 2 > most * 0.9
}

/**
 * Text of one byte a letter rather than GB18030. Chinese stands in pairs of high bytes; in Western text a letter with an
 * accent stands alone among plain ones, which GB18030 would read, if at all, as a rare character with a low second byte.
 */
function isWestern(bytes: Uint8Array): boolean {
  let pairs = 0
  let alone = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue
    if (at + 1 < bytes.length && bytes[at + 1] >= 0x80) {
      pairs++
      at++
    } else if (bytes[at + 1] >= 0x30 && bytes[at + 1] <= 0x39 && bytes[at + 2] >= 0x80) at += 3
    else alone++
  }
  return alone > pairs
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for (let at = 0; at < bytes.length; at += 1 << 22)
      decoder.decode(bytes.subarray(at, at + (1 << 22)), { stream: at + (1 << 22) < bytes.length })
    return true
  } catch {
    return false
  }
}

class ColumnBuilder {
  readonly name: string
  private readonly numbers = new Map<string, number>()
  private codes = new Int32Array(1024)
  private count = 0

  constructor(name: string) {
    this.name = name
  }

  add(cell: string): void {
    let code = this.numbers.get(cell)
    if (code === undefined) {
      code = this.numbers.size
      this.numbers.set(ownCopy(cell), code)
    }
    if (this.count === this.codes.length) {
      const wider = new Int32Array(this.count * 2)
      wider.set(this.codes)
      this.codes = wider
    }
    this.codes[this.count++] = code
  }

  finish(): TableColumn {
    return { name: this.name, cells: [...this.numbers.keys()], codes: this.codes.slice(0, this.count) }
  }
}

/** V8 copies shorter slices by itself. */
const SLICE_LEAST = 13

/** A slice would keep the whole piece of file alive. Plain text in one byte a letter, not two. */
function ownCopy(cell: string): string {
  if (cell.length < SLICE_LEAST) return cell
  const encoding = /[\u0100-\uffff]/.test(cell) ? 'utf16le' : 'latin1'
  return Buffer.from(cell, encoding).toString(encoding)
}

class Parser {
  private readonly name: string
  private columns: ColumnBuilder[] | undefined
  private delimiter = ''
  private rest = ''
  private line = 1
  private rows = 0

  constructor(name: string) {
    this.name = name
  }

  feed(text: string): void {
    this.parse(this.rest + text, false)
  }

  finish(): Table {
    this.parse(this.rest, true)
    if (this.columns === undefined) throw new BiduiError('E501', EXIT.data, `${this.name}: no header line.`)
    return { name: this.name, rowCount: this.rows, columns: this.columns.map((column) => column.finish()) }
  }

  /** Takes whole rows from `text`; what may be half a row waits for the next piece. */
  private parse(text: string, isLast: boolean): void {
    if (this.delimiter === '') {
      if (!isLast && !text.includes('\n') && text.length < 1 << 20) {
        this.rest = text
        return
      }
      this.delimiter = delimiterOf(text)
    }
    let at = 0
    while (at < text.length) {
      const end = this.row(text, at, isLast)
      if (end < 0) break
      at = end
    }
    this.rest = text.slice(at)
  }

  /** Reads the row at `start`; returns where the next begins, or −1 when the piece ends inside it. */
  private row(text: string, start: number, isLast: boolean): number {
    const cells: string[] = []
    const { delimiter } = this
    let at = start
    let lines = 0
    for (;;) {
      let cell: string
      if (text[at] === '"') {
        cell = ''
        let from = at + 1
        for (;;) {
          const quote = text.indexOf('"', from)
          if (quote < 0 || (quote + 1 === text.length && !isLast)) {
            if (!isLast) return -1
            throw this.broken(
              'E503',
              'a quotation mark is opened and never closed.',
              'Close it, or double it inside a cell.',
            )
          }
          cell += text.slice(from, quote)
          if (text[quote + 1] !== '"') {
            at = quote + 1
            break
          }
          cell += '"'
          from = quote + 2
        }
        for (let i = 0; i < cell.length; i++) if (cell[i] === '\n') lines++
        while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') cell += text[at++]
      } else {
        const from = at
        while (at < text.length) {
          const c = text[at]
          if (c === delimiter || c === '\n' || c === '\r') break
          at++
        }
        cell = text.slice(from, at)
      }
      cells.push(cell)
      if (at >= text.length) {
        if (!isLast) return -1
        break
      }
      if (text[at] === delimiter) {
        at++
        continue
      }
      if (text[at] === '\r') {
        if (at + 1 === text.length && !isLast) return -1
        if (text[at + 1] === '\n') at++
      }
      at++
      break
    }
    this.take(cells)
    this.line += lines + 1
    return at
  }

  private take(cells: string[]): void {
    if (cells.length === 1 && cells[0].trim() === '') return
    if (this.columns === undefined) {
      const names = cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
      while (names.length > 1 && names[names.length - 1] === '') names.pop()
      names.forEach((name, i) => {
        if (names.indexOf(name) !== i)
          throw this.broken('E504', `column ${name} stands twice in the header.`, 'Rename one of them.')
      })
      this.columns = names.map((name) => new ColumnBuilder(name))
      return
    }
    // Some programs end every line with a delimiter.
    while (cells.length > this.columns.length && cells[cells.length - 1].trim() === '') cells.pop()
    if (cells.length !== this.columns.length)
      throw this.broken(
        'E505',
        `${cells.length} cells where the header has ${this.columns.length}.`,
        'Quote cells that hold the delimiter.',
      )
    for (let c = 0; c < cells.length; c++) this.columns[c].add(cells[c])
    this.rows++
  }

  private broken(code: string, what: string, advice: string): BiduiError {
    return new BiduiError(code, EXIT.data, `${this.name}:${this.line}: ${what}`, { advice })
  }
}

/** The delimiter that stands most often in the header line, outside quotation marks. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')).replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', '\t', ';', '|'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',')
}
