/**
 * Workbooks (.xlsx) → UTF-8 CSV bytes. The only file that knows the package that reads them.
 *
 * In: the workbook's bytes. Out: one CSV line per spreadsheet row, empty rows kept as empty lines so that row numbers
 * stay those that the spreadsheet shows. Merged headers, several sheets with data, passwords and damaged files are
 * refused with words; rows and columns that a filter hides are read, for hiding is not deleting, and hidden rows are told. A
 * number too long for a float is written in exponent form: its last digits are lost in the file, and an ID number in that
 * form is known to be cut.
 */
import { getHeapStatistics } from 'node:v8'
import { type CellValue, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { CsvBytes } from './csv-bytes.ts'
import type { FileCode, IngestWarning } from '../messages.ts'
import { type SheetSurvey, surveyWorkbook, type WorkbookSurvey } from './xlsx-sheets.ts'

export type ConversionWarning = Omit<IngestWarning, 'file'>

export interface Conversion {
  readonly bytes: SharedArrayBuffer
  /** What the reader of the file should know, Chinese · English. */
  readonly warnings?: readonly ConversionWarning[]
}

export interface ConversionRefusal {
  readonly refusal: FileCode
  readonly detail: string
}

/** What a spreadsheet shows where a formula has failed: a name looked up and not found is no name. */
const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)$/

/** Largest whole number of which a float keeps every digit, as a spreadsheet counts: 15 digits. */
const WHOLE_MAX = 1e15

export async function convertXlsx(workbook: Uint8Array): Promise<Conversion | ConversionRefusal> {
  try {
    const { sheets, textBytes } = (await surveyWorkbook(workbook)) ?? (await surveyByPackage(workbook))
    const filled = sheets
      .map((sheet, index) => ({ sheet, index }))
      .filter(({ sheet }) => sheet.hasValues && !sheet.isHidden)
    if (filled.length === 0) return { refusal: 'E102', detail: '' }
    if (filled.length > 1) return { refusal: 'E122', detail: filled.map(({ sheet }) => sheet.name).join(', ') }
    const [{ sheet, index }] = filled
    // A merge across one data row is a sub-total's; across rows, or in the header, it hides which cell is which.
    const merge = sheet.merges.find(({ startRow, endRow }) => startRow === 0 || endRow > startRow)
    if (merge !== undefined) return mergedHeader(merge.startRow + 1)
    if (textBytes * TEXT_HEAP > getHeapStatistics().heap_size_limit * HEAP_SHARE)
      return { refusal: 'E110', detail: `${Math.round(textBytes / 1e6)} MB of texts` }
    const csv = new CsvBytes()
    let width = 0
    let title = false
    let next = 0
    let errors = 0
    for await (const row of streamXlsxRows(workbook, { sheet: index })) {
      if (row.index === 0) {
        width = row.values.length
        title = filledCells(row.values) === 1
      }
      // A title over the header: it is no header, and a merge that was not kept.
      if (row.index === 1 && title && filledCells(row.values) > 1) return mergedHeader(1)
      for (; next < row.index; next++) csv.writeRow([])
      const cells = cellsOfRow(row.values, width)
      for (let c = 0; c < cells.length; c++) {
        if (!ERROR_VALUE.test(cells[c])) continue
        cells[c] = ''
        errors++
      }
      csv.writeRow(cells)
      next++
    }
    return { bytes: csv.finish(), warnings: warningsOf(sheet, errors) }
  } catch (error) {
    // A letter or a set of slides with the ending of a workbook. Names of an archive's members are not packed.
    if (!Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength).includes('xl/'))
      return { refusal: 'E158', detail: 'ZIP' }
    return refusalOf(error)
  }
}

/** Bytes of memory that the package takes for a byte of the table of texts (measured: 33), and the share it may have. */
const TEXT_HEAP = 30
const HEAP_SHARE = 0.85

/** What surveyWorkbook could not tell: the package reads all of the workbook for it. */
async function surveyByPackage(workbook: Uint8Array): Promise<WorkbookSurvey> {
  const { sheets } = await readXlsx(workbook, { maxRows: 2 })
  return {
    sheets: sheets.map(({ name, rows, merges, hidden, veryHidden }) => ({
      name,
      isHidden: hidden === true || veryHidden === true,
      hasValues: rows.length > 0,
      hiddenRows: [],
      uncalculated: 0,
      merges: merges ?? [],
    })),
    textBytes: 0,
  }
}

function mergedHeader(row: number): ConversionRefusal {
  return { refusal: 'E123', detail: `第 ${row} 行 · row ${row}` }
}

function filledCells(values: readonly CellValue[]): number {
  return values.filter((value) => value !== null && value !== undefined && value !== '').length
}

/**
 * A sheet does not hold empty cells: a row ends with its last value, not with the header's column. A row that has only
 * styles is an empty row.
 */
function cellsOfRow(values: readonly CellValue[], width: number): string[] {
  const cells = values.map(cellText)
  if (cells.every((cell) => cell === '')) return []
  while (cells.length < width) cells.push('')
  return cells
}

function warningsOf({ name, hiddenRows, uncalculated }: SheetSurvey, errors: number): ConversionWarning[] {
  const warnings: ConversionWarning[] = []
  if (hiddenRows.length > 0) warnings.push({ code: 'E124', message: hiddenWarning(name, hiddenRows) })
  if (uncalculated > 0)
    warnings.push({
      code: 'E125',
      message: `工作表“${name}”有 ${uncalculated} 个单元格只有公式没有结果,按空读入,请在表格软件中打开后另存 · ${uncalculated} cells of sheet ${name} hold a formula without its result and were read as empty: open the workbook in a spreadsheet program and save it`,
    })
  if (errors > 0)
    warnings.push({
      code: 'E125',
      message: `工作表“${name}”有 ${errors} 个单元格是错误值(#N/A、#REF! 等),按空读入,请改正公式后另存 · ${errors} cells of sheet ${name} hold an error (#N/A, #REF! …) and were read as empty: mend the formulas and save it`,
    })
  return warnings
}

/** Row numbers named before the rest is only counted. */
const NAMED_MAX = 5

function hiddenWarning(sheet: string, rows: readonly number[]): string {
  const named = rows.slice(0, NAMED_MAX).join(', ')
  const [zhMore, enMore] =
    rows.length > NAMED_MAX ? [`等 ${rows.length} 行`, ` and ${rows.length - NAMED_MAX} more`] : ['', '']
  return `工作表“${sheet}”的隐藏行(第 ${named} 行${zhMore})也已读入,如不需要请先删除 · hidden rows of sheet ${sheet} were read as well (row ${named}${enMore}): delete them first if they are not wanted`
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) {
    const text = value.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
  }
  if (Math.abs(value) >= WHOLE_MAX) return value.toExponential().toUpperCase()
  return String(value)
}

function refusalOf(error: unknown): ConversionRefusal {
  const { name, message } = error as Error
  if (name === 'EncryptedFileError') return { refusal: 'E108', detail: '' }
  if (/limit|exceed|too (?:large|many)|maximum|longer than/i.test(message)) return { refusal: 'E110', detail: '' }
  if (name === 'TypeError' || name === 'RangeError' || name.endsWith('Error')) return { refusal: 'E109', detail: name }
  throw error
}
