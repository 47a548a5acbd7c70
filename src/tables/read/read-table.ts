/**
 * A table from bytes: CSV, TSV or semicolon files in UTF-8, UTF-16, GB18030 or Windows-1252 (Latin-1).
 *
 * In:  the bytes and the file's name (for messages only). Out: columns, each a list of distinct cells and, for every
 *      row, the number of its cell. Quoted cells may hold delimiters, line ends and doubled quotes (RFC 4180).
 * Leaves to spec.ts: what the columns mean. A row with too few or too many cells is refused with its line.
 */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { BiduiError, EXIT } from '../../errors.ts'
import { type CellBatch, DistinctCells, ROWS_PER_BATCH, textOf } from './distinct-cells.ts'

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
  const columns = [...names].map((column): TableColumn => {
    const numbers = new Map<string, number>()
    const codes = Int32Array.from(rows, (row) => {
      const cell = row[column]
      const text = cell === undefined || cell === null ? '' : typeof cell === 'string' ? cell : `${cell as number}`
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, numbers.size)
      return numbers.size - 1
    })
    return { name: column, cells: [...numbers.keys()], codes }
  })
  return { name, rowCount: rows.length, columns }
}

export interface ReadOptions {
  /** False where the first line is a row already: columns are called c1, c2, … */
  readonly hasHeader?: boolean
}

/** @throws BiduiError E501 to E505: the file is empty, of another format, or a row is not what the first line promises */
export function readTable(bytes: Uint8Array, name: string, { hasHeader = true }: ReadOptions = {}): Table {
  return new Parser(inUtf8(bytes, name), name, hasHeader).finish()
}

/** A string holds at most half a thousand million letters: text is decoded a piece at a time. */
const PIECE = 1 << 24

/** The same text in UTF-8, without a mark; the very bytes where they are so already. */
function inUtf8(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes.length === 0) throw new BiduiError('E501', EXIT.data, `${name}: 文件为空 · the file is empty.`)
  const other = otherFormat(bytes)
  if (other !== '')
    throw new BiduiError('E502', EXIT.data, `${name}: ${other}, 不是文本 · not text.`, {
      advice: '请另存为 CSV(UTF-8)或 .xlsx · save its table as CSV (UTF-8), or give a workbook its ending .xlsx.',
    })
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : ''
  let label = wide
  if (label === '') {
    if (isWideWithoutMark(bytes)) label = 'utf-16le'
    else if (isUtf8(bytes)) return bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
    else label = isWestern(bytes) ? 'windows-1252' : 'gb18030'
  }
  const decoder = new TextDecoder(label, { fatal: true })
  const pieces: Buffer[] = []
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      pieces.push(Buffer.from(decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length })))
  } catch (cause) {
    throw new BiduiError(
      'E502',
      EXIT.data,
      `${name}: 编码无法识别 · neither UTF-8, UTF-16, GB18030 nor Windows-1252.`,
      {
        advice: '请另存为 UTF-8 · save it as UTF-8.',
        cause,
      },
    )
  }
  return Buffer.concat(pieces)
}

/** Files of other programs by their first bytes; '' for none of them. */
function otherFormat(bytes: Uint8Array): string {
  const begins = (...head: readonly number[]) => head.every((byte, at) => bytes[at] === byte)
  if (begins(0x50, 0x4b, 3, 4)) return '工作簿(.xlsx)或压缩包 · a workbook (.xlsx) or a packed file'
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return '旧版或有密码的工作簿 · an old workbook or one with a password'
  if (begins(0x1f, 0x8b) || begins(0x37, 0x7a, 0xbc, 0xaf)) return '压缩包 · a packed file'
  return begins(0x25, 0x50, 0x44, 0x46) ? 'PDF' : ''
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

/** `sep=;` above the header: what Excel writes and reads to say what parts the cells. */
const ANNOUNCED = /^sep=([,;|\t])\r?$/i

const QUOTE = 0x22
const LINE_FEED = 0x0a
const RETURN = 0x0d

/**
 * Rows of a text in UTF-8. Cells go from byte to column: a string is made of each distinct one only. The signs that part
 * cells are of one byte, and such bytes are never part of another letter.
 */
class Parser {
  private readonly name: string
  private readonly bytes: Uint8Array
  private readonly delimiter: number
  private readonly hasHeader: boolean
  private names: readonly string[] | undefined
  private columns: readonly DistinctCells[] = []
  private line = 1
  private rows = 0
  private readonly start: number
  /** Of each cell of the row: the bytes that hold it, and where in them. */
  private readonly holders: Uint8Array[] = []
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  /** Rows whose cells are still to be given to the columns. */
  private waiting: CellBatch | undefined
  private waitingRows = 0

  constructor(bytes: Uint8Array, name: string, hasHeader: boolean) {
    this.bytes = bytes
    this.name = name
    this.hasHeader = hasHeader
    const end = bytes.indexOf(LINE_FEED)
    const first = textOf(bytes, 0, end < 0 ? Math.min(bytes.length, PIECE) : end)
    const announced = ANNOUNCED.exec(first)?.[1]
    this.start = announced === undefined ? 0 : end + 1
    this.line = announced === undefined ? 1 : 2
    this.delimiter = (announced ?? delimiterOf(first)).charCodeAt(0)
  }

  finish(): Table {
    for (let at = this.start; at < this.bytes.length; ) at = this.row(at)
    if (this.names === undefined) throw new BiduiError('E501', EXIT.data, `${this.name}: 没有表头 · no header line.`)
    this.giveToColumns()
    const columns = this.names.map((name, c): TableColumn => ({ name, ...this.columns[c].finish() }))
    return { name: this.name, rowCount: this.rows, columns }
  }

  /** Reads the row at `start`; returns where the next begins. */
  private row(start: number): number {
    const { bytes, delimiter, holders, starts, ends } = this
    let cells = 0
    let at = start
    let lines = 0
    for (;;) {
      holders[cells] = bytes
      starts[cells] = at
      if (bytes[at] === QUOTE) {
        const { cell, next } = this.quoted(at)
        for (const byte of cell) if (byte === LINE_FEED) lines++
        holders[cells] = cell
        starts[cells] = 0
        ends[cells] = cell.length
        at = next
      } else {
        at = this.endOfCell(at)
        ends[cells] = at
      }
      cells++
      if (at >= bytes.length || bytes[at] !== delimiter) break
      at++
    }
    if (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED) at++
    this.take(cells)
    this.line += lines + 1
    return at + 1
  }

  private endOfCell(at: number): number {
    const { bytes, delimiter } = this
    while (at < bytes.length) {
      const byte = bytes[at]
      if (byte === delimiter || byte === LINE_FEED || byte === RETURN) break
      at++
    }
    return at
  }

  /** The cell that opens with a quotation mark; what follows the closing one belongs to it. */
  private quoted(start: number): { readonly cell: Uint8Array; readonly next: number } {
    const { bytes } = this
    const parts: Uint8Array[] = []
    for (let from = start + 1; ; ) {
      const quote = bytes.indexOf(QUOTE, from)
      if (quote < 0)
        throw this.broken(
          'E503',
          '引号没有闭合 · a quotation mark is opened and never closed.',
          '请闭合，或在单元格内写两个 · close it, or double it inside a cell.',
        )
      if (bytes[quote + 1] !== QUOTE) {
        const next = this.endOfCell(quote + 1)
        parts.push(bytes.subarray(from, quote))
        if (next > quote + 1) parts.push(bytes.subarray(quote + 1, next))
        return { cell: parts.length === 1 ? parts[0] : Buffer.concat(parts), next }
      }
      parts.push(bytes.subarray(from, quote + 1))
      from = quote + 2
    }
  }

  private take(cells: number): void {
    const { holders, starts, ends } = this
    const cell = (c: number) => textOf(holders[c], starts[c], ends[c])
    if (cells === 1 && cell(0).trim() === '') return
    if (this.names === undefined) {
      const written = Array.from({ length: cells }, (_, c) => (this.hasHeader ? cell(c).trim() : `c${c + 1}`))
      while (written.length > 1 && written[written.length - 1] === '') written.pop()
      const names = written.map((name, c) => (name === '' ? nameByPlace(c, written) : name))
      this.refuseTwice(names)
      this.names = names
      this.columns = names.map(() => new DistinctCells())
      if (this.hasHeader) return
    }
    const { columns } = this
    // Some programs end every line with a delimiter.
    while (cells > columns.length && cell(cells - 1).trim() === '') cells--
    if (cells !== columns.length)
      throw this.broken(
        'E505',
        `有 ${cells} 格，表头有 ${columns.length} 格 · ${cells} cells where the header has ${columns.length}.`,
        '含分隔符的单元格请加引号；表头上面的行请删去 · quote cells that hold the delimiter; delete what stands above the header.',
      )
    const batch = (this.waiting ??= emptyBatch(cells))
    const first = this.waitingRows++ * cells
    for (let c = 0; c < cells; c++) {
      batch.holders[first + c] = holders[c]
      batch.starts[first + c] = starts[c]
      batch.ends[first + c] = ends[c]
    }
    this.rows++
    if (this.waitingRows === ROWS_PER_BATCH) this.giveToColumns()
  }

  private giveToColumns(): void {
    const { waiting, waitingRows } = this
    if (waiting !== undefined) this.columns.forEach((column, place) => column.add(waiting, place, waitingRows))
    this.waitingRows = 0
  }

  /** Where the first line is a row, what stands there twice is somebody's name: columns are told by their places. */
  private refuseTwice(names: readonly string[]): void {
    names.forEach((name, i) => {
      const first = names.indexOf(name)
      if (first !== i)
        throw this.broken(
          'E504',
          `表头第 ${first + 1}、${i + 1} 列同名 · columns ${first + 1} and ${i + 1} have one name in the header.`,
          '请改名；第 1 行就是数据的用 --no-header · rename one of them; where line 1 is a row already: that option.',
        )
    })
  }

  private broken(code: string, what: string, advice: string): BiduiError {
    return new BiduiError(code, EXIT.data, `${this.name}:${this.line}: ${what}`, { advice })
  }
}

function emptyBatch(width: number): CellBatch {
  const cells = ROWS_PER_BATCH * width
  return { holders: [], starts: new Int32Array(cells), ends: new Int32Array(cells), width }
}

/** Some programs write the names of the rows into a first column and nothing above it; a spec must be able to name it. */
function nameByPlace(place: number, names: readonly string[]): string {
  let name = `c${place + 1}`
  while (names.includes(name)) name += '_'
  return name
}

/** The delimiter that stands most often in the header line, outside quotation marks. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')).replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', '\t', ';', '|'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',')
}
