/**
 * The offices' own working tables, one workbook each per township; numbers at mask level L2, children of a certificate
 * without their parents. The tables themselves are hukou-tables.ts and household-tables.ts; layout is xlsx.ts.
 */
import { HEADS, LEDGER, TALLY } from './household-tables.ts'
import { HUKOU_CHECK, INFLOW, SEPARATED } from './hukou-tables.ts'
import type { TableName, TableSpec } from './table-lines.ts'

export const TABLE_SPECS: Readonly<Record<TableName, TableSpec>> = {
  '1': HUKOU_CHECK,
  '2': SEPARATED,
  '4': INFLOW,
  heads: HEADS,
  ledger: LEDGER,
  tally: TALLY,
}
