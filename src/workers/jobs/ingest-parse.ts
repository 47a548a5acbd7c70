/** Worker's side of reading: rows into columns, chunk by chunk. */
import { setImmediate } from 'node:timers/promises'
import { claim, type ParseMessage, type ParseResult } from '../../ingest/plan.ts'
import { RowReader } from '../../ingest/rows/rows.ts'

export async function run(message: ParseMessage): Promise<ParseResult> {
  const reader = new RowReader(message)
  try {
    for (const task of claim(message.counter, message.chunks.length)) {
      reader.readChunk(message.chunks[task])
      // The thread that reads may be the one that shows how far reading is, and hears Ctrl-C.
      await setImmediate()
    }
    reader.flush()
  } finally {
    reader.close()
  }
  const { isShort, refusals, rows, present, slips, voids } = reader
  return { isShort, refusals, rows, present, slips, voids }
}
