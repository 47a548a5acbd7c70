/** Writes one of a run's big files. */
import { type BulkMessage, writeBulk } from '../../report/write-bulk.ts'

export function run(message: BulkMessage): number | Promise<number> {
  return writeBulk(message)
}
