/**
 * Stops when a required column of a file is mostly unreadable: then the column is the wrong one, not its values.
 *
 * In: counts of values present and of values that cannot be read. Empty cells do not count.
 */
import { REGISTER_SPECS } from '../registers/columns.ts'
import { refuseFile } from './messages.ts'
import type { ParseResult } from './plan.ts'
import type { SurveyedFile } from './survey-inputs.ts'

const ROWS_MIN = 100
const VOID_SHARE_MAX = 0.2

export function refuseUnreadableColumns(files: readonly SurveyedFile[], parsed: readonly ParseResult[]): void {
  files.forEach((file, k) => {
    const { columns } = REGISTER_SPECS[file.register]
    file.head.columns.forEach((name, cell) => {
      const spec = columns.find((column) => column.name === name)
      if (spec?.required !== true) return
      const present = parsed.reduce((sum, result) => sum + result.present[k][cell], 0)
      const voids = parsed.reduce((sum, result) => sum + result.voids[k][cell], 0)
      if (present < ROWS_MIN || voids <= present * VOID_SHARE_MAX) return
      throw refuseFile(
        'E129',
        file.name,
        `${spec.name}(${spec.zh[0]},「${file.head.texts[cell]}」): ${voids} / ${present}`,
      )
    })
  })
}
