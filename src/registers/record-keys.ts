/** Several records in one cell of findings.csv: `police:1;census:11`. */
import { REGISTERS } from './columns.ts'

/** A `;` separates records only where a register's name follows: record ids may hold one. */
const BETWEEN_RECORDS = new RegExp(`;(?=(?:${REGISTERS.join('|')}):)`)

/** The keys `register:record_id` in such a cell, in their order. */
export function splitRecordKeys(cell: string): string[] {
  return cell.split(BETWEEN_RECORDS)
}
