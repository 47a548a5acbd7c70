/** Quick ways beside the slow, obvious ones: pairs by the thousand, trees without the rest, choices without a second look. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeHouseholds } from '../../bench/accuracy/tables/addresses-and-households.ts'
import { makeFigures, makeShortRows } from '../../bench/accuracy/tables/figures-and-short-rows.ts'
import type { MadeTable } from '../../bench/accuracy/tables/made-table.ts'
import { makeProducts } from '../../bench/accuracy/tables/publications.ts'
import { openTables } from '../../src/tables/open-tables.ts'
import { LazyGreedy } from '../../src/tables/candidates/lazy-greedy.ts'
import { PairComparer } from '../../src/tables/compare/pair-comparer.ts'
import { PatternInterner } from '../../src/tables/compare/patterns.ts'
import { tableFromRows } from '../../src/tables/read/read-table.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'
import { JointTables, treeOf } from '../../src/tables/model/trees.ts'

/** Every third record has its two name columns changed round, so that swaps are met. */
function withSwaps(made: MadeTable): MadeTable {
  const [given, family] = ['given name', 'family name'].map((kind) =>
    Object.keys(made.spec.columns).find((column) => made.spec.columns[column] === kind),
  ) as [string, string]
  const swapped = made.left.map((row, i) =>
    i % 3 === 0 ? { ...row, [given]: row[family], [family]: row[given] } : row,
  )
  return { ...made, left: swapped }
}

test.each<readonly [string, MadeTable]>([
  ['names in each other’s column', withSwaps(makeShortRows(43, { people: 60, rowsMost: 4, hardness: 1 }))],
  ['two registers', makeHouseholds(44, { households: 40, hardness: 2, overlap: 0.6 })],
  ['figures', makeFigures(45, { people: 20, meanRows: 5, hardness: 1.3 })],
  ['things with marks', makeProducts(46, { products: 60 })],
])('%s: pairs by the thousand have the levels of pairs one by one', (_, made) => {
  const right = made.right === undefined ? undefined : tableFromRows('r', made.right)
  const open = () => openTables(tableFromRows('l', made.left), right, completeSpec(made.spec))
  const [together, alone] = [open(), open()]
  const { rowCount } = together.fields
  const width = together.comparisons.length
  const interner = new PatternInterner(width)
  const left = Int32Array.from({ length: rowCount ** 2 }, (__, i) => i % rowCount)
  const rows = Int32Array.from({ length: rowCount ** 2 }, (__, i) => Math.floor(i / rowCount))
  const numbers = new Int32Array(left.length)
  new PairComparer(together.comparisons).count(left, rows, left.length, interner, numbers)
  const { levels, counts } = interner.patterns()
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rowCount ** 2)
  const met = new Set<number>()
  numbers.forEach((number, i) => {
    alone.comparisons.forEach((comparison, c) => {
      const level = comparison.levelOf(left[i], rows[i])
      met.add(c * 256 + level)
      if (levels[number * width + c] !== level)
        expect([comparison.name, left[i], rows[i], levels[number * width + c]]).toEqual([
          comparison.name,
          left[i],
          rows[i],
          level,
        ])
    })
  })
  expect(met.size).toBeGreaterThan(3 * width)
})

test('a tree asks for no more pairs of comparisons than it joins', () => {
  const levelCounts = [3, 4, 2, 3]
  const levels = fc.tuple(...levelCounts.map((count) => fc.nat(count - 1)))
  const parents = fc.tuple(
    fc.constant(-1),
    fc.constantFrom(-1, 0, 3),
    fc.constantFrom(-1, 0, 1),
    fc.constantFrom(-1, 0),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(levels, fc.nat(50)), { minLength: 1 }), parents, (list, joined) => {
      const patterns = {
        width: 4,
        levels: Uint8Array.from(list.flatMap(([pattern]) => pattern)),
        count: list.length,
        counts: Float64Array.from(list, ([, count]) => count),
      }
      const [all, few] = [new JointTables(levelCounts), new JointTables(levelCounts)]
      all.addAll(patterns, patterns.counts)
      few.addJoined(patterns, patterns.counts, Int32Array.from(joined))
      const tree = (tables: JointTables) => treeOf(tables, Int32Array.from(joined), undefined, [2], 5)
      expect(tree(few)).toEqual(tree(all))
    }),
  )
})

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
        if (best < 0) break
        open.delete(best)
        rules[best][0].forEach((hit, i) => {
          if (hit) worth[i] *= 0.35
        })
      }
    }),
  )
})
