/** Worker's side of reading: where rows start in files that have quotes. */
import type { RowScanMessage } from '../../ingest/plan.ts'
import { scanRows } from '../../ingest/rows/load.ts'

export function run(message: RowScanMessage) {
  return scanRows(message)
}
