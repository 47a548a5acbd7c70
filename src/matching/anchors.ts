/**
 * Pairs that are as good as labelled: patterns of scored pairs from which the county model learns what agrees and how
 * often, and which of them are somebody else.
 *
 * In:  patterns of all scored pairs with their counts. Out: tests of a pattern, and counts of levels over the patterns that
 * pass one.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from './compare/levels.ts'
import { COMPARISONS } from './comparisons.ts'
import {
  birthLevelOf,
  idLevelOf,
  KIN_LEVEL,
  kinLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  PLACE_LEVEL,
  pairClassOf,
  placeLevelOf,
  sexLevelOf,
} from './kernel.ts'

/** Share of second hukou under a second number that keep the birth date. */
const SAME_DATE_SHARE = 0.35

export interface PatternTable {
  readonly patterns: Int32Array
  readonly counts: Float64Array
}

/** Same valid number, and nothing that says it is somebody else's. */
export function isNumberAnchor(p: number): boolean {
  return idLevelOf(p) === ID_LEVEL.sameValid && !isMisfit(p)
}

/** Same number, but another name, or a name that hardly agrees beside another birth or sex: a number given twice,
 *  borrowed or mistyped. A change of the whole name looks the same; it is linked by place and household, or asked. */
export function isMisfit(p: number): boolean {
  if (idLevelOf(p) !== ID_LEVEL.sameValid) return false
  const name = nameLevelOf(p)
  const birth = birthLevelOf(p)
  const otherName = name >= NAME_LEVEL.givenEqual
  const otherBirth = birth >= BIRTH_LEVEL.yearEqual
  // Brothers' and sons' names resemble each other, 买买提·吐尔逊 is the son of 吐尔逊·买买提; another generation's birth beside them is a borrowed number.
  if (birth === BIRTH_LEVEL.different && (name >= NAME_LEVEL.swapped || name === NAME_LEVEL.missing)) return true
  return name === NAME_LEVEL.different || (otherName && (otherBirth || sexLevelOf(p) === SEX_LEVEL.different))
}

/** Same number, birth month, sex and village: whatever the name, hardly anybody else. Shows how often names change. */
export function isNamelessAnchor(p: number): boolean {
  const birth = birthLevelOf(p)
  const place = placeLevelOf(p)
  return (
    idLevelOf(p) === ID_LEVEL.sameValid &&
    (birth === BIRTH_LEVEL.dateEqual || birth === BIRTH_LEVEL.monthKnown) &&
    sexLevelOf(p) === SEX_LEVEL.equal &&
    (place === PLACE_LEVEL.village || place === PLACE_LEVEL.sameVillageHere)
  )
}

/** A misfit that is somebody else for certain: more than the name alone differs. */
export function isSomebodyElse(p: number): boolean {
  const birth = birthLevelOf(p)
  return isMisfit(p) && (birth >= BIRTH_LEVEL.yearEqual || sexLevelOf(p) === SEX_LEVEL.different)
}

/**
 * People with two hukou and two valid numbers, without a label: those whose family agrees, or, where families are not
 * written down, the surplus of equal birth dates among namesakes of one month: of strangers one in 29 shares the day.
 */
export function secondNumbers(scored: PatternTable): number {
  const isNamesake = (p: number): boolean =>
    pairClassOf(p) === PAIR_CLASS.policePolice &&
    idLevelOf(p) === ID_LEVEL.bothValidDiffer &&
    (nameLevelOf(p) === NAME_LEVEL.exact || nameLevelOf(p) === NAME_LEVEL.variant) &&
    sexLevelOf(p) !== SEX_LEVEL.different
  const ofOneFamily = sumCounts(
    scored,
    (p) =>
      isNamesake(p) &&
      birthLevelOf(p) <= BIRTH_LEVEL.yearBeside &&
      (kinLevelOf(p) === KIN_LEVEL.agree || kinLevelOf(p) === KIN_LEVEL.partly),
  )
  const sameDate = sumCounts(scored, (p) => isNamesake(p) && birthLevelOf(p) === BIRTH_LEVEL.dateEqual)
  const otherDay = sumCounts(scored, (p) => isNamesake(p) && birthLevelOf(p) === BIRTH_LEVEL.monthEqual)
  return Math.max(ofOneFamily, (sameDate - otherDay / 29) / SAME_DATE_SHARE)
}

/**
 * Pairs of one person of which a row has no number, without a label: namesakes born on one day, less those whom chance
 * gives it. Where the register has no numbers at all, nothing else says how many people stand in it twice.
 */
export function withoutNumbers(scored: PatternTable): number {
  const isNamesake = (p: number): boolean =>
    pairClassOf(p) === PAIR_CLASS.policePolice &&
    idLevelOf(p) === ID_LEVEL.missing &&
    (nameLevelOf(p) === NAME_LEVEL.exact || nameLevelOf(p) === NAME_LEVEL.variant) &&
    sexLevelOf(p) !== SEX_LEVEL.different
  const sameDate = sumCounts(scored, (p) => isNamesake(p) && birthLevelOf(p) === BIRTH_LEVEL.dateEqual)
  const otherDay = sumCounts(scored, (p) => isNamesake(p) && birthLevelOf(p) === BIRTH_LEVEL.monthEqual)
  return Math.max(0, sameDate - otherDay / 29)
}

/** Same name, birth and village: the numbers of such pairs show how numbers go wrong. */
export function isIdentityAnchor(p: number): boolean {
  const name = nameLevelOf(p)
  const birth = birthLevelOf(p)
  return (
    (name === NAME_LEVEL.exact || name === NAME_LEVEL.variant) &&
    (birth === BIRTH_LEVEL.dateEqual || birth === BIRTH_LEVEL.monthKnown) &&
    sexLevelOf(p) !== SEX_LEVEL.different &&
    placeLevelOf(p) === PLACE_LEVEL.village
  )
}

export interface LevelCounts {
  readonly total: number
  readonly byComparison: readonly number[][]
}

/** Pairs with wanted patterns by comparison and level (level 0: missing), and how many they are. */
export function levelCounts(table: PatternTable, wanted: (pattern: number) => boolean): LevelCounts {
  const byComparison = COMPARISONS.map((c) => Array.from({ length: c.levels }, () => 0))
  let total = 0
  for (let i = 0; i < table.patterns.length; i++) {
    const pattern = table.patterns[i]
    if (!wanted(pattern)) continue
    total += table.counts[i]
    for (let c = 0; c < COMPARISONS.length; c++) {
      const level = (pattern >>> COMPARISONS[c].shift) & COMPARISONS[c].mask
      byComparison[c][level] += table.counts[i]
    }
  }
  return { total, byComparison }
}

/** How many pairs have wanted patterns. */
export function sumCounts(table: PatternTable, wanted: (pattern: number) => boolean): number {
  let sum = 0
  for (let i = 0; i < table.patterns.length; i++) if (wanted(table.patterns[i])) sum += table.counts[i]
  return sum
}
