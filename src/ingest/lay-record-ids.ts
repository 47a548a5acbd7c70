/**
 * Record ids into the canonical order of rows, one after another.
 *
 * In: ids as the threads wrote them, file by file, and the order of the slots. Out: the heap in the order of rows, and where in it each
 * row's id lies. Whatever is written afterwards goes through rows or people by birth: the ids of neighbours are neighbours.
 */
import type { RecordColumn } from '../records/record-table.ts'
import { openPiece } from '../records/shared-memory.ts'
import type { GatherMessage } from './plan.ts'

/** Brought into order together with the heap, not column by column. */
export const RECORD_ID_COLUMNS: ReadonlySet<RecordColumn> = new Set(['recordIdAt', 'recordIdLength'])

/** Ids read ahead at a time. */
const AHEAD = 64

/** Returns what was read beforehand, of no use but that no compiler leaves the reading out. */
export function layRecordIds({ memory, columns, recordIds, slots, starts, slotStarts }: GatherMessage): number {
  const place = openPiece(memory, columns.recordIdAt)
  const length = openPiece(memory, columns.recordIdLength)
  const heap = openPiece(memory, recordIds.bytes)
  const slotOf = slotsOfRows(openPiece(memory, slots.order), starts, slotStarts)
  const rows = slotOf.length
  const lengths = new Uint16Array(rows)
  const places = new Uint32Array(rows)
  let total = 0
  for (let row = 0; row < rows; row++) {
    places[row] = total
    lengths[row] = length[slotOf[row]]
    total += lengths[row]
  }
  const laid = new Uint8Array(total)
  let read = 0
  for (let from = 0; from < rows; from += AHEAD) {
    const to = from + AHEAD
    read ^= copyIds(heap, place, slotOf.subarray(from, to), lengths.subarray(from, to), laid, places[from])
  }
  heap.set(laid)
  place.set(places)
  length.set(lengths)
  // As every column: nothing is left of slots that are no row's.
  place.fill(0, rows, slotStarts[slotStarts.length - 1])
  length.fill(0, rows, slotStarts[slotStarts.length - 1])
  return read
}

/** Returns what it read beforehand. */
function copyIds(
  heap: Uint8Array,
  place: Uint32Array,
  slotOf: Uint32Array,
  lengths: Uint16Array,
  laid: Uint8Array,
  at: number,
): number {
  let read = 0
  for (let k = 0; k < slotOf.length; k++) read ^= heap[place[slotOf[k]]]
  for (let k = 0; k < slotOf.length; k++) {
    const from = place[slotOf[k]]
    for (let i = 0; i < lengths[k]; i++) laid[at + i] = heap[from + i]
    at += lengths[k]
  }
  return read
}

/** By row: its slot. */
export function slotsOfRows(order: Uint32Array, starts: readonly number[], slotStarts: readonly number[]): Uint32Array {
  const slotOf = new Uint32Array(starts[starts.length - 1])
  for (let register = 0; register + 1 < starts.length; register++) {
    const count = starts[register + 1] - starts[register]
    slotOf.set(order.subarray(slotStarts[register], slotStarts[register] + count), starts[register])
  }
  return slotOf
}
