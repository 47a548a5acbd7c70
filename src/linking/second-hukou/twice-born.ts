/**
 * Second hukou that no number of a relative tells, but the family's names and births do.
 *
 *   name and a parent's or spouse's name the child or spouse of somebody of this name, born within a few years
 *   one parent by number                 two children of a mother are not born a few weeks or months apart, seldom on one
 *                                        day of two years, and seldom marry people of one name; on such a day a name of
 *                                        one sound or shape is rather a slip
 *   birth day and spouse's name          born that day, married to somebody of this name, under another given name
 *   name and birth day                   of this name, born that day of another year
 *   number                               another given name of the same surname under one number
 *   a parent's name and the day          another name that may be his own: renamed.ts
 *   a former name and the day            the name that the other row says was his: renamed.ts
 *
 * Each weighs by how many such families chance makes: where a few names are everybody's, names say little. Against it
 * speak another parent or spouse, and that both are at home where they are registered.
 * In:  pairs of twice-born-pairs.ts, groups after same-family.ts. Out: links of layer `household`,
 * likely and unlikely pairs; absent-hukou.ts asks the census about those, and what stays unlikely is dropped.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, type Kernel, nameLevelOf, PAIR_CLASS, sexLevelOf } from '../../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import type { FamilyIndex } from '../family-index.ts'
import type { Groups } from '../groups.ts'
import type { HouseholdWeights } from '../households/household-weights.ts'
import { misfitsOwnNumber } from '../number-holders.ts'
import { probabilityOf } from '../people.ts'
import { AT_HOME_TWICE, BORN_NEAR, OTHER_SPOUSE } from './same-family.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { Relatives } from './relatives.ts'
import {
  BIRTH_DATES,
  MOVED_FAR,
  onDayOfYear,
  renamingOf,
  SAME_DATE,
  SAME_MONTH_AND_DAY,
  weighFormerName,
  weighRenamed,
} from './renamed.ts'
import type { Surnames } from './surnames.ts'
import { USUAL_SECOND_HUKOU } from './share-of-second-hukou.ts'
import { isOnDay, isOtherNumber, isTooNear } from './twice-born-pairs.ts'

/** Milli-bits that names alone can give. */
const BY_NAMES_MAX = 8000
/** The father's name agrees as well: families of one mother's name have some thirty surnames. */
const SAME_FATHER = milliBits(30)
/** Births farther apart, of second hukou; nearly all of strangers'. */
const BORN_FAR = 0.03
/** One second hukou in seven is under another given name. */
const RENAMED = 0.15
/** Strangers that share a surname too. */
const SAME_SURNAME = 0.05
/** One new name in five is another surname as well. */
const OTHER_SURNAME = 0.2
/** Two people given one number are four times as rare as second hukou, and seldom of one surname. */
const SAME_NUMBER = 7000

/** Of strangers under one number one in twenty is of one surname; half of second hukou under another name keep the number. */
const ONE_NUMBER = milliBits((RENAMED * 0.5 * (1 - OTHER_SURNAME)) / (SAME_SURNAME / 4))
/** Strangers of one name are born that day of one of the six years that count, out of seventy. */
const DAY_OF_SIX_YEARS = 6 / (365 * 70)

/**
 * Two names under one parent's number are brothers or sisters; half of the people have one of their sex. How many second hukou are
 * under a wholly other name is not told by those that were found, which are of one name.
 */
const SIBLING = 0.5
const SIBLINGS = milliBits((USUAL_SECOND_HUKOU * RENAMED) / SIBLING)
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

/** Names and dates alone, or a number alone, never make one person of two: a question at most. */
const UNPROVED_MAX = 3000

/** What the absence of one in the census cannot make likely is not kept. */
const KEPT_FROM = -4000

export interface TwiceBornContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly surnames: Surnames
  readonly thresholds: LinkThresholds
  readonly families: FamilyIndex
  /** How alike names within a family are, and how often a sex is written wrong. */
  readonly inFamily: HouseholdWeights
  /** Share of people with a second hukou (share-of-second-hukou.ts). */
  readonly secondHukou: number
}

export function linkTwiceBorn(context: TwiceBornContext): DecidedPair[] {
  const { table, lines, groups, kernel, weights, surnames, thresholds, families, inFamily, secondHukou } = context
  const c = table.columns
  const relatives = new Relatives(table, families.nameOf)
  const isOther = (a: number, b: number): boolean =>
    a !== 0 && b !== 0 && a !== b && kernel.nameLevel(a, b) >= NAME_LEVEL.givenEqual
  const nameInFamily = inFamily.name[PAIR_CLASS.policePolice]
  const otherSex = inFamily.sex[PAIR_CLASS.policePolice][SEX_LEVEL.different]
  // His own name misspelt: parents seldom give two children names of nearly one sound or shape, except to twins.
  const misspelt = milliBits(secondHukou / SIBLING)
  const found: DecidedPair[] = []
  /** A number tells the sex: where both rows have one, they are of two sexes. Of one name and family it is a slip. */
  const isSexWrong = (left: number, right: number, pattern: number): boolean => {
    const name = nameLevelOf(pattern)
    return name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant && (c.idNo[left] === 0 || c.idNo[right] === 0)
  }

  const consider = (left: number, right: number, weightOf: (pattern: number) => number | undefined): void => {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) return
    const pattern = kernel.compare(left, right)
    const isOneSex = sexLevelOf(pattern) === SEX_LEVEL.equal
    if (!isOneSex && !isSexWrong(left, right, pattern)) return
    const likeness = weightOf(pattern)
    if (likeness === undefined) return
    const isOtherFamily =
      isOther(relatives.spouse(left), relatives.spouse(right)) ||
      isOther(relatives.father(left), relatives.father(right)) ||
      isOther(relatives.mother(left), relatives.mother(right))
    const weight =
      likeness +
      (isOneSex ? 0 : otherSex) -
      (isOtherFamily ? OTHER_SPOUSE : 0) -
      (groups.present[ra] > 0 && groups.present[rb] > 0 ? AT_HOME_TWICE : 0)
    if (weight < KEPT_FROM) return
    const isLink = probabilityOf(weight) >= thresholds.link
    found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
    if (isLink) groups.join(left, right)
  }

  /** The same name, and a relative of one name. */
  const byNames = (left: number, right: number, relative: number, numbers: Uint32Array) => (pattern: number) => {
    const level = birthLevelOf(pattern)
    if (level === BIRTH_LEVEL.missing) return undefined
    const among = weights.people * (numbers === c.fatherId ? surnames.shareOf(c.name[left], relative) : 1)
    const byChance = (weights.namesakes(c.name[left]) * weights.namesakes(relative)) / among
    const father = relatives.father(left)
    const isOneFather = numbers !== c.fatherId && father !== 0 && father === relatives.father(right)
    const more = (isOneFather ? SAME_FATHER : 0) - (isOtherNumber(numbers[left], numbers[right]) ? OTHER_SPOUSE : 0)
    if (isMoved(c.birth[left], c.birth[right], level))
      return Math.min(BY_NAMES_MAX, milliBits(secondHukou / (byChance * BORN_NEAR))) + more
    // A year written wrong by ten and the day with it: never by names alone.
    return Math.min(UNPROVED_MAX, milliBits((secondHukou * BORN_FAR) / byChance) + more)
  }
  /** Two children of one parent by number: brothers or sisters, unless what these never share says otherwise. */
  const bySiblings = (left: number, right: number): void => {
    const [a, b] = [c.birth[left], c.birth[right]]
    const spouse = relatives.spouse(left)
    const marriesAlike = spouse !== 0 && spouse === relatives.spouse(right)
    const isNear = isTooNear(a, b)
    const onDay = isOnDay(a, b)
    consider(left, right, (pattern) => {
      const name = nameLevelOf(pattern)
      // Parents give no two children one given name, whatever the surname.
      const isNamed =
        name !== NAME_LEVEL.missing &&
        (name <= NAME_LEVEL.variant ||
          renamingOf(table.names.text(c.name[left]), table.names.text(c.name[right]), name) === 'surname')
      // A number of its own says when each was born: no slip of a clerk.
      const isSure =
        c.idNo[left] !== 0 &&
        c.idNo[right] !== 0 &&
        misfitsOwnNumber(lines, left) + misfitsOwnNumber(lines, right) === 0
      // 悦 and 越 of one day of two years; of one day they may be twins.
      const isMisspelt = !isNamed && onDay && a !== b && name !== NAME_LEVEL.missing && name <= NAME_LEVEL.swapped
      return (
        (isMisspelt ? Math.max(SIBLINGS, misspelt + Math.min(SAME_NAME, nameInFamily[name])) : SIBLINGS) +
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
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.missing) return undefined
    const keepsSurname = name <= NAME_LEVEL.surnameEqual
    const [days, moved] = onDayOfYear(apart)
    const strangers =
      (days * weights.namesakes(relatives.spouse(left)) * (keepsSurname ? SAME_SURNAME : 1)) / BIRTH_DATES
    const share = secondHukou * RENAMED * moved * (keepsSurname ? 1 : OTHER_SURNAME)
    const weight = Math.min(BY_NAMES_MAX, milliBits(share / strangers))
    return idLevelOf(pattern) === ID_LEVEL.sameValid ? weight + SAME_NUMBER : weight
  }

  /** Born on one day of the year to a parent of one name, under a name that may be his own. */
  const byRenaming = (left: number, right: number, parent: number): void => {
    const renaming = renamingOf(
      table.names.text(c.name[left]),
      table.names.text(c.name[right]),
      kernel.nameLevel(c.name[left], c.name[right]),
    )
    if (renaming === undefined) return
    const isSure =
      areOne(relatives.mother(left), relatives.mother(right)) && areOne(relatives.father(left), relatives.father(right))
    const yearsApart = Math.abs((c.birth[left] >> 9) - (c.birth[right] >> 9))
    consider(left, right, () =>
      Math.min(BY_NAMES_MAX, weighRenamed(secondHukou, renaming, yearsApart, weights.namesakes(parent), isSure)),
    )
  }

  /** Who of strangers has a mother, a father of these names too: as few as there are bearers. */
  const familyShare = (left: number, right: number): number => {
    let share = 1
    for (const [a, b] of [
      [relatives.mother(left), relatives.mother(right)],
      [relatives.father(left), relatives.father(right)],
      [relatives.spouse(left), relatives.spouse(right)],
    ])
      if (areOne(a, b)) share *= Math.min(1, weights.namesakes(a) / weights.people)
    return share
  }
  /** What one row says was his name, born that day: by this alone to be told by the census, beside a relative of one name enough. */
  const byFormerName = (left: number, right: number) => () => {
    const yearsApart = Math.abs((c.birth[left] >> 9) - (c.birth[right] >> 9))
    const family = familyShare(left, right)
    const weight = weighFormerName(secondHukou, yearsApart, weights.namesakesBeside(c.formerName[left]), family)
    return Math.min(family < 1 ? BY_NAMES_MAX : UNPROVED_MAX, weight)
  }

  /** A name that is nobody else's, born that day of another year: to be told by the census, never by this alone. */
  const byNameDay = (left: number) => () =>
    Math.min(
      UNPROVED_MAX,
      milliBits((secondHukou * MOVED_FAR) / (weights.namesakesBeside(c.name[left]) * DAY_OF_SIX_YEARS)),
    )
  /** Another given name under the same number: given twice, or his. The census tells this too. */
  const byNumber = (pattern: number): number | undefined => {
    const name = nameLevelOf(pattern)
    const keepsSurname = name > NAME_LEVEL.variant && name <= NAME_LEVEL.surnameEqual && name !== NAME_LEVEL.givenEqual
    return keepsSurname && birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual
      ? Math.min(UNPROVED_MAX, ONE_NUMBER)
      : undefined
  }

  const { byMother, byFather, bySpouse, siblingsOfFather, byBirthday, ...unproved } = families.twiceBorn
  const { byMotherDay, byFatherDay } = unproved
  eachPair(byMother, (left, right) => consider(left, right, byNames(left, right, relatives.mother(left), c.motherId)))
  eachPair(byFather, (left, right) => consider(left, right, byNames(left, right, relatives.father(left), c.fatherId)))
  eachPair(bySpouse, (left, right) => consider(left, right, byNames(left, right, relatives.spouse(left), c.spouseId)))
  eachPair(families.twiceBorn.siblings, bySiblings)
  eachPair(siblingsOfFather, bySiblings)
  eachPair(byMotherDay, (left, right) => byRenaming(left, right, relatives.mother(left)))
  eachPair(byFatherDay, (left, right) => byRenaming(left, right, relatives.father(left)))
  eachPair(byBirthday, (left, right) => consider(left, right, bySpouseName(left, right)))
  eachPair(unproved.byNameDay, (left, right) => consider(left, right, byNameDay(left)))
  eachPair(unproved.byFormerName, (left, right) => consider(left, right, byFormerName(left, right)))
  eachPair(unproved.byNumber, (left, right) => consider(left, right, byNumber))
  return found
}

/** One name, and known. */
function areOne(a: number, b: number): boolean {
  return a !== 0 && a === b
}

function eachPair(pairs: Int32Array, visit: (left: number, right: number) => void): void {
  for (let k = 0; k < pairs.length; k += 2) visit(pairs[k], pairs[k + 1])
}

/** The same birth but for a slip, within two years, or moved by some years with month and day kept. */
function isMoved(a: number, b: number, level: number): boolean {
  if (level === BIRTH_LEVEL.missing) return false
  if (level <= BIRTH_LEVEL.nearYear) return true
  return isOnDay(a, b)
}
