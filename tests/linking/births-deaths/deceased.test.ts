/** What the village says of two rows of the dead. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { linkDeceased } from '../../../src/linking/births-deaths/deceased.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const PLACE_DIFFERS = -4000
const FAR = '513027105202'
const dead = { name: '刘海', sex: '1', death_month: '202001', death_date: '20200108' }
const form = (id: string, village: string): RowText => ({
  register: 'census_deaths',
  id,
  block_code: `${village}003`,
  household_no: '026',
  ...dead,
})

/** Milli-bits of two rows of one name and month of death; of that the comparison of places says so much. */
function weightOf(rows: readonly RowText[], ofPlace = PLACE_DIFFERS): number {
  const { table } = buildTable(rows)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const discredited = new Uint8Array(table.rows)
  const [pair] = linkDeceased({
    table,
    discredited,
    groups: new Groups(table, lines, discredited),
    kernel: { compare: () => 0, nameKey: (name: number) => name, nameSound: (name: number) => name },
    weights: { weigh: () => 6000, prior: () => 0, weightOf: () => ofPlace },
    thresholds: { link: 0.9999, review: 0.01 },
  } as never)
  return pair.weight
}

const certificate = (area: string, hukou: string): RowText => ({
  register: 'deaths',
  id: 'D1',
  area_code: area,
  hukou_area_code: hukou,
  ...dead,
})

test('a form of the village where the certificate says that the hukou is lies where it should, eight times as often as elsewhere', () => {
  const elsewhere = weightOf([form('F1', VILLAGE), certificate(OTHER, FAR)])
  expect(weightOf([form('F1', VILLAGE), certificate(OTHER, VILLAGE)]) - elsewhere).toBe(3000)
})

test('what the comparison of places says of a form is not said twice', () => {
  const rows = [form('F1', VILLAGE), certificate(VILLAGE, VILLAGE)]
  // All weights are mocked: what is taken out of the pair is what was in it.
  expect(weightOf(rows, PLACE_DIFFERS) - weightOf(rows, 0)).toBe(-PLACE_DIFFERS)
})

test('that one certificate is not the dead of a form stands against that none is', () => {
  const place = Math.round(1000 * Math.log2(0.8))
  const month = Math.round(1000 * Math.log2(0.8 / 0.1))
  const prior = Math.round(1000 * Math.log2(0.7 / 0.3))
  expect(weightOf([form('F1', VILLAGE), certificate(VILLAGE, VILLAGE)], 0)).toBe(6000 + prior + month + place)
})

test('so does a cancelled hukou of the village of the certificate, or of the hukou that it names', () => {
  const cancelled = police('P1', { ...dead, status: '1' })
  const both = weightOf([cancelled, certificate(VILLAGE, VILLAGE)])
  expect(weightOf([cancelled, certificate(OTHER, VILLAGE)])).toBe(both)
  expect(weightOf([cancelled, certificate(VILLAGE, FAR)])).toBe(both)
})

test('two forms of one death lie in two villages half of the time: that costs one bit', () => {
  const forms = [form('F1', VILLAGE), form('F2', OTHER)]
  const relief = weightOf(forms) - weightOf(forms, 0)
  expect(PLACE_DIFFERS + relief).toBe(Math.round(1000 * Math.log2(0.5 / 0.97)))
})

test('whose certificate has its form already seldom has a second one', () => {
  const { table, rowOf } = buildTable([form('F1', VILLAGE), form('F2', OTHER), certificate(VILLAGE, OTHER)])
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const discredited = new Uint8Array(table.rows)
  const groups = new Groups(table, lines, discredited)
  groups.join(rowOf('census_deaths:F1'), rowOf('deaths:D1'))
  const found = linkDeceased({
    table,
    discredited,
    groups,
    kernel: { compare: () => 0, nameKey: (name: number) => name, nameSound: (name: number) => name },
    // The two forms do not compete.
    weights: {
      weigh: (left: number, right: number) => (table.registerOf(left) === table.registerOf(right) ? -99_000 : 6000),
      prior: () => 0,
      weightOf: () => 0,
    },
    thresholds: { link: 0, review: 0 },
  } as never)
  // Of two forms, and one linked form in its village beside the usual 40 of 50.
  const prior = Math.log2(0.7 / 0.3 / 2) + Math.log2(0.8 / 0.1) + Math.log2(41 / 51)
  const second = Math.log2(0.03 / 0.97 / (0.7 / 0.3))
  expect(found.length).toBe(1)
  expect(Math.abs(found[0].weight - 6000 - 1000 * (prior + second))).toBeLessThan(4)
})
