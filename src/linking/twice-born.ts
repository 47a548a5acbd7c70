/**
 * Second hukou that no number of a relative tells, but the family's names and births do.
 *
 *   name and mother's or spouse's name   the child or spouse of somebody of this name, born within a few years
 *   one parent by number                 two children of a mother are not born a few weeks or months apart, seldom on one
 *                                        day of two years, and seldom marry people of one name
 *   birth day and spouse's name          born that day, married to somebody of this name, under another given name
 *
 * Each weighs by how many such families chance makes: where a few names are everybody's, names say little. Against it
 * speak another parent or spouse, and that both are at home where they are registered.
 * In:  effective police rows in force or moved away, groups after same-family.ts. Out: links of layer `household`,
 * likely and unlikely pairs; absent-hukou.ts asks the census about those, and what stays unlikely is dropped.
 */
import { RadixSorter } from '../blocking/radix-sort.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, type Kernel, nameLevelOf, sexLevelOf } from '../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { mixTriple } from '../records/triple-dictionary.ts'
import { POLICE } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import type { HouseholdPair } from './households.ts'
import { misfitsOwnNumber } from './number-holders.ts'
import { probabilityOf } from './people.ts'
import { AT_HOME_TWICE, BORN_NEAR, namesOfNumbers, OTHER_SPOUSE, SECOND_HUKOU } from './same-family.ts'
import type { LinkThresholds } from './statistical.ts'

/** Milli-bits that names alone can give. */
const BY_NAMES_MAX = 8000
/** The father's name agrees as well: families of one mother's name have some thirty surnames. */
const SAME_FATHER = milliBits(30)
/** One second hukou in seven is under another given name; half of them keep the birth date, a third month and day. */
const RENAMED = SECOND_HUKOU * 0.15
const SAME_DATE = 0.5
const SAME_MONTH_AND_DAY = 0.35
/** Strangers born on one day of one of so many days; that they share a surname too. */
const BIRTH_DATES = 25_000
const SAME_SURNAME = 0.05
/** One new name in five is another surname as well. */
const OTHER_SURNAME = 0.2
/** Two people given one number are four times as rare as second hukou, and seldom of one surname. */
const SAME_NUMBER = 7000

/** Two names under one parent's number are brothers or sisters; half of the people have one of their sex. */
const SIBLINGS = milliBits(RENAMED / 0.5)
/** Unless of one name, which parents do not give twice; */
const SAME_NAME = 14_000
/**
 * born too near each other, adopted children and those registered as younger than they are apart, and all the more on
 * one day of two months;
 */
const TOO_NEAR = 9000
const SAME_DAY = milliBits(30)
/** married to people of one name, as far as a name can tell; */
const ALIKE_MAX = 10_000
/** on one day of two years; on one day, as one child in eighty with a twin of its sex is. */
const DAY_OF_YEARS = milliBits(SAME_MONTH_AND_DAY * 365)
const ONE_DATE = milliBits(SAME_DATE * 80)

/** Days between two births that no mother has: twins are born together, and the next child is not born before. */
const APART_MIN = 20
const APART_MAX = 200
/** A birth moved for school or a pension keeps month and day. */
const YEARS_MOVED_MAX = 5
/** What the absence of one in the census cannot make likely is not kept. */
const KEPT_FROM = -4000
/** Rows under one key; more are a filler in the relative's place. */
const SHARED_KEY_MAX = 12
const STATUS_IN_FORCE = 0
const STATUS_MOVED = 2

export interface TwiceBornContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
}

export function linkTwiceBorn(context: TwiceBornContext): HouseholdPair[] {
  const { table, lines, groups, kernel, weights, thresholds } = context
  const c = table.columns
  const nameOf = namesOfNumbers(table)
  const motherOf = (row: number): number => c.motherName[row] || nameOf[c.motherId[row]]
  const fatherOf = (row: number): number => c.fatherName[row] || nameOf[c.fatherId[row]]
  const spouseOf = (row: number): number => c.spouseName[row] || nameOf[c.spouseId[row]]
  const isOther = (a: number, b: number): boolean =>
    a !== 0 && b !== 0 && a !== b && kernel.nameLevel(a, b) >= NAME_LEVEL.givenEqual
  const found: HouseholdPair[] = []

  const consider = (left: number, right: number, weightOf: (pattern: number) => number | undefined): void => {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) return
    const pattern = kernel.compare(left, right)
    if (sexLevelOf(pattern) !== SEX_LEVEL.equal) return
    const likeness = weightOf(pattern)
    if (likeness === undefined) return
    const isOtherFamily =
      isOther(spouseOf(left), spouseOf(right)) ||
      isOther(fatherOf(left), fatherOf(right)) ||
      isOther(motherOf(left), motherOf(right))
    const weight =
      likeness -
      (isOtherFamily ? OTHER_SPOUSE : 0) -
      (groups.present[ra] > 0 && groups.present[rb] > 0 ? AT_HOME_TWICE : 0)
    if (weight < KEPT_FROM) return
    const isLink = probabilityOf(weight) >= thresholds.link
    found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
    if (isLink) groups.join(left, right)
  }

  const isOtherNumber = (a: number, b: number): boolean => a !== 0 && b !== 0 && a !== b

  /** The same name, and a relative of one name. */
  const byNames = (left: number, right: number, relative: number, numbers: Uint32Array) => (pattern: number) => {
    if (c.name[left] !== c.name[right] || !isMoved(c.birth[left], c.birth[right], birthLevelOf(pattern)))
      return undefined
    const families = (weights.namesakes(c.name[left]) * weights.namesakes(relative)) / weights.people
    const weight = Math.min(BY_NAMES_MAX, milliBits(SECOND_HUKOU / (families * BORN_NEAR)))
    const father = fatherOf(left)
    const isOneFather = father !== 0 && father === fatherOf(right)
    return weight + (isOneFather ? SAME_FATHER : 0) - (isOtherNumber(numbers[left], numbers[right]) ? OTHER_SPOUSE : 0)
  }
  /** Two children of one parent by number: brothers or sisters, unless what these never share says otherwise. */
  const bySiblings = (left: number, right: number): void => {
    const [a, b] = [c.birth[left], c.birth[right]]
    const spouse = spouseOf(left)
    const marriesAlike = spouse !== 0 && spouse === spouseOf(right)
    const isNear = isTooNear(a, b)
    const onDay = (a & 31) !== 0 && (a & 511) === (b & 511) && Math.abs((a >> 9) - (b >> 9)) <= YEARS_MOVED_MAX
    if (!marriesAlike && !isNear && !onDay) return
    if (isNear && isOtherNumber(c.motherId[left], c.motherId[right])) return
    consider(left, right, (pattern) => {
      const name = nameLevelOf(pattern)
      const isNamed = name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant
      // A number of its own says when each was born: no slip of a clerk.
      const isSure =
        c.idNo[left] !== 0 &&
        c.idNo[right] !== 0 &&
        misfitsOwnNumber(lines, left) + misfitsOwnNumber(lines, right) === 0
      return (
        SIBLINGS +
        (isNamed ? SAME_NAME : 0) +
        (marriesAlike ? Math.min(ALIKE_MAX, milliBits(weights.people / weights.namesakes(spouse))) : 0) +
        (isNear && isSure ? TOO_NEAR + ((a & 31) === (b & 31) ? SAME_DAY : 0) : 0) +
        (onDay ? (a === b ? ONE_DATE : DAY_OF_YEARS) : 0)
      )
    })
  }
  /** Born on one day, of one year or of two, and married to people of one name. */
  const bySpouseName = (left: number, right: number) => (pattern: number) => {
    const apart = Math.abs((c.birth[left] >> 9) - (c.birth[right] >> 9))
    if (apart > 2 || isOtherNumber(c.spouseId[left], c.spouseId[right])) return undefined
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.missing) return undefined
    const keepsSurname = name <= NAME_LEVEL.surnameEqual
    const strangers =
      ((apart === 0 ? 1 : 4) * weights.namesakes(spouseOf(left)) * (keepsSurname ? SAME_SURNAME : 1)) / BIRTH_DATES
    const share = RENAMED * (apart === 0 ? SAME_DATE : SAME_MONTH_AND_DAY) * (keepsSurname ? 1 : OTHER_SURNAME)
    const weight = Math.min(BY_NAMES_MAX, milliBits(share / strangers))
    return idLevelOf(pattern) === ID_LEVEL.sameValid ? weight + SAME_NUMBER : weight
  }

  const meeting = new Meeting(table)
  meeting.meet(
    (row) => mixed(c.name[row], motherOf(row), 1),
    (left, right) => {
      const mother = motherOf(left)
      if (mother === motherOf(right)) consider(left, right, byNames(left, right, mother, c.motherId))
    },
  )
  meeting.meet(
    (row) => mixed(c.name[row], spouseOf(row), 2),
    (left, right) => {
      const spouse = spouseOf(left)
      if (spouse === spouseOf(right)) consider(left, right, byNames(left, right, spouse, c.spouseId))
    },
  )
  meeting.meet((row) => c.motherId[row], bySiblings)
  meeting.meet(
    (row) => mixed(c.fatherId[row], motherOf(row), 3),
    (left, right) => {
      if (c.fatherId[left] === c.fatherId[right] && motherOf(left) === motherOf(right)) bySiblings(left, right)
    },
  )
  meeting.meet(
    (row) => ((c.birth[row] & 31) === 0 ? 0 : mixed(c.birth[row] & 511, spouseOf(row), 4)),
    (left, right) => {
      const isMet = (c.birth[left] & 511) === (c.birth[right] & 511) && spouseOf(left) === spouseOf(right)
      if (isMet) consider(left, right, bySpouseName(left, right))
    },
  )
  return found
}

/** Zero where either part is unknown. */
function mixed(a: number, b: number, kind: number): number {
  return a === 0 || b === 0 ? 0 : mixTriple(a, b, kind) | 1
}

/** The same birth but for a slip, within two years, or moved by some years with month and day kept. */
function isMoved(a: number, b: number, level: number): boolean {
  if (level === BIRTH_LEVEL.missing) return false
  if (level <= BIRTH_LEVEL.nearYear) return true
  return (a & 511) === (b & 511) && (a & 31) !== 0 && Math.abs((a >> 9) - (b >> 9)) <= YEARS_MOVED_MAX
}

function isTooNear(a: number, b: number): boolean {
  if ((a & 31) === 0 || (b & 31) === 0) return false
  const apart = Math.abs(daysOf(a) - daysOf(b))
  return apart >= APART_MIN && apart <= APART_MAX
}

/** Days since the year 0, near enough for months between two births. */
function daysOf(birth: number): number {
  return (birth >> 9) * 365.25 + ((birth >> 5) & 15) * 30.44 + (birth & 31)
}

/** Effective police rows in force or moved away that share a key, pair by pair. */
class Meeting {
  private readonly rows: Int32Array
  private readonly keys: Int32Array
  private readonly sorter: RadixSorter
  private readonly eligible: Int32Array

  constructor({ columns, starts }: RecordTable) {
    const { recordFlag, reversalFlag, status } = columns
    const eligible = new Int32Array(starts[POLICE + 1] - starts[POLICE])
    let count = 0
    for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++)
      if (
        recordFlag[row] === 1 &&
        reversalFlag[row] === 0 &&
        (status[row] === STATUS_IN_FORCE || status[row] === STATUS_MOVED)
      )
        eligible[count++] = row
    this.eligible = eligible.subarray(0, count)
    this.rows = new Int32Array(count)
    this.keys = new Int32Array(count)
    this.sorter = new RadixSorter(count)
  }

  meet(keyOf: (row: number) => number, consider: (left: number, right: number) => void): void {
    const { rows, keys, eligible } = this
    let count = 0
    for (const row of eligible) {
      const key = keyOf(row)
      if (key === 0) continue
      rows[count] = row
      keys[count++] = key
    }
    this.sorter.sort(keys, rows, count)
    for (let start = 0, end = 0; start < count; start = end) {
      while (end < count && keys[end] === keys[start]) end++
      if (end - start > SHARED_KEY_MAX) continue
      for (let i = start; i < end; i++) for (let k = i + 1; k < end; k++) consider(rows[i], rows[k])
    }
  }
}
