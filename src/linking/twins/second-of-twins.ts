/**
 * Certificates of a second or later child of one birth (同胎次序 2): whoever they are for has a twin, met or not.
 *
 * Of twins the mother, the day and mostly the sex agree, and only the name tells. A newborn may be named otherwise later, but a twin
 * under another name is sooner the other one. Who is called after the mother (李娟之子) is either.
 */
import { ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { idLevelOf, nameLevelOf } from '../../matching/kernel.ts'
import { analyseName, PET } from '../../normalise/name.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { BIRTHS } from '../../registers/columns.ts'
import { isCalledAfterParent } from '../births-deaths/called-after.ts'

/** Where more certificates say second than this, the office counts the mother's children: of births one in sixty is of twins. */
const SECONDS_MAX = 0.1

export class SecondOfTwins {
  private readonly table: RecordTable
  private readonly isTold: boolean

  constructor(table: RecordTable) {
    this.table = table
    const { columns, starts } = table
    let seconds = 0
    for (let row = starts[BIRTHS]; row < starts[BIRTHS + 1]; row++) if (columns.birthOrder[row] > 1) seconds++
    this.isTold = seconds > 0 && seconds <= 1 + SECONDS_MAX * (starts[BIRTHS + 1] - starts[BIRTHS])
  }

  /**
   * Whether one of two rows is such a certificate and the other bears another name of its own, which is no pet name, with no number to
   * say that it is the same child.
   */
  isOther(left: number, right: number, pattern: number): boolean {
    const { birthOrder } = this.table.columns
    const [certificate, row] = birthOrder[left] > 1 ? [left, right] : [right, left]
    return (
      this.isTold &&
      (birthOrder[left] > 1 || birthOrder[right] > 1) &&
      nameLevelOf(pattern) > NAME_LEVEL.dropped &&
      idLevelOf(pattern) === ID_LEVEL.missing &&
      !hasPetName(this.table, left, right) &&
      !isCalledAfterParent(this.table, certificate, row)
    )
  }
}

/** Whether one of two names is what somebody is called at home: 小超 is near 赵启超, and not for being his twin. */
export function hasPetName({ names, columns }: RecordTable, ...rows: readonly number[]): boolean {
  return rows.some((row) => columns.name[row] !== 0 && analyseName(names.text(columns.name[row])).pet === PET.whole)
}
