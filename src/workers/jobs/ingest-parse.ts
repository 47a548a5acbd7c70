/** Worker's side of reading: rows into columns. */
import type { ParseMessage, ParseResult } from '../../ingest/plan.ts'
import { parseRows } from '../../ingest/rows.ts'

export async function run(message: ParseMessage): Promise<ParseResult> {
  return parseRows(message)
}
