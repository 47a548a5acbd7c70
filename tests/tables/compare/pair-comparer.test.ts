/** Pairs by the thousand beside pairs one by one, and both beside what their values say. */
import { expect, test } from 'vitest'
import { makeHouseholds } from '../../../bench/accuracy/tables/addresses-and-households.ts'
import { makeFigures, makeShortRows } from '../../../bench/accuracy/tables/figures-and-short-rows.ts'
import type { MadeTable } from '../../../bench/accuracy/tables/made-table.ts'
import { makeProducts } from '../../../bench/accuracy/tables/publications.ts'
import { buildComparisons } from '../../../src/tables/compare/comparisons.ts'
import { PairComparer } from '../../../src/tables/compare/pair-comparer.ts'
import { PatternInterner } from '../../../src/tables/compare/patterns.ts'
import { CodeLevels } from '../../../src/tables/compare/value-levels.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

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

test('what a row comparison says is what its two values say, remembered or not', () => {
  const made = makeShortRows(41, { people: 60, rowsMost: 5, hardness: 1 })
  const fields = buildFields(tableFromRows('t', made.left), undefined, completeSpec(made.spec))
  const [once, again] = [buildComparisons(fields.fields, []), buildComparisons(fields.fields, [])]
  const distinct = new CodeLevels(fields.fields[4])
  const otherwise: { readonly comparison: string; readonly rows: readonly number[] }[] = []
  for (let a = 0; a < fields.rowCount; a++)
    for (let b = 0; b < fields.rowCount; b++) {
      again.forEach((comparison, c) => {
        if (comparison.levelOf(b, a) !== once[c].levelOf(a, b))
          otherwise.push({ comparison: comparison.name, rows: [a, b] })
      })
      const [u, v] = [fields.fields[4].ids[a], fields.fields[4].ids[b]]
      if (u === v || u * v === 0) continue
      const said = once[4].exactCount + 1 + distinct.levelOf(u, v)
      if (once[4].levelOf(a, b) !== said) otherwise.push({ comparison: 'the values', rows: [a, b] })
    }
  expect(otherwise).toEqual([])
})
