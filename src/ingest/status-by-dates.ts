/**
 * A police extract whose column of states says nothing.
 *
 * Some offices export the register without 人员状态, or leave it empty, while the dates of cancellation are there. An empty
 * state is 正常: then everybody who ever died or moved away is registered still, and a county of findings is wrong. Where no
 * row of the register has a state but 正常 and yet rows have such dates, the dates are the state.
 *
 * In: the table with all its columns. Out: the column `status` rewritten in place, and what is told.
 */
import type { RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'

const [NORMAL, DEAD, MOVED, CANCELLED] = [0, 1, 2, 8]
/** Fewer dates than these may be slips in an extract that holds nobody but those in force. */
const ROWS_MIN = 10

export function readStatusByDates({ starts, columns: c }: RecordTable, file: string): IngestWarning[] {
  const ended: number[] = []
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    if (c.status[row] !== NORMAL) return []
    if (endOf(c, row) !== NORMAL) ended.push(row)
  }
  if (ended.length < ROWS_MIN) return []
  for (const row of ended) c.status[row] = endOf(c, row)
  return [
    {
      code: 'E161',
      file,
      message: `人员状态全为空或正常，已按死亡、迁出、注销日期判定 ${ended.length} 行，请核对并补上该列 · no row has a status but 0 (in force); ${ended.length} rows with a date of death, move or cancellation are read as ended by it, please check and export the column`,
    },
  ]
}

/** The state that a row's dates tell; who moved in after having moved out is back. */
function endOf(c: RecordTable['columns'], row: number): number {
  if (c.death[row] !== 0) return DEAD
  if (c.movedOut[row] !== 0) return c.movedOut[row] < c.movedIn[row] ? NORMAL : MOVED
  return c.cancelled[row] === 0 ? NORMAL : CANCELLED
}
