/** Adds up the balances of a run while the main thread lays findings into pages. */
import { balanceSheet, toBalances } from '../../findings/balance/index.ts'
import { type FindingContextHandle, openContext } from '../../findings/index.ts'
import type { Balance } from '../../report/summary.ts'

export type BalancesMessage = FindingContextHandle

export function run(context: BalancesMessage): readonly Balance[] {
  return toBalances(balanceSheet(openContext(context)))
}
