/** Which record columns a register fills: the rest stay zero on its rows and cost no memory. */
import type { RecordColumn } from '../../records/record-table.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'

const WITH_ID = [POLICE, CENSUS, CENSUS_DEATHS, DEATHS]

/** Registers that fill a column; a column not named here is filled by all. */
const FILLED_BY: Partial<Record<RecordColumn, readonly number[]>> = {
  idNo: WITH_ID,
  idKind: WITH_ID,
  idText: WITH_ID,
  formerName: [POLICE],
  ethnicity: [POLICE, CENSUS],
  relation: [POLICE, CENSUS],
  block: [CENSUS, CENSUS_DEATHS],
  household: [POLICE, CENSUS, CENSUS_DEATHS],
  householdType: [POLICE, CENSUS],
  hukouArea: [POLICE, CENSUS, DEATHS],
  claimedHukouArea: [CENSUS],
  residenceArea: [CENSUS],
  residence: [CENSUS],
  hukouPlace: [CENSUS],
  awayDuration: [CENSUS],
  awayReason: [CENSUS],
  personsPresent: [CENSUS],
  personsAway: [CENSUS],
  personNo: [POLICE],
  status: [POLICE],
  recordFlag: [POLICE],
  reversalFlag: [POLICE],
  movedIn: [POLICE],
  movedOut: [POLICE],
  death: [POLICE, CENSUS_DEATHS, DEATHS],
  cancelled: [POLICE],
  fatherId: [POLICE, BIRTHS],
  motherId: [POLICE, BIRTHS],
  spouseId: [POLICE],
  fatherName: [POLICE, BIRTHS],
  motherName: [POLICE, BIRTHS],
  spouseName: [POLICE],
  birthOrder: [BIRTHS],
  age: [CENSUS_DEATHS],
}

export function usesColumn(register: number, column: RecordColumn): boolean {
  const registers = FILLED_BY[column]
  return registers === undefined || registers.includes(register)
}
