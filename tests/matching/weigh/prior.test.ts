/** The prior: pairs of one number, divided by the chance that both rows have one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PAIR_CLASS } from '../../../src/matching/kernel.ts'
import { lambdaOf, matchesMax, pairsOfClass } from '../../../src/matching/weigh/prior.ts'

const { policePolice, policeCensus, censusCensus, other } = PAIR_CLASS
const rows = [10_000, 8000, 50, 100, 90]

test('every two rows are a pair of one class', () =>
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 5, maxLength: 5 }), (few) => {
      const all = few.reduce((sum, n) => sum + n, 0)
      const pairs = [policePolice, policeCensus, censusCensus, other].map((pairClass) => pairsOfClass(few, pairClass))
      expect(pairs.reduce((sum, n) => sum + n, 0)).toBe((all * (all - 1)) / 2)
    }),
  ))

test('where half of the rows have a number, two that are one person both have it one time in four', () => {
  const idCoverage = [0.5, 0.8, 1, 0, 1]
  const matches = (pairClass: number, anchors: number): number =>
    lambdaOf({ rows, idCoverage }, pairClass, anchors) * pairsOfClass(rows, pairClass)
  expect(matches(policePolice, 300)).toBeCloseTo(300 / 0.25, 6)
  expect(matches(policeCensus, 3000)).toBeCloseTo(3000 / 0.4, 6)
  expect(matches(censusCensus, 300)).toBeCloseTo(300 / 0.64, 6)
})

test('without a number in common few are still one person: three in ten between registers, two in a thousand of one, a hundredth of the other', () => {
  const input = { rows, idCoverage: [0, 0, 0, 0, 0] }
  expect(lambdaOf(input, policeCensus, 0) * pairsOfClass(rows, policeCensus)).toBeCloseTo(0.3 * 8000, 6)
  expect(lambdaOf(input, policePolice, 0) * pairsOfClass(rows, policePolice)).toBeCloseTo(0.002 * 10_000, 6)
  expect(lambdaOf(input, censusCensus, 0) * pairsOfClass(rows, censusCensus)).toBeCloseTo(0.01 * 8000, 6)
  expect(lambdaOf(input, other, 0)).toBeCloseTo(0.9 / 10_000, 12)
  expect(lambdaOf({ ...input, rows: [30, 25, 1, 0, 0] }, other, 0)).toBeCloseTo(0.9 / 100, 12)
  expect(lambdaOf({ ...input, rows: [0, 0, 0, 0, 0] }, policeCensus, 0)).toBeGreaterThan(0)
})

test('no more are one person than expect a partner, but for one in a hundred; two of the census expect each other', () => {
  expect(matchesMax(rows, policeCensus, [7000, 600])).toBe(7000 + 100)
  expect(matchesMax(rows, censusCensus, [7000, 600])).toBe(300 + 100)
  expect(matchesMax(rows, policeCensus)).toBe(Infinity)
})
