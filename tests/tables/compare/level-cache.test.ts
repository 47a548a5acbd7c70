/** The cache may forget a pair; it never answers for another one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LevelCache } from '../../../src/tables/compare/level-cache.ts'

test('a pair that was just kept is known, in either order', () => {
  const cache = new LevelCache(100)
  cache.set(7, 3, 5)
  expect([cache.get(3, 7), cache.get(7, 3)]).toEqual([5, 5])
})

test('whatever was kept before, an answer is the level of the very pair, or none', () => {
  const pair = fc.tuple(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 63 }))
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 400 }), (pairs) => {
      const cache = new LevelCache(61)
      const keyOf = (u: number, v: number) => `${Math.min(u, v)} ${Math.max(u, v)}`
      const kept = new Map<string, number>()
      for (const [u, v, level] of pairs) kept.set(keyOf(u, v), cache.set(u, v, level))
      for (let u = 0; u <= 60; u++)
        for (let v = u; v <= 60; v++) expect([0, kept.get(keyOf(u, v))]).toContain(cache.get(u, v))
    }),
    { numRuns: 20 },
  )
})

test('of values too many for a word nothing is kept', () => {
  const cache = new LevelCache(1 << 25)
  cache.set(1, 2, 9)
  expect(cache.get(1, 2)).toBe(0)
})
