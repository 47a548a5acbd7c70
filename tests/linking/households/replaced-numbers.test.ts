/** Numbers that the police replaced: the register knows the new one, the census was told the old one. */
import { expect, test } from 'vitest'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, police, VILLAGE } from '../../support/village-rows.ts'

const wife = { name: '赵素爱', sex: '2' }
const husband = { name: '贺林海', sex: '1', id_number: id('19930301', '311') }
const family = [
  police('P1', { ...husband, birth_date: '19930301', household_no: '1' }),
  census('C1', { ...husband, birth_month: '199303', household_no: '1' }),
]
const registered = police('P2', {
  ...wife,
  birth_date: '19940902',
  id_number: id('19940902', '132'),
  household_no: '1',
})

async function groupsOf(...rows: ReturnType<typeof census>[]): Promise<readonly string[]> {
  const { groups } = await linkRows([...family, ...rows], [], true)
  return groups
}

test('who has no other row anywhere was told the old number', async () => {
  const told = census('C2', { ...wife, birth_month: '199409', id_number: id('19940902', '144'), household_no: '1' })
  expect(await groupsOf(registered, told)).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
})

test('a name misheard beside the same month hides nobody; another name may be a twin of the family', async () => {
  const told = (name: string): ReturnType<typeof census> =>
    census('C2', { sex: '2', name, birth_month: '199409', id_number: id('19940902', '144'), household_no: '1' })
  expect(await groupsOf(registered, told('赵素艾'))).toContain('police:P2 census:C2')
  expect(await groupsOf(registered, told('赵素娟'))).not.toContain('police:P2 census:C2')
})

test('the birth that was set right with the number differs as well: the family is found on both sides', async () => {
  const told = census('C2', { ...wife, birth_month: '199309', id_number: id('19930902', '144'), household_no: '1' })
  expect(await groupsOf(registered, told)).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
})

test('a number that the register knows is its holder’s, though the namesake be at home here', async () => {
  const told = census('C2', { ...wife, birth_month: '199409', id_number: id('19940902', '144'), household_no: '1' })
  const holder = police('P3', { ...wife, birth_date: '19940902', id_number: id('19940902', '144'), household_no: '2' })
  expect(await groupsOf(registered, told, holder)).toContain('police:P3 census:C2')
})

test('who is counted under the own number has no second one', async () => {
  const own = census('C3', { ...wife, birth_month: '199409', id_number: id('19940902', '132'), household_no: '1' })
  const other = census('C2', { ...wife, birth_month: '199409', id_number: id('19940902', '144'), household_no: '1' })
  expect(await groupsOf(registered, own, other)).toContain('police:P2 census:C3')
})

test('two of that name and month who are in no row: nobody knows which', async () => {
  const sister = police('P3', {
    ...wife,
    birth_date: '19940902',
    id_number: id('19940902', '152'),
    area_code: VILLAGE,
    household_no: '1',
  })
  const told = census('C2', { ...wife, birth_month: '199409', id_number: id('19940902', '144'), household_no: '1' })
  expect((await groupsOf(registered, sister, told)).filter((group) => group.includes('C2'))).toEqual([])
})
