import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AdjustedCounts } from '../../../src/matching/weigh/good-turing.ts'

const values = (n: number, count: number): number[] => Array.from({ length: n }, () => count)

test('a name borne once recurs as names borne twice are to names borne once', () => {
  const adjusted = AdjustedCounts.of([...values(1000, 1), ...values(50, 2), ...values(30, 3)])
  expect(adjusted.get(1)).toBeCloseTo(0.1)
  expect(adjusted.get(0)).toBe(adjusted.get(1))
})

test('where names recur, a name borne once counts as half a namesake and no more', () => {
  expect(AdjustedCounts.of([...values(1000, 1), ...values(900, 2)]).get(1)).toBe(0.5)
})

test('too few names tell nothing', () => {
  const adjusted = AdjustedCounts.of([1, 1, 1, 2, 0, 0])
  expect([adjusted.get(1), adjusted.get(2), adjusted.get(70)]).toEqual([0.5, 1.5, 69.5])
})

test('more often seen is never less likely seen again', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 10, maxLength: 10 }), (seen) => {
      const adjusted = AdjustedCounts.of(seen.flatMap((n, r) => values(n, r)))
      for (let r = 1; r < 12; r++) expect(adjusted.get(r + 1)).toBeGreaterThanOrEqual(adjusted.get(r))
    }),
    { numRuns: 50 },
  )
})
