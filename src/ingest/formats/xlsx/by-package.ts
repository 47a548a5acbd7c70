/**
 * A workbook read by a package that reads all that there is: what is not plain, at a tenth of the speed. The only file that knows it, beside
 * the one function that tells formats of dates (workbook.ts).
 *
 * In:  the workbook's bytes. Out: the survey of its sheets; a sheet's rows.
 */
import { type CellValue, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { dateText, numberText } from './cell-text.ts'
import { SheetRows } from './sheet-rows.ts'
import type { WorkbookSurvey } from './survey-sheets.ts'

/** Sheets of a workbook of which surveyWorkbook can tell nothing: the package reads all of it for that. */
export async function surveyByPackage(workbook: Uint8Array): Promise<WorkbookSurvey> {
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

/** @param sheet its place in the workbook, the first is 0 */
export async function rowsByPackage(workbook: Uint8Array, sheet: number): Promise<SheetRows> {
  const rows = new SheetRows()
  for await (const { index, values } of streamXlsxRows(workbook, { sheet })) {
    rows.begin(index)
    for (let column = 0; column < values.length; column++) rows.cell(column, cellText(values[column]))
    rows.end(index)
    if (rows.hasTitle) break
  }
  return rows
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  return value instanceof Date ? dateText(value) : numberText(value)
}
