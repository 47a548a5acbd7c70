/** The judge of made-up counties on people of one household, babies and relations, on rows written by hand. */
import { expect, test } from 'vitest'
import type { RegisterName } from '../../src/synth/rows.ts'
import { readMonth } from '../../src/synth/truth/readings.ts'
import { type Fields, census, HOME, inTown, judge, police, WEI } from './judged-rows.ts'

const MIN = {
  id_number: '513027199501012346',
  name: '李敏',
  sex: '2',
  birth_date: '19950101',
  birth_month: '199501',
  person: '1',
}

test('two people of one household present in the same two households are one finding, not two', () => {
  const rows = { police: [police(), police(MIN)], census: [census(HOME), census(HOME, MIN), inTown(), inTown(MIN)] }
  const { must, may } = judge(rows)
  expect(must).toEqual(['household-duplicate census:1 census:3 census:2 census:4'])
  expect(may).toContain('present-twice census:1 census:3')
})

test('a household missed as a whole replaces what is said of its members', () => {
  const { must, may } = judge({ police: [police(), police(MIN)] })
  expect(must).toEqual(['whole-household-missing police:1 police:2'])
  expect(may).toContain('missing-everywhere police:1')
})

test('a household of one is missed as a person; its other name is fair too', () => {
  expect(judge({ police: [police()] }).may).toContain('whole-household-missing police:1')
})

test('declared counts are held against the rows', () => {
  const { must } = judge({ police: [police()], census: [census(HOME, { persons_present: '2', persons_away: '0' })] })
  expect(must).toEqual(['household-count-mismatch census:1'])
})

const BABY: Fields = {
  name: '王小',
  sex: '1',
  birth_date: '2020-05-05',
  birth_order: '1',
  mother_name: '李敏',
  mother_id: MIN.id_number,
  area_code: HOME,
  person: '2',
}

test('a baby of a registered mother, neither registered nor listed, lacks both', () => {
  const rows = { police: [police({ ...MIN })], census: [census(HOME, MIN)], births: [BABY] }
  expect(judge(rows).must).toEqual(['birth-not-registered births:1', 'newborn-missing births:1'])
})

test('a birth certificate of a stranger is information, and a newborn missed only by a fair reading', () => {
  const { must, may } = judge({ births: [{ ...BABY, area_code: '513061001001' }] })
  expect(must).toEqual(['birth-outside-area births:1'])
  expect(may).toContain('newborn-missing births:1')
})

const TWO_PEOPLE: Partial<Record<RegisterName, readonly Fields[]>> = {
  police: [police(), police(MIN)],
  census: [census(HOME), census(HOME, MIN)],
}

test('two members who bear the number of each other have exchanged them', () => {
  const [one, other] = TWO_PEOPLE.census as [Fields, Fields]
  const exchanged = [
    { ...one, id_number: MIN.id_number },
    { ...other, id_number: WEI.id_number },
  ]
  const { must } = judge({ ...TWO_PEOPLE, census: exchanged })
  expect(must).toContain('id-swapped-in-household census:1')
  expect(must).toContain('id-swapped-in-household census:2')
})

test("a number that the register gives as the mother's is borrowed", () => {
  const rows = {
    police: [police({ mother_id: MIN.id_number }), police(MIN)],
    census: [census(HOME, { id_number: MIN.id_number }), census(HOME, MIN)],
  }
  expect(judge(rows).must).toContain('parent-id-borrowed census:1')
})

test.each<[string, Fields, Fields, boolean]>([
  ['two heads', { relation: '0' }, { relation: '0' }, true],
  ['husband and wife', { relation: '0' }, { relation: '1' }, false],
  ['a spouse of the same sex', { relation: '0' }, { relation: '1', sex: '1' }, true],
  ['a child of the same age', { relation: '0' }, { relation: '2' }, true],
  ['a mother of 55', { relation: '2' }, { relation: '0', birth_month: '193903' }, false],
  ['a mother of 56', { relation: '2' }, { relation: '0', birth_month: '193803' }, true],
])('relations in a form: %s', (_, one, other, isWrong) => {
  const { must } = judge({ census: [census(HOME, one), census(HOME, { ...MIN, ...other })] })
  expect(must.some((line) => line.startsWith('household-relation-error'))).toBe(isWrong)
})

test.each(['201604', '2016-04', '2016-4', '2016/4', '20160409', '2016/4/9'])('the month of %s is April 2016', (text) =>
  expect(readMonth(text)).toBe(201604),
)
