/** One number on several lines of a household: whose it is, and that the others are other people. */
import { expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { census, id, police } from '../support/village-rows.ts'

test("a daughter of her mother's name, with the mother's number copied down, is not the mother written twice", async () => {
  const number = id('19730815', '224')
  const mother = { name: '贡布卓嘎', sex: '2', id_number: number, household_no: '7' }
  const { groups } = await linkRows([
    police('P1', { ...mother, birth_date: '19730815' }),
    census('C1', { ...mother, birth_month: '197308', relation: '0' }),
    census('C2', { ...mother, birth_month: '199310', relation: '2' }),
  ])
  expect(groups).toEqual(['police:P1 census:C1'])
})
