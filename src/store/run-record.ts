/**
 * One record of a finished run: a row of a register, as the clerk wrote it, with what the run says of it.
 *
 * In:  a row of table `record` of run.sqlite. Out: a plain value.
 */
import type { RegisterName } from '../registers/columns.ts'
import type { SourceColumns } from './source-columns.ts'

export interface RunRecord {
  /** `register:record_id` */
  readonly key: string
  readonly register: RegisterName
  readonly personId: string
  readonly householdKey: string
  readonly areaCode: string
  /** Census block, '' where the register knows none; some registers write three digits within the village. */
  readonly block: string
  /** Canonical column → text as written. */
  readonly raw: Readonly<Record<string, string>>
}

/** What is read of a row of table `record`. */
export interface RecordRow {
  readonly record_key: string
  readonly register: string
  readonly person_id: string
  readonly household_key: string
  readonly area_code: string
  readonly block: string
  readonly raw: string
}

export function recordOf(row: RecordRow, columns: SourceColumns): RunRecord {
  return {
    key: row.record_key,
    register: row.register as RegisterName,
    personId: row.person_id,
    householdKey: row.household_key,
    areaCode: row.area_code,
    block: row.block,
    raw: columns.open(row.raw),
  }
}
