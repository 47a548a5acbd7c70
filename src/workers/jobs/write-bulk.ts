/** Writes one of a run's big files. */
import { type BulkMessage, writeBulk } from '../../report/write-bulk.ts'
import { collectYoungGarbage } from '../garbage.ts'

export function run(message: BulkMessage): Promise<number> {
  // An Arrow file leaves as much behind it in copied columns as it is large.
  return writeBulk(message, collectYoungGarbage)
}
