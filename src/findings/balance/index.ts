/** The face of the balance sheet. */

export { kindOfRow, ROW_KIND, ROW_KINDS } from './row-kinds.ts'
export { type BalanceSheet, balanceSheet, type Identity, toBalances } from './sheet.ts'
