/** Twins, namesakes and mothers: who is one person where a name or a number stands on two rows. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { settled } from '../support/settled-village.ts'
import { census, id, OTHER, police } from '../support/village-rows.ts'

test('a cancelled row and the one in force under one number are one person whose name was written anew', async () => {
  const person = { id_number: id('19950130', '021'), sex: '1', birth_date: '19950130' }
  const cancelled = { name: '杨立良', area_code: OTHER, status: '7', cancelled_on: '20140304' }
  const { groups } = await linkRows([
    police('P1', { ...person, ...cancelled }),
    police('P2', { ...person, name: '杨立郎' }),
    census('C1', { ...person, name: '杨立良', birth_month: '199501' }),
  ])
  expect(groups).toEqual(['police:P1 police:P2 census:C1'])
})

test('two of one name in the book and two at home are two people, however alike', async () => {
  const home = { name: '阿依努尔·别克', sex: '2', address: '井垭村7组150号' }
  const parents = { father_name: '别克·达吾列', mother_name: '阿依达娜·马合沙提', household_no: 'H1' }
  const twins = ['396', '398'].flatMap((sequence, i) => {
    const own = { ...home, id_number: id('20060813', sequence) }
    return [
      police(`P${i}`, { ...own, ...parents, birth_date: '20060813' }),
      census(`C${i}`, { ...own, birth_month: '200608', household_no: '108' }),
    ]
  })
  const { groups, reviews } = await linkRows(twins)
  expect(groups).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
  expect(reviews).toContain('police:P0 police:P1 twin-suspect')
})

test('twins of two names stay two where one is away and a digit of a number is lost', async () => {
  const home = { sex: '1', address: '进寨村1组160号' }
  const book = { mother_name: '杨志花', father_name: '谢长生', household_no: 'H1', birth_date: '20010823' }
  const [one, other] = [id('20010823', '303'), id('20010823', '303').replace(/..$/, '5')]
  const { groups } = await linkRows([
    police('P0', { ...home, ...book, name: '谢嘉捷', id_number: one }),
    police('P1', { ...home, ...book, name: '谢嘉博', id_number: other }),
    census('C0', { ...home, name: '谢嘉捷', birth_month: '200108', household_no: '108' }),
    census('C1', { ...home, name: '谢嘉博', birth_month: '200108', household_no: '108', residence: '5' }),
    ...settled(600),
  ])
  expect(groups.filter((group) => /P[01] /.test(group))).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
})

test('a daughter of her mother’s name and with her mother’s number is the daughter', async () => {
  const home = { name: '阿依古丽·买买提', sex: '2', address: '下桥村7组82号' }
  const mother = id('19960422', '588')
  const { groups } = await linkRows([
    police('P0', { ...home, household_no: 'H1', birth_date: '19960422', id_number: mother }),
    police('P1', { ...home, household_no: 'H1', birth_date: '20180216', id_number: id('20180216', '138') }),
    census('C0', { ...home, household_no: '108', birth_month: '199604', id_number: mother }),
    census('C1', { ...home, household_no: '108', birth_month: '201802', id_number: mother }),
  ])
  expect(groups).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
})

describe('one number on two rows of a household', () => {
  const home = { sex: '1', household_no: '91', address: '旗寨村3组191号' }
  const elder = { ...home, name: '任梓轩', id_number: id('20110523', '207') }
  const younger = { ...home, name: '任梓良', id_number: id('20110523', '209') }
  const book = [
    police('P1', { ...elder, birth_date: '20110523' }),
    police('P2', { ...younger, birth_date: '20110523' }),
  ]

  test('is the twin whom the register knows by it; the other is found by name', async () => {
    const { groups } = await linkRows([
      ...book,
      census('C1', { ...elder, birth_month: '201105' }),
      census('C2', { ...younger, id_number: elder.id_number, birth_month: '201105' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('of people whom no register knows keeps them two', async () => {
    const { groups } = await linkRows([
      census('C1', { ...elder, birth_month: '201105' }),
      census('C2', { ...younger, id_number: elder.id_number, birth_month: '201105' }),
    ])
    expect(groups).toEqual([])
  })
})
