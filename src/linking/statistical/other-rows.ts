/**
 * What the other rows of a person say of a pair, which the pattern of the two rows does not hold.
 *
 * Who lives elsewhere is asked at both places for how long (D9) and why (D10): a present row and an away row of one
 * person answer alike. And whoever stands in the census already, at home or as away from there, lives in another house
 * where a second row of the village finds him: that its address is not the register's is no reason against it.
 * A family away together gives one answer: it tells none of them from the others, so it is asked of one sex and known names alone.
 * And whom the register calls parent or spouse may stand in the household of the census row (relatives-at-home.ts).
 * A census row of an infant names no parents beside a certificate of birth, but its police row does: other ones speak against the pair.
 * A death form or certificate without birth and number is seldom that of somebody whom the census met at home: a namesake's, most often.
 * In:  two rows, their pattern, the root of the left one's group. Out: milli-bits to add; less than 0 where no relative is at home, the
 * parents are others, or the dead one is alive.
 */
import { COMPARISON } from '../../matching/comparisons.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  birthLevelOf,
  idLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  pairClassOf,
  sexLevelOf,
} from '../../matching/kernel.ts'
import { isPresent } from '../../matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS } from '../../registers/columns.ts'
import { parentsBeside, type RegisteredParentsContext } from '../births-deaths/registered-parents.ts'
import type { Groups } from '../groups.ts'
import type { AwayAnswers } from './away-answers.ts'
import type { RelativesAtHome } from './relatives-at-home.ts'

/** One death in fifty is told of somebody who is counted as present; of those registered four in five are. */
const ALIVE = milliBits(0.02 / 0.8)

export interface OtherRowsContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: RegisteredParentsContext['kernel']
  readonly weights: CountyWeights
  readonly answers: AwayAnswers
  readonly relatives: Pick<RelativesAtHome, 'weightOf'>
}

export function otherRowsWeight(context: OtherRowsContext, a: number, b: number, pattern: number, ra: number): number {
  const { groups, weights, answers, relatives } = context
  const pairClass = pairClassOf(pattern)
  const mayTell = nameLevelOf(pattern) !== NAME_LEVEL.missing && sexLevelOf(pattern) !== SEX_LEVEL.different
  if (pairClass === PAIR_CLASS.censusCensus) return mayTell && isAcross(context, a, b) ? answers.acrossOf(a, b) : 0
  if (pairClass === PAIR_CLASS.other) return otherParents(context, a, b) + aliveWeight(context, ra, b, pattern)
  if (pairClass !== PAIR_CLASS.policeCensus) return 0
  const family = idLevelOf(pattern) === ID_LEVEL.sameValid ? 0 : relatives.weightOf(a, b)
  if (groups.present[ra] + groups.away[ra] === 0) return family
  const relief =
    addressLevelOf(pattern) === ADDRESS_LEVEL.differ ? -weights.weightOf(COMPARISON.address, a, b, pattern) : 0
  return family + Math.max(0, relief) + (mayTell ? answersBeside(context, ra, b) : 0)
}

/** A census row and a certificate of birth; 0 for other rows. Parents who agree have joined the police row to the certificate already. */
function otherParents(context: OtherRowsContext, row: number, birth: number): number {
  const { table, weights } = context
  if (table.registerOf(birth) !== BIRTHS || table.registerOf(row) !== CENSUS) return 0
  const pattern = parentsBeside(context, row, birth)
  return pattern === undefined ? 0 : Math.min(0, weights.weightOf(COMPARISON.kin, row, birth, pattern))
}

/** A row of a death that says neither birth nor number, beside somebody who is present; 0 for other rows. */
function aliveWeight({ table, groups }: OtherRowsContext, ra: number, death: number, pattern: number): number {
  const register = table.registerOf(death)
  if (register !== CENSUS_DEATHS && register !== DEATHS) return 0
  if (idLevelOf(pattern) !== ID_LEVEL.missing || birthLevelOf(pattern) !== BIRTH_LEVEL.missing) return 0
  return groups.present[ra] > 0 ? ALIVE : 0
}

/** Of the rows of a group the one that answers most like the row, where the one is present and the other away. */
function answersBeside(context: OtherRowsContext, root: number, row: number): number {
  const { table, groups, answers } = context
  let best = 0
  let other = root
  do {
    if (table.registerOf(other) === CENSUS && isAcross(context, other, row))
      best = Math.max(best, answers.acrossOf(other, row))
    other = groups.following(other)
  } while (other !== root)
  return best
}

function isAcross({ lines }: OtherRowsContext, a: number, b: number): boolean {
  return isPresent(lines, a) !== isPresent(lines, b)
}
