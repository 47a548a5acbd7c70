/**
 * How often a birth is wrong on a row without a number: oftener than beside one, which was copied from a card that bears the birth.
 *
 * Who answers for somebody without the card knows an age, not a date, and the anchors of one number cannot show it. Seen on
 * police and census rows of one name, sex and hukou village of which one has no number. Namesakes are among them: as many as stand
 * there under two different numbers, by how many rows have one. That holds where numbers are missing here and there. Where whole
 * townships have none, the namesakes of the others say little of theirs; so rows of one address are asked first, where enough have
 * one: no family gives a name twice, and whether a birth is wrong does not depend on the house.
 *
 * In:  patterns of the scored pairs, m of births by pair class. Out: m of births by pair class where a row has no number.
 */
import { levelCounts, type PatternTable } from './anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from './compare/levels.ts'
import { COMPARISON } from './comparisons.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  idLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  PAIR_CLASSES,
  PLACE_LEVEL,
  pairClassOf,
  placeLevelOf,
  sexLevelOf,
} from './kernel.ts'
import { smooth } from './weigh/usual-levels.ts'

/** Pseudo-pairs that are as beside a number. */
const CAUTION = 200
/** Pairs without a number from which on they teach anything: of fewer each is half the witness of itself. */
const PAIRS_MIN = 300
/** Share of pairs with two numbers from which on they show how many namesakes there are. */
const NUMBERED_MIN = 0.05
/** Namesakes are taken for half as many again: who is wrongly believed to be one person is seldom found out. */
const NAMESAKES = 1.5

/**
 * @param numbered share of pairs of police and census rows in which both have a whole number
 * @param births m of births by pair class, beside a number
 */
export function unnumberedBirths(
  scored: PatternTable,
  numbered: number,
  births: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  if (numbered < NUMBERED_MIN) return births
  const isNamesake = (p: number): boolean =>
    pairClassOf(p) === PAIR_CLASS.policeCensus &&
    nameLevelOf(p) !== NAME_LEVEL.missing &&
    nameLevelOf(p) <= NAME_LEVEL.variant &&
    sexLevelOf(p) === SEX_LEVEL.equal &&
    placeLevelOf(p) === PLACE_LEVEL.village
  const perNumbered = (NAMESAKES * (1 - numbered)) / numbered
  /** Births of one person, by level, among the namesakes chosen. */
  const peopleAmong = (isChosen: (p: number) => boolean): readonly number[] => {
    const birthsOf = (id: number): readonly number[] =>
      levelCounts(scored, (p) => isChosen(p) && idLevelOf(p) === id).byComparison[COMPARISON.birth]
    const strangers = birthsOf(ID_LEVEL.bothValidDiffer)
    // One less, too: no pair is its own witness.
    return birthsOf(ID_LEVEL.missing).map((n, level) => Math.max(0, n - 1 - strangers[level] * perNumbered))
  }
  const neighbours = peopleAmong((p) => isNamesake(p) && addressLevelOf(p) === ADDRESS_LEVEL.equal)
  const people = total(neighbours) < PAIRS_MIN ? peopleAmong(isNamesake) : neighbours
  if (total(people) < PAIRS_MIN) return births
  const usual = births[PAIR_CLASS.policeCensus]
  const seen = smooth(people, usual, CAUTION)
  return PAIR_CLASSES.map((_, k) =>
    k === PAIR_CLASS.policeCensus || k === PAIR_CLASS.censusCensus ? asMuchWrong(births[k], usual, seen) : births[k],
  )
}

/** `m` with each wrong level as much likelier as it is in `seen` than `usual`, never less; what agrees has the rest. */
function asMuchWrong(m: readonly number[], usual: readonly number[], seen: readonly number[]): readonly number[] {
  const isRight = (level: number): boolean => level <= BIRTH_LEVEL.monthKnown
  const more = m.map((_, level) => (level === 0 || isRight(level) ? 0 : Math.max(0, seen[level] - usual[level])))
  const right = m.reduce((sum, p, level) => (level !== 0 && isRight(level) ? sum + p : sum), 0)
  const wrong = more.reduce((sum, p) => sum + p, 0)
  if (right <= wrong) return m
  return m.map((p, level) => (isRight(level) ? p * (1 - wrong / right) : p + more[level]))
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, n) => sum + n, 0)
}
