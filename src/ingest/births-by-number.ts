/**
 * A register that leaves out births or sexes because its numbers hold them.
 *
 * In one row a missing birth stays missing, whatever the number says: the number may be a parent's, and then the gap is
 * all that would have told. Where the whole column is empty nothing would have told, and births and sexes are what keeps
 * namesakes apart: there they are those of the valid numbers. Not in the census: parents' numbers on children's rows would
 * make them people of their parents' age, and more is lost than won.
 *
 * In: the table with all its columns. Out: columns `birth` and `sex` completed in place, and what is told.
 */
import { idBirthDate, idSex } from '../normalise/id-number.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { DEATHS, POLICE, type RegisterName, REGISTERS } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'
import { FILLED_SHARE_MIN, ROWS_MIN } from './void-rate.ts'

/** Registers that write the number they gave themselves, or read it from the card; a form's may be a parent's. */
const NUMBERED = [POLICE, DEATHS]

export function readByNumber(table: RecordTable, filesOf: (register: RegisterName) => string): IngestWarning[] {
  const { starts, columns: c, ids } = table
  return NUMBERED.flatMap((register) => {
    const [from, end] = [starts[register], starts[register + 1]]
    if (end - from < ROWS_MIN) return []
    const file = filesOf(REGISTERS[register])
    return (['birth', 'sex'] as const).flatMap((column) => {
      const values = c[column]
      let filled = 0
      for (let row = from; row < end; row++) if (values[row] !== 0) filled++
      if (filled >= (end - from) * FILLED_SHARE_MIN) return []
      let completed = 0
      for (let row = from; row < end; row++) {
        if (values[row] !== 0 || c.idKind[row] !== ID_KIND.valid) continue
        values[row] = column === 'sex' ? idSex(ids.third(c.idNo[row])) : idBirthDate(ids.second(c.idNo[row]))
        completed++
      }
      return completed === 0 ? [] : [{ code: 'E160', file, message: told(column, completed) }]
    })
  })
}

function told(column: 'birth' | 'sex', rows: number): string {
  const [zh, en] = column === 'birth' ? ['出生日期', 'dates of birth'] : ['性别', 'sexes']
  return `${zh}几乎为空，已按有效号码补 ${rows} 行 · ${en} are nearly all empty: in ${rows} rows they are taken from the valid number`
}
