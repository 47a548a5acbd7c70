/**
 * To which day a register's own entries reach, as far as its rows tell: what shows that tonight's extract is older than last night's
 * where nobody said so with --as-of.
 *
 * In:  the record table. Out: for each register that is kept up day by day (police, births, deaths) the day of its newest entry. A date typed
 * wrongly lies where it likes: days beyond a year after the reference date do not count, nor do the very newest rows. Pure.
 */
import { BIRTHS, DEATHS, POLICE, REGISTERS } from '../registers/columns.ts'
import { dayOf, type RecordTable } from '../records/record-table.ts'
import { dateText } from './date-text.ts'

/** Register → YYYY-MM-DD. */
export type NewestEntries = Readonly<Record<string, string>>

/** The newest day is one on or after which at least so many rows have an entry. */
const ROWS_LEAST = 3

/** @param referenceDate packed */
export function newestEntries(table: RecordTable, referenceDate: number): NewestEntries {
  const { birth, death, movedIn, movedOut, cancelled } = table.columns
  const columnsOf = new Map([
    [POLICE, [birth, death, movedIn, movedOut, cancelled]],
    [BIRTHS, [birth]],
    [DEATHS, [death]],
  ])
  // A packed date is year << 9 and so on: a year later is 512 more.
  const latest = referenceDate + 512
  const days: [string, string][] = []
  for (const [register, columns] of columnsOf) {
    const newest = Array.from({ length: ROWS_LEAST }, () => 0)
    for (let row = table.starts[register]; row < table.starts[register + 1]; row++) {
      let day = 0
      for (const column of columns) {
        const date = column[row]
        if (date > day && date <= latest && dayOf(date) > 0) day = date
      }
      // Nearly every row stops here.
      if (day <= newest[ROWS_LEAST - 1]) continue
      newest[ROWS_LEAST - 1] = day
      newest.sort((a, b) => b - a)
    }
    if (newest[ROWS_LEAST - 1] > 0) days.push([REGISTERS[register], dateText(newest[ROWS_LEAST - 1])])
  }
  return Object.fromEntries(days)
}
