import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeFilms } from '../../../bench/accuracy/tables/discs-and-films.ts'
import { makeShopListings } from '../../../bench/accuracy/tables/shop-listings.ts'
import type { CandidatePairs } from '../../../src/tables/candidates/candidate-pairs.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { link, proposeSpec } from '../../../src/tables/index.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { chancesLeft } from '../../../src/tables/model/rivals.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'

const ROWS = 6
/** Pairs a < b with their patterns, as rows that hold slices. */
function pairsOf(list: readonly (readonly [a: number, b: number, pattern: number])[]): CandidatePairs {
  const sorted = [...list].sort((x, y) => x[0] - y[0] || x[1] - y[1])
  const [from, to] = [new Int32Array(ROWS), new Int32Array(ROWS)]
  for (let row = 0; row < ROWS; row++) {
    from[row] = sorted.filter(([a]) => a < row).length
    to[row] = from[row] + sorted.filter(([a]) => a === row).length
  }
  const right = Int32Array.from(sorted, ([, b]) => b)
  const pattern = Int32Array.from(sorted, ([, , p]) => p)
  return { from, to, right, pattern } as unknown as CandidatePairs
}

test('a pair alone keeps its chance, two alike that share a row have half of it each', () => {
  const weights = Int32Array.of(20_000, 20_000)
  const left = chancesLeft(
    pairsOf([
      [0, 1, 0],
      [2, 3, 1],
      [2, 4, 1],
    ]),
    weights,
    ROWS,
  )
  expect(left[0]).toBe(1)
  expect(left[1]).toBeCloseTo(0.5, 5)
})

test('a pattern keeps what its pairs keep on average against all others of their rows', () => {
  const anyPair = fc
    .tuple(fc.nat(ROWS - 2), fc.nat(ROWS - 1), fc.nat(2))
    .map(([a, b, p]) => [Math.min(a, b), Math.max(a, b, Math.min(a, b) + 1), p] as const)
  fc.assert(
    fc.property(
      fc.uniqueArray(anyPair, { selector: ([a, b]) => `${a} ${b}`, maxLength: 12 }),
      fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 3, maxLength: 3 }),
      (list, weights) => {
        const odds = (p: number) => 2 ** (weights[p] / 1000)
        const left = chancesLeft(pairsOf(list), Int32Array.from(weights), ROWS)
        for (const p of [0, 1, 2]) {
          const kept = list
            .filter(([, , pattern]) => pattern === p)
            .map(([a, b]) => {
              const rivals = list.filter(
                ([x, y]) => (x === a || y === b || x === b || y === a) && !(x === a && y === b),
              )
              const others = rivals.reduce((sum, [, , pattern]) => sum + odds(pattern), 0)
              return (1 + odds(p)) / (1 + odds(p) + others)
            })
          const mean = kept.length === 0 ? 1 : kept.reduce((sum, each) => sum + each, 0) / kept.length
          expect(left[p]).toBeCloseTo(mean, 6)
        }
      },
    ),
  )
})

test('of hundreds of titles in one table likeness is not taken for sameness', () => {
  const made = makeShopListings(415, { products: 350 })
  const table = tableFromRows('both', [...made.left, ...(made.right ?? [])])
  const { f1 } = measureTruth(runTables(table, undefined, completeSpec(made.spec)), table, undefined, 'cluster')
  expect(f1).toBeGreaterThan(0.8)
})

test('where marks of most pairs taken for matches differ, they are variants: nobody stands there twice', () => {
  const once = tableFromRows('once', makeShopListings(512, { products: 300 }).right ?? [])
  const { links } = runTables(once, undefined, completeSpec({ id: 'id', columns: { title: 'text', price: 'number' } }))
  expect(links.filter(({ decision }) => decision === 'link').length).toBeLessThan(8)
})

// The title is then taken to be who made the film, which one site leaves out or gives otherwise: in more than a quarter of the
// matches it wholly differs, as among the tracks of one album. But a track has several partners, a film has one.
test('a film that another site credits to another writer has one partner: it is no sibling', {
  timeout: 120_000,
}, () => {
  const made = makeFilms(1, { films: 600 })
  const left = tableFromRows('left', made.left)
  const right = tableFromRows('right', made.right ?? [])
  const { detail } = link(left, right, proposeSpec(left, right, 'cluster').spec)
  expect(measureTruth(detail, left, right, 'cluster').recall).toBeGreaterThan(0.95)
})
