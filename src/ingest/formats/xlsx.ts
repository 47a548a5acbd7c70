/**
 * Workbooks (.xlsx) → UTF-8 CSV bytes.
 *
 * In: the workbook's bytes. Out: one CSV line per spreadsheet row. A plain workbook is read from bytes to bytes, any other by a
 * package (docs/decisions/0005). Merged headers, several sheets with data, passwords and damaged files are
 * refused with words; rows and columns that a filter hides are read, for hiding is not deleting, and hidden rows are told.
 */
import { getHeapStatistics } from 'node:v8'
import type { FileCode, IngestWarning } from '../messages.ts'
import type { SharedBytes } from './csv-bytes.ts'
import { partsOf } from './xlsx/archive.ts'
import { readRows } from './xlsx/rows.ts'
import type { SheetRows } from './xlsx/sheet-rows.ts'
import { hasValues, type SheetNotes, surveyWorkbook } from './xlsx/survey-sheets.ts'
import { readTexts } from './xlsx/texts.ts'
import { dateStylesOf, openWorkbook } from './xlsx/workbook.ts'
import { NotPlain } from './xlsx/xml-cursor.ts'

export type ConversionWarning = Omit<IngestWarning, 'file'>

export interface Conversion extends SharedBytes {
  /** What the reader of the file should know, Chinese · English. */
  readonly warnings?: readonly ConversionWarning[]
}

export interface ConversionRefusal {
  readonly refusal: FileCode
  readonly detail: string
}

/** The one sheet that holds the table, read. */
interface SheetRead {
  readonly notes: SheetNotes
  readonly rows: SheetRows
}

/** A letter or a set of slides, of which nothing is to be unpacked. */
const isDocument = (archive: Buffer): boolean => ['word/', 'ppt/'].some((folder) => archive.includes(folder))

export async function convertXlsx(workbook: Uint8Array): Promise<Conversion | ConversionRefusal> {
  try {
    const read = (await readPlain(workbook)) ?? (await readByPackage(workbook))
    if ('refusal' in read) return read
    const { notes, rows } = read
    return { ...rows.finish(), warnings: warningsOf(notes, rows.errors) }
  } catch (error) {
    // Other things with the ending of a workbook. Names of an archive's members are not packed.
    const bytes = Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength)
    if (!bytes.includes('xl/'))
      return isDocument(bytes) ? { refusal: 'E158', detail: 'ZIP' } : { refusal: 'E145', detail: '' }
    return refusalOf(error)
  }
}

/** Reads a workbook as bytes; undefined where anything in it is not as spreadsheets write it. */
export async function readPlain(workbook: Uint8Array): Promise<SheetRead | ConversionRefusal | undefined> {
  try {
    const opened = openWorkbook(partsOf(Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength)))
    if (opened === undefined) return undefined
    const filled = []
    for (const sheet of opened.sheets) if (!sheet.isHidden && (await hasValues(sheet.part))) filled.push(sheet)
    if (filled.length !== 1) return refusalOfSheets(filled.map(({ name }) => name))
    const [{ name, part }] = filled
    const { rows, ...found } = await readRows(part, {
      texts: await readTexts(opened.texts),
      dateStyles: await dateStylesOf(opened.styles),
      is1904: opened.is1904,
    })
    return refusalOfTitle(found.merges, rows) ?? { notes: { name, ...found }, rows }
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

/** Bytes of memory that the package takes for a byte of the table of texts (measured: 33), and the share it may have. */
const TEXT_HEAP = 30
const HEAP_SHARE = 0.85

export async function readByPackage(workbook: Uint8Array): Promise<SheetRead | ConversionRefusal> {
  const { rowsByPackage, surveyByPackage } = await import('./xlsx/by-package.ts')
  const { sheets, textBytes } = (await surveyWorkbook(workbook)) ?? (await surveyByPackage(workbook))
  const filled = sheets
    .map((notes, index) => ({ notes, index }))
    .filter(({ notes }) => notes.hasValues && !notes.isHidden)
  if (filled.length !== 1) return refusalOfSheets(filled.map(({ notes }) => notes.name))
  const [{ notes, index }] = filled
  const refusal = refusalOfTitle(notes.merges)
  if (refusal !== undefined) return refusal
  if (textBytes * TEXT_HEAP > getHeapStatistics().heap_size_limit * HEAP_SHARE)
    return { refusal: 'E110', detail: `${Math.round(textBytes / 1e6)} MB of texts` }
  const rows = await rowsByPackage(workbook, index)
  return refusalOfTitle([], rows) ?? { notes, rows }
}

function refusalOfSheets(filled: readonly string[]): ConversionRefusal {
  return filled.length === 0 ? { refusal: 'E102', detail: '' } : { refusal: 'E122', detail: filled.join(', ') }
}

/** A merge across one data row is a sub-total's; across rows, or in the header, it hides which cell is which. */
function refusalOfTitle(merges: SheetNotes['merges'], rows?: SheetRows): ConversionRefusal | undefined {
  const merge = merges.find(({ startRow, endRow }) => startRow === 0 || endRow > startRow)
  if (merge === undefined && rows?.hasTitle !== true) return undefined
  const row = (merge?.startRow ?? 0) + 1
  return { refusal: 'E123', detail: `第 ${row} 行 · row ${row}` }
}

function warningsOf({ name, hiddenRows, uncalculated }: SheetNotes, errors: number): ConversionWarning[] {
  const warnings: ConversionWarning[] = []
  if (hiddenRows.length > 0) warnings.push({ code: 'E124', message: hiddenWarning(name, hiddenRows) })
  if (uncalculated > 0)
    warnings.push({
      code: 'E125',
      message: `工作表“${name}”有 ${uncalculated} 个单元格只有公式没有结果，按空读入，请在表格软件中打开后另存 · ${uncalculated} cells of sheet ${name} hold a formula without its result and were read as empty: open the workbook in a spreadsheet program and save it`,
    })
  if (errors > 0)
    warnings.push({
      code: 'E125',
      message: `工作表“${name}”有 ${errors} 个单元格是错误值(#N/A、#REF! 等)，按空读入，请改正公式后另存 · ${errors} cells of sheet ${name} hold an error (#N/A, #REF! …) and were read as empty: mend the formulas and save it`,
    })
  return warnings
}

/** Row numbers named before the rest is only counted. */
const NAMED_MAX = 5

function hiddenWarning(sheet: string, rows: readonly number[]): string {
  const named = rows.slice(0, NAMED_MAX).join(', ')
  const [zhMore, enMore] =
    rows.length > NAMED_MAX ? [`等 ${rows.length} 行`, ` and ${rows.length - NAMED_MAX} more`] : ['', '']
  return `工作表“${sheet}”的隐藏行(第 ${named} 行${zhMore})也已读入，如不需要请先删除 · hidden rows of sheet ${sheet} were read as well (row ${named}${enMore}): delete them first if they are not wanted`
}

function refusalOf(error: unknown): ConversionRefusal {
  const { name, message } = error as Error
  if (name === 'EncryptedFileError') return { refusal: 'E108', detail: '' }
  if (/limit|exceed|too (?:large|many)|maximum|(?:longer|larger) than/i.test(message))
    return { refusal: 'E110', detail: '' }
  if (name === 'TypeError' || name === 'RangeError' || name.endsWith('Error')) return { refusal: 'E109', detail: name }
  throw error
}
