/**
 * What stands against two groups being one person: reasons why they cannot be, and places that are taken already.
 *
 * In:  the roots of two groups, the pattern and weight of a pair between them. Out: a reason to ask instead of linking, or
 * the weight of somebody being written down twice.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  birthLevelOf,
  idLevelOf,
  KIN_LEVEL,
  kinLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  pairClassOf,
  sexLevelOf,
} from '../matching/kernel.ts'
import type { Groups } from './groups.ts'
import type { Reason } from './pair-decisions.ts'

/** Weight of "this person already has such a row": about one person in a hundred is counted twice. */
export const SECOND_ROW_WEIGHT = -6000
/** Who is listed twice has a name, or a surname at least; a row without one is sooner a child's whom the register has not yet. */
export const NAMELESS_SECOND_WEIGHT = -4000
/** Weight of "the clerk listed one person twice in one household". */
export const SAME_HOUSEHOLD_WEIGHT = -8000

/** Under another name a number that is nearly the same needs as much besides; milli-bits. */
const NEAR_NUMBER_WEIGHT_MIN = 12_000
/** Least weight of a misread name beside one birth date: sixty times likelier than strangers. */
const AGAIN_WEIGHT_MIN = 6000

/** Why two groups cannot be one person; '' if they can. */
export function conflictOf(groups: Groups, ra: number, rb: number, pattern: number, weight: number): Reason | '' {
  if (groups.isForbidden(ra, rb)) return 'decided'
  const id = idLevelOf(pattern)
  const sameInAll = mayHaveTwoNumbers(pattern) || (isEnteredAnew(pattern) && groups.areInOneBook(ra, rb))
  // A person of the police system may have had two numbers: the pair's own agreement proves that it is one of them.
  if (groups.haveTwoNumbers(ra, rb) && id !== ID_LEVEL.sameValid && !sameInAll) return 'two-numbers'
  if (groups.births[ra] > 0 && groups.births[rb] > 0) return 'two-numbers'
  if (groups.deaths[ra] > 0 && groups.deaths[rb] > 0 && id !== ID_LEVEL.sameValid) return 'two-numbers'
  if (groups.police[ra] > 0 && groups.police[rb] > 0 && !sameInAll) {
    const provedByNumber = id === ID_LEVEL.sameValid || id === ID_LEVEL.sameUnproved
    // One name besides: no twin, whatever its household and address say.
    const name = nameLevelOf(pattern)
    const isOneName = name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant
    const nearlySame =
      id >= ID_LEVEL.oneDigit &&
      id <= ID_LEVEL.areaDiffers &&
      birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual &&
      (isOneName || weight > NEAR_NUMBER_WEIGHT_MIN)
    const isAgain = isMisreadAgain(pattern) && weight > AGAIN_WEIGHT_MIN && !groups.shareHousehold(ra, rb)
    if (!provedByNumber && !nearlySame && !isAgain) return 'two-hukou'
  }
  return ''
}

/**
 * Whether two rows are two people by the numbers of their groups, told without comparing them: such a pair is neither linked nor a rival
 * of a link. Not for two police rows, whose person may have two numbers.
 */
export function areTwoByNumber(groups: Groups, idNo: Uint32Array, left: number, right: number): boolean {
  return idNo[left] !== idNo[right] && groups.haveTwoNumbers(groups.root(left), groups.root(right))
}

/**
 * One person with two hukou and two numbers (multiple-id): name, sex and family or address agree, and the birth date is the
 * same or shifted, for school or a pension by a year or two. Never by name and date alone.
 */
export function mayHaveTwoNumbers(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  const kin = kinLevelOf(pattern)
  const sameFamily = kin === KIN_LEVEL.agree || kin === KIN_LEVEL.partly
  return (
    // Not homophones: twins are named 浩阳 and 浩洋. Who was born the same day of another year is no twin.
    name <= (birth === BIRTH_LEVEL.yearBeside ? NAME_LEVEL.fuzzySound : NAME_LEVEL.variant) &&
    name !== NAME_LEVEL.missing &&
    birth !== BIRTH_LEVEL.missing &&
    birth < BIRTH_LEVEL.yearEqual &&
    sexLevelOf(pattern) === SEX_LEVEL.equal &&
    (sameFamily ||
      (addressLevelOf(pattern) === ADDRESS_LEVEL.equal && pairClassOf(pattern) === PAIR_CLASS.policePolice))
  )
}

/**
 * Two police rows, in one family's book, of somebody who was given another number with another birth, the old row left in it: one name, and
 * births of one year. No mother bears twice in a year but twins, who share the day and never the name; brothers of one name, a year
 * apart, do happen.
 */
export function isEnteredAnew(pattern: number): boolean {
  const kin = kinLevelOf(pattern)
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice &&
    (kin === KIN_LEVEL.agree || kin === KIN_LEVEL.partly || kin === KIN_LEVEL.missing) &&
    areAlike(pattern, NAME_LEVEL.variant, BIRTH_LEVEL.yearEqual)
  )
}

/**
 * A second hukou without a number, its name misread or typed as 何 → he: born on one day, of one sound, shape or all but one
 * character. Twins are of one household, which the caller asks about.
 */
export function isMisreadAgain(pattern: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice &&
    idLevelOf(pattern) === ID_LEVEL.missing &&
    areAlike(pattern, NAME_LEVEL.dropped, BIRTH_LEVEL.dateEqual)
  )
}

/** One sex, and name and birth known and no further apart than these levels. */
export function areAlike(pattern: number, nameMost: number, birthMost: number): boolean {
  const name = nameLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  return (
    name !== NAME_LEVEL.missing &&
    name <= nameMost &&
    birth !== BIRTH_LEVEL.missing &&
    birth <= birthMost &&
    sexLevelOf(pattern) === SEX_LEVEL.equal
  )
}

/**
 * One name, sex and birth (but for a month or a digit): in one household that is one person written down again. Families
 * give no name twice; twins differ at least in a character, for which a homophone is too near.
 */
export function isWrittenAgain(pattern: number): boolean {
  return areAlike(pattern, NAME_LEVEL.variant, BIRTH_LEVEL.yearBeside)
}

/**
 * Weight that a taken place costs: present beside present, away beside away, form beside form; and more if somebody
 * would then stand twice in one household, unless the pair's `pattern` tells of one who does.
 */
export function secondRowWeight(groups: Groups, ra: number, rb: number, pattern = 0): number {
  let weight = 0
  if (groups.present[ra] > 0 && groups.present[rb] > 0) weight += SECOND_ROW_WEIGHT
  if (groups.away[ra] > 0 && groups.away[rb] > 0) weight += SECOND_ROW_WEIGHT
  if (groups.deathForms[ra] > 0 && groups.deathForms[rb] > 0) weight += SECOND_ROW_WEIGHT
  return weight !== 0 && !isWrittenAgain(pattern) && groups.shareHousehold(ra, rb)
    ? weight + SAME_HOUSEHOLD_WEIGHT
    : weight
}
