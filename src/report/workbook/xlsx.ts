/**
 * Workbooks: the only file that knows the spreadsheet library (hucre).
 *
 * In:  sheets as plain text tables with a layout (title lines, head, columns, drop-downs). Out: XLSX bytes, the same for
 *      the same sheets. Every cell is text with format `@`, so numbers keep their digits; no cell is ever a formula.
 * Back: the cells of a filled workbook as text, with a mark on those that somebody turned into formulas.
 */
import type { Cell, CellStyle, CellValue, DataValidation, Sheet, WriteSheet } from 'hucre/xlsx'
import { colToLetter, readXlsx, writeXlsx } from 'hucre/xlsx'
import { displayWidth } from '../../display-text.ts'
import { escapeCellText, printableText } from './cell-text.ts'

export interface SheetColumn {
  readonly header: string
  /** In characters; a Chinese character takes two. */
  readonly width: number
  /** The people in the field write here; all other cells are protected. */
  readonly answer?: boolean
  /** Drop-down of the only values accepted. */
  readonly choices?: readonly string[]
  /** Small grey print for keys and check values. */
  readonly small?: boolean
  /** Counts, set at the right. */
  readonly right?: boolean
}

export interface SheetPlan {
  /** At most 31 characters, none of []:*?/\ */
  readonly name: string
  readonly title: string
  /** Lines between title and head. */
  readonly lines: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly string[])[]
  /** Stands at the foot of each printed page. */
  readonly footer: string
  readonly orientation?: 'portrait' | 'landscape'
  /** Rows with this index are set bold (totals). */
  readonly boldRows?: ReadonlySet<number>
}

export interface WorkbookPlan {
  readonly title: string
  readonly sheets: readonly SheetPlan[]
}

const THIN = { style: 'thin', color: { rgb: 'B0B7BF' } } as const
const BORDER = { top: THIN, right: THIN, bottom: THIN, left: THIN } as const
const FONT = { name: '宋体', size: 9 } as const
const LOCKED = { locked: true } as const

const STYLE = {
  title: style({ font: { name: '黑体', size: 14, bold: true }, alignment: { vertical: 'center' } }),
  line: style({ font: { ...FONT, color: { rgb: '55606B' } }, alignment: { vertical: 'center', wrapText: true } }),
  head: style({
    font: { ...FONT, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E3E9EF' } },
    border: BORDER,
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  }),
  text: style({ font: FONT, border: BORDER, alignment: { vertical: 'top', wrapText: true } }),
  bold: style({ font: { ...FONT, bold: true }, border: BORDER, alignment: { vertical: 'top', wrapText: true } }),
  boldRight: style({
    font: { ...FONT, bold: true },
    border: BORDER,
    alignment: { horizontal: 'right', vertical: 'top' },
  }),
  right: style({ font: FONT, border: BORDER, alignment: { horizontal: 'right', vertical: 'top' } }),
  small: style({
    font: { name: 'Consolas', size: 7, color: { rgb: '6B7680' } },
    border: BORDER,
    alignment: { vertical: 'top', wrapText: true },
  }),
  answer: style({
    font: FONT,
    border: BORDER,
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF9DB' } },
    alignment: { vertical: 'top', wrapText: true },
    protection: { locked: false },
  }),
} as const

function style(given: CellStyle): CellStyle {
  return { numFmt: '@', protection: LOCKED, ...given }
}

/** Any fixed instant: a workbook of the same content is the same bytes. */
const EPOCH = new Date(Date.UTC(1980, 0, 1))

export async function writeWorkbook(plan: WorkbookPlan): Promise<Uint8Array> {
  return writeXlsx({
    sheets: plan.sheets.map(layOutSheet),
    // The library's own printTitlesRow leaves the sheet's name unquoted; a name of digits would make the file invalid.
    namedRanges: plan.sheets.map(({ name, lines }) => ({
      name: '_xlnm.Print_Titles',
      range: `'${name}'!$${lines.length + 2}:$${lines.length + 2}`,
      scope: name,
    })),
    properties: { title: plan.title, creator: 'bidui', created: EPOCH, modified: EPOCH },
  })
}

function layOutSheet(plan: SheetPlan): WriteSheet {
  const { columns } = plan
  const headAt = headOf(plan)
  const rows: CellValue[][] = [[cellText(plan.title)], ...plan.lines.map((line) => [cellText(line)])]
  rows.push(columns.map((column) => cellText(column.header)))
  for (const row of plan.rows) rows.push(columns.map((_, c) => cellText(row[c] ?? '')))
  return {
    name: plan.name,
    rows,
    cells: cellsOf(plan, rows),
    rowDefs: heightsOf(plan),
    columns: columns.map((column) => ({ width: column.width, style: styleOf(column) })),
    merges: Array.from({ length: headAt }, (_, row) => ({
      startRow: row,
      startCol: 0,
      endRow: row,
      endCol: columns.length - 1,
    })),
    freezePane: { rows: headAt + 1 },
    // Heights and widths stay free: people print on what paper they have.
    protection: { sheet: true, objects: true, scenarios: true, formatColumns: true, formatRows: true },
    dataValidations: columns.flatMap((column, c) => validation(column, c, headAt, plan.rows.length)),
    ...pageOf(plan),
  }
}

/** Row of the column heads: below the title and the lines. */
function headOf({ lines }: SheetPlan): number {
  return 1 + lines.length
}

/** Cells that are otherwise than their column, by `row,column`. */
function cellsOf(plan: SheetPlan, rows: readonly CellValue[][]): Map<string, Partial<Cell>> {
  const { columns } = plan
  const headAt = headOf(plan)
  const cells = new Map<string, Partial<Cell>>()
  cells.set('0,0', { style: STYLE.title })
  for (let line = 1; line < headAt; line++) cells.set(`${line},0`, { style: STYLE.line })
  for (let c = 0; c < columns.length; c++) cells.set(`${headAt},${c}`, { style: STYLE.head })
  for (const r of plan.boldRows ?? [])
    for (let c = 0; c < columns.length; c++)
      cells.set(`${headAt + 1 + r},${c}`, { style: columns[c].right ? STYLE.boldRight : STYLE.bold })
  // '#N/A' and its kin would be written as error values; a run of rich text keeps them text.
  rows.forEach((row, r) =>
    row.forEach((value, c) => {
      if (typeof value === 'string' && /^#[A-Z/0!?]+$/.test(value))
        cells.set(`${r},${c}`, { ...cells.get(`${r},${c}`), richText: [{ text: value }] })
    }),
  )
  return cells
}

/** Heights in points, by row: a spreadsheet does not make room for what is wrapped by itself. */
function heightsOf(plan: SheetPlan): Map<number, { height: number }> {
  const { columns } = plan
  const headAt = headOf(plan)
  const heights = new Map<number, { height: number }>()
  heights.set(0, { height: 24 })
  const total = columns.reduce((sum, column) => sum + column.width, 0)
  plan.lines.forEach((line, i) => heights.set(i + 1, { height: 13 * linesOf(line, total) }))
  heights.set(headAt, { height: 6 + 12 * Math.max(...columns.map((c) => linesOf(c.header, c.width))) })
  plan.rows.forEach((row, r) => {
    const lines = columns.map((c, i) => linesOf(row[i] ?? '', c.small ? c.width * 1.25 : c.width))
    heights.set(headAt + 1 + r, { height: 5 + 12.5 * Math.max(1, ...lines) })
  })
  return heights
}

/** How the sheet is printed. */
function pageOf(plan: SheetPlan): Pick<WriteSheet, 'pageSetup' | 'headerFooter'> {
  return {
    pageSetup: {
      paperSize: 'a4',
      orientation: plan.orientation ?? 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { top: 0.5, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: {
      // The blank ends the font size: `&8` and a sheet called 5130… would read as 85,130 points.
      oddHeader: `&R&8 ${footerText(plan.name)}`,
      oddFooter: `&L&8 ${footerText(plan.footer)}&R&8第 &P 页 共 &N 页`,
    },
  }
}

function styleOf(column: SheetColumn): CellStyle {
  if (column.answer) return STYLE.answer
  if (column.small) return STYLE.small
  return column.right ? STYLE.right : STYLE.text
}

function validation(column: SheetColumn, c: number, headAt: number, rows: number): DataValidation[] {
  if (column.choices === undefined || rows === 0) return []
  const letter = colToLetter(c)
  return [
    {
      type: 'list',
      values: [...column.choices],
      range: `${letter}${headAt + 2}:${letter}${headAt + 1 + rows}`,
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: 'stop',
      errorTitle: column.header,
      errorMessage: `请从下拉列表中选择：${column.choices.join('、')}`,
    },
  ]
}

function cellText(text: string): string | null {
  return text === '' ? null : escapeCellText(printableText(text))
}

/** & starts a code in headers and footers; Excel stops at 255 characters. */
function footerText(text: string): string {
  return Array.from(printableText(text)).slice(0, 90).join('').replaceAll('&', '&&')
}

/**
 * Printed lines of a text in a column: a width counts digits of 11 points (5.25 points each), the print is 9 points and half of
 * that a digit (a factor of 1.19 in Excel, 1.3 in LibreOffice); some room is padding.
 */
function linesOf(text: string, width: number): number {
  const room = Math.max(2, width * 1.18 - 1)
  let lines = 0
  for (const part of text.split('\n')) lines += Math.max(1, Math.ceil(displayWidth(part) / room))
  return lines
}

/** A cell as it came back. A formula is a finding of its own: its value is not to be trusted. */
export interface ReadCell {
  readonly text: string
  readonly formula: boolean
  /** Lies under a merged cell: it shows the text of another one. */
  readonly covered: boolean
}

export interface ReadSheet {
  readonly name: string
  readonly rows: readonly (readonly ReadCell[])[]
}

export async function readWorkbook(bytes: Uint8Array): Promise<ReadSheet[]> {
  const workbook = await readXlsx(bytes)
  return workbook.sheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet.rows.map((row, r) => readRow(sheet, row, r)),
  }))
}

function readRow(sheet: Sheet, row: readonly CellValue[], r: number): ReadCell[] {
  const merges = (sheet.merges ?? []).filter(({ startRow, endRow }) => r >= startRow && r <= endRow)
  return row.map((value, c) => ({
    text: valueText(value),
    formula: sheet.cells?.get(`${r},${c}`)?.formula !== undefined,
    covered: merges.some(
      ({ startRow, startCol, endCol }) => c >= startCol && c <= endCol && (r > startRow || c > startCol),
    ),
  }))
}

/** People type dates and numbers into text cells that lost their format; they are read as a person would write them. */
function valueText(value: CellValue): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value)
}
