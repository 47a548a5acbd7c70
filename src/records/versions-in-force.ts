/**
 * Versions of a person that the police register has replaced: which row is in force.
 *
 * In:  the record table, rows. Out: for each row the one in force of its person; the row itself where it is in force, is no police
 *      row, has no person number, or where nothing says which (the person has left the register, or is in force twice).
 */
import { POLICE } from '../registers/columns.ts'
import type { RecordTable } from './record-table.ts'

const NONE = -1
const SEVERAL = -2

type Version = Pick<RecordTable['columns'], 'recordFlag' | 'reversalFlag'>

/** Whether a police row is neither an old version nor reversed. */
export function isInForce({ recordFlag, reversalFlag }: Version, row: number): boolean {
  return recordFlag[row] === 1 && reversalFlag[row] === 0
}

/** Whether a police row says that somebody has his hukou here: in force, and its holder has neither died nor left. */
export function isActive(columns: Version & Pick<RecordTable['columns'], 'status'>, row: number): boolean {
  return columns.status[row] === 0 && isInForce(columns, row)
}

/** @param rows those that will be asked about */
export function versionsInForce(table: RecordTable, rows: Iterable<number>): (row: number) => number {
  const { columns } = table
  const { personNo } = columns
  const end = table.starts[POLICE + 1]
  const isOld = (row: number) => row < end && personNo[row] !== 0 && !isInForce(columns, row)
  const inForce = new Map<number, number>()
  for (const row of rows) if (isOld(row)) inForce.set(personNo[row], NONE)
  if (inForce.size > 0)
    for (let row = table.starts[POLICE]; row < end; row++) {
      const known = inForce.get(personNo[row])
      if (known !== undefined && isInForce(columns, row)) inForce.set(personNo[row], known === NONE ? row : SEVERAL)
    }
  return (row) => {
    const current = isOld(row) ? (inForce.get(personNo[row]) ?? NONE) : row
    return current < 0 ? row : current
  }
}

/** Whether a police row is an old or reversed version that no person number ties to the one in force. */
export function isUntiedVersion(columns: Version & Pick<RecordTable['columns'], 'personNo'>, row: number): boolean {
  return columns.personNo[row] === 0 && !isInForce(columns, row)
}
