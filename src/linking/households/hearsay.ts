/**
 * Forms filled in from hearsay: where a neighbour or a grandmother answered for a family, the births of all its members are guesses.
 *
 * Errors of a form come together: who answered for one answered for all. So where the birth of a member who is linked already is
 * plainly wrong, a wrong birth says less against those who are still apart, and a right one less for them. How much less
 * is counted in the county: m of a birth level ← its share among linked members beside whom another one's birth is wrong. Only those
 * who were found in spite of it are counted, so it is believed less than it is.
 *
 * In:  groups after the statistical layer, a police and a census household that share people. Out: milli-bits by birth level.
 */
import { BIRTH_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, type Kernel, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { type HouseholdWeights, isNearNumber } from './household-weights.ts'
import type { HouseholdRows } from './linked-households.ts'

/** Believed as the county has it before any is counted, as much as in so many members. */
const CAUTION = 50

/** Nothing counted yet: births count as in any form. */
export const NO_HEARSAY: readonly number[] = Array.from({ length: BIRTH_LEVEL.different + 1 }, () => 0)

export interface HearsayContext extends HouseholdRows {
  readonly kernel: Kernel
}

/** A birth that nobody read from a booklet: no slip of the pen, no day of the moon. */
function isGuess(birth: number): boolean {
  return birth >= BIRTH_LEVEL.yearBeside
}

/** Birth levels of members of two households who are one person, police beside census; others are left out. */
export function linkedBirths(context: HearsayContext, h: number, other: number): number[] {
  const { groups, households, kernel } = context
  const levels: number[] = []
  for (let k = households.start[h]; k < households.start[h + 1]; k++)
    for (let l = households.start[other]; l < households.start[other + 1]; l++) {
      const [a, b] = [households.rows[k], households.rows[l]]
      if (groups.root(a) !== groups.root(b)) continue
      const pattern = kernel.compare(Math.min(a, b), Math.max(a, b))
      const level = birthLevelOf(pattern)
      if (pairClassOf(pattern) === PAIR_CLASS.policeCensus && level !== BIRTH_LEVEL.missing) levels.push(level)
    }
  return levels
}

/** Whether somebody's birth is a guess in the one of two households. */
export function isHearsay(births: readonly number[]): boolean {
  return births.some(isGuess)
}

/** Adds to `counts`, by level, the births beside which another member's is a guess. */
export function countHearsay(births: readonly number[], counts: number[]): void {
  const guesses = births.filter(isGuess).length
  if (guesses === 0) return
  for (const level of births) if (guesses > (isGuess(level) ? 1 : 0)) counts[level]++
}

/** Milli-bits that a birth level counts more (or less) in a form filled in from hearsay than in any. */
export function hearsayWeights(counts: readonly number[], usual: HouseholdWeights): readonly number[] {
  const m = usual.births[PAIR_CLASS.policeCensus]
  const total = counts.reduce((sum, n) => sum + n, 0)
  const share = (level: number): number => (counts[level] + CAUTION * m[level]) / (total + CAUTION)
  const equal = milliBits(
    (share(BIRTH_LEVEL.dateEqual) + share(BIRTH_LEVEL.monthKnown)) /
      (m[BIRTH_LEVEL.dateEqual] + m[BIRTH_LEVEL.monthKnown]),
  )
  return m.map((p, level) => {
    if (level === BIRTH_LEVEL.missing || p === 0) return 0
    return level === BIRTH_LEVEL.dateEqual || level === BIRTH_LEVEL.monthKnown ? equal : milliBits(share(level) / p)
  })
}

/** What `weights` say of a pair of members; nothing where a number all but proves it, which outweighs the birth. */
export function hearsayWeight(weights: readonly number[], pattern: number): number {
  return pairClassOf(pattern) !== PAIR_CLASS.policeCensus || isNearNumber(idLevelOf(pattern))
    ? 0
    : weights[birthLevelOf(pattern)]
}
