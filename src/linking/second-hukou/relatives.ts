/** Names of a police row's relatives: as written, else the name that the register knows of the number; 0 none. */
import type { RecordTable } from '../../records/record-table.ts'

export class Relatives {
  private readonly columns: RecordTable['columns']
  private readonly nameOf: Uint32Array

  /** @param nameOf the name of each ID number, 0 none */
  constructor({ columns }: RecordTable, nameOf: Uint32Array) {
    this.columns = columns
    this.nameOf = nameOf
  }

  mother(row: number): number {
    return this.columns.motherName[row] || this.nameOf[this.columns.motherId[row]]
  }

  father(row: number): number {
    return this.columns.fatherName[row] || this.nameOf[this.columns.fatherId[row]]
  }

  spouse(row: number): number {
    return this.columns.spouseName[row] || this.nameOf[this.columns.spouseId[row]]
  }
}
