/**
 * Second hukou that the census pulls together.
 *
 * Two police persons of one name and (nearly) one birth with two numbers may be one person registered twice or two
 * namesakes; names and dates alone cannot tell. A census row that belongs to the one and names the village of the other
 * as its hukou can: families list the away son where he has his second hukou.
 * In:  groups after the statistical layer, pairs that wait as `two-hukou`. Out: some of them linked.
 */
import { BIRTH_LEVEL, NAME_LEVEL } from '../matching/compare/levels.ts'
import type { Kernel } from '../matching/kernel.ts'
import { birthLevelOf, nameLevelOf, PLACE_LEVEL, placeLevelOf } from '../matching/kernel.ts'
import { milliBits } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import { groupMembers } from './households.ts'
import type { OrderedPairs } from './ordered-pairs.ts'
import { LINK, type LinkThresholds, type PairDecisions, REASONS, REVIEW } from './statistical.ts'
import { probabilityOf } from './people.ts'

/** Four in ten second hukou have such a row; of strangers one in a hundred names some other village, seldom that one. */
const CENSUS_ROW_WEIGHT = milliBits(0.4 / 0.0015)

export interface SecondHukouContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly pairs: OrderedPairs
  readonly thresholds: LinkThresholds
}

export function linkSecondHukou(context: SecondHukouContext, decisions: PairDecisions): void {
  const { table, groups, pairs, thresholds } = context
  const waiting: number[] = []
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === REVIEW && REASONS[decisions.reason[i]] === 'two-hukou') waiting.push(i)
  if (waiting.length === 0) return
  const next = groupMembers(groups, table.rows)
  for (const i of waiting) {
    const a = pairs.left[i]
    const b = pairs.right[i]
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra === rb || groups.isForbidden(ra, rb) || table.columns.area[a] === table.columns.area[b]) continue
    if (!hasRowAt(context, next, ra, b) && !hasRowAt(context, next, rb, a)) continue
    const weight = decisions.weight[i] + CENSUS_ROW_WEIGHT
    decisions.weight[i] = weight
    if (probabilityOf(weight) < thresholds.link) continue
    decisions.decision[i] = LINK
    groups.join(a, b)
  }
}

/** Whether a census row of the group fits the police row of the other one by name, birth and hukou village. */
function hasRowAt({ table, kernel }: SecondHukouContext, next: Int32Array, root: number, police: number): boolean {
  for (let row = root; row >= 0; row = next[row]) {
    if (table.registerOf(row) !== CENSUS) continue
    const pattern = kernel.compare(Math.min(row, police), Math.max(row, police))
    const name = nameLevelOf(pattern)
    const birth = birthLevelOf(pattern)
    if (
      placeLevelOf(pattern) === PLACE_LEVEL.village &&
      name !== NAME_LEVEL.missing &&
      name <= NAME_LEVEL.variant &&
      birth !== BIRTH_LEVEL.missing &&
      birth <= BIRTH_LEVEL.yearBeside
    )
      return true
  }
  return false
}
