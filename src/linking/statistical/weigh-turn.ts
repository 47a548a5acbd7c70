/**
 * What a pair weighs when its turn comes: what its pattern says, and what the groups say as they are now.
 *
 * In:  a pair with the groups of its rows. Out: milli-bits, rivals apart (see rivals.ts). A place that is already taken (a person has
 * one present and one away row, duplicates apart) costs the weight of a duplicate; two rows of one household are two people
 * as a rule; a second hukou has its doubts (second-hukou/doubt.ts), and other rows of a person speak too (other-rows.ts).
 */
import { BIRTH_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, KIN_LEVEL, kinLevelOf, nameLevelOf, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isUntiedVersion } from '../../records/versions-in-force.ts'
import {
  isEnteredAnew,
  isWrittenAgain,
  NAMELESS_SECOND_WEIGHT,
  SAME_HOUSEHOLD_WEIGHT,
  SECOND_ROW_WEIGHT,
  secondRowWeight,
} from '../conflicts.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import type { Reason } from '../pair-decisions.ts'
import type { AloneInBook } from '../second-hukou/alone-in-book.ts'
import { type DoubtContext, doubtOfSecondHukou } from '../second-hukou/doubt.ts'
import type { AwayAnswers } from './away-answers.ts'
import { otherRowsWeight } from './other-rows.ts'
import type { PresentTwice } from './present-twice.ts'
import type { RelativesAtHome } from './relatives-at-home.ts'

const WRITTEN_TWICE_WEIGHT = -2000
/** Of old versions nine in ten stand in the household of the new one, and one in four of those of another member of it. */
const VERSION_WEIGHT = milliBits(0.9 / 0.25)
/** The new version may have moved out of the county. */
const HAS_NEW_VERSION = 0.9
/** What other rows say is asked from this weight on. */
const OTHER_ROWS_MIN = -12_000

export interface TurnContext extends DoubtContext {
  readonly table: RecordTable
  readonly pairs: OrderedPairs
  readonly lines: Int32Array
  readonly presentTwice: PresentTwice
  readonly answers: AwayAnswers
  readonly relatives: RelativesAtHome
  readonly books: Pick<AloneInBook, 'weightOf' | 'standsOf'>
  /** Household number of each row. */
  readonly household: Uint32Array
}

/** Two rows, the roots of their groups, and how the rows agree. */
export interface GroupedPair {
  readonly a: number
  readonly b: number
  readonly ra: number
  readonly rb: number
  readonly pattern: number
}

/** Milli-bits of a pair as the groups are now, and of what parts beside its pattern they are made. */
export interface TurnWeight {
  readonly weight: number
  /** For a place that is taken. */
  readonly taken: number
  readonly sameHousehold: number
  /** Of two hukou: what speaks against them, and how they stand in their household books. */
  readonly doubt: number
  readonly books: number
  /** What other rows of the person say. */
  readonly others: number
  /** That an old version has a new one. */
  readonly version: number
}

/** @param raw milli-bits of the pattern alone */
export function weighTurn(context: TurnContext, pair: GroupedPair, raw: number, conflict: Reason | ''): TurnWeight {
  const { household } = context
  const { a, b, ra, pattern } = pair
  // Two hukou bring two away rows with them: that is no reason against the pair.
  const twoHukou = pairClassOf(pattern) === PAIR_CLASS.policePolice
  const second = conflict === '' && !twoHukou ? takenWeight(context, pair) : 0
  const taken = second !== 0 ? second - spentExpectation(context, pair) : 0
  const isOneHousehold = household[a] !== 0 && household[a] === household[b] && second === 0
  const sameHousehold = isOneHousehold ? householdWeight(context, pair) : 0
  const doubt = twoHukou ? doubtOfSecondHukou(context, a, b, pattern) : 0
  const books = twoHukou ? context.books.weightOf(context.groups, a, b) : 0
  const others = conflict === '' && raw > OTHER_ROWS_MIN ? otherRowsWeight(context, a, b, pattern, ra) : 0
  const version = versionPrior(context, pair)
  const weight = raw + taken + sameHousehold + doubt + books + others + version
  return { weight, taken, sameHousehold, doubt, books, others, version }
}

/** As secondRowWeight; two present rows themselves weigh as such pairs of the county do. */
export function takenWeight(
  { groups, presentTwice, weights }: Pick<TurnContext, 'groups' | 'presentTwice' | 'weights'>,
  { a, b, ra, rb, pattern }: GroupedPair,
): number {
  const second = secondRowWeight(groups, ra, rb, pattern)
  const taken = second !== 0 && weights.isNameless(a, b, pattern) ? second + NAMELESS_SECOND_WEIGHT : second
  const twice = presentTwice.weightOf(a, b, pattern)
  return twice === undefined ? taken : taken - SECOND_ROW_WEIGHT + twice
}

/**
 * Who has found the row that he must have needs no other. A census row whose person of the register has another row
 * already has not found it: it looks for its police row still.
 */
function spentExpectation({ groups, weights }: TurnContext, { a, b, rb, pattern }: GroupedPair): number {
  const pairClass = pairClassOf(pattern)
  return pairClass === PAIR_CLASS.policeCensus && groups.police[rb] === 0 ? 0 : weights.expectation(a, b, pairClass)
}

/**
 * Two rows in one household are two people, unless the number itself says otherwise. An old version that has lost its
 * person number is the exception: it stands in the book of the row that took its place.
 */
function householdWeight(context: TurnContext, pair: GroupedPair): number {
  if (isOldVersion(context, pair)) return VERSION_WEIGHT
  if (isMovedInBook(pair.pattern)) return 0
  return isWrittenTwice(pair.pattern) ? WRITTEN_TWICE_WEIGHT : SAME_HOUSEHOLD_WEIGHT
}

/**
 * An old version has a new one, as a rule, among the rows of the register: what that adds to the prior of two hukou, which
 * few people have. Its other candidates gain as much.
 */
function versionPrior(context: TurnContext, pair: GroupedPair): number {
  if (!isOldVersion(context, pair)) return 0
  const { weights } = context
  return Math.max(0, milliBits(HAS_NEW_VERSION / weights.people) - weights.prior(pair.a, pair.b, pair.pattern))
}

/** Whether one of two police rows is an old version that no person number ties to its new one. */
function isOldVersion({ columns }: TurnContext, { a, b, pattern }: GroupedPair): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice && (isUntiedVersion(columns, a) || isUntiedVersion(columns, b))
  )
}

/**
 * One name and one family in one household book: brothers and sisters are never named the same. On two rows of one
 * household of the census, which names no parents: one name and birth.
 */
function isWrittenTwice(pattern: number): boolean {
  if (pairClassOf(pattern) === PAIR_CLASS.censusCensus) return isWrittenAgain(pattern)
  if (pairClassOf(pattern) !== PAIR_CLASS.policePolice) return false
  const kin = kinLevelOf(pattern)
  const name = nameLevelOf(pattern)
  // Who was born the same day of another year is no twin: then one sound is enough.
  const most = birthLevelOf(pattern) === BIRTH_LEVEL.yearBeside ? NAME_LEVEL.fuzzySound : NAME_LEVEL.variant
  return (kin === KIN_LEVEL.agree || kin === KIN_LEVEL.partly) && name !== NAME_LEVEL.missing && name <= most
}

/**
 * Where no row names a parent or spouse: one name in one household book, and a birth moved by a year, or within one. Brothers are
 * not named the same and twins not born so: nothing speaks for two, as nothing does for one.
 */
function isMovedInBook(pattern: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice &&
    kinLevelOf(pattern) === KIN_LEVEL.missing &&
    (isWrittenAgain(pattern) || isEnteredAnew(pattern)) &&
    birthLevelOf(pattern) !== BIRTH_LEVEL.dateEqual
  )
}
