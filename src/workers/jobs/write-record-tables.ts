/** Writes the records and households of run.sqlite while the main thread walks the findings. */
import { type RecordTablesMessage, type RecordTablesResult, writeRecordTables } from '../../store/record-tables.ts'

export function run(message: RecordTablesMessage): RecordTablesResult {
  return writeRecordTables(message)
}
