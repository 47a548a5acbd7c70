/** Families whom two enumerators met: who is written badly the second time follows who is written well. */
import { expect, test } from 'vitest'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const husband = { name: '贺林海', sex: '1', birth_month: '196903', id_number: id('19690301', '311') }
const wife = { name: '陈诗云', sex: '2', birth_month: '197004', id_number: id('19700412', '322') }
const there = { block_code: `${OTHER}003`, household_no: '2', hukou_place: '3', hukou_area_code: VILLAGE }

async function groupsWith(...second: ReturnType<typeof census>[]): Promise<readonly string[]> {
  const { groups } = await linkRows(
    [
      police('P1', { ...husband, birth_date: '19690301', household_no: '1' }),
      police('P2', { ...wife, birth_date: '19700412', household_no: '1' }),
      census('C1', { ...husband, household_no: '1' }),
      census('C2', { ...wife, household_no: '1' }),
      ...second,
    ],
    [],
    true,
  )
  return groups
}

test('where the husband was counted twice, so was the wife under another name', async () => {
  const renamed = census('D2', { ...wife, ...there, name: '秀云', id_number: '' })
  expect(await groupsWith(census('D1', { ...husband, ...there }), renamed)).toEqual([
    'police:P1 census:C1 census:D1',
    'police:P2 census:C2 census:D2',
  ])
})

test('whom nobody of the family stands beside is somebody else', async () => {
  const stranger = census('D2', { ...wife, ...there, name: '秀云', id_number: '' })
  expect(await groupsWith(stranger)).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
})

test('one name and birth on two lines of one household is one person; a month off it is asked', async () => {
  const again = { ...husband, household_no: '1', id_number: '' }
  expect(await groupsWith(census('D1', again))).toEqual(['police:P1 census:C1 census:D1', 'police:P2 census:C2'])
  const { groups, reviews } = await linkRows(
    [
      police('P1', { ...husband, birth_date: '19690301', household_no: '1' }),
      census('C1', { ...husband, household_no: '1' }),
      census('D1', { ...again, birth_month: '196904' }),
    ],
    [],
    true,
  )
  expect(groups).toEqual(['police:P1 census:C1'])
  expect(reviews).toEqual(['police:P1 census:D1 second-row'])
})

test('a son who bears his father’s name is not his father written twice', async () => {
  const son = census('D1', { ...husband, household_no: '1', id_number: '', birth_month: '199203' })
  expect(await groupsWith(son)).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
})

test('one number, birth and sex under two names in one household is one person where the register knows no twin', async () => {
  const renamed = census('D1', { ...husband, household_no: '1', name: '贺林洲' })
  expect(await groupsWith(renamed)).toEqual(['police:P1 census:C1 census:D1', 'police:P2 census:C2'])
  const twin = police('P3', {
    name: '贺林洲',
    sex: '1',
    birth_date: '19690301',
    id_number: id('19690301', '353'),
    household_no: '1',
  })
  expect(await groupsWith(renamed, twin)).toEqual(['police:P1 census:C1', 'police:P2 census:C2', 'police:P3 census:D1'])
})
