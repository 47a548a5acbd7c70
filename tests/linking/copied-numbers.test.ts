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

test("a row under a sister's number, born a digit of the year apart, is not the sister, whom the household has as well", async () => {
  const sister = { name: '金军凯', sex: '2', household_no: '7' }
  const number = id('20060104', '246')
  const { groups } = await linkRows([
    police('P1', { ...sister, birth_date: '20060104', id_number: number }),
    census('C1', { ...sister, birth_month: '200601' }),
    census('C2', { ...sister, name: '金春明', birth_month: '200301', id_number: number }),
  ])
  expect(groups).toEqual(['police:P1 census:C1'])
})
