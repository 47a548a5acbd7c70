import { expect, test } from 'vitest'
import type { RowText } from '../support/build-table.ts'
import { linkRows } from '../support/link-rows.ts'

const rows = (birth: string, id = ''): RowText[] => [
  {
    register: 'police',
    id: 'P1',
    name: '侯丹爱',
    sex: '2',
    birth_date: '19581003',
    id_number: '330226195810034022',
    area_code: '330226102202',
    household_no: 'H1',
    status: '0',
    record_flag: '1',
    reversal_flag: '0',
  },
  {
    register: 'census',
    id: 'C1',
    name: '侯丹爱',
    sex: '2',
    id_number: id,
    birth_month: birth,
    block_code: '330226102202001',
    household_no: 'F1',
    residence: '1',
    hukou_place: '1',
  },
]

const birthWeight = async (birth: string, id?: string): Promise<number> => {
  const { explain } = await linkRows(rows(birth, id))
  return explain('police:P1', 'census:C1').weights.birth
}

test('a birth that is a year alone agrees in all that it says; another month of that year does not', async () => {
  const alone = await birthWeight('1958')
  expect(alone).toBeGreaterThan(2000)
  expect(await birthWeight('195800')).toBe(alone)
  expect(alone).toBeLessThan(await birthWeight('195810'))
  expect(await birthWeight('195803')).toBeLessThan(0)
  expect(await birthWeight('1978')).toBeLessThan(0)
})

test('beside a number all but the same, which holds the birth, it says nothing', async () => {
  expect(await birthWeight('1958', '330226195810034062')).toBe(0)
})
