/** How often the one left over is the one left over on the other side: a share counted in the county itself. */
import { expect, test } from 'vitest'
import { counterpartPrior, fitShare, USUAL_COUNTERPARTS } from '../../src/linking/households/lone-members.ts'

const times = (n: number, weight: number): number[] => Array.from({ length: n }, () => weight)

test('a county without such pairs keeps the usual share', () => {
  expect(fitShare([])).toBe(USUAL_COUNTERPARTS)
})

test('where all pairs are alike, nearly everybody left over is the other one left over', () => {
  expect(fitShare(times(1000, 9000))).toBeGreaterThan(0.98)
})

test('a few pairs move the share little', () => {
  const share = fitShare(times(5, 9000))
  expect(share).toBeGreaterThan(USUAL_COUNTERPARTS)
  expect(share).toBeLessThan(0.75)
})

test('where grandparents are unlisted and lodgers many, the share falls', () => {
  const share = fitShare([...times(300, 9000), ...times(700, -20_000)])
  expect(share).toBeGreaterThan(0.3)
  expect(share).toBeLessThan(0.33)
})

test('the share does not depend on the order of the pairs', () => {
  const weights = [...times(40, 7000), ...times(25, -12_000), ...times(10, -1000)]
  expect(fitShare(weights.toReversed())).toBeCloseTo(fitShare(weights), 12)
})

test('the more are left over, the less likely is a given one; shares of one sum to at most one', () => {
  const probability = (size: number): number => 1 / (1 + 2 ** (-counterpartPrior(0.95, size) / 1000))
  expect(probability(1)).toBeCloseTo(0.95, 3)
  expect(probability(2)).toBeLessThan(probability(1))
  for (const size of [2, 3, 10]) expect(size * probability(size)).toBeLessThan(1.0001)
})
