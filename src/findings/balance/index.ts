/** The face of the balance sheet. */
export { type Completeness, CRUDE_DEATHS_MIN } from './completeness.ts'
export { type FlowCell, type Flows } from './flows.ts'
export { type Headline, HEADLINES } from './headlines.ts'
export { HUKOU_TERM } from './hukou-terms.ts'
export { kindOfRow, ROW_KIND, ROW_KINDS, type RowKind } from './row-kinds.ts'
export { type BalanceSheet, balanceSheet, type Identity, type Term, toBalances, type TownshipLine } from './sheet.ts'
