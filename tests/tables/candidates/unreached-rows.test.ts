import { expect, test } from 'vitest'
import { makeSeriesAndPeople } from '../../../bench/accuracy/tables/series-and-people.ts'
import { blockRule } from '../../../src/tables/candidates/blocks.ts'
import type { BlockingKey } from '../../../src/tables/candidates/keys.ts'
import { reachRows } from '../../../src/tables/candidates/unreached-rows.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const rowCount = 1000
/** The first 600 rows have a title, the others a name; of each ten rows that have one two share it. */
const key = (name: string, isOf: (row: number) => boolean, block = 2): BlockingKey => ({
  name,
  fields: [0],
  slots: [Int32Array.from({ length: rowCount }, (_, row) => (isOf(row) ? Math.floor(row / block) : -1))],
  isWhole: true,
})
const isWork = (row: number) => row < 600
const isPerson = (row: number) => row >= 600
const cut = { rowCount, leftCount: rowCount, rowsPerBlockMax: 400, splitKeys: [] }
const blocksOf = (one: BlockingKey) => blockRule({ name: one.name, keys: [one] }, cut)
const ofWorks = ['title', 'start of title', 'year'].map((name) => key(name, isWork))

function reached(offers: readonly BlockingKey[], taken = ofWorks): string[] {
  const costed = offers.map((one) => ({ cost: blocksOf(one).pairs, slots: one.slots }))
  return reachRows(taken.map(blocksOf), costed, rowCount, (r) => blocksOf(offers[r])).map(({ name }) => name)
}

test('rows that no rule looks at get rules of their own, the cheapest first', () => {
  const offers = [key('sound of name', isPerson, 20), key('name', isPerson), key('start of name', isPerson, 5)]
  expect(reached(offers)).toEqual(['name', 'start of name', 'sound of name'])
})

test('what looks at none of these rows is not taken, nor more than three that do', () => {
  const offers = [key('place', isWork), ...['a', 'b', 'c', 'd'].map((name) => key(name, isPerson))]
  expect(reached(offers)).toEqual(['a', 'b', 'c'])
})

test('where all rows but one in a hundred are looked at nothing is taken', () => {
  const all = ['a', 'b', 'c'].map((name) => key(name, (row) => row < 990))
  expect(reached([key('name', isPerson)], all)).toEqual([])
  const fewer = ['a', 'b', 'c'].map((name) => key(name, (row) => row < 989))
  expect(reached([key('name', isPerson)], fewer)).toEqual(['name'])
})

test('people of whom the name alone is known are found beside works with titles, days and numbers', () => {
  const { left, right, spec } = makeSeriesAndPeople(31, { series: 60, people: 1500 })
  const table = tableFromRows('t', [...left, ...(right ?? [])])
  const { recall, precision } = measureTruth(
    runTables(table, undefined, completeSpec(spec)),
    table,
    undefined,
    'cluster',
  )
  expect(precision).toBeGreaterThan(0.92)
  expect(recall).toBeGreaterThan(0.92)
})
