/**
 * A father's name says less than another relative's: his surname stands in the child's name already.
 *
 * Two people called 林文黛 whose fathers are both called 林志伟 share two given names, not two given names and one surname
 * twice. So among the people of the surname, not among all, is it rare to be called as the father is; in a village of one
 * clan and its generation names (字辈) that is much more often.
 * In:  the police rows in force. Out: how many people a father's name is one of. Counted when it is first asked.
 */
import type { Kernel } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { POLICE } from '../../registers/columns.ts'

/** A surname is borne by one in twenty, as two people of one surname are on average, until so many rows are counted. */
const USUAL_SHARE = 0.05
const CAUTION = 200

export class Surnames {
  private readonly table: RecordTable
  private readonly kernel: Kernel
  /** Rows by the sound of the surname. */
  private bearers: Map<number, number> | undefined
  private counted = 0

  constructor(table: RecordTable, kernel: Kernel) {
    this.table = table
    this.kernel = kernel
  }

  /**
   * Share of the people among whom the father's name is rare: those of the child's surname if it is his too, else all.
   * @param child name number @param father name number
   */
  shareOf(child: number, father: number): number {
    const { kernel } = this
    if (!kernel.haveOneSurname(child, father)) return 1
    this.bearers ??= this.count()
    const bearers = this.bearers.get(kernel.surnameSound(child)) ?? 0
    return (bearers + CAUTION * USUAL_SHARE) / (this.counted + CAUTION)
  }

  private count(): Map<number, number> {
    const { table, kernel } = this
    const { name } = table.columns
    const rowsOf = new Int32Array(table.names.size + 1)
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isInForce(table.columns, row) && name[row] !== 0) {
        rowsOf[name[row]]++
        this.counted++
      }
    const bearers = new Map<number, number>()
    rowsOf.forEach((rows, n) => {
      if (rows === 0) return
      const surname = kernel.surnameSound(n)
      bearers.set(surname, (bearers.get(surname) ?? 0) + rows)
    })
    return bearers
  }
}
