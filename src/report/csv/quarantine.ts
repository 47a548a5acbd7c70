/**
 * quarantine.csv: the rows that could not be parsed or keyed, by register, file and line, with code and reason.
 *
 * In: what reading refused (src/ingest). Out: the file, sorted by register, file, line, column, code. No cell values.
 */
import type { QuarantinedRow } from '../../ingest/index.ts'
import { REGISTERS } from '../../registers/columns.ts'
import { writeCsv } from './bytes.ts'
import { compareText } from '../../text-order.ts'

const QUARANTINE_COLUMNS = ['register', 'file', 'line', 'column', 'code', 'reason'] as const

export function writeQuarantineCsv(path: string, rows: readonly QuarantinedRow[]): number {
  const sorted = [...rows].sort(
    (a, b) =>
      REGISTERS.indexOf(a.register) - REGISTERS.indexOf(b.register) ||
      compareText(a.file, b.file) ||
      a.line - b.line ||
      compareText(a.column, b.column) ||
      compareText(a.code, b.code),
  )
  return writeCsv(path, QUARANTINE_COLUMNS, (file) => {
    for (const row of sorted) {
      file.room()
      file.ascii(row.register)
      file.comma()
      file.cell(row.file)
      file.comma()
      file.integer(row.line)
      file.comma()
      file.cell(row.column)
      file.comma()
      file.cell(row.code)
      file.comma()
      file.cell(row.reason)
      file.endLine()
    }
  })
}
