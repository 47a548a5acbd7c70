/** Who is left over, and what it says for a pair that both of its rows are. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { OpenRows } from '../../../src/linking/leftovers/open-rows.ts'
import { EXPECTS } from '../../../src/matching/expected-partners.ts'
import type { Kernel } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../../../src/matching/weigh-county.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { census, OTHER, police } from '../../support/village-rows.ts'

const away = { residence: '4', residence_area_code: OTHER }

/** @param joined pairs of keys that are one person already @param expecting what each row must have, by key */
function openRows(
  rows: readonly RowText[],
  joined: readonly (readonly [string, string])[],
  expecting: Readonly<Record<string, number>>,
) {
  const { table, rowOf } = buildTable(rows)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  for (const [a, b] of joined) groups.join(rowOf(a), rowOf(b))
  const expects = new Uint8Array(table.rows)
  for (const [key, what] of Object.entries(expecting)) expects[rowOf(key)] = what
  const same = (name: number): number => name
  const kernel = { nameKey: same, nameSound: same, surnameSound: same } as unknown as Kernel
  const open = new OpenRows({ table, lines, groups, kernel, weights: { expects } as unknown as CountyWeights })
  return {
    bonus: (a: string, b: string) => open.bonusOf(Math.min(rowOf(a), rowOf(b)), Math.max(rowOf(a), rowOf(b))),
    meetings: () => {
      const met: (readonly [seeker: number, open: number, byName: boolean])[] = []
      open.meet((...meeting) => met.push(meeting))
      return met
    },
    rowOf,
  }
}

test('of four police persons three have no row: a census row without one gains by that', () => {
  const persons = ['P1', 'P2', 'P3', 'P4'].map((key) => police(key, { name: '王芳' }))
  const gone = police('P5', { name: '王芳', status: '1' })
  const rows = [...persons, gone, census('C1', { name: '王芳' }), census('C2', { name: '王芳' })]
  const { bonus } = openRows(rows, [['police:P1', 'census:C1']], {
    'census:C1': EXPECTS.police,
    'census:C2': EXPECTS.police,
  })
  expect(bonus('police:P2', 'census:C2')).toBe(milliBits((4 + 50) / (3 + 50)))
  // Who has a row is not left over, nor who is not in force; and C1 has found its own.
  expect(bonus('police:P1', 'census:C2')).toBe(0)
  expect(bonus('police:P5', 'census:C2')).toBe(0)
  expect(bonus('police:P2', 'census:C1')).toBe(0)
})

test('of two away rows one has its present row: a present row that lacks its away one gains by that', () => {
  const rows = [
    census('A1', { name: '王芳', ...away }),
    census('A2', { name: '王芳', ...away }),
    census('C1', { name: '王芳' }),
    census('C2', { name: '王芳' }),
  ]
  const expecting = Object.fromEntries(rows.map(({ id }) => [`census:${id}`, EXPECTS.census]))
  const { bonus } = openRows(rows, [['census:A1', 'census:C1']], expecting)
  expect(bonus('census:A2', 'census:C2')).toBe(milliBits((2 + 50) / (1 + 50)))
  expect(bonus('census:A1', 'census:C2')).toBe(0)
  expect(bonus('census:A2', 'census:C1')).toBe(0)
})

test('a seeker meets the open rows that share a name, a village or a month with it, and none that is not open', () => {
  const rows = [
    police('P1', { name: '王芳', sex: '2', birth_date: '19980105' }),
    police('P2', { name: '李强', sex: '2', birth_date: '19980120', area_code: OTHER }),
    police('P3', { name: '赵明', sex: '1', birth_date: '19710301', area_code: OTHER }),
    police('P4', { name: '王芳', sex: '2', birth_date: '19980105', status: '1' }),
    census('C1', { name: '王芳', sex: '2', birth_month: '199801' }),
  ]
  const { meetings, rowOf } = openRows(rows, [], { 'census:C1': EXPECTS.police })
  const seeker = rowOf('census:C1')
  const met = meetings()
  expect(met).toContainEqual([seeker, rowOf('police:P1'), false])
  // Of one month and sex only: worth nothing without their names.
  expect(met).toContainEqual([seeker, rowOf('police:P2'), true])
  expect(met.map(([, open]) => open)).not.toContain(rowOf('police:P3'))
  expect(met.map(([, open]) => open)).not.toContain(rowOf('police:P4'))
})

test('a seeker of a police row meets who of its name has his hukou where it says, though he has a row and is of another age', () => {
  const rows = [
    police('P1', { name: '王芳', sex: '2', birth_date: '19610305' }),
    police('P2', { name: '王芳', sex: '2', birth_date: '19610305', status: '1' }),
    police('P3', { name: '王芳', sex: '2', birth_date: '19610305', area_code: OTHER }),
    census('C1', { name: '王芳', sex: '2', birth_month: '199801' }),
    census('C2', { name: '王芳', sex: '2', birth_month: '196103' }),
  ]
  const joined = [
    ['police:P1', 'census:C2'],
    ['police:P3', 'census:C2'],
  ] as const
  const { meetings, rowOf } = openRows(rows, joined, { 'census:C1': EXPECTS.police, 'census:C2': EXPECTS.police })
  expect(meetings()).toEqual([[rowOf('census:C1'), rowOf('police:P1'), false]])
})
