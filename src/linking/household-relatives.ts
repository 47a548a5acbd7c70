/**
 * Whether somebody of a household is called a parent or the spouse by a police row.
 *
 * The register names both by name, number or either; of a name, one nearly the same is enough.
 * In:  a police row, rows by household. Out: yes or no.
 */
import { NAME_LEVEL } from '../matching/compare/levels.ts'
import type { Kernel } from '../matching/kernel.ts'
import type { RowLists } from '../matching/random-pairs.ts'
import type { RecordTable } from '../records/record-table.ts'

export class HouseholdRelatives {
  private readonly columns: RecordTable['columns']
  private readonly kernel: Pick<Kernel, 'nameLevel'>
  private readonly households: RowLists

  /** @param households rows by household over all registers */
  constructor({ columns }: RecordTable, kernel: Pick<Kernel, 'nameLevel'>, households: RowLists) {
    this.columns = columns
    this.kernel = kernel
    this.households = households
  }

  /** How many rows the household of a row has; 0 where no household is known. */
  membersOf(row: number): number {
    const { household } = this.columns
    const { start } = this.households
    return household[row] === 0 ? 0 : start[household[row] + 1] - start[household[row]]
  }

  isSpouseNamed(police: number): boolean {
    const c = this.columns
    return c.spouseName[police] !== 0 || c.spouseId[police] !== 0
  }

  isParentNamed(police: number): boolean {
    const c = this.columns
    return (
      c.motherName[police] !== 0 || c.motherId[police] !== 0 || c.fatherName[police] !== 0 || c.fatherId[police] !== 0
    )
  }

  /** Whether another row of the household of `home` bears the number or nearly the name of a parent or the spouse. */
  haveRelative(police: number, home: number): boolean {
    const c = this.columns
    const { start, rows } = this.households
    const household = c.household[home]
    for (let k = start[household]; k < start[household + 1]; k++) {
      const member = rows[k]
      if (member === home) continue
      if (this.isRelative(c.motherId[police], c.motherName[police], member)) return true
      if (this.isRelative(c.fatherId[police], c.fatherName[police], member)) return true
      if (this.isRelative(c.spouseId[police], c.spouseName[police], member)) return true
    }
    return false
  }

  private isRelative(number: number, name: number, member: number): boolean {
    const { idNo, name: nameOf } = this.columns
    if (number !== 0 && number === idNo[member]) return true
    const other = nameOf[member]
    if (name === 0 || other === 0) return false
    if (name === other) return true
    const level = this.kernel.nameLevel(name, other)
    return level !== NAME_LEVEL.missing && level <= NAME_LEVEL.nearShape
  }
}
