/**
 * What speaks against a second hukou and stands in no pattern: a common relative, another spouse, two homes.
 *
 * The pattern says that one of the family has the same name, and that weighs as the average name does. Where a few names
 * are everybody's (a county of Tibetans, a village of one clan) another 俄尔伍甲 has a son of that name too, born the same
 * month. And whoever is at home in two places, married to two people and known to the census by two numbers is two people.
 * In:  a pair of police rows with two valid numbers, the groups of both. Out: milli-bits to add, never more than 0.
 */
import { BEYOND } from '../../matching/beyond-pair.ts'
import { ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { idLevelOf, KIN_LEVEL, type Kernel, kinLevelOf, nameLevelOf } from '../../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isMisreadAgain } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { AT_HOME_TWICE, OTHER_SPOUSE } from './same-family.ts'
import type { Surnames } from './surnames.ts'

/** Parents and village agree for twins as well: what the spouses say outweighs both. */
const TWINS_MARRIED = 20_000
/** The comparison of families among COMPARISONS. */
const KIN = 5

export interface DoubtContext {
  readonly columns: RecordTable['columns']
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly surnames: Surnames
}

export function doubtOfSecondHukou(context: DoubtContext, a: number, b: number, pattern: number): number {
  const atHome = areBothAtHome(context, a, b) ? -AT_HOME_TWICE : 0
  // Twins of nearly one name are both at home, and each is married to somebody else: 秦伟 and 秦伟涛.
  if (nameLevelOf(pattern) > NAME_LEVEL.variant && isMisreadAgain(pattern))
    return atHome - (isOtherSpouse(context, a, b) ? TWINS_MARRIED : 0)
  if (idLevelOf(pattern) !== ID_LEVEL.bothValidDiffer) return 0
  const kin = kinLevelOf(pattern)
  // A parent's or spouse's number is nobody else's, however common the name.
  if ((kin !== KIN_LEVEL.agree && kin !== KIN_LEVEL.partly) || sharesNumber(context.columns, a, b)) return atHome
  return atHome + rarityOf(context, a, b, pattern) + (isOtherSpouse(context, a, b) ? -OTHER_SPOUSE : 0)
}

/** Of a pair with some doubt, which it is most: one of BEYOND. */
export function heaviestDoubt(context: DoubtContext, a: number, b: number, pattern: number): number {
  const doubt = doubtOfSecondHukou(context, a, b, pattern)
  const atHome = areBothAtHome(context, a, b) ? -AT_HOME_TWICE : 0
  // The rest is of the family: another spouse weighs by itself, common names by what they lack.
  if (doubt < 2 * atHome || atHome === 0)
    return isOtherSpouse(context, a, b) && doubt - atHome <= -OTHER_SPOUSE ? BEYOND.otherSpouse : BEYOND.commonRelatives
  return BEYOND.twoHomes
}

function areBothAtHome({ groups }: DoubtContext, a: number, b: number): boolean {
  return groups.present[groups.root(a)] > 0 && groups.present[groups.root(b)] > 0
}

function sharesNumber({ fatherId, motherId, spouseId }: RecordTable['columns'], a: number, b: number): boolean {
  return [fatherId, motherId, spouseId].some((numbers) => numbers[a] !== 0 && numbers[a] === numbers[b])
}

/** What the names of the relatives weigh less than relatives' names on average. */
function rarityOf({ columns, kernel, weights, surnames }: DoubtContext, a: number, b: number, pattern: number): number {
  let bits = 0
  for (const names of [columns.fatherName, columns.motherName, columns.spouseName]) {
    const [left, right] = [names[a], names[b]]
    if (left === 0 || right === 0) continue
    const level = kernel.nameLevel(left, right)
    if (level === NAME_LEVEL.missing || level > NAME_LEVEL.homophone) continue
    const among =
      names === columns.fatherName ? weights.people * surnames.shareOf(columns.name[a], left) : weights.people
    bits += milliBits(among / Math.max(weights.namesakes(left), weights.namesakes(right)))
  }
  return Math.min(0, bits - weights.weightOf(KIN, a, b, pattern))
}

/** Both name a spouse, and the names have nothing in common. */
function isOtherSpouse({ columns: { spouseName }, kernel }: DoubtContext, a: number, b: number): boolean {
  const [left, right] = [spouseName[a], spouseName[b]]
  return left !== 0 && right !== 0 && kernel.nameLevel(left, right) >= NAME_LEVEL.surnameEqual
}
