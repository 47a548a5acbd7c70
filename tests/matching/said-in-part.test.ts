/** Names of which a row says a part: the surname, or what somebody is called at home. */
import { expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { census, id, police } from '../support/village-rows.ts'

const person = { name: '王霞慧', sex: '2' }
const registered = police('P1', {
  ...person,
  birth_date: '19650812',
  id_number: id('19650812', '226'),
  household_no: 'H1',
})
const listed = (name: string, more: Record<string, string> = {}) =>
  census('C1', { ...person, birth_month: '196508', household_no: 'F1', ...more, name })

const nameWeight = async (name: string): Promise<number> => {
  const { explain } = await linkRows([registered, listed(name)])
  expect(explain('census:C1', 'police:P1')).toEqual(explain('police:P1', 'census:C1'))
  return explain('police:P1', 'census:C1').weights.name
}

test('a surname alone, with whatever stands for the rest, speaks for whoever has it', async () => {
  const surname = await nameWeight('王')
  expect(surname).toBeGreaterThan(500)
  for (const name of ['王某', '王某某', '王氏', '老王', '小王', '王大妈']) expect(await nameWeight(name)).toBe(surname)
  expect(surname).toBeLessThan(await nameWeight('王霞慧'))
  for (const name of ['未取名', '小妹', '小李']) expect(await nameWeight(name)).toBe(0)
  for (const name of ['李', '李某']) expect(await nameWeight(name)).toBeLessThan(-3000)
})

test('a pet name made of the given name, or that alone, speaks for more than a name with another character', async () => {
  const pet = await nameWeight('慧儿')
  for (const name of ['小慧', '阿霞', '霞霞', '慧慧', '霞慧', '慧', '慧子', '霞妹', '王慧妹', '王慧儿'])
    expect([name, await nameWeight(name)]).toEqual([name, pet])
  for (const name of ['李慧妹', '王丽妹', '王妹妹', '丽子'])
    expect([name, (await nameWeight(name)) < pet]).toEqual([name, true])
  expect(pet).toBeGreaterThan(await nameWeight('王霞丽'))
  expect(pet).toBeGreaterThan(await nameWeight('李霞慧'))
  expect(pet).toBeGreaterThan(3000)
})

test('a row without a name is met by month of birth and home, and not without either', async () => {
  const groups = async (more: Record<string, string>) =>
    (await linkRows([registered, listed('王某', more)], [], true)).groups
  expect(await groups({})).toEqual(['police:P1 census:C1'])
  expect(await groups({ birth_month: '' })).toEqual([])
  expect(await groups({ birth_month: '196502' })).toEqual([])
})
