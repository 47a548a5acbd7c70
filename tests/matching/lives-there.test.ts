import { expect, test } from 'vitest'
import type { RowText } from '../support/build-table.ts'
import { linkRows } from '../support/link-rows.ts'

/** She married into 102202; her parents list her as away at 205206, with her hukou. */
const rows = (residence: string, livesAt: string, village = '330226205206001'): RowText[] => [
  {
    register: 'police',
    id: 'P1',
    name: '侯丹爱',
    sex: '2',
    birth_date: '19581003',
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
    birth_month: '195810',
    block_code: village,
    household_no: 'F1',
    residence,
    residence_area_code: livesAt,
    hukou_place: '1',
  },
]

const kinOf = async (residence: string, livesAt: string, village?: string): Promise<number> => {
  const { explain } = await linkRows(rows(residence, livesAt, village))
  expect(explain('census:C1', 'police:P1')).toEqual(explain('police:P1', 'census:C1'))
  return explain('police:P1', 'census:C1').weights.kin
}

test('an away row that says she lives where the police know her speaks for the pair, by how near it says it', async () => {
  const village = await kinOf('4', '330226102202')
  const township = await kinOf('4', '330226102')
  const elsewhere = await kinOf('4', '330226300200')
  expect(village).toBeGreaterThan(1000)
  expect(village).toBeGreaterThan(township)
  expect(township).toBeGreaterThan(elsewhere)
})

test('it says nothing of a row that is present, names no place, or claims its hukou in that village anyway', async () => {
  expect(await kinOf('1', '330226102202')).toBe(0)
  expect(await kinOf('4', '')).toBe(0)
  expect(await kinOf('4', '330226102202', '330226102202001')).toBe(0)
})
