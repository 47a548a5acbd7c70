/**
 * What a short-form row is for the balance sheet: every row is of exactly one kind (docs/balance.md).
 *
 * In:  a row's answers D7, D8, D9. Out: its kind; for each kind whether it adds to the usual residents.
 * Rows are taken as they were answered: whether the answer is true is a finding, not a matter of the sheet. A row that
 * says "lives here, hukou here" is Rh, a present row with any other hukou place is Ro, every other row is A.
 */
import type { Answers } from '../count.ts'

export interface RowKindSpec {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** hukou: written at the hukou place (Rh, A). residence: a present row of somebody from elsewhere (Ro). */
  readonly side: 'hukou' | 'residence' | 'undetermined' | 'unanswered'
  readonly isResident: boolean
}

/** The order is that of the sheet; ROW_KIND gives the numbers. */
export const ROW_KINDS = [
  kind('at-home', '本地常住', 'lives here, hukou here (D7=1, D8=1)', 'hukou', true),
  kind('in-township', '本乡镇内他村居户口', 'hukou in this township (D8=2)', 'residence', true),
  kind('in-long', '流入半年以上', 'from another township, half a year or more (D9≥3)', 'residence', true),
  kind('in-short', '流入不满半年', 'from another township, under half a year (D9=2)', 'residence', false),
  kind('in-open', '流入时间不明', 'from another township, D9 empty or "not left"', 'residence', false),
  kind('undetermined', '户口待定', 'hukou undetermined (D8=5)', 'undetermined', true),
  kind('hukou-unanswered', '户口地未填', 'present, D8 empty', 'unanswered', false),
  kind('away-township', '外出本乡镇内', 'lives elsewhere in this township (D7=2, 3)', 'hukou', false),
  kind('away-short', '外出不满半年', 'away under half a year (D7=4, 5, D9=2)', 'hukou', true),
  kind('away-long', '外出半年以上', 'away half a year or more (D7=4, 5, D9≥3)', 'hukou', false),
  kind('away-open', '外出时间不明', 'away, D9 empty or "not left"', 'hukou', false),
  kind('away-abroad', '外出境外', 'in Hong Kong, Macao, Taiwan or abroad (D7=6, 7)', 'hukou', true),
  kind('residence-unanswered', '居住地未填', 'D7 empty', 'unanswered', false),
] as const satisfies readonly RowKindSpec[]

export type RowKind = (typeof ROW_KINDS)[number]['name']

export const ROW_KIND = Object.fromEntries(ROW_KINDS.map(({ name }, k) => [name, k])) as Readonly<
  Record<RowKind, number>
>

/** Number of the row's kind in ROW_KINDS. */
export function kindOfRow({ residence, hukouPlace, awayDuration }: Answers): number {
  if (residence === 0) return ROW_KIND['residence-unanswered']
  if (residence === 1) {
    if (hukouPlace === 0) return ROW_KIND['hukou-unanswered']
    if (hukouPlace === 1) return ROW_KIND['at-home']
    if (hukouPlace === 2) return ROW_KIND['in-township']
    if (hukouPlace === 5) return ROW_KIND['undetermined']
    if (awayDuration <= 1) return ROW_KIND['in-open']
    return awayDuration === 2 ? ROW_KIND['in-short'] : ROW_KIND['in-long']
  }
  if (residence <= 3) return ROW_KIND['away-township']
  if (residence >= 6) return ROW_KIND['away-abroad']
  if (awayDuration <= 1) return ROW_KIND['away-open']
  return awayDuration === 2 ? ROW_KIND['away-short'] : ROW_KIND['away-long']
}

function kind<N extends string>(
  name: N,
  zh: string,
  en: string,
  side: RowKindSpec['side'],
  isResident: boolean,
): RowKindSpec & { readonly name: N } {
  return { name, zh, en, side, isResident }
}
