/** What it weighs in which village a form of the dead lies. */
import { expect, test } from 'vitest'
import { PlacesOfDead } from '../../../src/linking/births-deaths/places-of-dead.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { OTHER, VILLAGE } from '../../support/village-rows.ts'

const NEXT_VILLAGE = '513027001003'
const TOWNSHIP = '513027001'

const form = (id: string, village = VILLAGE): RowText => ({
  register: 'census_deaths',
  id,
  name: `刘${id}`,
  block_code: `${village}003`,
  death_month: '202001',
})
const certificate = (id: string, hukou: string): RowText => ({
  register: 'deaths',
  id,
  name: `刘${id}`,
  hukou_area_code: hukou,
  death_date: '20200108',
})

/** @param linked ids of forms and certificates that are one person */
function weigherOf(rows: readonly RowText[], linked: readonly string[] = []) {
  const { table, rowOf } = buildTable(rows)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  for (const id of linked) groups.join(rowOf(`census_deaths:${id}`), rowOf(`deaths:${id}`))
  const places = new PlacesOfDead(
    table,
    groups,
    Array.from({ length: table.rows }, (_, row) => row),
  )
  return (of: string, other: string): number => places.weigh(rowOf(`census_deaths:${of}`), rowOf(`deaths:${other}`))
}

/** Forms and certificates in many villages, and one township with two. */
const scattered = (n: number): RowText[] =>
  Array.from({ length: n }, (_, i) => certificate(`Z${i}`, `51302710${5 + (i % 4)}2${String(10 + i).padStart(2, '0')}`))

test('the fewer of the dead name the village of a form, the more it weighs that one does', () => {
  const weigh = weigherOf([form('A'), certificate('A', VILLAGE), ...scattered(31)])
  expect(weigh('A', 'A')).toBe(Math.round(1000 * Math.log2(0.8 * 32)))
  const twice = weigherOf([form('A'), certificate('A', VILLAGE), certificate('B', VILLAGE), ...scattered(30)])
  expect(twice('A', 'A')).toBe(Math.round(1000 * Math.log2((0.8 * 32) / 2)))
})

test('the township says less, and elsewhere speaks against', () => {
  const weigh = weigherOf([form('A'), certificate('A', VILLAGE), certificate('B', NEXT_VILLAGE), ...scattered(30)])
  expect(weigh('A', 'A')).toBeGreaterThan(weigh('A', 'B'))
  expect(weigh('A', 'B')).toBeGreaterThan(0)
  expect(weigh('A', 'Z0')).toBe(Math.round(1000 * Math.log2((0.1 * 32) / 30)))
})

test('a code that ends with its township names no village', () => {
  const weigh = weigherOf([form('A'), certificate('A', TOWNSHIP), ...scattered(31)])
  expect(weigh('A', 'A')).toBe(0)
})

test('where linked forms lie elsewhere, elsewhere costs less', () => {
  const ids = Array.from({ length: 50 }, (_, i) => `L${i}`)
  const rows = [form('A'), ...scattered(30), ...ids.flatMap((id) => [form(id), certificate(id, OTHER)])]
  const before = weigherOf(rows)('A', 'Z1')
  const costsLess = 1000 * Math.log2(55 / 100 / (5 / 50))
  expect(Math.abs(weigherOf(rows, ids)('A', 'Z1') - before - costsLess)).toBeLessThan(2)
})
