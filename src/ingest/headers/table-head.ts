/**
 * The first row of a file: delimiter, header cells, their columns.
 *
 * In: the first bytes of the data and the encoding. Out: what every row of the file is cut and read by.
 */
import { headersOf, type RegisterName, REGISTER_SPECS } from '../../registers/columns.ts'
import { RowCutter } from '../rows/cells.ts'
import { CellDecoder, type CellEncoding } from '../encoding/decode.ts'
import { matchHeader } from './header.ts'
import { foldHeader } from './header-fold.ts'
import { undoubleQuotes } from '../rows/cells.ts'
import { type IngestWarning, refuseFile } from '../messages.ts'

export interface TableHead {
  readonly delimiter: number
  /** Row index of the header: blank lines before it are skipped. */
  readonly row: number
  readonly columns: readonly (string | null)[]
  readonly texts: readonly string[]
  readonly folded: readonly string[]
  readonly start: Uint8Array
  readonly warnings: readonly IngestWarning[]
}

const COMMA = 44
const TAB = 9

export function readTableHead(
  head: Buffer,
  encoding: CellEncoding,
  register: RegisterName,
  file: string,
  columnMap?: Readonly<Record<string, string>>,
): TableHead {
  const bytes = new Uint8Array(head.length + 1)
  bytes.set(head)
  bytes[head.length] = 10
  const byComma = cutHeader(bytes, head.length, COMMA)
  const byTab = cutHeader(bytes, head.length, TAB)
  if (byComma === undefined || byTab === undefined) throw refuseFile('E102', file)
  const cut = byTab.cutter.cells > byComma.cutter.cells ? byTab : byComma
  const { cutter, row } = cut
  if (cutter.problem !== 0)
    throw refuseFile('E119', file, `第 ${row + 1} 行引号未闭合 · row ${row + 1}: unclosed quote`)
  const decoder = new CellDecoder(encoding)
  const cells = cutter.cellsUsed
  if (cells === 0) throw refuseFile('E118', file, '表头为空 · the header is empty')
  const texts: string[] = []
  for (let cell = 0; cell < cells; cell++) texts.push(cellText(cutter, decoder, cell))
  const announced = cells === 1 ? /^sep=(.)$/u.exec(texts[0])?.[1] : undefined
  if (announced !== undefined && announced !== ',')
    throw refuseFile('E117', file, `第 ${row + 1} 行说明分隔符是 · row ${row + 1} announces「${announced}」`)
  if (cells === 1 && /[;|,、；，\s].*\S/u.test(texts[0])) throw refuseFile('E117', file, delimiterSeen(texts[0]))
  const below = columnMap === undefined ? headerBelow(bytes, head.length, encoding, register, row) : undefined
  if (below !== undefined && countKnown(register, texts) === 0)
    throw refuseFile(
      'E123',
      file,
      `表头似在第 ${below + 1} 行，请删去上面的行 · row ${below + 1} looks like the header: delete what stands above it`,
    )
  if (columnMap === undefined && cells > 1 && countKnown(register, texts) === 0 && looksLikeData(texts))
    throw refuseFile(
      'E168',
      file,
      `第 ${row + 1} 行没有一个认得的列名，像是数据 · row ${row + 1} holds data, no name of a column`,
    )
  const matched = matchHeader(register, texts, file, columnMap)
  return {
    delimiter: cutter.delimiter,
    row,
    columns: matched.columns,
    texts,
    folded: matched.folded,
    start: bytes.slice(cutter.starts[0], cutter.ends[0]),
    warnings: matched.warnings,
  }
}

/** The sign that stands between the words of a header of one cell. */
function delimiterSeen(text: string): string {
  const sign = /[;|、；，]/u.exec(text)?.[0]
  return sign === undefined ? '' : `像是以「${sign}」分隔 · it looks like「${sign}」`
}

/** Numbers of eight digits and more are dates, codes and people: no header has one. */
function looksLikeData(texts: readonly string[]): boolean {
  return texts.some((text) => /^\d{8,}[0-9Xx]?$/.test(text.trim()))
}

/** Rows looked at for the header where the first row is none. */
const ROWS_ABOVE_MAX = 6

/** A later row that has headers of the register: a title, a date or `sep=,` stands above it. */
function headerBelow(
  bytes: Uint8Array,
  end: number,
  encoding: CellEncoding,
  register: RegisterName,
  first: number,
): number | undefined {
  const decoder = new CellDecoder(encoding)
  for (const delimiter of [COMMA, TAB]) {
    const cutter = new RowCutter(bytes, end, delimiter)
    let at = 0
    for (let row = 0; at < end && row <= first + ROWS_ABOVE_MAX; row++) {
      at = cutter.cut(at)
      if (row <= first || cutter.problem !== 0) continue
      const texts = Array.from({ length: cutter.cells }, (_, cell) => cellText(cutter, decoder, cell))
      if (countKnown(register, texts) >= KNOWN_MIN) return row
    }
  }
  return undefined
}

/** Headers of a register that make a row its header for certain. */
const KNOWN_MIN = 3

function countKnown(register: RegisterName, texts: readonly string[]): number {
  const known = new Set(REGISTER_SPECS[register].columns.flatMap(headersOf).map(foldHeader))
  return texts.filter((text) => known.has(foldHeader(text))).length
}

function cutHeader(bytes: Uint8Array, end: number, delimiter: number): { cutter: RowCutter; row: number } | undefined {
  const cutter = new RowCutter(bytes, end, delimiter)
  let at = 0
  for (let row = 0; at < end; row++) {
    at = cutter.cut(at)
    if (!cutter.isBlank) return { cutter, row }
  }
  return undefined
}

function cellText(cutter: RowCutter, decoder: CellDecoder, cell: number): string {
  const { bytes, starts, ends, quoted } = cutter
  if (quoted[cell] !== 2) return decoder.text(bytes, starts[cell], ends[cell])
  const text = new Uint8Array(ends[cell] - starts[cell])
  return decoder.text(text, 0, undoubleQuotes(bytes, starts[cell], ends[cell], text))
}
