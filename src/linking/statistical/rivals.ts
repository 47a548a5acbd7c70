/**
 * The rivals of a pair: other candidates of its two rows that exclude it.
 *
 * With candidates B and C for one record A, where B and C cannot be one person, P(B) = 2^w(B) ÷ (1 + 2^w(B) + 2^w(C)).
 * In:  a pair whose turn it is, what it weighs now, all pairs of its rows. Out: the odds of its rivals, relative to the pair itself.
 */
import { oddsOfRival } from '../people.ts'
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { nameLevelOf, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { LINE_WORDS, registerOf, WORD } from '../../matching/packed-records.ts'
import { conflictOf, mayHaveTwoNumbers } from '../conflicts.ts'
import type { PairsOfRows } from '../ordered-pairs.ts'
import { otherRowsWeight } from './other-rows.ts'
import { type GroupedPair, takenWeight, type TurnContext } from './weigh-turn.ts'

/** Pairs lighter than this are not even rivals. */
const RIVAL_WEIGHT_MIN = -4000
/** Nor those so much lighter than the pair: one chance in 65,000. */
const RIVAL_WEIGHT_BEHIND = 16_000
/** Two candidates of one row may be one person from this weight on; within one register, across two. */
const ONE_PERSON_MIN = 3000
const ONE_PERSON_MIN_ACROSS = -6000

export interface RivalContext extends TurnContext {
  readonly pairsOf: PairsOfRows
}

/**
 * Sum of 2^(w(rival) − w) over the other candidates of both rows that exclude this one.
 * @param i number of the pair among the pairs
 * @param weight what it weighs now, milli-bits
 */
export function rivalOdds(context: RivalContext, i: number, pair: GroupedPair, weight: number): number {
  // Numbers, no object of them: the pairs of a county come here by the million.
  const { a, b, ra, rb, pattern } = pair
  return rivalsOf(context, i, a, b, ra, rb, pattern, weight) + rivalsOf(context, i, b, a, rb, ra, pattern, weight)
}

/** The same over the other candidates of row a. */
function rivalsOf(
  context: RivalContext,
  i: number,
  a: number,
  b: number,
  ra: number,
  rb: number,
  pattern: number,
  weight: number,
): number {
  const { groups, pairs, pairsOf } = context
  let odds = 0
  for (let k = pairsOf.start[a]; k < pairsOf.start[a + 1]; k++) {
    const j = pairsOf.pairs[k]
    if (j === i) continue
    const raw = pairs.weight[j]
    // The pairs of a row lie heaviest first.
    if (raw < RIVAL_WEIGHT_MIN || raw < weight - RIVAL_WEIGHT_BEHIND) break
    const c = pairs.left[j] === a ? pairs.right[j] : pairs.left[j]
    const rc = groups.root(c)
    if (rc === rb || rc === ra) continue
    const between = pairs.pattern[j]
    if (conflictOf(groups, ra, rc, between, raw) !== '') continue
    // A second hukou under a number of its own leaves the census row whose it is: a person has both.
    if (isHukouBeside(pattern, between)) continue
    const [first, firstRoot, second] = a < c ? [a, ra, c] : [c, rc, a]
    const others = otherRowsWeight(context, first, second, between, firstRoot)
    const rival = raw + takenWeight(context, { a, b: c, ra, rb: rc, pattern: between }) + others
    if (mayBeOne(context, b, c, rb, rc)) continue
    odds += oddsOfRival(rival, weight)
  }
  return odds
}

/** B and C that are one person themselves do not exclude each other; rows of two registers only if they contradict. */
function mayBeOne(
  { groups, kernel, weights, lines }: RivalContext,
  b: number,
  c: number,
  rb: number,
  rc: number,
): boolean {
  const [low, high] = b < c ? [b, c] : [c, b]
  const pattern = kernel.compare(low, high)
  const isOne = isOneRegister(lines, b, c)
  const agreement = weights.weigh(low, high, pattern)
  // A certificate without a name agrees in little with anything: what it has agrees, and that is no contradiction.
  const isUnnamed = !isOne && nameLevelOf(pattern) === NAME_LEVEL.missing
  const isNear = isUnnamed
    ? agreement > weights.prior(low, high, pattern)
    : agreement > (isOne ? ONE_PERSON_MIN : ONE_PERSON_MIN_ACROSS)
  return isNear && conflictOf(groups, rb, rc, pattern, 0) === ''
}

/** Whether a pair is two hukou of one person, who may have two numbers, beside another pair that is not two hukou. */
function isHukouBeside(pattern: number, beside: number): boolean {
  const { policePolice } = PAIR_CLASS
  return pairClassOf(pattern) !== policePolice && pairClassOf(beside) === policePolice && mayHaveTwoNumbers(beside)
}

function isOneRegister(lines: Int32Array, a: number, b: number): boolean {
  return registerOf(lines[a * LINE_WORDS + WORD.packed]) === registerOf(lines[b * LINE_WORDS + WORD.packed])
}
