/** Families are those of the police register. */
import { expect, test } from 'vitest'
import { indexFamilies } from '../../src/linking/family-index.ts'
import { buildTable } from '../support/build-table.ts'
import { census, id, OTHER, police } from '../support/village-rows.ts'

const person = { name: '苟文武', sex: '1', birth_date: '19830311', id_number: id('19830311', '215') }

/** Pairs of rows under one number in two villages. */
function pairsOfOneNumber(rows: Parameters<typeof buildTable>[0]): string[] {
  const { table, keyOf } = buildTable(rows)
  return Array.from(indexFamilies(table).twiceBorn.byNumber, keyOf).sort()
}

test('a census row in another village is no second hukou, however many versions the register has struck out', () => {
  const struckOut = police('P1', { ...person, record_flag: '0' })
  const listed = census('C1', { ...person, birth_month: '198303', block_code: `${OTHER}003` })
  expect(pairsOfOneNumber([struckOut, police('P2', person), listed])).toEqual([])
})

test('a second row of the register is one', () => {
  expect(pairsOfOneNumber([police('P1', person), police('P2', { ...person, area_code: OTHER })])).toEqual([
    'police:P1',
    'police:P2',
  ])
})
