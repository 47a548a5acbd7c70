/** Writes one of a run's big files. */
import { type BulkMessage, writeBulk } from '../../report/write-bulk.ts'
import { collectGarbage } from '../garbage.ts'

/** An Arrow file of this size has left as much behind it in copied columns. */
const LARGE_BYTES = 16 << 20

export async function run(message: BulkMessage): Promise<number> {
  const bytes = await writeBulk(message)
  if (message.path.endsWith('.arrow') && bytes > LARGE_BYTES) collectGarbage()
  return bytes
}
