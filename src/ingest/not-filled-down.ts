/**
 * Columns whose value stands in the first row of each household or block only: cells that were merged and then unmerged.
 *
 * In: counts of values present by file and cell, and the table. Out: a warning by column. Only where the value is
 * required, since other columns are left empty by right; a column without any value was never there.
 */
import type { RecordTable } from '../records/record-table.ts'
import { REGISTER_SPECS } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'
import type { ParseResult } from './plan.ts'
import type { SurveyedFile } from './survey-inputs.ts'

/** Of all rows of a file; fewer are gaps such as every office leaves. */
const EMPTY_SHARE_MAX = 0.2
/** Fewer empty cells than these are filled by hand, whatever the file. */
const EMPTY_MIN = 20
/** Rows named in the message: enough to find the place in the file. */
const ROWS_SHOWN = 5

/** Where the table holds what a column says; 0 where it says nothing. */
const HELD_IN = { household_no: 'household', block_code: 'area', area_code: 'area' } as const

export function tellNotFilledDown(
  files: readonly SurveyedFile[],
  parsed: readonly ParseResult[],
  table: RecordTable,
): IngestWarning[] {
  return files.flatMap((file, k) =>
    file.head.columns.flatMap((name, cell) => {
      const spec = REGISTER_SPECS[file.register].columns.find((column) => column.name === name)
      const held = HELD_IN[name as keyof typeof HELD_IN]
      if (spec?.required !== true || held === undefined) return []
      const rows = parsed.reduce((sum, result) => sum + result.rows[k], 0)
      const present = parsed.reduce((sum, result) => sum + result.present[k][cell], 0)
      const areMany = (empty: number): boolean => empty >= EMPTY_MIN && empty > rows * EMPTY_SHARE_MAX
      if (present === 0 || !areMany(rows - present)) return []
      const { count, first } = withoutValue(table, held, k)
      // Rows kept aside have no value either, and values that cannot be read are none in the table.
      const empty = Math.min(count, rows - present)
      if (!areMany(empty)) return []
      const column = `${spec.name}(${spec.zh[0]}，「${file.head.texts[cell]}」)`
      return {
        code: 'E176',
        file: file.name,
        message: `多行为空，像是合并单元格取消后只剩首行有值，这些行不知属于哪一户、哪一处；请选中该列，按 Ctrl+G 定位空值，输入“=上一格”，按 Ctrl+Enter 向下填满后重新导出 · empty in many rows, as where merged cells were unmerged and only the first row kept the value, so that nobody knows the household or place of the others: select the column, Ctrl+G and blanks, type = and the cell above, Ctrl+Enter, and export again: ${column}: ${empty} / ${rows}; 行 rows ${first.join(', ')} …`,
      }
    }),
  )
}

function withoutValue(
  table: RecordTable,
  held: 'household' | 'area',
  file: number,
): { readonly count: number; readonly first: readonly number[] } {
  const { fileNo, rowNo } = table.columns
  const values = table.columns[held]
  const first: number[] = []
  let count = 0
  for (let row = 0; row < table.rows; row++) {
    if (fileNo[row] !== file || values[row] !== 0) continue
    count++
    if (first.length === ROWS_SHOWN && rowNo[row] > first[ROWS_SHOWN - 1]) continue
    first.push(rowNo[row])
    first.sort((a, b) => a - b)
    first.length = Math.min(first.length, ROWS_SHOWN)
  }
  return { count, first }
}
