/** Worker's side of reading: doubled record ids and the canonical order. */
import type { OrderMessage } from '../../ingest/plan.ts'
import { orderRows } from '../../ingest/order.ts'

export function run(message: OrderMessage) {
  return orderRows(message)
}
