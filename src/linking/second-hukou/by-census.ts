/**
 * Second hukou that the census pulls together.
 *
 * Two police persons of one name and (nearly) one birth with two numbers may be one person registered twice or two
 * namesakes; names and dates alone cannot tell. A census row that belongs to the one and names the village of the other
 * as its hukou can: families list the away son where he has his second hukou. So can a census row that is the one's by
 * name, birth and place and bears the other's number: a borrowed number is a wife's or a child's, never that of somebody
 * of the same surname and sex who was born the same day of another month or year. And two rows of which the one moved
 * out when the other moved in are no two hukou: the registers of two police stations have given one person two numbers.
 * In:  groups after the statistical layer, pairs that wait as `two-hukou` or `two-numbers`, census rows whose number was not believed.
 * Out: some of them linked.
 */
import { BEYOND } from '../../matching/beyond-pair.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import type { Kernel } from '../../matching/kernel.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  birthLevelOf,
  idLevelOf,
  KIN_LEVEL,
  kinLevelOf,
  nameLevelOf,
  PLACE_LEVEL,
  placeLevelOf,
} from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { dayOfDate } from '../../normalise/date.ts'
import { dayOf, type RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import { areAlike } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { LINK, type LinkThresholds, type PairDecisions, REASONS, REVIEW } from '../pair-decisions.ts'
import { probabilityOf } from '../people.ts'

/** Four in ten second hukou have such a row; of strangers one in a hundred names some other village, seldom that one. */
const CENSUS_ROW_WEIGHT = milliBits(0.4 / 0.0015)

/** A migration certificate is good for 30 days, and offices were late with it. */
const MOVE_DAYS_MAX = 100
/** Half of those who moved have both dates, so near each other; of strangers, with dates from decades, one in a hundred. */
const MOVE_WEIGHT = milliBits(0.5 / 0.01)
const MOVED_OUT = 2

export interface SecondHukouContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly pairs: OrderedPairs
  readonly thresholds: LinkThresholds
}

export function linkSecondHukou(context: SecondHukouContext, decisions: PairDecisions): void {
  linkByBorrowedNumber(context, decisions)
  const { table, groups, pairs, thresholds } = context
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] !== REVIEW || REASONS[decisions.reason[i]] !== 'two-hukou') continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra === rb || groups.isForbidden(ra, rb)) continue
    const isListed = isListedAtBoth(context, a, b, ra, rb)
    const evidence = (isMove(table, a, b) || isMove(table, b, a) ? MOVE_WEIGHT : 0) + (isListed ? CENSUS_ROW_WEIGHT : 0)
    if (evidence === 0) continue
    const weight = decisions.weight[i] + evidence
    decisions.weight[i] = weight
    decisions.beyond[i] = isListed ? BEYOND.listedThere : BEYOND.moved
    if (probabilityOf(weight) < thresholds.link) continue
    decisions.decision[i] = LINK
    groups.join(a, b)
  }
}

/** Whether a census row of the one fits the other in another village. */
function isListedAtBoth(context: SecondHukouContext, a: number, b: number, ra: number, rb: number): boolean {
  const { area } = context.table.columns
  return area[a] !== area[b] && (hasRowAt(context, ra, b) || hasRowAt(context, rb, a))
}

/** Whether `from` was left when `to` was entered: two rows of one hukou, never in force together. */
function isMove({ columns }: RecordTable, from: number, to: number): boolean {
  const out = columns.movedOut[from]
  const into = columns.movedIn[to]
  if (columns.status[from] !== MOVED_OUT || !isFullDate(out) || !isFullDate(into)) return false
  return Math.abs(dayOfDate(into) - dayOfDate(out)) <= MOVE_DAYS_MAX
}

function isFullDate(date: number): boolean {
  return date !== 0 && dayOf(date) !== 0
}

/** Census rows of a police row, or that wait for it, although their number is that of another one, who may be the same person. */
function linkByBorrowedNumber({ table, groups, kernel, pairs }: SecondHukouContext, decisions: PairDecisions): void {
  const { idNo, birth } = table.columns
  const waiting: number[] = []
  for (let i = 0; i < pairs.count; i++)
    if (
      (decisions.decision[i] === REVIEW || decisions.decision[i] === LINK) &&
      (isDisbelieved(pairs.pattern[i]) || isOfTwoNumbers(decisions, i)) &&
      pairs.left[i] < table.starts[POLICE + 1] &&
      table.registerOf(pairs.right[i]) === CENSUS
    )
      waiting.push(i)
  if (waiting.length === 0) return
  const wanted = new Map<number, number>(waiting.map((i) => [idNo[pairs.right[i]], -1]))
  wanted.delete(0)
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
    if (wanted.get(idNo[row]) === -1 && isInForce(table.columns, row)) wanted.set(idNo[row], row)
  for (const i of waiting) {
    const police = pairs.left[i]
    const holder = wanted.get(idNo[pairs.right[i]]) ?? -1
    if (holder < 0) continue
    const ra = groups.root(police)
    const rb = groups.root(holder)
    const rest = groups.root(pairs.right[i])
    if (ra !== rb && (groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb))) continue
    // A row that is the holder's in all is nobody else's: namesakes of one birthday.
    const own = kernel.compare(holder, pairs.right[i])
    if (groups.isForbidden(ra, rest) || !isSameNameAndMonth(pairs.pattern[i]) || isSameNameAndMonth(own)) continue
    if (isOwnByMoon(own) && !isAtHouseOf(pairs.pattern[i], own) && groups.present[ra] > 0) continue
    const between = kernel.compare(Math.min(police, holder), Math.max(police, holder))
    if (!isOfTwoNumbers(decisions, i) && !isBornMoved(between)) continue
    // Who looks up a number by the name may take a namesake's; but that one is listed under it as well.
    const elsewhere = groups.present[rb] + groups.away[rb] - (rest === rb ? 1 : 0)
    // And a row of that name in the village of that one alone is his, if it says no more of the month than a form does.
    const isHis = isMonthUnknown(birth[pairs.right[i]]) && isAtHomeOf(own, pairs.pattern[i])
    const isAnothers = elsewhere > 0 || !isNamesake(between) || isHis
    if (!isSamePersonMoved(between) && !isSameChild(between) && isAnothers) continue
    decisions.decision[i] = LINK
    groups.join(police, pairs.right[i])
    groups.join(police, holder)
  }
}

/** The number of the row was known to be another one's, and not asked about for that. */
function isDisbelieved(pattern: number): boolean {
  return idLevelOf(pattern) === ID_LEVEL.heldElsewhere
}

function isOfTwoNumbers({ decision, reason }: PairDecisions, i: number): boolean {
  return decision[i] === REVIEW && REASONS[reason[i]] === 'two-numbers'
}

/**
 * Of the holder's name, number and village, and born on his day of the moon: his in all. That the month is then that of a namesake
 * who has a row of his own is chance, which villages of one clan make often.
 */
function isOwnByMoon(own: number): boolean {
  const name = nameLevelOf(own)
  return (
    name !== NAME_LEVEL.missing &&
    name <= NAME_LEVEL.variant &&
    birthLevelOf(own) === BIRTH_LEVEL.lunar &&
    placeLevelOf(own) === PLACE_LEVEL.village
  )
}

/** Whether a row lies at the address of the one person, and not at the other's. */
function isAtHouseOf(one: number, other: number): boolean {
  return addressLevelOf(one) === ADDRESS_LEVEL.equal && addressLevelOf(other) !== ADDRESS_LEVEL.equal
}

/** January, or the first of it: what a form says where nobody knew the month. */
function isMonthUnknown(birth: number): boolean {
  return ((birth >> 5) & 15) === 1 && dayOf(birth) <= 1
}

/** Whether a row bears the name of the one person and stands in his village, which is not the other's. */
function isAtHomeOf(own: number, other: number): boolean {
  return (
    nameLevelOf(own) !== NAME_LEVEL.missing &&
    nameLevelOf(own) <= NAME_LEVEL.variant &&
    placeLevelOf(own) === PLACE_LEVEL.village &&
    placeLevelOf(other) !== PLACE_LEVEL.village
  )
}

function isSameNameAndMonth(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  return (
    name !== NAME_LEVEL.missing &&
    name <= NAME_LEVEL.variant &&
    birth !== BIRTH_LEVEL.missing &&
    birth <= BIRTH_LEVEL.monthKnown
  )
}

/** Surname and sex agree, and the birth but for a month, a year or a digit. */
function isSamePersonMoved(pattern: number): boolean {
  return areAlike(pattern, NAME_LEVEL.surnameEqual, BIRTH_LEVEL.yearBeside)
}

/** The same, and not of one date: so twins are, who may have each other's numbers. */
function isBornMoved(pattern: number): boolean {
  return isSamePersonMoved(pattern) && birthLevelOf(pattern) !== BIRTH_LEVEL.dateEqual
}

/** One name and sex, born within two years. */
function isNamesake(pattern: number): boolean {
  return areAlike(pattern, NAME_LEVEL.variant, BIRTH_LEVEL.nearYear)
}

/** One name and one family, born within two years: brothers and sisters are never named the same. */
function isSameChild(pattern: number): boolean {
  const kin = kinLevelOf(pattern)
  return isNamesake(pattern) && (kin === KIN_LEVEL.agree || kin === KIN_LEVEL.partly)
}

/** Whether a census row of the group fits the police row of the other one by name, birth and hukou village. */
function hasRowAt({ table, groups, kernel }: SecondHukouContext, root: number, police: number): boolean {
  let row = root
  do {
    if (table.registerOf(row) === CENSUS && fitsAt(kernel.compare(Math.min(row, police), Math.max(row, police))))
      return true
    row = groups.following(row)
  } while (row !== root)
  return false
}

function fitsAt(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  return (
    placeLevelOf(pattern) === PLACE_LEVEL.village &&
    name !== NAME_LEVEL.missing &&
    name <= NAME_LEVEL.variant &&
    birth !== BIRTH_LEVEL.missing &&
    birth <= BIRTH_LEVEL.yearBeside
  )
}
