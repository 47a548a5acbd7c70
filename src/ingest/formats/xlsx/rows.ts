/**
 * The rows of a sheet, from bytes to bytes: the cells of xl/worksheets/sheetN.xml as lines of a CSV.
 *
 * In:  the sheet's part, the workbook's texts, which styles are dates. Out: the rows, and what the sheet holds beside them. Whatever is not written
 *      as spreadsheet programs write it is NotPlain: cells out of order, an element that does not belong, readings within a cell.
 */
import type { Part } from './archive.ts'
import { numberText, serialText } from './cell-text.ts'
import { readElements } from './elements.ts'
import { SheetRows } from './sheet-rows.ts'
import { mergesIn, type RowSpan, wholeTags } from './survey-sheets.ts'
import { textOfRuns, type SharedTexts } from './texts.ts'
import { LONG_NAME, NotPlain, tagCode, TEXT, withoutEscapes, XmlCursor } from './xml-cursor.ts'

/** What numbers of cells stand for. */
export interface CellKeys {
  readonly texts: SharedTexts
  /** For each style, whether it shows a number as a date. */
  readonly dateStyles: readonly boolean[]
  readonly is1904: boolean
}

export interface SheetRead {
  readonly rows: SheetRows
  /** 1-based, as a spreadsheet shows them. */
  readonly hiddenRows: readonly number[]
  readonly merges: readonly RowSpan[]
  /** Cells with a formula and no value. */
  readonly uncalculated: number
}

const ROW = tagCode('row')
const C = tagCode('c')
const V = tagCode('v')
const F = tagCode('f')
const IS = tagCode('is')
const T = tagCode('t')

/** Kinds of cells (their attribute t). */
const NUMBER = 0
const SHARED = 1
const STRING = 2
const INLINE = 3
const BOOLEAN = 4
const ERROR = 5

const KINDS_OF_A_LETTER = new Uint8Array(256)
for (const [letter, kind] of Object.entries({ s: SHARED, b: BOOLEAN, e: ERROR }))
  KINDS_OF_A_LETTER[letter.charCodeAt(0)] = kind
const STRING_NAME = Buffer.from('str')
const INLINE_NAME = Buffer.from('inlineStr')
const NEEDS_STRING = TEXT.quotes | TEXT.entity | TEXT.escape

const R = Buffer.from('r')
const HIDDEN = Buffer.from('hidden')
const LETTER_R = 0x72
const LETTER_S = 0x73
const LETTER_T = 0x74
const LETTER_A = 0x41
const LETTER_Z = 0x5a
const COLUMN_MAX = 16_384
const ROW_MAX = 1_048_576
/** As many digits of a whole number a float keeps. */
const DIGITS_MAX = 15
const ZERO = 0x30
const NINE = 0x39
/** Bytes of the CSV for a byte of the sheet, somewhat more than of any register seen; and no more, whatever an archive says of itself. */
const CSV_SHARE = 0.3
const CSV_EXPECTED_MAX = 2 ** 29
const DATES_MAX = 100_000

export async function readRows(part: Part, keys: CellKeys): Promise<SheetRead> {
  const reader = new RowReader(keys, Math.min(part.length * CSV_SHARE, CSV_EXPECTED_MAX))
  const merges: RowSpan[] = []
  const textOf = wholeTags()
  await readElements(part, {
    list: 'sheetData',
    element: 'row',
    read: (xml) => reader.read(xml),
    after: (piece) => {
      merges.push(...mergesIn(textOf(piece)))
    },
  })
  return { rows: reader.rows, hiddenRows: reader.hiddenRows, merges, uncalculated: reader.uncalculated }
}

class RowReader {
  readonly rows: SheetRows
  readonly hiddenRows: number[] = []
  uncalculated = 0
  private readonly keys: CellKeys
  private xml = new XmlCursor()
  /** Of the row that is read: its index, and the column that comes next. */
  private index = -1
  private column = 0
  /** Dates by their numbers: a register has some ten thousand different ones. */
  private readonly dates = new Map<number, string>()

  constructor(keys: CellKeys, expected: number) {
    this.keys = keys
    this.rows = new SheetRows(expected)
  }

  /** Reads the rows of a window. True if the sheet's rows have ended in it. */
  read(xml: XmlCursor): boolean {
    this.xml = xml
    while (xml.nextTag() === ROW) this.row()
    if (xml.code !== 0 && xml.code !== -LONG_NAME) throw new NotPlain('an element between rows')
    return xml.code !== 0
  }

  private row(): void {
    const { xml, rows } = this
    let index = this.index + 1
    let isHidden = false
    while (xml.nextAttribute()) {
      if (xml.isNamed(R)) index = xml.digits() - 1
      else if (xml.isNamed(HIDDEN)) isHidden = /^(?:1|true)$/.test(xml.textString())
    }
    if (index <= this.index || index >= ROW_MAX) throw new NotPlain('rows out of order')
    this.index = index
    this.column = 0
    if (isHidden) this.hiddenRows.push(index + 1)
    rows.begin(index)
    if (!xml.isClosed)
      for (let code = xml.nextTag(); code !== -ROW; code = xml.nextTag()) {
        if (code !== C) throw new NotPlain('an element between cells')
        this.cell()
      }
    rows.end(index)
  }

  private cell(): void {
    const { xml } = this
    let column = this.column
    let kind = NUMBER
    let style = -1
    while (xml.nextAttribute()) {
      if (xml.nameTo - xml.nameFrom !== 1) continue
      const name = xml.bytes[xml.nameFrom]
      if (name === LETTER_R) column = this.columnOfReference()
      else if (name === LETTER_T) kind = kindOf(xml)
      else if (name === LETTER_S) {
        style = xml.digits()
        if (style < 0) throw new NotPlain('a style of no number')
      }
    }
    if (column < this.column || column >= COLUMN_MAX) throw new NotPlain('cells out of order')
    this.column = column + 1
    if (xml.isClosed) this.rows.cell(column, '')
    else this.content(column, kind, style)
  }

  /** The letters of a cell's reference (AB12) as the index of its column. */
  private columnOfReference(): number {
    const { bytes, to } = this.xml
    let at = this.xml.from
    let column = 0
    for (; bytes[at] >= LETTER_A && bytes[at] <= LETTER_Z; at++) column = column * 26 + bytes[at] - LETTER_A + 1
    const letters = at
    while (bytes[at] >= ZERO && bytes[at] <= NINE) at++
    if (column === 0 || at === letters || at !== to) throw new NotPlain('a reference of another kind')
    return column - 1
  }

  /** What stands between a cell's tags: a formula, and its value or text. */
  private content(column: number, kind: number, style: number): void {
    const { xml } = this
    xml.nextTag()
    const hasFormula = xml.code === F
    if (hasFormula) {
      if (!xml.pastTag()) xml.text(F)
      xml.nextTag()
    }
    let isEmpty = true
    if (xml.code === V) {
      if (!xml.pastTag()) {
        xml.text(V)
        isEmpty = xml.joined === undefined ? xml.from === xml.to : xml.joined === ''
        if (!isEmpty) this.value(column, kind, style)
      }
      xml.nextTag()
    } else if (xml.code === IS && kind === INLINE) {
      isEmpty = false
      this.inlineText(column)
      xml.nextTag()
    }
    if (xml.code !== -C) throw new NotPlain('an element in a cell')
    if (isEmpty) this.rows.cell(column, '')
    if (isEmpty && hasFormula) this.uncalculated++
  }

  private value(column: number, kind: number, style: number): void {
    const { xml } = this
    if (kind === SHARED) this.sharedText(column)
    else if (kind === STRING) this.text(column)
    else if (kind === NUMBER) this.number(column, style)
    else if (kind === ERROR) this.rows.cell(column, plain(xml.textString()))
    else if (kind === BOOLEAN) this.rows.cell(column, /^(?:1|true)$/i.test(xml.textString()) ? '1' : '0')
    else throw new NotPlain('a value beside a text')
  }

  private sharedText(column: number): void {
    const { bytes, offsets, count } = this.keys.texts
    const text = this.xml.joined === undefined ? this.xml.digits() : -1
    if (text < 0) throw new NotPlain('a text of no number')
    if (text >= count) this.rows.cell(column, '')
    else this.rows.cellOfBytes(column, bytes, offsets[text], offsets[text + 1])
  }

  /** The text that the cursor has read. */
  private text(column: number): void {
    const { xml } = this
    if (xml.joined === undefined && (xml.bits & NEEDS_STRING) === 0)
      this.rows.cellOfBytes(column, xml.bytes, xml.from, xml.to)
    else this.rows.cell(column, plain(withoutEscapes(xml.textString())))
  }

  private inlineText(column: number): void {
    const { xml } = this
    if (xml.pastTag()) {
      this.rows.cell(column, '')
      return
    }
    xml.nextTag()
    if (xml.code === T) {
      if (xml.pastTag()) this.rows.cell(column, '')
      else {
        xml.text(T)
        this.text(column)
      }
      xml.nextTag()
    } else this.rows.cell(column, plain(textOfRuns(xml)))
    if (xml.code !== -IS) throw new NotPlain('an element behind a text')
  }

  private number(column: number, style: number): void {
    const { xml } = this
    const isDate = style >= 0 && this.keys.dateStyles[style]
    const { bytes, from, to } = xml
    const isWhole = xml.joined === undefined && xml.bits === 0 && to - from <= DIGITS_MAX
    if (isWhole && !isDate && (bytes[from] !== ZERO || to - from === 1))
      return this.rows.cellOfBytes(column, bytes, from, to)
    const text = xml.textString()
    const value = Number(text)
    if (Number.isNaN(value)) this.rows.cell(column, plain(text))
    else this.rows.cell(column, isDate ? this.date(value) : numberText(value))
  }

  private date(serial: number): string {
    let text = this.dates.get(serial)
    if (text === undefined) {
      text = serialText(serial, this.keys.is1904)
      if (this.dates.size < DATES_MAX) this.dates.set(serial, text)
    }
    return text
  }
}

function kindOf(xml: XmlCursor): number {
  if (xml.to - xml.from === 1) return KINDS_OF_A_LETTER[xml.bytes[xml.from]]
  if (xml.isValue(INLINE_NAME)) return INLINE
  return xml.isValue(STRING_NAME) ? STRING : NUMBER
}

/** A text as it is read; one with a NUL in it is left to the package. */
function plain(text: string): string {
  if (text.includes('\0')) throw new NotPlain('NUL')
  return text
}
