/** Weights of members of linked households. */
import { expect, test } from 'vitest'
import { householdWeights, memberWeight } from '../../../src/linking/households/household-weights.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { type CountyModel, estimateCountyModel } from '../../../src/matching/county-model.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { PatternCounts } from '../../../src/matching/pattern-counts.ts'

const none = { patterns: new Int32Array(0), counts: new Float64Array(0) }
const model = estimateCountyModel({
  scored: none,
  random: none,
  randomLocal: none,
  rows: [25_000, 25_000, 0, 0, 0],
  idCoverage: [1, 0.5, 0, 0, 0],
  unmatched: [1, 1],
})

/** The model of a county where so many births without a number are wrong. */
function withWrongBirths(share: number): CountyModel {
  const classes = model.classes.map((c) => ({
    ...c,
    mBirthUnnumbered: c.m[1].map((p, level) => (level === BIRTH_LEVEL.different ? share : p * (1 - share))),
  }))
  return { ...model, classes }
}

test('a wrong birth says less against a member the oftener births without a number are wrong, and as much as ever beside one', () => {
  const weight = (share: number, id: number): number =>
    memberWeight(
      householdWeights(withWrongBirths(share), new PatternCounts()),
      (NAME_LEVEL.exact << SHIFT.name) |
        (BIRTH_LEVEL.different << SHIFT.birth) |
        (id << SHIFT.id) |
        (SEX_LEVEL.equal << SHIFT.sex) |
        (PAIR_CLASS.policeCensus << SHIFT.pairClass),
      0,
    )
  // Ten times as often: log2 10 bits.
  expect(weight(0.1, ID_LEVEL.missing) - weight(0.01, ID_LEVEL.missing)).toBeCloseTo(3322, -1)
  expect(weight(0.1, ID_LEVEL.differ)).toBe(weight(0.01, ID_LEVEL.differ))
})
