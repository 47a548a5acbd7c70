import { expect, test } from 'vitest'
import {
  EXPECTS,
  type ExpectedPartners,
  expectPartners,
  openHukouOf,
  standingOf,
} from '../../src/matching/expected-partners.ts'
import { checkDigit } from '../../src/normalise/id-number.ts'
import { buildNameFeatures } from '../../src/normalise/name-features.ts'
import { NameFeatures, reserveNameFeatures } from '../../src/records/name-features.ts'
import { type BuiltTable, buildTable, type RowText } from '../support/build-table.ts'
import { linkRows } from '../support/link-rows.ts'

const VILLAGE = '513027001002'
const OTHER = '513027105201'
const number = (k: number): string => {
  const digits = `51302719800101${String(k).padStart(3, '0')}`
  return digits + checkDigit(digits)
}
const police = (k: number): RowText => ({
  register: 'police',
  id: `P${k}`,
  name: '柳青',
  sex: '1',
  birth_date: '19800101',
  id_number: number(k),
  area_code: VILLAGE,
  household_no: `H${k}`,
  record_flag: '1',
  reversal_flag: '0',
})
const census = (id: string, k: number, row: Record<string, string> = {}): RowText => ({
  register: 'census',
  id,
  name: '柳青',
  sex: '1',
  birth_month: '198001',
  id_number: number(k),
  block_code: `${VILLAGE}003`,
  household_no: id,
  residence: '1',
  hukou_place: '1',
  ...row,
})
const away = { residence: '4', residence_area_code: OTHER }
const fromOtherVillage = { block_code: `${OTHER}001`, hukou_place: '3', hukou_area_code: VILLAGE }
const fromOtherCounty = { hukou_place: '4', hukou_area_code: '510101' }

function expected({ table, memory }: BuiltTable): ExpectedPartners {
  const names = new NameFeatures(
    memory.memory,
    reserveNameFeatures(memory, table.names.size, table.names.units),
    table.names,
  )
  buildNameFeatures(table.names, 1, table.names.size + 1, names)
  return expectPartners(table, names)
}

test('what a row must have follows from its own claims', () => {
  const built = buildTable([
    police(1),
    census('here', 1),
    census('away', 1, away),
    census('moved', 1, fromOtherVillage),
    census('inbound', 1, fromOtherCounty),
    census('undetermined', 1, { hukou_place: '5' }),
    census('abroad', 1, { residence: '7' }),
  ])
  const { flags } = expected(built)
  const of = (key: string): number => flags[built.rowOf(key)]
  expect(of('police:P1')).toBe(0)
  expect(of('census:here')).toBe(EXPECTS.police)
  expect(of('census:away')).toBe(EXPECTS.police | EXPECTS.census)
  expect(of('census:moved')).toBe(EXPECTS.police | EXPECTS.census)
  expect(of('census:inbound')).toBe(0)
  expect(of('census:undetermined')).toBe(0)
  expect(of('census:abroad')).toBe(EXPECTS.police)
})

test('the dead are seldom counted: how seldom is counted on numbers, of a status with few rows it is not believed', () => {
  const people = Array.from({ length: 400 }, (_, k) => k)
  const dead = (k: number): RowText => ({ ...police(k), status: '1', death_date: '20200301' })
  const rows = [
    ...people.slice(0, 200).map(police),
    // One of the two hundred dead in twenty is counted, everybody else, and one of the two who have settled abroad.
    ...people.slice(200).map(dead),
    { ...police(500), status: '4' },
    { ...police(501), status: '4' },
    ...people.slice(0, 210).map((k) => census(`C${k}`, k)),
    census('C500', 500),
  ]
  const { counted } = expected(buildTable(rows))
  expect(counted[0]).toBe(1)
  expect(counted[1]).toBeCloseTo((10 + 10) / (200 + 10), 10)
  expect(counted[4]).toBeCloseTo((1 + 10) / (2 + 10), 10)
  expect(counted[2]).toBe(1)
})

test('an earlier version of a dead person is as seldom counted as the one in force', () => {
  const now = { ...police(1), person_no: 'R1', status: '1' }
  const built = buildTable([now, { ...police(1), id: 'P0', person_no: 'R1', record_flag: '0' }, census('C1', 1)])
  const { rowOf } = built
  const { flags } = expected(built)
  expect(standingOf(flags[rowOf('police:P0')])).toBe(1)
  expect(standingOf(flags[rowOf('police:P1')])).toBe(1)
  expect(standingOf(flags[rowOf('census:C1')])).toBe(0)
})

test('the prior of a census row with somebody dead is lower by that, of any other pair it is not', async () => {
  const dead = { ...police(1), id: 'P9', status: '1' }
  const certificate: RowText = {
    register: 'deaths',
    id: 'D1',
    name: '柳青',
    sex: '1',
    birth_date: '19800101',
    death_date: '20200301',
  }
  const rows = [police(1), dead, census('C1', 1), certificate]
  const { explain } = await linkRows(rows, [], false, [1, 1 / 16, 1, 1, 1, 1, 1, 1, 1, 1, 1 / 8])
  const plain = await linkRows(rows)
  const change = (a: string, b: string): number => explain(a, b).prior - plain.explain(a, b).prior
  expect(change('police:P1', 'census:C1')).toBe(0)
  expect(change('police:P9', 'census:C1')).toBe(-4000)
  expect(change('census:C1', 'deaths:D1')).toBe(-3000)
  expect(change('police:P9', 'deaths:D1')).toBe(0)
})

/** Infants of a year in which births are certified: those with a number stand in both registers, those without in one. */
function infants(ofRegisteredOpen: number, ofNumberlessOpen: number, each = 100): RowText[] {
  const hukou = (isOpen: boolean): Record<string, string> => ({ hukou_place: isOpen ? '5' : '1' })
  return Array.from({ length: each }, (_, k) => k).flatMap((k): RowText[] => [
    { register: 'births', id: `B${k}`, child_name: '柳青', sex: '1', birth_date: `202001${String((k % 28) + 1)}` },
    { ...police(k), birth_date: '20200105', id_number: infantsNumber(k) },
    census(`R${k}`, k, { birth_month: '202001', id_number: infantsNumber(k), ...hukou(k < ofRegisteredOpen) }),
    census(`N${k}`, k, { birth_month: '202001', id_number: '', ...hukou(k < ofNumberlessOpen) }),
  ])
}

function infantsNumber(k: number): string {
  const digits = `51302720200105${String(k).padStart(3, '0')}`
  return digits + checkDigit(digits)
}

test('an infant without a number whose hukou is open is registered as seldom as those with one leave it open', () => {
  const bits = (registeredOpen: number, numberlessOpen: number, ...more: RowText[]): number[] => {
    const built = buildTable([...infants(registeredOpen, numberlessOpen), ...more])
    const { flags } = expected(built)
    return ['census:N0', 'census:N99', 'census:R0', 'census:OLD', 'police:P0'].map((key) =>
      openHukouOf(flags[built.rowOf(key)]),
    )
  }
  const adult = census('OLD', 500, { id_number: '', hukou_place: '5' })
  // (0 + 10 × .4) of (100 + 10), beside .4: a tenth as often, told as an eighth.
  expect(bits(0, 40, adult)).toEqual([3, 0, 0, 0, 0])
  // (10 + 10 × .4) of 110 is a third of .4: a half.
  expect(bits(10, 40, adult)).toEqual([1, 0, 0, 0, 0])
  // As often as the others: it tells nothing.
  expect(bits(40, 40, adult)).toEqual([0, 0, 0, 0, 0])
})

test('the prior of an infant whose hukou is open is lower with a police row, and with a census row that knows of a hukou', async () => {
  const { explain } = await linkRows(infants(0, 5, 10))
  const prior = (a: string, b: string): number => explain(a, b).prior
  // (0 + 10 × .5) of (10 + 10), beside .5: half as often.
  expect(prior('police:P0', 'census:N0') - prior('police:P0', 'census:N9')).toBe(-1000)
  expect(prior('census:R0', 'census:N0') - prior('census:R0', 'census:N9')).toBe(-1000)
  expect(prior('census:N0', 'census:N1')).toBe(prior('census:N8', 'census:N9'))
})

test('the share without partner is counted on numbers, with caution where few are seen', () => {
  const people = Array.from({ length: 400 }, (_, k) => k)
  const rows = [...people.slice(0, 380).map(police), ...people.map((k) => census(`C${k}`, k))]
  const [policeShare, censusShare] = expected(buildTable(rows)).unmatched
  // 20 of 400 have none, 50 more are believed in, and two in a hundred are spoiled.
  expect(policeShare).toBeCloseTo(70 / 450 + 0.02, 10)
  // Nobody is away: nothing is known.
  expect(censusShare).toBe(1)
})

test('a number that nobody holds tells less where the register lacks the numbers of people in the census', () => {
  const people = Array.from({ length: 400 }, (_, k) => k)
  const named = (row: RowText, k: number): RowText => ({ ...row, name: `柳青${String.fromCodePoint(0x4e00 + k)}` })
  const shareOf = (isNumbered: (k: number) => boolean, inCensus: (k: number) => boolean): number => {
    const rows = [
      ...people.slice(0, 380).map((k) => ({ ...named(police(k), k), ...(isNumbered(k) ? {} : { id_number: '' }) })),
      ...people.filter(inCensus).map((k) => named(census(`C${k}`, k), k)),
    ]
    return expected(buildTable(rows)).unmatched[0]
  }
  const isOdd = (k: number): boolean => k % 2 === 1
  // Of 400 numbers 190 are held; of the 380 that name, month and village find, with 50 more believed in, 190 + 50 of 430.
  const held = 190 / ((190 + 50) / (380 + 50))
  expect(shareOf(isOdd, () => true)).toBeCloseTo((400 - held + 50) / 450 + 0.02, 10)
  // Who has no number in the register is not in the census: the numbers of the others tell all.
  expect(shareOf(isOdd, isOdd)).toBeCloseTo((200 - 190 + 50) / 250 + 0.02, 10)
})

test('where no census row has a number, it is counted on name, month of birth and hukou village', () => {
  const people = Array.from({ length: 400 }, (_, k) => k)
  const named = (row: RowText, k: number): RowText => ({
    ...row,
    name: `柳青${String.fromCodePoint(0x4e00 + k)}`,
    id_number: '',
  })
  const present = { block_code: `${OTHER}001`, hukou_place: '3', hukou_area_code: VILLAGE }
  const rows = [
    ...people.slice(0, 380).map((k) => ({ ...named(police(k), k), id_number: number(k) })),
    ...people.slice(0, 200).map((k) => named(census(`A${k}`, k, away), k)),
    ...people.slice(0, 150).map((k) => named(census(`C${k}`, k, present), k)),
    ...people.slice(200).map((k) => named(census(`C${k}`, k), k)),
  ]
  const { unmatched, expecting } = expected(buildTable(rows))
  expect(expecting).toEqual([550, 350])
  // 20 of 550 have none; 50 of 350: those who are away and are present nowhere. Fifty more are believed in.
  expect(unmatched[0]).toBeCloseTo(70 / 600 + 0.02, 10)
  expect(unmatched[1]).toBeCloseTo(100 / 400 + 0.02, 10)
})

test('the prior of a pair rises where its row must have such a partner, and nowhere else', async () => {
  const rows = [
    police(1),
    census('here', 1),
    census('away', 1, away),
    census('moved', 1, fromOtherVillage),
    census('inbound', 1, fromOtherCounty),
  ]
  const [plain, expecting] = [await linkRows(rows), await linkRows(rows, [], true)]
  const gain = (a: string, b: string): number => expecting.explain(a, b).prior - plain.explain(a, b).prior
  expect(gain('police:P1', 'census:here')).toBe(Math.round(Math.log2(1 / 0.05) * 1000))
  expect(gain('police:P1', 'census:inbound')).toBe(0)
  expect(gain('census:away', 'census:moved')).toBe(Math.round(Math.log2(1 / 0.12) * 1000))
  // Two present rows, or two away rows, are no partners of each other.
  expect(gain('census:here', 'census:moved')).toBe(0)
  expect(gain('census:inbound', 'census:away')).toBe(0)
})
