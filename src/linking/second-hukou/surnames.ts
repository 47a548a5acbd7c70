/**
 * A father's name says less than another relative's: his surname, or his own name, stands in the child's name already.
 *
 * Two people called 林文黛 whose fathers are both called 林志伟 share two given names, not two given names and one surname
 * twice. So among the people of the surname, not among all, is it rare to be called as the father is; in a village of one
 * clan and its generation names (字辈) that is much more often. Where children are called after their father (亚森·玉素甫, the son of
 * 玉素甫·肉孜) two of one name have fathers of one name as often as two people called 玉素甫 do.
 * In:  the police rows in force. Out: how many people a father's name is one of. Counted when it is first asked.
 */
import type { Kernel } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { POLICE } from '../../registers/columns.ts'

/** A surname is borne by one in twenty, as two people of one surname are on average, until so many rows are counted. */
const USUAL_SHARE = 0.05
const CAUTION = 200

/** What of the kernel tells surnames and parts of names. */
type NamesOfKernel = Pick<Kernel, 'haveOneSurname' | 'surnameSound'> & {
  readonly names: Pick<Kernel['names'], 'firstTokenHash' | 'secondTokenHash'>
}

/** Police rows in force by the sound of the surname, dotted ones by what stands before the dot, and how many in all. */
interface Bearers {
  readonly ofSurname: ReadonlyMap<number, number>
  readonly called: ReadonlyMap<number, number>
  readonly counted: number
}

export class Surnames {
  private readonly table: RecordTable
  private readonly kernel: NamesOfKernel
  private bearers: Bearers | undefined

  constructor(table: RecordTable, kernel: NamesOfKernel) {
    this.table = table
    this.kernel = kernel
  }

  /**
   * Share of the people among whom the father's name is rare: those of the child's surname if it is his too, those called as
   * the child says that he is, else all.
   * @param child name number @param father name number
   */
  shareOf(child: number, father: number): number {
    const { kernel } = this
    const isSurname = kernel.haveOneSurname(child, father)
    if (!isSurname && !this.isCalledAfter(child, father)) return 1
    this.bearers ??= this.count()
    const { ofSurname, called, counted } = this.bearers
    const bearers = isSurname
      ? ofSurname.get(kernel.surnameSound(child))
      : called.get(kernel.names.firstTokenHash(father))
    return ((bearers ?? 0) + CAUTION * USUAL_SHARE) / (counted + CAUTION)
  }

  /** Whether what follows the dot in the one name stands before it in the other. */
  private isCalledAfter(child: number, father: number): boolean {
    const { names } = this.kernel
    const patronymic = names.secondTokenHash(child)
    return patronymic !== 0 && patronymic === names.firstTokenHash(father)
  }

  private count(): Bearers {
    const { table, kernel } = this
    const { name } = table.columns
    const rowsOf = new Int32Array(table.names.size + 1)
    let counted = 0
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isInForce(table.columns, row) && name[row] !== 0) {
        rowsOf[name[row]]++
        counted++
      }
    const ofSurname = new Map<number, number>()
    const called = new Map<number, number>()
    const add = (to: Map<number, number>, key: number, rows: number): void => {
      to.set(key, (to.get(key) ?? 0) + rows)
    }
    rowsOf.forEach((rows, n) => {
      if (rows === 0) return
      add(ofSurname, kernel.surnameSound(n), rows)
      if (kernel.names.secondTokenHash(n) !== 0) add(called, kernel.names.firstTokenHash(n), rows)
    })
    return { ofSurname, called, counted }
  }
}
