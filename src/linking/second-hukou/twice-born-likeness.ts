/**
 * How likely two police rows are one person twice registered, by what their family says: twice-born.ts asks, in its order.
 *
 * In:  two rows that share what their kind of pair shares (twice-born-pairs.ts), and their pattern. Out: milli-bits for
 * one person against what else brings such rows together: strangers, brothers and sisters, twins, one number given twice.
 * Another relative, another sex and being at home in both places weigh against every kind alike: left to twice-born.ts.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, type Kernel, nameLevelOf, PAIR_CLASS } from '../../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import type { HouseholdWeights } from '../households/household-weights.ts'
import { misfitsOwnNumber } from '../number-holders.ts'
import type { Relatives } from './relatives.ts'
import {
  BIRTH_DATES,
  MOVED_FAR,
  onDayOfYear,
  type Renaming,
  renamingOf,
  SAME_DATE,
  SAME_MONTH_AND_DAY,
  weighFormerName,
  weighRenamed,
} from './renamed.ts'
import { BORN_NEAR, OTHER_SPOUSE } from './same-family.ts'
import { USUAL_SECOND_HUKOU } from './share-of-second-hukou.ts'
import type { Surnames } from './surnames.ts'
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
/** Strangers of one name are born within two years of each other, out of seventy. */
const NEAR_OF_YEARS = 5 / 70
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
export const UNPROVED_MAX = 3000

/** What the likeness of two rows is told by. */
export interface LikenessContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly surnames: Surnames
  /** How alike names within a family are, and how often a sex is written wrong. */
  readonly inFamily: HouseholdWeights
  /** Share of people with a second hukou (share-of-second-hukou.ts). */
  readonly secondHukou: number
}

/** Milli-bits of two rows of a pattern being one person; undefined where they do not say what their kind needs. */
export type LikenessOf = (left: number, right: number, pattern: number) => number | undefined

/** The relative whose name both rows give. */
interface NamedRelative {
  readonly name: number
  /** The column of that relative's number. */
  readonly numbers: Uint32Array
  /** People among whom a bearer of the own name and one of the relative's are a family by chance. */
  readonly among: number
  /** Milli-bits that the other parent adds. */
  readonly more: number
}

/** A method for each kind of pair; rows, pattern and what it returns as in LikenessOf. */
export class TwiceBornLikeness {
  private readonly context: LikenessContext
  private readonly columns: RecordTable['columns']
  private readonly relatives: Relatives
  /** His own name misspelt: parents seldom give two children names of nearly one sound or shape, except to twins. */
  private readonly misspelt: number

  constructor(context: LikenessContext, relatives: Relatives) {
    this.context = context
    this.columns = context.table.columns
    this.relatives = relatives
    this.misspelt = milliBits(context.secondHukou / SIBLING)
  }

  /** The same name, and a mother of one name. */
  byMother(left: number, right: number, pattern: number): number | undefined {
    const [name, numbers] = [this.relatives.mother(left), this.columns.motherId]
    const among = this.context.weights.people
    return this.byNames(left, right, pattern, { name, numbers, among, more: this.sameFather(left, right) })
  }

  /** The same name, and a father of one name, who gives his surname to strangers of that name too. */
  byFather(left: number, right: number, pattern: number): number | undefined {
    const [name, numbers] = [this.relatives.father(left), this.columns.fatherId]
    const among = this.context.weights.people * this.context.surnames.shareOf(this.columns.name[left], name)
    return this.byNames(left, right, pattern, { name, numbers, among, more: 0 })
  }

  /** The same name, and a spouse of one name. */
  bySpouse(left: number, right: number, pattern: number): number | undefined {
    const [name, numbers] = [this.relatives.spouse(left), this.columns.spouseId]
    const among = this.context.weights.people
    return this.byNames(left, right, pattern, { name, numbers, among, more: this.sameFather(left, right) })
  }

  private byNames(left: number, right: number, pattern: number, relative: NamedRelative): number | undefined {
    const { weights, secondHukou } = this.context
    const c = this.columns
    const level = birthLevelOf(pattern)
    if (level === BIRTH_LEVEL.missing) return undefined
    const byChance = (weights.namesakes(c.name[left]) * weights.namesakes(relative.name)) / relative.among
    const isOther = isOtherNumber(relative.numbers[left], relative.numbers[right])
    const more = relative.more - (isOther ? OTHER_SPOUSE : 0)
    if (isMoved(c.birth[left], c.birth[right], level))
      return Math.min(BY_NAMES_MAX, milliBits(secondHukou / (byChance * BORN_NEAR))) + more
    // A year written wrong by ten and the day with it: never by names alone.
    return Math.min(UNPROVED_MAX, milliBits((secondHukou * BORN_FAR) / byChance) + more)
  }

  private sameFather(left: number, right: number): number {
    return areOne(this.relatives.father(left), this.relatives.father(right)) ? SAME_FATHER : 0
  }

  /** Two children of one parent by number: brothers or sisters, unless what these never share says otherwise. */
  bySiblings(left: number, right: number, pattern: number): number {
    const { columns: c, relatives, misspelt } = this
    const { weights, inFamily } = this.context
    const [a, b] = [c.birth[left], c.birth[right]]
    const name = nameLevelOf(pattern)
    const onDay = isOnDay(a, b)
    const isNamed = this.haveOneGivenName(left, right, name)
    // 悦 and 越 of one day of two years; of one day they may be twins.
    const isMisspelt = !isNamed && onDay && a !== b && name !== NAME_LEVEL.missing && name <= NAME_LEVEL.swapped
    const spouse = relatives.spouse(left)
    const marriesAlike = areOne(spouse, relatives.spouse(right))
    const alikeInFamily = inFamily.name[PAIR_CLASS.policePolice][name]
    return (
      (isMisspelt ? Math.max(SIBLINGS, misspelt + Math.min(SAME_NAME, alikeInFamily)) : SIBLINGS) +
      (isNamed ? SAME_NAME : 0) +
      (marriesAlike ? Math.min(ALIKE_MAX, milliBits(weights.people / weights.namesakes(spouse))) : 0) +
      (isTooNear(a, b) && this.areBirthsSure(left, right) ? TOO_NEAR + ((a & 31) === (b & 31) ? SAME_DAY : 0) : 0) +
      (onDay ? (a === b ? ONE_DATE : DAY_OF_YEARS) : 0)
    )
  }

  /** Parents give no two children one given name, whatever the surname. */
  private haveOneGivenName(left: number, right: number, level: number): boolean {
    if (level === NAME_LEVEL.missing) return false
    return level <= NAME_LEVEL.variant || this.renamingOf(left, right, level) === 'surname'
  }

  /** A number of its own says when each was born: no slip of a clerk. */
  private areBirthsSure(left: number, right: number): boolean {
    const { idNo } = this.columns
    const { lines } = this.context
    return idNo[left] !== 0 && idNo[right] !== 0 && misfitsOwnNumber(lines, left) + misfitsOwnNumber(lines, right) === 0
  }

  private renamingOf(left: number, right: number, level: number): Renaming | undefined {
    const { names } = this.context.table
    return renamingOf(names.text(this.columns.name[left]), names.text(this.columns.name[right]), level)
  }

  private yearsApart(left: number, right: number): number {
    return Math.abs((this.columns.birth[left] >> 9) - (this.columns.birth[right] >> 9))
  }

  /** Born on one day of the year to a mother of one name, under a name that may be his own. */
  byMotherDay(left: number, right: number): number | undefined {
    return this.byRenaming(left, right, this.relatives.mother(left))
  }

  /** Born on one day of the year to a father of one name, under a name that may be his own. */
  byFatherDay(left: number, right: number): number | undefined {
    return this.byRenaming(left, right, this.relatives.father(left))
  }

  private byRenaming(left: number, right: number, parent: number): number | undefined {
    const { columns: c, relatives } = this
    const { kernel, weights, secondHukou } = this.context
    const renaming = this.renamingOf(left, right, kernel.nameLevel(c.name[left], c.name[right]))
    if (renaming === undefined) return undefined
    const isSure =
      areOne(relatives.mother(left), relatives.mother(right)) && areOne(relatives.father(left), relatives.father(right))
    const apart = this.yearsApart(left, right)
    return Math.min(BY_NAMES_MAX, weighRenamed(secondHukou, renaming, apart, weights.namesakes(parent), isSure))
  }

  /** Born on one day, of one year or of two, and married to people of one name. */
  byBirthday(left: number, right: number, pattern: number): number | undefined {
    const { weights, secondHukou } = this.context
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.missing) return undefined
    const keepsSurname = name <= NAME_LEVEL.surnameEqual
    const [days, moved] = onDayOfYear(this.yearsApart(left, right))
    const couples = days * weights.namesakes(this.relatives.spouse(left))
    const strangers = (couples * (keepsSurname ? SAME_SURNAME : 1)) / BIRTH_DATES
    const share = secondHukou * RENAMED * moved * (keepsSurname ? 1 : OTHER_SURNAME)
    const weight = Math.min(BY_NAMES_MAX, milliBits(share / strangers))
    return idLevelOf(pattern) === ID_LEVEL.sameValid ? weight + SAME_NUMBER : weight
  }

  /** A name that is nobody else's, born that day of another year: to be told by the census, never by this alone. */
  byNameDay(left: number): number {
    const { weights, secondHukou } = this.context
    const strangers = weights.namesakesBeside(this.columns.name[left]) * DAY_OF_SIX_YEARS
    return Math.min(UNPROVED_MAX, milliBits((secondHukou * MOVED_FAR) / strangers))
  }

  /** A name that is nobody else's, born within two years, alone in the book: to be told by book and census, never by this alone. */
  byNameAlone(left: number): number {
    const { weights, secondHukou } = this.context
    const strangers = weights.namesakesBeside(this.columns.name[left]) * NEAR_OF_YEARS
    return Math.min(UNPROVED_MAX, milliBits((secondHukou * BORN_FAR) / strangers))
  }

  /** What one row says was his name, born that day: by this alone to be told by the census, beside a relative of one name enough. */
  byFormerName(left: number, right: number): number {
    const { weights, secondHukou } = this.context
    const namesakes = weights.namesakesBeside(this.columns.formerName[left])
    const family = this.familyShare(left, right)
    const weight = weighFormerName(secondHukou, this.yearsApart(left, right), namesakes, family)
    return Math.min(family < 1 ? BY_NAMES_MAX : UNPROVED_MAX, weight)
  }

  /** Who of strangers has a mother, a father, a spouse of these names too: as few as there are bearers. */
  private familyShare(left: number, right: number): number {
    const { relatives } = this
    const { weights } = this.context
    let share = 1
    for (const [a, b] of [
      [relatives.mother(left), relatives.mother(right)],
      [relatives.father(left), relatives.father(right)],
      [relatives.spouse(left), relatives.spouse(right)],
    ])
      if (areOne(a, b)) share *= Math.min(1, weights.namesakes(a) / weights.people)
    return share
  }

  /** Another given name under the same number: given twice, or his. The census tells this too. */
  byNumber(pattern: number): number | undefined {
    const name = nameLevelOf(pattern)
    const keepsSurname = name > NAME_LEVEL.variant && name <= NAME_LEVEL.surnameEqual && name !== NAME_LEVEL.givenEqual
    return keepsSurname && birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual
      ? Math.min(UNPROVED_MAX, ONE_NUMBER)
      : undefined
  }
}

/** One name, and known. */
function areOne(a: number, b: number): boolean {
  return a !== 0 && a === b
}

/** The same birth but for a slip, within two years, or moved by some years with month and day kept. */
function isMoved(a: number, b: number, level: number): boolean {
  return level <= BIRTH_LEVEL.nearYear || isOnDay(a, b)
}
