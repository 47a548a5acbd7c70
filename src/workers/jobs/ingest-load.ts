/** Worker's side of reading: the files' bytes into the shared memory. */
import type { LoadMessage } from '../../ingest/plan.ts'
import { loadFiles } from '../../ingest/load.ts'

export function run(message: LoadMessage) {
  return loadFiles(message)
}
