/**
 * Slots in file order → the canonical order of rows: register, birth, hash of the record id.
 *
 * In: filled slots. Out: per register the accepted slots in order, and the rows whose record id was seen before
 * (the first row in file order keeps it). One register is one worker's task. Then `gatherColumns` brings every
 * column into that order, one column a task; quarantined and blank slots vanish.
 */
import { RECORD_COLUMNS, type RecordColumn } from '../records/record-table.ts'
import { type ArrayOf, type ElementType, openPiece } from '../records/shared-memory.ts'
import { layRecordIds, RECORD_ID_COLUMNS } from './lay-record-ids.ts'
import { ROW_CODES } from './messages.ts'
import { ID_COLUMNS, NAME_COLUMNS, numberInOrder } from './number-in-order.ts'
import {
  claim,
  type GatherMessage,
  type OrderMessage,
  type OrderResult,
  type RowRefusal,
  SLOT_ACCEPTED,
  SLOT_QUARANTINED,
} from './plan.ts'
import { usesColumn } from './headers/register-columns.ts'

export function orderRows(message: OrderMessage): OrderResult {
  const { slotStarts } = message
  const registers: OrderResult['registers'][number][] = []
  for (const register of claim(message.counter, slotStarts.length - 1)) {
    const refusals = refuseDoubledIds(message, register)
    registers.push({ register, accepted: sortRegister(message, register), refusals })
  }
  return { registers }
}

function refuseDoubledIds(message: OrderMessage, register: number): RowRefusal[] {
  const { memory, slots, columns, slotStarts, files } = message
  const from = slotStarts[register]
  const to = slotStarts[register + 1]
  const state = openPiece(memory, slots.state)
  const hash = openPiece(memory, columns.recordHash)
  const hash2 = openPiece(memory, slots.recordHash2)
  const idLength = openPiece(memory, columns.recordIdLength)
  const rowNo = openPiece(memory, columns.rowNo)
  const fileNo = openPiece(memory, columns.fileNo)
  let size = 1024
  while (size < (to - from) * 2) size *= 2
  const seen = new Int32Array(size)
  const refusals: RowRefusal[] = []
  for (let slot = from; slot < to; slot++) {
    if (state[slot] !== SLOT_ACCEPTED || idLength[slot] === 0) continue
    const a = hash[slot]
    const b = hash2[slot]
    let at = a & (size - 1)
    for (;;) {
      const other = seen[at] - 1
      if (other < 0) {
        seen[at] = slot + 1
        break
      }
      if (hash[other] === a && hash2[other] === b) {
        state[slot] = SLOT_QUARANTINED
        const file = fileNo[slot]
        const { header } = files[file]
        const cell = header.includes('record_id') ? header.indexOf('record_id') : header.indexOf('certificate_no')
        refusals.push({ file, row: rowNo[slot], code: ROW_CODES.indexOf('E232'), cell })
        break
      }
      at = (at + 1) & (size - 1)
    }
  }
  return refusals
}

/** Sorts the accepted slots of a register into `order`; returns how many there are. */
function sortRegister(message: OrderMessage, register: number): number {
  const { memory, slots, columns, slotStarts } = message
  const from = slotStarts[register]
  const to = slotStarts[register + 1]
  const state = openPiece(memory, slots.state)
  const birth = openPiece(memory, slots.sortBirth)
  const hash = openPiece(memory, columns.recordHash)
  const hash2 = openPiece(memory, slots.recordHash2)
  const order = openPiece(memory, slots.order)
  let accepted: Keyed = { keys: new Int32Array(to - from), slots: new Uint32Array(to - from), count: 0 }
  for (let slot = from; slot < to; slot++) {
    if (state[slot] !== SLOT_ACCEPTED) continue
    accepted.keys[accepted.count] = hash[slot]
    accepted.slots[accepted.count++] = slot
  }
  const { count } = accepted
  let other: Keyed = { keys: new Int32Array(count), slots: new Uint32Array(count), count }
  const sortBy = (...shifts: number[]): void => {
    for (const shift of shifts) {
      countingPass(accepted, other, shift)
      ;[accepted, other] = [other, accepted]
    }
  }
  // Least significant digits first: hash (11, 11, 10 bits), then birth (11, 11).
  sortBy(0, 11, 22)
  fillKeys(accepted, birth)
  sortBy(0, 11)
  const { keys, slots: sorted } = accepted
  // Equal birth and equal hash: the second hash decides.
  for (let k = 1; k < count; k++) {
    if (keys[k] !== keys[k - 1]) continue
    const slot = sorted[k]
    let at = k
    for (; at > 0; at--) {
      const before = sorted[at - 1]
      if (birth[before] !== birth[slot] || hash[before] !== hash[slot] || hash2[before] <= hash2[slot]) break
      sorted[at] = before
    }
    sorted[at] = slot
  }
  order.set(sorted.subarray(0, count), from)
  return count
}

/** Slots with what they are sorted by: carried along, since a slot's key lies anywhere in its column. */
interface Keyed {
  readonly keys: Int32Array
  readonly slots: Uint32Array
  count: number
}

function fillKeys({ keys, slots, count }: Keyed, column: Int32Array): void {
  for (let k = 0; k < count; k++) keys[k] = column[slots[k]]
}

function countingPass({ keys, slots, count }: Keyed, to: Keyed, shift: number): void {
  const places = new Uint32Array(2049)
  for (let k = 0; k < count; k++) places[((keys[k] >>> shift) & 2047) + 1]++
  for (let digit = 1; digit <= 2048; digit++) places[digit] += places[digit - 1]
  const { keys: keysTo, slots: slotsTo } = to
  for (let k = 0; k < count; k++) {
    const key = keys[k]
    const place = places[(key >>> shift) & 2047]++
    keysTo[place] = key
    slotsTo[place] = slots[k]
  }
}

/** What goes into order together with its columns: the longest tasks, so they come first. */
const TOGETHER: readonly ((message: GatherMessage) => unknown)[] = [
  (message) => numberInOrder(message, NAME_COLUMNS, { ...message.names, counter: message.names.counters }),
  (message) => numberInOrder(message, ID_COLUMNS, message.ids),
  layRecordIds,
]
const GATHERED_TOGETHER: ReadonlySet<RecordColumn> = new Set([...NAME_COLUMNS, ...ID_COLUMNS, ...RECORD_ID_COLUMNS])

export function gatherColumns(message: GatherMessage): void {
  const { memory, columns, slots, starts, slotStarts } = message
  const order = openPiece(memory, slots.order)
  const names = (Object.keys(RECORD_COLUMNS) as RecordColumn[]).filter((name) => !GATHERED_TOGETHER.has(name))
  const rows = starts[starts.length - 1]
  const scratch = new ArrayBuffer(rows * 4)
  for (const claimed of claim(message.counter, TOGETHER.length + names.length)) {
    if (claimed < TOGETHER.length) {
      TOGETHER[claimed](message)
      continue
    }
    const task = claimed - TOGETHER.length
    const column = openPiece(memory, columns[names[task]]) as ArrayOf<ElementType>
    const gathered = scratchLike(column, scratch, rows)
    for (let register = 0; register + 1 < starts.length; register++) {
      if (!usesColumn(register, names[task])) continue
      const first = slotStarts[register] - starts[register]
      gather(column, order, first, gathered, starts[register], starts[register + 1])
    }
    // A register without the column leaves pages untouched, but may now lie where another register's slots were.
    for (let register = 0; register + 1 < starts.length; register++) {
      const [from, to] = [starts[register], starts[register + 1]]
      if (usesColumn(register, names[task])) column.set(gathered.subarray(from, to) as never, from)
      else column.fill(0, from, Math.min(to, slotStarts[register]))
    }
    if (slotStarts[slotStarts.length - 1] > rows && usedAtEnd(names[task], starts))
      column.fill(0, rows, slotStarts[slotStarts.length - 1])
  }
}

/** into[row] = column[order[first + row]] for rows [from, to); both arrays are of one type. */
function gather(
  column: ArrayOf<ElementType>,
  order: Uint32Array,
  first: number,
  into: ArrayOf<ElementType>,
  from: number,
  to: number,
): void {
  // One function a type: a loop that meets them all in turn is compiled again for each, and slow in the end.
  if (column instanceof Uint8Array) gatherBytes(column, order, first, into as Uint8Array, from, to)
  else if (column instanceof Uint16Array) gatherHalfWords(column, order, first, into as Uint16Array, from, to)
  else gatherWords(wordsOf(column), order, first, wordsOf(into), from, to)
}

function gatherBytes(
  column: Uint8Array,
  order: Uint32Array,
  first: number,
  into: Uint8Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) into[row] = column[order[first + row]]
}

function gatherHalfWords(
  column: Uint16Array,
  order: Uint32Array,
  first: number,
  into: Uint16Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) into[row] = column[order[first + row]]
}

function gatherWords(
  column: Int32Array,
  order: Uint32Array,
  first: number,
  into: Int32Array,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) into[row] = column[order[first + row]]
}

/** The same words, signed: only bits are moved. */
function wordsOf(array: ArrayOf<ElementType>): Int32Array {
  return new Int32Array(array.buffer, array.byteOffset, array.length)
}

function usedAtEnd(column: RecordColumn, starts: readonly number[]): boolean {
  for (let register = 0; register + 1 < starts.length; register++) if (usesColumn(register, column)) return true
  return false
}

function scratchLike(column: ArrayOf<ElementType>, scratch: ArrayBuffer, rows: number): ArrayOf<ElementType> {
  if (column instanceof Uint8Array) return new Uint8Array(scratch, 0, rows)
  if (column instanceof Uint16Array) return new Uint16Array(scratch, 0, rows)
  if (column instanceof Int32Array) return new Int32Array(scratch, 0, rows)
  return new Uint32Array(scratch, 0, rows)
}
