/** Whether parents and spouse of a police row live in the household of a census row. */
import { expect, test } from 'vitest'
import { RelativesAtHome } from '../../../src/linking/statistical/relatives-at-home.ts'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { NAME_LEVEL } from '../../../src/matching/compare/levels.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, police } from '../../support/village-rows.ts'

const BORN = { sex: '1', birth_date: '19950720' }
const COUNTED = { sex: '1', birth_month: '199507' }

/** Couple k: the husband in both registers, and beside him in the census his wife or somebody else. */
function couple(k: number, isAtHome: boolean): RowText[] {
  const wife = `江桂${String.fromCodePoint(0x4e00 + k)}`
  return [
    police(`P${k}`, { ...BORN, name: '彭昌发', spouse_name: wife }),
    census(`C${k}`, { ...COUNTED, name: '彭昌发', relation: '0', household_no: `H${k}` }),
    census(`W${k}`, { name: isAtHome ? wife : '赵启超', sex: '2', relation: '1', household_no: `H${k}` }),
  ]
}

/** A stranger to all of them, and households in which to look for his wife. */
const ASKED: RowText[] = [
  police('P', { ...BORN, name: '彭昌发', spouse_name: '姚天兰' }),
  police('NUMBER', { ...BORN, name: '彭昌发', spouse_id: id('19951112', '802') }),
  police('ALONE', { ...BORN, name: '彭昌发' }),
  ...['WITH', 'MISHEARD', 'WITHOUT', 'DORMITORY', 'LODGER'].map((key) =>
    census(key, {
      ...COUNTED,
      name: '彭昌发',
      relation: key === 'LODGER' ? '9' : '0',
      household_no: key,
      household_type: key === 'DORMITORY' ? '2' : '1',
    }),
  ),
  census('SINGLE', { ...COUNTED, name: '彭昌发', relation: '0', household_no: 'SINGLE' }),
  census('W1', { name: '姚天兰', id_number: id('19951112', '802'), relation: '1', household_no: 'WITH' }),
  census('W2', { name: '姚天蓝', relation: '1', household_no: 'MISHEARD' }),
  census('W3', { name: '赵启超', relation: '1', household_no: 'WITHOUT' }),
  census('W4', { name: '赵启超', relation: '1', household_no: 'DORMITORY' }),
  census('W5', { name: '赵启超', relation: '0', household_no: 'LODGER' }),
]

/** Milli-bits of a police row and a census row in a county of 200 couples, so many of them at home together. */
function weighed(together: number): (police: string, census: string) => number {
  const couples = Array.from({ length: 200 }, (_, k) => couple(k, k < together))
  const { table, rowOf } = buildTable([...couples.flat(), ...ASKED])
  const { households } = indexFamilies(table)
  const count = couples.length
  const relatives = new RelativesAtHome({
    table,
    // Names of one sound are near, all others are not.
    kernel: {
      nameLevel: (a: number, b: number) =>
        [a, b].map((name) => table.names.text(name)).every((text) => text.startsWith('姚天'))
          ? NAME_LEVEL.homophone
          : NAME_LEVEL.different,
    } as never,
    pairs: {
      count,
      left: couples.map((_, k) => rowOf(`police:P${k}`)),
      right: couples.map((_, k) => rowOf(`census:C${k}`)),
      pattern: new Int32Array(count).fill(PAIR_CLASS.policeCensus << SHIFT.pairClass),
      weight: new Int32Array(count).fill(20_000),
    } as never,
    households,
  })
  return (a, b) => relatives.weightOf(rowOf(`police:${a}`), rowOf(`census:${b}`))
}

test('a household without wife or parents speaks against, one with them for, by what the county shows', () => {
  const of = weighed(180)
  expect(of('P', 'WITH')).toBe(3000)
  expect(of('P', 'MISHEARD')).toBe(3000)
  expect(of('NUMBER', 'WITH')).toBe(3000)
  // 180 of 200, and 50 more of all the pairs, of whom 50 are taken for strangers: seven or eight of ten.
  expect(of('P', 'WITHOUT')).toBeLessThan(-2000)
  expect(of('P', 'WITHOUT')).toBeGreaterThan(-3300)
  // The fewer are at home, the less it says that nobody is.
  expect(weighed(100)('P', 'WITHOUT')).toBeGreaterThan(-1100)
})

test('who has no relatives that are known, who lives alone and who lives in a dormitory have nothing of it', () => {
  const of = weighed(180)
  expect(of('ALONE', 'WITHOUT')).toBe(0)
  expect(of('P', 'SINGLE')).toBe(0)
  expect(of('P', 'DORMITORY')).toBe(0)
  expect(of('NUMBER', 'WITHOUT')).toBe(of('P', 'WITHOUT'))
})

test('where wives live with their husbands no oftener than with strangers nothing is said', () => {
  const of = weighed(0)
  expect(of('P', 'WITH')).toBe(0)
  expect(of('P', 'WITHOUT')).toBe(0)
})

test('of a kind that was not seen it says as much as of all kinds together', () => {
  const of = weighed(180)
  expect(of('P', 'LODGER')).toBeLessThan(-500)
  expect(of('P', 'LODGER')).toBeGreaterThan(of('P', 'WITHOUT'))
})

test('linking asks it of a pair without a number, and not of one with it', async () => {
  const taught = Array.from({ length: 120 }, (_, k) => {
    const number = { id_number: id('19950720', String(k).padStart(3, '0')) }
    return couple(k, true).map((row) => (row.name === '彭昌发' ? { ...row, ...number, name: '温世钊' } : row))
  }).flat()
  const weight = async (wife: string, number = ''): Promise<number> => {
    const asked = [
      police('P', { ...BORN, name: '彭昌发', spouse_name: '姚天兰', id_number: number }),
      census('HERE', { ...COUNTED, name: '彭昌发', relation: '0', household_no: 'HERE', id_number: number }),
      census('W1', { name: wife, sex: '2', relation: '1', household_no: 'HERE' }),
    ]
    const { result, rowOf } = await linkRows([...taught, ...asked])
    const { left, right, weight: weights } = result.links
    return weights[left.findIndex((row, k) => row === rowOf('police:P') && right[k] === rowOf('census:HERE'))]
  }
  expect((await weight('姚天兰')) - (await weight('赵启超'))).toBeGreaterThanOrEqual(3000)
  const number = id('19950720', '675')
  expect(await weight('姚天兰', number)).toBe(await weight('赵启超', number))
})
