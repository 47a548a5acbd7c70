/**
 * Weights between two members of linked households: place and address say nothing more, and names count as names do
 * inside a family, where surnames and generation characters are shared.
 *
 * In:  the county's model and patterns of different members of one household. Out: milli-bits by pair class and level.
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, pairClassOf, sexLevelOf } from '../../matching/kernel.ts'
import type { PatternCounts } from '../../matching/pattern-counts.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { creditedPattern } from '../number-holders.ts'

/** Weights between two members of linked households. */
export interface HouseholdWeights {
  readonly name: readonly (readonly number[])[]
  readonly birth: readonly (readonly number[])[]
  /** Where a row has no number. */
  readonly birthUnnumbered: readonly (readonly number[])[]
  readonly sex: readonly (readonly number[])[]
  readonly id: readonly (readonly number[])[]
  /** Shares of the name levels: by pair class among rows of one person, and among members of one household. */
  readonly names: { readonly m: readonly (readonly number[])[]; readonly u: readonly number[] }
  /** Shares of the birth levels by pair class among rows of one person, of which one has no number. */
  readonly births: readonly (readonly number[])[]
  /** Share of members of one household who are of one sex and one month, as the weights of both take it. */
  readonly alike: number
}

/** Pairs for which what is usual counts among those of the county. */
const USUAL_PAIRS = 200
/** A near number contains the birth, which then adds little; and relatives' numbers are near one another. Milli-bits. */
const BIRTH_BESIDE_NUMBER_MAX = 1000
const NEAR_NUMBER_MAX = 9000

export function householdWeights(model: CountyModel, household: PatternCounts): HouseholdWeights {
  const { patterns, counts } = household.entries()
  const shares = (levels: number, levelOf: (p: number) => number, usual: (l: number) => number): number[] => {
    const sums = Array.from({ length: levels }, () => 0)
    let total = 0
    for (let i = 0; i < patterns.length; i++) {
      const level = levelOf(patterns[i])
      if (level === 0) continue
      sums[level] += counts[i]
      total += counts[i]
    }
    return sums.map((n, l) => (l === 0 ? 0 : (n + USUAL_PAIRS * usual(l)) / (total + USUAL_PAIRS)))
  }
  // Inside a family: surnames shared, generation characters shared, births apart.
  const uName = shares(12, nameLevelOf, (l) =>
    l <= NAME_LEVEL.variant ? 0.0005 : l < NAME_LEVEL.surnameEqual ? 0.01 : 0.4,
  )
  const uBirth = shares(11, birthLevelOf, (l) =>
    l <= BIRTH_LEVEL.monthKnown ? 0.002 : l === BIRTH_LEVEL.different ? 0.8 : 0.03,
  )
  const uSex = shares(3, sexLevelOf, () => 0.5)
  // A census row knows no day: month equal stands for date equal where the sample (police rows) has full dates.
  const month = uBirth[BIRTH_LEVEL.dateEqual] + uBirth[BIRTH_LEVEL.monthKnown] + uBirth[BIRTH_LEVEL.monthEqual]
  const uBirthFair = uBirth.map((p, l) =>
    l === BIRTH_LEVEL.dateEqual || l === BIRTH_LEVEL.monthKnown ? Math.max(p, month, 0.0015) : p,
  )
  const birthTable = (m: readonly number[]): number[] => {
    const equal = m[BIRTH_LEVEL.dateEqual] + m[BIRTH_LEVEL.monthKnown]
    return table(
      m.map((p, l) => (l === BIRTH_LEVEL.dateEqual || l === BIRTH_LEVEL.monthKnown ? equal : p)),
      uBirthFair,
    )
  }
  return {
    name: model.classes.map((c) => table(c.m[0], uName)),
    birth: model.classes.map((c) => birthTable(c.m[1])),
    birthUnnumbered: model.classes.map((c) => birthTable(c.mBirthUnnumbered)),
    sex: model.classes.map((c) => table(c.m[3], uSex)),
    id: model.classes.map((c) => table(c.m[2], c.u[2])),
    names: { m: model.classes.map((c) => c.m[0]), u: uName },
    births: model.classes.map((c) => c.mBirthUnnumbered),
    alike: uBirthFair[BIRTH_LEVEL.monthKnown] * uSex[SEX_LEVEL.equal],
  }
}

/** The same weights with other shares of name levels among rows of one person, by pair class. */
export function withNames(weights: HouseholdWeights, m: readonly (readonly number[])[]): HouseholdWeights {
  const { u } = weights.names
  return { ...weights, name: m.map((shares) => table(shares, u)), names: { m, u } }
}

function table(m: readonly number[], u: readonly number[]): number[] {
  return m.map((p, l) => (l === 0 ? 0 : milliBits(p / u[l])))
}

/** A number all but the same: proof enough beside a family, and it holds the birth. */
export function isNearNumber(id: number): boolean {
  return id >= ID_LEVEL.sameValid && id <= ID_LEVEL.areaDiffers
}

/** Milli-bits of a pair of members without a prior; `discredit` as creditedPattern takes it. */
export function memberWeight(weights: HouseholdWeights, pattern: number, discredit: number): number {
  const pairClass = pairClassOf(pattern)
  const id = idLevelOf(creditedPattern(pattern, discredit))
  // The birth that a near number contains is not counted twice.
  const near = isNearNumber(id)
  return (
    weights.name[pairClass][nameLevelOf(pattern)] +
    (near
      ? Math.min(BIRTH_BESIDE_NUMBER_MAX, weights.birth[pairClass][birthLevelOf(pattern)])
      : (id === ID_LEVEL.missing ? weights.birthUnnumbered : weights.birth)[pairClass][birthLevelOf(pattern)]) +
    weights.sex[pairClass][sexLevelOf(pattern)] +
    (near ? Math.min(NEAR_NUMBER_MAX, weights.id[pairClass][id]) : weights.id[pairClass][id])
  )
}
