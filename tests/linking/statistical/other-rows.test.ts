/** What the other rows of a person say of a pair: answers at two places, and the address of a second house. */
import { expect, test } from 'vitest'
import { BIRTH_LEVEL, ID_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { ADDRESS_LEVEL, KIN_LEVEL, kinLevelOf, PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { AwayAnswers } from '../../../src/linking/statistical/away-answers.ts'
import { otherRowsWeight } from '../../../src/linking/statistical/other-rows.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../../src/registers/columns.ts'
import { buildTable } from '../../support/build-table.ts'
import { census } from '../../support/village-rows.ts'

/** Couples of an away row and a present row, one behind the other; what each answers. */
function answersOf(couples: readonly (readonly [away: string, present: string])[]): (a: string, b: string) => number {
  const rows = couples.flatMap(([away, present], k) => [
    census(`A${k}`, { name: '贺林海', sex: '1', residence: '4', away_duration: away, away_reason: '工作就业' }),
    census(`R${k}`, { name: '贺林海', sex: '1', hukou_place: '3', away_duration: present, away_reason: '工作就业' }),
  ])
  const { table, rowOf } = buildTable(rows)
  const row = (key: string): number => rowOf(`census:${key}`)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const count = couples.length
  const pattern = new Int32Array(count).fill(
    (PAIR_CLASS.censusCensus << SHIFT.pairClass) | (SEX_LEVEL.equal << SHIFT.sex),
  )
  const pairs = {
    count,
    left: couples.map((_, k) => row(`A${k}`)),
    right: couples.map((_, k) => row(`R${k}`)),
    pattern,
    weight: new Int32Array(count).fill(20_000),
  }
  const answers = new AwayAnswers(table, lines, pairs as never, [])
  return (a, b) => answers.acrossOf(row(a), row(b))
}

const DURATIONS = ['2', '3', '4', '5', '6', '7', '8', '9']
const alike = Array.from({ length: 80 }, (_, k) => [DURATIONS[k % 8], DURATIONS[k % 8]] as const)

test('where the two places answer alike, an equal answer speaks for a pair, and another never against it', () => {
  const across = answersOf(alike)
  expect(across('A0', 'R0')).toBeGreaterThan(2000)
  expect(across('A0', 'R1')).toBe(0)
})

test('where they answer like strangers it says nothing', () => {
  const across = answersOf(alike.map(([away], k) => [away, DURATIONS[(k >> 3) % 8]] as const))
  expect(across('A0', 'R0')).toBeLessThan(300)
})

test('who stands in the census already is found in another house: its address is no reason against it', () => {
  const pattern = (PAIR_CLASS.policeCensus << SHIFT.pairClass) | (ADDRESS_LEVEL.differ << SHIFT.address)
  const weight = (present: number): number => {
    const groups = { present: [present], away: [0], following: () => 0 }
    const weights = { weightOf: () => -6500 }
    const context = { groups, weights, relatives: { weightOf: () => 0 }, table: { registerOf: () => 0 } }
    return otherRowsWeight(context as never, 0, 1, pattern, 0)
  }
  expect(weight(1)).toBe(6500)
  expect(weight(0)).toBe(0)
})

test('relatives at home speak for a pair of register and census, or against it, but not beside one number', () => {
  const pattern = PAIR_CLASS.policeCensus << SHIFT.pairClass
  const groups = { present: [0], away: [0] }
  const weight = (id: number): number =>
    otherRowsWeight({ groups, relatives: { weightOf: () => -1700 } } as never, 0, 1, pattern | (id << SHIFT.id), 0)
  expect(weight(ID_LEVEL.missing)).toBe(-1700)
  expect(weight(ID_LEVEL.sameValid)).toBe(0)
})

test('the parents whom the register names for an infant speak against another certificate, never for it', () => {
  const [CHILD, ROW, CERTIFICATE] = [0, 1, 2]
  const weight = (kin: number, hasPoliceRow = true): number => {
    const context = {
      table: { registerOf: (row: number) => [POLICE, CENSUS, BIRTHS][row], starts: [0, 1, 2, 2, 3] },
      groups: { following: (row: number) => (hasPoliceRow ? 1 - row : row) },
      kernel: { compare: (left: number) => (left === CHILD ? kin << SHIFT.kin : 0) },
      weights: {
        weightOf: (_k: number, _a: number, _b: number, pattern: number) =>
          kinLevelOf(pattern) === KIN_LEVEL.differ ? -5100 : 15_000,
      },
    }
    return otherRowsWeight(context as never, ROW, CERTIFICATE, PAIR_CLASS.other << SHIFT.pairClass, ROW)
  }
  expect(weight(KIN_LEVEL.differ)).toBe(-5100)
  expect(weight(KIN_LEVEL.differ, false)).toBe(0)
  expect(weight(KIN_LEVEL.agree)).toBe(0)
  expect(weight(KIN_LEVEL.missing)).toBe(0)
})

test('a death without birth and number is seldom that of who was met at home', () => {
  const pattern = PAIR_CLASS.other << SHIFT.pairClass
  const weight = (register: number, present: number, known = 0): number => {
    const table = { registerOf: (row: number) => (row === 0 ? POLICE : register) }
    return otherRowsWeight({ groups: { present: [present] }, table } as never, 0, 1, pattern | known, 0)
  }
  for (const register of [CENSUS_DEATHS, DEATHS]) {
    expect(weight(register, 1)).toBe(Math.round(1000 * Math.log2(0.02 / 0.8)))
    expect(weight(register, 0)).toBe(0)
    expect(weight(register, 1, BIRTH_LEVEL.monthKnown << SHIFT.birth)).toBe(0)
    expect(weight(register, 1, ID_LEVEL.oneDigit << SHIFT.id)).toBe(0)
  }
  expect(weight(BIRTHS, 1)).toBe(0)
})
