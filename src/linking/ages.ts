/** Who is an adult, told without a clock: from the last birth of the registers on. */
import { monthsBetween, type RecordTable } from '../records/record-table.ts'
import { CENSUS, POLICE } from '../registers/columns.ts'

const ADULT_MONTHS = 18 * 12

/** The last birth of police register and census, a packed date; 0 where neither has one. Rows of a register lie by birth. */
export function newestBirth({ columns, starts }: RecordTable): number {
  const lastOf = (register: number): number =>
    starts[register + 1] > starts[register] ? columns.birth[starts[register + 1] - 1] : 0
  return Math.max(lastOf(POLICE), lastOf(CENSUS))
}

/** Eighteen years at least from a birth, which is known, to a date. */
export function isAdult(birth: number, date: number): boolean {
  return birth !== 0 && monthsBetween(birth, date) >= ADULT_MONTHS
}
