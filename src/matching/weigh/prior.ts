/**
 * λ, the prior: the probability that two random rows of a pair class are one person, and what bounds it.
 *
 * In:  rows of each register (police, census, the others), shares of rows with a number, pairs of one number. Out: pairs,
 * matches, λ.
 */
import { PAIR_CLASS } from '../kernel.ts'

/** People who stand in a register twice, or where nobody expects them, by all. */
const COUNTED_TWICE = 0.01
/** People of two hukou by all: 3.067 million were found among 1.38 billion in the clean-up of 2014–17. */
const TWO_HUKOU = 0.002
/** Whose form or certificate a row is, is asked among so many people at the least: a few rows are a part of a place. */
const PEOPLE_MIN = 100

/** All pairs of rows of a class, the candidates and all others. */
export function pairsOfClass(rows: readonly number[], pairClass: number): number {
  const [police, census, ...others] = rows
  const other = others.reduce((sum, n) => sum + n, 0)
  if (pairClass === PAIR_CLASS.policePolice) return (police * (police - 1)) / 2
  if (pairClass === PAIR_CLASS.policeCensus) return police * census
  if (pairClass === PAIR_CLASS.censusCensus) return (census * (census - 1)) / 2
  return other * (police + census) + (other * (other - 1)) / 2
}

/**
 * So many matches there are at most: names go with the years, so EM, which takes names and births for independent, counts
 * namesakes of one year among the matches. Rows that have their partner are those that expect one, but for a few.
 *
 * @param pairClass police–census or census–census
 * @param expecting rows that expect a police row, another census row (expected-partners.ts)
 */
export function matchesMax(
  rows: readonly number[],
  pairClass: number,
  expecting: readonly [police: number, census: number] = [Infinity, Infinity],
): number {
  const counted = COUNTED_TWICE * Math.max(rows[0], rows[1])
  return pairClass === PAIR_CLASS.policeCensus ? expecting[0] + counted : expecting[1] / 2 + counted
}

/**
 * λ = matches ÷ pairs. Matches are the number anchors, divided by the chance that both rows have a number;
 * certificates of births have none, so their prior is one person among all.
 *
 * @param anchors pairs of one valid number
 */
export function lambdaOf(
  { rows, idCoverage }: { readonly rows: readonly number[]; readonly idCoverage: readonly number[] },
  pairClass: number,
  anchors: number,
): number {
  const [police, census] = rows
  const pairs = pairsOfClass(rows, pairClass)
  if (pairs <= 0) return 1e-6
  if (pairClass === PAIR_CLASS.other) return 0.9 / Math.max(PEOPLE_MIN, police, census)
  const floor = matchesMin(police, census, pairClass)
  const matches = Math.max(floor, anchors / Math.max(0.05, coverageOf(idCoverage, pairClass)))
  return Math.min(0.5, matches / pairs)
}

/** What is usual, however few pairs of one number there are. */
function matchesMin(police: number, census: number, pairClass: number): number {
  if (pairClass === PAIR_CLASS.policeCensus) return 0.3 * Math.min(police, census)
  return pairClass === PAIR_CLASS.policePolice ? TWO_HUKOU * police : COUNTED_TWICE * census
}

/** The chance that both rows of a pair have a number. */
function coverageOf([police, census]: readonly number[], pairClass: number): number {
  if (pairClass === PAIR_CLASS.policePolice) return police ** 2
  return pairClass === PAIR_CLASS.policeCensus ? police * census : census ** 2
}
