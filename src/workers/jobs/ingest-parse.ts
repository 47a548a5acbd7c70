/** Worker's side of reading: rows into columns. */
import type { ParseMessage } from '../../ingest/plan.ts'
import { parseRows } from '../../ingest/rows.ts'

export function run(message: ParseMessage) {
  return parseRows(message)
}
