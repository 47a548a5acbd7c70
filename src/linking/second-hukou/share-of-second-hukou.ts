/**
 * How many people of this county have two hukou: from 1 in 2,000 to 1 in 12, by county and by what was done about it.
 *
 * The statistical layer has found most of them by number, or by name and birth; the family layer looks for those that
 * only a relative tells, of whom there are many where many were found. Rows of one number are counted apart: a register
 * that marks no old versions shows those as a second hukou, and who holds one number twice says little of who holds two.
 * In:  groups and pairs after the statistical layer. Out: a share of the people with a hukou.
 */
import { ID_LEVEL } from '../../matching/compare/levels.ts'
import { idLevelOf } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { LINK, type PairDecisions } from '../pair-decisions.ts'

/** Of people with a hukou three in a thousand have a second one: believed as CAUTION people. */
export const USUAL_SECOND_HUKOU = 0.003
const CAUTION = 1000
/** One second hukou in three is under another number or none. */
const OTHER_NUMBER = 1 / 3

/** Share of the people with a hukou who have a second one. */
export function shareOfSecondHukou(
  table: Pick<RecordTable, 'starts' | 'columns'>,
  groups: Groups,
  pairs: OrderedPairs,
  { decision }: Pick<PairDecisions, 'decision'>,
): number {
  const [from, to] = [table.starts[POLICE], table.starts[POLICE + 1]]
  let people = 0
  let twice = 0
  for (let row = from; row < to; row++) {
    if (groups.root(row) !== row || groups.police[row] === 0) continue
    people++
    if (groups.police[row] > 1) twice++
  }
  const { personNo } = table.columns
  let otherNumber = 0
  for (let i = 0; i < pairs.count; i++) {
    if (decision[i] !== LINK || pairs.right[i] >= to || idLevelOf(pairs.pattern[i]) === ID_LEVEL.sameValid) continue
    const [a, b] = [personNo[pairs.left[i]], personNo[pairs.right[i]]]
    if (a === 0 || a !== b) otherNumber++
  }
  const found = Math.min(twice, otherNumber / OTHER_NUMBER)
  return (found + CAUTION * USUAL_SECOND_HUKOU) / (people + CAUTION)
}
