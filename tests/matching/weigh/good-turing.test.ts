import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AdjustedCounts } from '../../../src/matching/weigh/good-turing.ts'

const values = (n: number, count: number): number[] => Array.from({ length: n }, () => count)

test('a name borne once recurs as names borne twice are to names borne once', () => {
  const adjusted = new AdjustedCounts([...values(1000, 1), ...values(50, 2), ...values(30, 3)])
  expect(adjusted.of(1)).toBeCloseTo(0.1)
  expect(adjusted.of(0)).toBe(adjusted.of(1))
})

test('where names recur, a name borne once counts as half a namesake and no more', () => {
  expect(new AdjustedCounts([...values(1000, 1), ...values(900, 2)]).of(1)).toBe(0.5)
})

test('too few names tell nothing', () => {
  const adjusted = new AdjustedCounts([1, 1, 1, 2, 0, 0])
  expect([adjusted.of(1), adjusted.of(2), adjusted.of(70)]).toEqual([0.5, 1.5, 69.5])
})

test('more often seen is never less likely seen again', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 10, maxLength: 10 }), (seen) => {
      const adjusted = new AdjustedCounts(seen.flatMap((n, r) => values(n, r)))
      for (let r = 1; r < 12; r++) expect(adjusted.of(r + 1)).toBeGreaterThanOrEqual(adjusted.of(r))
    }),
    { numRuns: 50 },
  )
})
