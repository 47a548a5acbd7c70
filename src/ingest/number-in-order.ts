/**
 * Numbers of a dictionary in the order in which the rows, in their canonical order, first hold them.
 *
 * In: numbers as the threads gave them while they read the files, in the columns by slot. Out: the columns by row with other numbers,
 * and the dictionary's entries moved along; values that no row holds any more are dropped. Numbers still say no more than "the same",
 * but rows that are neighbours find their values beside each other. Nothing is looked up by its value afterwards.
 */
import { openPiece, type Piece } from '../records/shared-memory.ts'
import { usesColumn } from './headers/register-columns.ts'
import { slotsOfRows } from './lay-record-ids.ts'
import type { GatherMessage } from './plan.ts'

/** Words of an entry, of either kind of dictionary. */
const ENTRY_WORDS = 3

/** The columns that hold numbers of a dictionary: those that every row has come first. */
export const ID_COLUMNS = ['idNo', 'fatherId', 'motherId', 'spouseId'] as const
export const NAME_COLUMNS = ['name', 'formerName', 'fatherName', 'motherName', 'spouseName'] as const

/** @param counter its first word is the largest number given */
export function numberInOrder(
  message: GatherMessage,
  columns: readonly (typeof ID_COLUMNS | typeof NAME_COLUMNS)[number][],
  { entries: entriesPiece, counter: counterPiece }: { readonly entries: Piece<'i32'>; readonly counter: Piece<'i32'> },
): void {
  const { memory, slots, starts, slotStarts } = message
  const entries = openPiece(memory, entriesPiece)
  const counter = openPiece(memory, counterPiece)
  const given = Atomics.load(counter, 0)
  const slotOf = slotsOfRows(openPiece(memory, slots.order), starts, slotStarts)
  /** By number as it was: as it is now, 0 not met. */
  const numbers = new Uint32Array(given + 1)
  let count = 0
  for (const name of columns) {
    const column = openPiece(memory, message.columns[name])
    const gathered = new Uint32Array(slotOf.length)
    for (let register = 0; register + 1 < starts.length; register++)
      if (usesColumn(register, name))
        count = gatherNumbers(column, slotOf, gathered, starts[register], starts[register + 1], numbers, count)
    column.set(gathered)
    column.fill(0, slotOf.length, slotStarts[slotStarts.length - 1])
  }
  moveEntries(entries, numbers, count)
  Atomics.store(counter, 0, count)
}

/** Rows [from, to) of one column; returns how many numbers have been given. */
function gatherNumbers(
  column: Uint32Array,
  slotOf: Uint32Array,
  into: Uint32Array,
  from: number,
  to: number,
  numbers: Uint32Array,
  count: number,
): number {
  for (let row = from; row < to; row++) {
    const old = column[slotOf[row]]
    if (old === 0) continue
    if (numbers[old] === 0) numbers[old] = ++count
    into[row] = numbers[old]
  }
  return count
}

function moveEntries(entries: Int32Array, numbers: Uint32Array, count: number): void {
  const moved = new Int32Array((count + 1) * ENTRY_WORDS)
  for (let old = 1; old < numbers.length; old++) {
    if (numbers[old] === 0) continue
    const from = old * ENTRY_WORDS
    const to = numbers[old] * ENTRY_WORDS
    moved[to] = entries[from]
    moved[to + 1] = entries[from + 1]
    moved[to + 2] = entries[from + 2]
  }
  entries.set(moved)
}
