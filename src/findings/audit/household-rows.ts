/**
 * Rows of each household of one register, gathered by a counting sort: household after household, rows ascending.
 */
import type { RecordTable } from '../../records/record-table.ts'

export class HouseholdRows {
  /** Household numbers that have rows, in the order of their first row. */
  readonly households: Int32Array
  private readonly start: Int32Array
  private readonly rows: Int32Array
  private readonly placeOf: Int32Array

  constructor(table: RecordTable, from: number, end: number, isTaken: (row: number) => boolean = () => true) {
    const { household } = table.columns
    const placeOf = new Int32Array(table.households.size + 1)
    const homes = new Int32Array(Math.min(end - from, table.households.size))
    const start = new Int32Array(homes.length + 1)
    let count = 0
    for (let row = from; row < end; row++) {
      const home = household[row]
      if (home === 0 || !isTaken(row)) continue
      if (placeOf[home] === 0) {
        homes[count++] = home
        placeOf[home] = count
      }
      start[placeOf[home]]++
    }
    for (let h = 0; h < count; h++) start[h + 1] += start[h]
    const next = start.slice(0, count)
    const rows = new Int32Array(start[count])
    for (let row = from; row < end; row++) {
      const place = placeOf[household[row]] - 1
      if (place >= 0 && isTaken(row)) rows[next[place]++] = row
    }
    this.households = homes.subarray(0, count)
    this.start = start
    this.rows = rows
    this.placeOf = placeOf
  }

  /** Rows of a household, ascending; empty if it has none here. */
  of(household: number): Int32Array {
    const place = this.placeOf[household] - 1
    return place < 0 ? this.rows.subarray(0, 0) : this.rows.subarray(this.start[place], this.start[place + 1])
  }
}
