/**
 * From weighed pairs to groups: heaviest pair first, never against a conflict, never by guessing between rivals.
 *
 * In:  pairs in the order of their weight; groups made by the exact layer.
 * Out: links, pairs for review with a reason, groups joined.
 *
 * What a pair weighs once its turn has come: weigh-turn.ts. Its chance is judged against its rivals: rivals.ts.
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
import { conflictOf } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { type OrderedPairs, pairsOfRows } from '../ordered-pairs.ts'
import { LINK, type LinkThresholds, type PairDecisions, type Reason, REASONS, REVIEW } from '../pair-decisions.ts'
import { probabilityBeside, probabilityOf, weightOfProbability } from '../people.ts'
import type { SecondOfTwins } from '../twins/second-of-twins.ts'
import type { TwinOdds } from '../twins/unseen-twins.ts'
import { beyondTurn, type LostToRivals } from './beyond-turn.ts'
import { type RivalContext, rivalOdds } from './rivals.ts'
import { type GroupedPair, type TurnWeight, weighTurn } from './weigh-turn.ts'

/** A second hukou without parents or address to prove it is worth a question from this weight on. */
const SECOND_HUKOU_WEIGHT_MIN = -2000
/** Two valid numbers are two people: asked only where everything else says one person. */
const LIKELY_DESPITE_CONFLICT = 0.999
/** Rivals, or a twin, are why a pair waits from these odds on, relative to the pair. */
const ODDS_THAT_COUNT = 0.01

/** What linking by weight goes by. */
export interface StatisticalContext extends RivalContext {
  readonly thresholds: LinkThresholds
  readonly unseenTwins: TwinOdds
  readonly secondOfTwins: SecondOfTwins
}

export function linkStatistically(context: StatisticalContext, decisions: PairDecisions): void {
  const { groups, pairs } = context
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] !== 0) continue
    const pair = groupedPair(groups, pairs, i)
    if (pair.ra !== pair.rb) decideTurn(context, i, pair, decisions)
    else if (pairs.weight[i] > 0) decisions.decision[i] = LINK
  }
}

function groupedPair(groups: Groups, pairs: OrderedPairs, i: number): GroupedPair {
  const [a, b] = [pairs.left[i], pairs.right[i]]
  return { a, b, ra: groups.root(a), rb: groups.root(b), pattern: pairs.pattern[i] }
}

/** Decides on a pair of two groups: joined, asked, or left. */
function decideTurn(context: StatisticalContext, i: number, pair: GroupedPair, decisions: PairDecisions): void {
  const { groups, pairs, thresholds } = context
  const raw = pairs.weight[i]
  const conflict = conflictOf(groups, pair.ra, pair.rb, pair.pattern, raw)
  const weighed = weighTurn(context, pair, raw, conflict)
  const alone = probabilityBeside(weighed.weight, 0)
  decisions.weight[i] = weighed.weight
  if (conflict !== '') {
    const isLikely = alone >= Math.max(thresholds.review, LIKELY_DESPITE_CONFLICT)
    if (isSecondHukou(pair.pattern, raw)) review(decisions, i, 'two-hukou')
    else if (isLikely && isWorthAsking(pair.pattern, conflict)) review(decisions, i, conflict)
  } else if (alone >= thresholds.review) {
    if (areTwins(context, pair, weighed)) review(decisions, i, 'twin-suspect')
    else return decideAmongRivals(context, i, pair, weighed, decisions)
  }
  if (decisions.decision[i] !== 0) decisions.beyond[i] = beyondTurn(context, pair, weighed, NONE_LOST)
}

/** Whether two people whom everything else calls one were born together. */
function areTwins({ groups, secondOfTwins }: StatisticalContext, pair: GroupedPair, weighed: TurnWeight): boolean {
  const { a, b, pattern } = pair
  if (isOtherTwin(pattern) || secondOfTwins.isOther(a, b, pattern)) return true
  // Two in the book and two at home, each with a number: twins of one name, however rare.
  const isTwoHukou = pairClassOf(pattern) === PAIR_CLASS.policePolice
  return isTwoHukou && weighed.sameHousehold !== 0 && isEachWrittenDown(groups, pair)
}

function decideAmongRivals(
  context: StatisticalContext,
  i: number,
  pair: GroupedPair,
  weighed: TurnWeight,
  decisions: PairDecisions,
): void {
  const { groups, thresholds, unseenTwins } = context
  const { weight } = weighed
  const twin = unseenTwins.oddsOf(pair.a, pair.pattern)
  const rivals = twin + rivalOdds(context, i, pair, weight)
  const probability = probabilityBeside(weight, rivals)
  decisions.weight[i] = rivals > 0 ? milliBitsOf(probability) : weight
  // Before the two are joined: what speaks is what the groups were.
  if (probability >= thresholds.review)
    decisions.beyond[i] = beyondTurn(context, pair, weighed, lostTo(rivals, twin, decisions.weight[i] - weight))
  if (probability >= thresholds.link) {
    decisions.decision[i] = LINK
    groups.join(pair.a, pair.b)
  } else if (probability >= thresholds.review) review(decisions, i, reasonToAsk(pair.pattern, weighed, twin, rivals))
}

const NONE_LOST: LostToRivals = { lost: 0, isTwin: false }

function lostTo(rivals: number, twin: number, lost: number): LostToRivals {
  return { lost, isTwin: twin * 2 > rivals }
}

/** What most keeps a likely pair from being a link. */
function reasonToAsk(pattern: number, { taken, sameHousehold }: TurnWeight, twin: number, rivals: number): Reason {
  if (twin > ODDS_THAT_COUNT && twin * 2 > rivals) return 'twin-suspect'
  if (rivals > ODDS_THAT_COUNT) return 'ambiguous'
  if (taken < 0) return 'second-row'
  // Twins are born in one month, as the rows say it but for a slip.
  return sameHousehold < 0 && birthLevelOf(pattern) < BIRTH_LEVEL.yearBeside ? 'twin-suspect' : 'weight'
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
    const pair = groupedPair(groups, pairs, i)
    const { a, ra, rb, pattern } = pair
    if (ra === rb || conflictOf(groups, ra, rb, pattern, weight[i]) !== '') continue
    const weighed = weighTurn(context, pair, pairs.weight[i], '')
    const own = weighed.weight
    const twin = unseenTwins.oddsOf(a, pattern)
    const rivals = twin + rivalOdds(context, i, pair, own)
    weight[i] = milliBitsOf(probabilityBeside(own, rivals))
    decisions.beyond[i] = beyondTurn(context, pair, weighed, lostTo(rivals, twin, weight[i] - own))
    if (probabilityOf(weight[i]) < thresholds.review) decision[i] = 0
  }
}

/** Both are at home; or, under two names, both are in the census at all. */
function isEachWrittenDown(groups: Groups, { ra, rb, pattern }: GroupedPair): boolean {
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

/** Whether two people by number may be one by all else. What people decided is not asked again. */
function isWorthAsking(pattern: number, conflict: Reason): boolean {
  if (conflict === 'decided') return false
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

/** Nearer to 0 or 1 than this no chance is told. */
const CHANCE_LEAST = 1e-15

function milliBitsOf(probability: number): number {
  return weightOfProbability(Math.min(1 - CHANCE_LEAST, Math.max(CHANCE_LEAST, probability)))
}
