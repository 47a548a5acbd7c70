import { expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { census, id, police } from '../support/village-rows.ts'

const person = { name: '侯丹爱', sex: '2' }
const number = id('19951003', '402')

const birthWeight = async (birth: string, id_number = ''): Promise<number> => {
  const registered = police('P1', { ...person, birth_date: '19951003', id_number: number })
  const { explain } = await linkRows([registered, census('C1', { ...person, birth_month: birth, id_number })])
  return explain('police:P1', 'census:C1').weights.birth
}

test('a birth that is a year alone agrees in all that it says; another month of that year does not', async () => {
  const alone = await birthWeight('1995')
  expect(alone).toBeGreaterThan(2000)
  expect(await birthWeight('199500')).toBe(alone)
  expect(alone).toBeLessThan(await birthWeight('199510'))
  expect(await birthWeight('199503')).toBeLessThan(0)
  expect(await birthWeight('1975')).toBeLessThan(0)
})

test('beside a number all but the same, which holds the birth, it says nothing', async () => {
  const oneDigitOff = `${number.slice(0, 16)}6${number.slice(17)}`
  expect(await birthWeight('1995', oneDigitOff)).toBe(0)
})
