/** Newborns and their certificates, and twins of whom one certificate is missing. */
import { expect, test } from 'vitest'
import { DECISION } from '../../../src/linking/people.ts'
import { linkRows } from '../../support/link-rows.ts'
import type { RowText } from '../../support/build-table.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const motherNo = id('19951209', '224')
const mother = { name: '饶佳佳', sex: '2', id_number: motherNo, household_no: 'H1' }
const girl = (key: string, name: string): RowText =>
  census(key, { name, sex: '2', birth_month: '202010', household_no: 'F1', relation: '2' })
const certificate = (key: string, row: Record<string, string>): RowText => ({
  register: 'births',
  id: key,
  sex: '2',
  birth_date: '20201013',
  mother_name: '饶佳佳',
  area_code: VILLAGE,
  ...row,
})
const family = [
  police('P1', { ...mother, birth_date: '19951209' }),
  census('C1', { ...mother, birth_month: '199512', household_no: 'F1' }),
]

test('the certificate of one twin is not her sister’s, whose own is missing', async () => {
  const { groups } = await linkRows([
    ...family,
    girl('C2', '时涵晗'),
    girl('C3', '时思妍'),
    certificate('B2', { name: '时思妍', birth_order: '2', mother_id: motherNo }),
  ])
  expect(groups).toEqual(['census:C3 births:B2', 'police:P1 census:C1'])
})

test('two nameless certificates of twins are as likely, though one alone bears the mother’s number', async () => {
  const child = police('P2', {
    name: '时思妍',
    sex: '2',
    birth_date: '20201013',
    household_no: 'H1',
    mother_name: '饶佳佳',
  })
  const { groups, reviews, result } = await linkRows([
    ...family,
    child,
    certificate('B1', { name: '饶佳佳之女', birth_order: '1', mother_id: motherNo }),
    certificate('B2', { name: '时毛毛', birth_order: '2' }),
  ])
  expect(groups).toEqual(['police:P1 census:C1'])
  expect(reviews).toEqual(['police:P2 births:B1 ambiguous', 'police:P2 births:B2 ambiguous'])
  const { decision, weight } = result.links
  const waiting = Array.from(weight).filter((_, line) => decision[line] === DECISION.review)
  expect(waiting[0]).toBe(waiting[1])
})

test('a mother whom the census knows by a pet name and no number is found beside the father of her household', async () => {
  const father = { name: '时永康', sex: '1', id_number: id('19930415', '113') }
  const rows = (fathersHome: string): RowText[] => [
    police('P1', { ...mother, birth_date: '19951209' }),
    police('P2', { ...father, birth_date: '19930415', household_no: fathersHome }),
    census('C1', { ...father, birth_month: '199304', household_no: 'F1' }),
    census('C2', { name: '饶妹子', sex: '2', birth_month: '', household_no: 'F1' }),
    girl('C3', '未取名'),
    certificate('B1', { name: '时思妍', mother_id: motherNo }),
  ]
  expect((await linkRows(rows('H1'))).groups).toContain('census:C3 births:B1')
  // Who is not of her household leads nowhere.
  expect((await linkRows(rows('H2'))).groups).not.toContain('census:C3 births:B1')
})

test('a twin at home by a pet name of the given name is its own, not the other one', async () => {
  const { groups } = await linkRows([
    ...family,
    girl('C2', '小晗'),
    girl('C3', '小妍'),
    certificate('B1', { name: '时涵晗', birth_order: '1', mother_id: motherNo }),
    certificate('B2', { name: '时思妍', birth_order: '2', mother_id: motherNo }),
  ])
  expect(groups).toEqual(['census:C2 births:B1', 'census:C3 births:B2', 'police:P1 census:C1'])
})

test('the second of twins by the certificate is not the child of another name, unless every mother’s children are counted so', async () => {
  const twin = {
    name: '时花玉',
    sex: '2',
    birth_date: '20201013',
    household_no: 'H1',
    mother_name: '饶佳佳',
    mother_id: motherNo,
  }
  const rows = (order: string) => [
    ...family,
    police('P2', twin),
    girl('C2', '时花玉'),
    certificate('B1', { name: '时欣', birth_order: order, mother_id: motherNo }),
  ]
  const together = 'police:P2 census:C2 births:B1'
  expect((await linkRows(rows('1'))).groups).toContain(together)
  expect((await linkRows(rows('2'))).groups).toContain('police:P2 census:C2')
  const others = Array.from({ length: 12 }, (_, i) =>
    certificate(`X${i}`, {
      name: '',
      birth_order: '2',
      birth_date: `202003${10 + i}`,
      mother_name: '',
      area_code: OTHER,
    }),
  )
  expect((await linkRows([...rows('2'), ...others])).groups).toContain(together)
})

test('a twin called after the mother, slip or no slip, is as likely the second of the two as the first', async () => {
  const found = async (name: string) =>
    (
      await linkRows([
        ...family,
        girl('C2', name),
        certificate('B1', { name: '时涵晗', birth_order: '1', mother_id: motherNo }),
        certificate('B2', { name: '时思妍', birth_order: '2', mother_id: motherNo }),
      ])
    ).groups
  for (const name of ['饶佳佳之女', '饶佳佳之汝']) expect(await found(name)).toEqual(['police:P1 census:C1'])
  expect(await found('时涵晗')).toContain('census:C2 births:B1')
})

test('a child whose birth the form knows by the year alone is the one of that year’s certificate, not of another month’s', async () => {
  const groups = async (birth_month: string) =>
    (
      await linkRows([
        ...family,
        { ...girl('C2', '时思妍'), birth_month },
        certificate('B1', { name: '未取名', mother_id: motherNo }),
      ])
    ).groups
  const both = ['census:C2 births:B1', 'police:P1 census:C1']
  expect(await groups('2020')).toEqual(both)
  expect(await groups('202000')).toEqual(both)
  expect(await groups('202003')).toEqual(['police:P1 census:C1'])
})
