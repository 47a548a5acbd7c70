import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LazyGreedy } from '../../../src/tables/candidates/lazy-greedy.ts'

test('the lazy choice is the choice of one who looks at everything', () => {
  const hits = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(fc.tuple(hits, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 12 }), (rules) => {
      const worth = Float64Array.from({ length: 8 }, (_, i) => 1 + (i % 3))
      const valueOf = (r: number) => {
        const [found, cost] = rules[r]
        return found.reduce((sum, hit, i) => sum + (hit ? worth[i] : 0), 0) / cost
      }
      const greedy = new LazyGreedy(rules.length, valueOf)
      const open = new Set(rules.keys())
      while (open.size > 0) {
        const values = [...open].map((r) => [r, valueOf(r)] as const)
        const most = values.reduce((best, [, value]) => Math.max(best, value), 0)
        const first = values.find(([, value]) => most > 0 && value === most)?.[0] ?? -1
        const best = greedy.best([...open])
        expect(best).toBe(first)
        // What is but supposed is forgotten: the next choice is as good.
        const worthNow = worth.slice()
        worth.forEach((_, i) => (worth[i] *= i % 2 === 0 ? 0.35 : 1))
        const supposed = [...open].map((r) => [r, valueOf(r)] as const)
        const supposedMost = supposed.reduce((least, [, value]) => Math.max(least, value), 0)
        const supposedFirst = supposed.find(([, value]) => supposedMost > 0 && value === supposedMost)?.[0] ?? -1
        expect(greedy.supposedBest([...open])).toBe(supposedFirst)
        worth.set(worthNow)
        if (best < 0) break
        open.delete(best)
        rules[best][0].forEach((hit, i) => {
          if (hit) worth[i] *= 0.35
        })
      }
    }),
  )
})
