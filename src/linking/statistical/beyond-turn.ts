/**
 * What moved the weight of a pair most when its turn came, of all that is beyond the two rows.
 *
 * In:  a decided pair, the parts of its weight, what its rivals took from it. Out: one of BEYOND, which `explain` says in words.
 * Asked of decided pairs alone: for millions of others nobody wants to know.
 */
import { BEYOND } from '../../matching/beyond-pair.ts'
import { ID_LEVEL } from '../../matching/compare/levels.ts'
import { idLevelOf, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { BIRTHS } from '../../registers/columns.ts'
import { heaviestDoubt } from '../second-hukou/doubt.ts'
import type { GroupedPair, TurnContext, TurnWeight } from './weigh-turn.ts'

/** What other candidates took from a pair: milli-bits, never more than 0, and whether a twin took most of it. */
export interface LostToRivals {
  readonly lost: number
  readonly isTwin: boolean
}

export function beyondTurn(
  context: TurnContext,
  pair: GroupedPair,
  { taken, sameHousehold, doubt, books, others, version }: TurnWeight,
  { lost, isTwin }: LostToRivals,
): number {
  const gained = taken + sameHousehold + doubt + books + others + version + lost
  if (gained === 0) return BEYOND.none
  let most = 0
  let beyond: () => number = () => BEYOND.none
  const consider = (part: number, name: () => number): void => {
    const strength = gained > 0 ? part : -part
    if (strength <= most) return
    most = strength
    beyond = name
  }
  consider(lost, () => (isTwin ? BEYOND.twin : BEYOND.rivals))
  consider(taken, () => placeWord(context, pair, taken))
  consider(sameHousehold, () => (sameHousehold < 0 ? BEYOND.oneHousehold : BEYOND.version))
  consider(doubt, () => heaviestDoubt(context, pair.a, pair.b, pair.pattern))
  consider(books, () => (books < 0 ? BEYOND.booksApart : BEYOND.booksAlike))
  consider(others, () => otherRowsWord(context, pair, others))
  consider(version, () => BEYOND.version)
  return beyond()
}

/** Two present rows weigh as such pairs of the county do; any other is one that the person has already. */
function placeWord({ presentTwice }: TurnContext, { a, b, pattern }: GroupedPair, taken: number): number {
  if (presentTwice.weightOf(a, b, pattern) === undefined) return BEYOND.taken
  return taken < 0 ? BEYOND.bothPresentApart : BEYOND.bothPresentAlike
}

/** Which of the other rows (other-rows.ts) speaks: each kind of pair asks others. */
function otherRowsWord({ table, relatives }: TurnContext, { a, b, pattern }: GroupedPair, others: number): number {
  const pairClass = pairClassOf(pattern)
  if (pairClass === PAIR_CLASS.censusCensus) return others < 0 ? BEYOND.answersApart : BEYOND.answersAlike
  if (pairClass === PAIR_CLASS.other) return table.registerOf(b) === BIRTHS ? BEYOND.otherParents : BEYOND.alive
  // Of what other rows say of a police and a census row, only that no relative is at home speaks against it.
  if (others < 0) return BEYOND.noRelative
  const family = idLevelOf(pattern) === ID_LEVEL.sameValid ? 0 : relatives.weightOf(a, b)
  return family * 2 >= others ? BEYOND.relatives : BEYOND.otherRows
}
