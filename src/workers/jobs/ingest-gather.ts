/** Worker's side of reading: columns into the canonical order. */
import type { GatherMessage } from '../../ingest/plan.ts'
import { gatherColumns } from '../../ingest/order.ts'

export function run(message: GatherMessage) {
  return gatherColumns(message)
}
