/**
 * From weighed pairs to groups: heaviest pair first, never against a conflict, never by guessing between rivals.
 *
 * In:  pairs in the order of their weight; groups made by the exact layer.
 * Out: links, pairs for review with a reason, groups joined.
 *
 * A pair's chance is judged against its rivals: with candidates B and C for one record A, where B and C cannot be one
 * person, P(B) = 2^w(B) ÷ (1 + 2^w(B) + 2^w(C)). A place that is already taken (a person has one present and one away
 * row, duplicates apart) costs the weight of a duplicate.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import {
  birthLevelOf,
  idLevelOf,
  KIN_LEVEL,
  kinLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  pairClassOf,
  sexLevelOf,
} from '../../matching/kernel.ts'
import { LINE_WORDS, registerOf, WORD } from '../../matching/packed-records.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import {
  conflictOf,
  isWrittenAgain,
  mayHaveTwoNumbers,
  NAMELESS_SECOND_WEIGHT,
  SAME_HOUSEHOLD_WEIGHT,
  SECOND_ROW_WEIGHT,
  secondRowWeight,
} from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { type OrderedPairs, type PairsOfRows, pairsOfRows } from '../ordered-pairs.ts'
import { LINK, type LinkThresholds, type PairDecisions, type Reason, REASONS, REVIEW } from '../pair-decisions.ts'
import { probabilityOf, weightOfProbability } from '../people.ts'
import type { AwayAnswers } from './away-answers.ts'
import { otherRowsWeight } from './other-rows.ts'
import type { RelativesAtHome } from './relatives-at-home.ts'
import type { PresentTwice } from './present-twice.ts'
import type { SecondOfTwins } from '../second-of-twins.ts'
import type { TwinOdds } from '../unseen-twins.ts'
import type { AloneInBook } from '../second-hukou/alone-in-book.ts'
import { type DoubtContext, doubtOfSecondHukou } from '../second-hukou/doubt.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isUntiedVersion } from '../../records/versions-in-force.ts'

const WRITTEN_TWICE_WEIGHT = -2000
/** Of old versions nine in ten stand in the household of the new one, and one in four of those of another member of it. */
const VERSION_WEIGHT = milliBits(0.9 / 0.25)
/** The new version may have moved out of the county. */
const HAS_NEW_VERSION = 0.9
/** A second hukou without parents or address to prove it is worth a question from this weight on. */
const SECOND_HUKOU_WEIGHT_MIN = -2000
/** Pairs lighter than this are not even rivals. */
const RIVAL_WEIGHT_MIN = -4000
/** What other rows say is asked from this weight on. */
const OTHER_ROWS_MIN = -12_000
/** Two candidates of one row may be one person from this weight on; within one register, across two. */
const ONE_PERSON_MIN = 3000
const ONE_PERSON_MIN_ACROSS = -6000

export interface StatisticalContext extends DoubtContext {
  readonly table: RecordTable
  readonly pairs: OrderedPairs
  readonly pairsOf: PairsOfRows
  readonly lines: Int32Array
  readonly thresholds: LinkThresholds
  readonly presentTwice: PresentTwice
  readonly unseenTwins: TwinOdds
  readonly secondOfTwins: SecondOfTwins
  readonly answers: AwayAnswers
  readonly relatives: RelativesAtHome
  readonly books: Pick<AloneInBook, 'weightOf'>
  /** Household number of each row. */
  readonly household: Uint32Array
}

/** As secondRowWeight; two present rows themselves weigh as such pairs of the county do. */
function takenWeight(
  context: StatisticalContext,
  a: number,
  b: number,
  pattern: number,
  ra: number,
  rb: number,
): number {
  const { groups, presentTwice, weights } = context
  const second = secondRowWeight(groups, ra, rb, pattern)
  const taken = second !== 0 && weights.isNameless(a, b, pattern) ? second + NAMELESS_SECOND_WEIGHT : second
  const twice = presentTwice.weightOf(a, b, pattern)
  return twice === undefined ? taken : taken - SECOND_ROW_WEIGHT + twice
}

/**
 * Who has found the row that he must have needs no other. A census row whose person of the register has another row
 * already has not found it: it looks for its police row still.
 */
function spentExpectation(
  { groups, weights }: StatisticalContext,
  a: number,
  b: number,
  pattern: number,
  rb: number,
): number {
  const pairClass = pairClassOf(pattern)
  return pairClass === PAIR_CLASS.policeCensus && groups.police[rb] === 0 ? 0 : weights.expectation(a, b, pairClass)
}

export function linkStatistically(context: StatisticalContext, decisions: PairDecisions): void {
  const { groups, pairs, thresholds, unseenTwins } = context
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] !== 0) continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra === rb) {
      if (pairs.weight[i] > 0) decisions.decision[i] = LINK
      continue
    }
    const pattern = pairs.pattern[i]
    const raw = pairs.weight[i]
    const conflict = conflictOf(groups, ra, rb, pattern, raw)
    const { weight, taken, sameHousehold } = weighTurn(context, i, ra, rb, conflict)
    const twoHukou = pairClassOf(pattern) === PAIR_CLASS.policePolice
    decisions.weight[i] = weight
    const alone = oddsToProbability(weight, 0)
    if (conflict !== '' && isSecondHukou(pattern, raw)) {
      review(decisions, i, 'two-hukou')
      continue
    }
    if (alone < thresholds.review) continue
    if (conflict !== '') {
      // Two valid numbers are two people: asked only where everything else says one person.
      if (conflict !== 'decided' && alone >= 0.999 && isWorthAsking(pattern, conflict)) review(decisions, i, conflict)
      continue
    }
    if (isOtherTwin(pattern) || context.secondOfTwins.isOther(a, b, pattern)) {
      review(decisions, i, 'twin-suspect')
      continue
    }
    if (twoHukou && sameHousehold !== 0 && isEachWrittenDown(groups, ra, rb, pattern)) {
      // Two in the book and two at home, each with a number: twins of one name, however rare.
      review(decisions, i, 'twin-suspect')
      continue
    }
    const twin = unseenTwins.oddsOf(a, pattern)
    const rivals = twin + rivalOdds(context, { i, a, b, ra, rb, weight })
    const probability = oddsToProbability(weight, rivals)
    decisions.weight[i] = rivals > 0 ? milliBitsOf(probability) : weight
    if (probability >= thresholds.link) {
      decisions.decision[i] = LINK
      groups.join(a, b)
    } else if (probability >= thresholds.review) {
      review(
        decisions,
        i,
        twin > 0.01 && twin * 2 > rivals
          ? 'twin-suspect'
          : rivals > 0.01
            ? 'ambiguous'
            : taken < 0
              ? 'second-row'
              : sameHousehold < 0
                ? 'twin-suspect'
                : 'weight',
      )
    }
  }
}

/** Milli-bits of a pair as the groups are now, without rivals; and what of them is for a taken place and for one household. */
function weighTurn(
  context: StatisticalContext,
  i: number,
  ra: number,
  rb: number,
  conflict: Reason | '',
): { readonly weight: number; readonly taken: number; readonly sameHousehold: number } {
  const { pairs, household } = context
  const [a, b, pattern, raw] = [pairs.left[i], pairs.right[i], pairs.pattern[i], pairs.weight[i]]
  // Two hukou bring two away rows with them: that is no reason against the pair.
  const twoHukou = pairClassOf(pattern) === PAIR_CLASS.policePolice
  const second = conflict === '' && !twoHukou ? takenWeight(context, a, b, pattern, ra, rb) : 0
  const taken = second !== 0 ? second - spentExpectation(context, a, b, pattern, rb) : 0
  const isOneHousehold = household[a] !== 0 && household[a] === household[b] && second === 0
  const sameHousehold = isOneHousehold ? householdWeight(context, a, b, pattern) : 0
  const doubt = twoHukou ? doubtOfSecondHukou(context, a, b, pattern) + context.books.weightOf(context.groups, a, b) : 0
  const others = conflict === '' && raw > OTHER_ROWS_MIN ? otherRowsWeight(context, a, b, pattern, ra) : 0
  const weight = raw + taken + sameHousehold + doubt + others + versionPrior(context, a, b, pattern)
  return { weight, taken, sameHousehold }
}

/**
 * Rivals that have found their own row since are none any more: what waits because of rivals is weighed as the groups are at last.
 * One that is no longer worth a look waits no longer.
 */
export function weighRivalsAgain(settled: Omit<StatisticalContext, 'pairsOf'>, decisions: PairDecisions): void {
  const { table, groups, pairs, thresholds, unseenTwins } = settled
  const { decision, reason, weight } = decisions
  const asked: number[] = []
  const rows = new Uint8Array(table.rows)
  for (let i = 0; i < pairs.count; i++) {
    if (decision[i] !== REVIEW || REASONS[reason[i]] !== 'ambiguous') continue
    asked.push(i)
    rows[pairs.left[i]] = rows[pairs.right[i]] = 1
  }
  // Of few rows: the pairs of all would lie beside all that linking has gathered by now.
  const context = { ...settled, pairsOf: pairsOfRows(pairs, table.rows, rows) }
  for (const i of asked) {
    const [a, b, pattern] = [pairs.left[i], pairs.right[i], pairs.pattern[i]]
    const [ra, rb] = [groups.root(a), groups.root(b)]
    if (ra === rb || conflictOf(groups, ra, rb, pattern, weight[i]) !== '') continue
    const own = weighTurn(context, i, ra, rb, '').weight
    const rivals = unseenTwins.oddsOf(a, pattern) + rivalOdds(context, { i, a, b, ra, rb, weight: own })
    weight[i] = milliBitsOf(oddsToProbability(own, rivals))
    if (probabilityOf(weight[i]) < thresholds.review) decision[i] = 0
  }
}

/**
 * Two rows in one household are two people, unless the number itself says otherwise. An old version that has lost its
 * person number is the exception: it stands in the book of the row that took its place.
 */
function householdWeight(context: StatisticalContext, a: number, b: number, pattern: number): number {
  if (isOldVersion(context, a, b, pattern)) return VERSION_WEIGHT
  if (isMovedInBook(pattern)) return 0
  return isWrittenTwice(pattern) ? WRITTEN_TWICE_WEIGHT : SAME_HOUSEHOLD_WEIGHT
}

/**
 * An old version has a new one, as a rule, among the rows of the register: what that adds to the prior of two hukou, which
 * few people have. Its other candidates gain as much.
 */
function versionPrior(context: StatisticalContext, a: number, b: number, pattern: number): number {
  if (!isOldVersion(context, a, b, pattern)) return 0
  const { weights } = context
  return Math.max(0, milliBits(HAS_NEW_VERSION / weights.people) - weights.prior(a, b, pattern))
}

/** Whether one of two police rows is an old version that no person number ties to its new one. */
function isOldVersion({ columns }: StatisticalContext, a: number, b: number, pattern: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice && (isUntiedVersion(columns, a) || isUntiedVersion(columns, b))
  )
}

/** Both are at home; or, under two names, both are in the census at all. */
function isEachWrittenDown(groups: Groups, ra: number, rb: number, pattern: number): boolean {
  if (groups.present[ra] > 0 && groups.present[rb] > 0) return true
  const isOneName = nameLevelOf(pattern) <= NAME_LEVEL.variant
  return !isOneName && groups.present[ra] + groups.away[ra] > 0 && groups.present[rb] + groups.away[rb] > 0
}

/**
 * Born on one day, of another sex and by another name, with no number to say otherwise: home and parents agree for twins
 * as well, who are more frequent than people with both the name and the sex written wrongly.
 */
function isOtherTwin(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  const id = idLevelOf(pattern)
  return (
    sexLevelOf(pattern) === SEX_LEVEL.different &&
    birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual &&
    name > NAME_LEVEL.homophone &&
    (id === ID_LEVEL.missing || id === ID_LEVEL.bothValidDiffer)
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
 * Where no row names a parent or spouse: one name in one household book, and a birth moved by a year, a month or a digit. Brothers are
 * not named the same and twins not born so: nothing speaks for two, as nothing does for one.
 */
function isMovedInBook(pattern: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice &&
    kinLevelOf(pattern) === KIN_LEVEL.missing &&
    isWrittenAgain(pattern) &&
    birthLevelOf(pattern) !== BIRTH_LEVEL.dateEqual
  )
}

/** Two active police persons of one name and birthday, nothing else known: a second hukou, or two people. */
function isSecondHukou(pattern: number, weight: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.policePolice &&
    weight > SECOND_HUKOU_WEIGHT_MIN &&
    nameLevelOf(pattern) <= NAME_LEVEL.variant &&
    nameLevelOf(pattern) !== NAME_LEVEL.missing &&
    (birthLevelOf(pattern) < BIRTH_LEVEL.yearEqual ||
      (kinLevelOf(pattern) === KIN_LEVEL.agree && birthLevelOf(pattern) <= BIRTH_LEVEL.nearYear)) &&
    sexLevelOf(pattern) !== SEX_LEVEL.different
  )
}

function isWorthAsking(pattern: number, conflict: Reason): boolean {
  const name = nameLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  return (
    name !== NAME_LEVEL.missing &&
    name <= (conflict === 'two-numbers' ? NAME_LEVEL.variant : NAME_LEVEL.nearShape) &&
    birth !== BIRTH_LEVEL.missing &&
    birth <= BIRTH_LEVEL.monthKnown &&
    sexLevelOf(pattern) !== SEX_LEVEL.different
  )
}

function review(decisions: PairDecisions, i: number, reason: Reason): void {
  decisions.decision[i] = REVIEW
  decisions.reason[i] = REASONS.indexOf(reason)
}

/** 2^weight over 1 + 2^weight + rivals × 2^weight, computed without overflow. `rivals` are odds relative to this pair. */
function oddsToProbability(weight: number, rivals: number): number {
  return 1 / (1 + rivals + 2 ** (-weight / 1000))
}

/** Whether a pair is two hukou of one person, who may have two numbers, beside another pair that is not two hukou. */
function isHukouBeside(pattern: number, beside: number): boolean {
  const { policePolice } = PAIR_CLASS
  return pairClassOf(pattern) !== policePolice && pairClassOf(beside) === policePolice && mayHaveTwoNumbers(beside)
}

function isOneRegister(lines: Int32Array, a: number, b: number): boolean {
  return registerOf(lines[a * LINE_WORDS + WORD.packed]) === registerOf(lines[b * LINE_WORDS + WORD.packed])
}

function milliBitsOf(probability: number): number {
  return weightOfProbability(Math.min(1 - 1e-15, Math.max(1e-15, probability)))
}

/** A pair whose turn it is: its number, its rows, their groups, its weight with what is taken. */
interface Turn {
  readonly i: number
  readonly a: number
  readonly b: number
  readonly ra: number
  readonly rb: number
  readonly weight: number
}

/** Sum of 2^(w(rival) − w) over the other candidates of both rows that exclude this one. */
function rivalOdds(context: StatisticalContext, turn: Turn): number {
  const { i, a, b, ra, rb, weight } = turn
  return rivalsOf(context, turn) + rivalsOf(context, { i, a: b, b: a, ra: rb, rb: ra, weight })
}

/** The same over the other candidates of row a. */
function rivalsOf(context: StatisticalContext, { i, a, b, ra, rb, weight }: Turn): number {
  const { groups, pairs, pairsOf, kernel, weights, lines } = context
  let odds = 0
  for (let k = pairsOf.start[a]; k < pairsOf.start[a + 1]; k++) {
    const j = pairsOf.pairs[k]
    if (j === i) continue
    const other = pairs.weight[j]
    if (other < RIVAL_WEIGHT_MIN || other < weight - 16_000) break
    const c = pairs.left[j] === a ? pairs.right[j] : pairs.left[j]
    const rc = groups.root(c)
    if (rc === rb || rc === ra) continue
    if (conflictOf(groups, ra, rc, pairs.pattern[j], other) !== '') continue
    // A second hukou under a number of its own leaves the census row whose it is: a person has both.
    if (isHukouBeside(pairs.pattern[i], pairs.pattern[j])) continue
    const [first, firstRoot, second] = a < c ? [a, ra, c] : [c, rc, a]
    const others = otherRowsWeight(context, first, second, pairs.pattern[j], firstRoot)
    const rival = other + takenWeight(context, a, c, pairs.pattern[j], ra, rc) + others
    // B and C that are one person themselves do not exclude each other; rows of two registers only if they contradict.
    const [low, high] = b < c ? [b, c] : [c, b]
    const between = kernel.compare(low, high)
    const isOne = isOneRegister(lines, b, c)
    const agreement = weights.weigh(low, high, between)
    // A certificate without a name agrees in little with anything: what it has agrees, and that is no contradiction.
    const isUnnamed = !isOne && nameLevelOf(between) === NAME_LEVEL.missing
    const mayBeOne = isUnnamed
      ? agreement > weights.prior(low, high, between)
      : agreement > (isOne ? ONE_PERSON_MIN : ONE_PERSON_MIN_ACROSS)
    if (mayBeOne && conflictOf(groups, rb, rc, between, 0) === '') continue
    odds += 2 ** (Math.min(20_000, rival - weight) / 1000)
  }
  return odds
}
