/** A census row of nearly the name of a police row is a slip of the pen, or a twin whose own police row is missing. */
import { describe, expect, test } from 'vitest'
import { besideTwin } from '../../../src/linking/twins/unseen-twins.ts'
import type { RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, police } from '../../support/village-rows.ts'

const SURNAMES = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕']
const GIVEN = [...'文武德才志明国庆海山']

/** People with a number in the census, of whom every `inRegister`th stands in the register too. */
function villagers(people: number, inRegister: number): RowText[] {
  return Array.from({ length: people }, (_, i) => {
    const birth = `${1960 + (i % 40)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`
    const name = `${SURNAMES[i % 20]}${GIVEN[Math.floor(i / 20) % 10]}${GIVEN[Math.floor(i / 200) % 10]}`
    const person = { id_number: id(birth, String(100 + i)), name, sex: i % 2 === 1 ? '2' : '1' }
    const row = census(`S${i}`, { ...person, birth_month: birth.slice(0, 6) })
    return i % inRegister === 0 ? [row, police(`S${i}`, { ...person, birth_date: birth })] : [row]
  }).flat()
}

const home = { sex: '2', address: '坡河村7组258号' }
const registered = {
  ...home,
  name: '涂美英',
  birth_date: '19951105',
  id_number: id('19951105', '386'),
  household_no: '7',
}
const pair = [police('P1', registered), census('C1', { ...home, name: '涂美芳', birth_month: '199511' })]

describe('one other character in the name, one month and one house', () => {
  test('are one person where everybody stands in the register', async () => {
    const { groups } = await linkRows([...pair, ...villagers(600, 1)])
    expect(groups).toContain('police:P1 census:C1')
  })

  test('may be twins where half of the people do not', async () => {
    const { groups, reviews } = await linkRows([...pair, ...villagers(1200, 2)])
    expect(groups).not.toContain('police:P1 census:C1')
    expect(reviews).toContainEqual(expect.stringContaining('police:P1 census:C1'))
  })

  test('but not where the register has the twin, whose name is yet another', async () => {
    const twin = police('P2', { ...registered, name: '涂美丽', id_number: id('19951105', '406') })
    const { groups } = await linkRows([
      ...pair,
      twin,
      census('C2', { ...home, name: '涂美丽', birth_month: '199511' }),
      ...villagers(1200, 2),
    ])
    expect(groups).toContain('police:P1 census:C1')
  })

  test('nor are entries that the register made twice, the name misread once, twins', async () => {
    const twice = Array.from({ length: 60 }, (_, k) => {
      const entry = {
        ...registered,
        address: '',
        id_number: id('19740612', String(200 + 2 * k)),
        birth_date: '19740612',
        household_no: `T${k}`,
      }
      return [police(`T${k}`, { ...entry, name: '何美英' }), police(`U${k}`, { ...entry, name: '何美芳' })]
    }).flat()
    // Of eight hundred people of the census ten stand in no register.
    const people = villagers(800, 1).filter((row, i) => row.register === 'census' || i >= 20)
    const { groups } = await linkRows([...pair, ...people, ...twice])
    expect(groups).toContain('police:P1 census:C1')
  })

  test('and the odds of a twin bound the weight from above', () => {
    expect(besideTwin(5000, 0)).toBe(5000)
    expect(besideTwin(40_000, 1)).toBeCloseTo(0, 6)
    expect(besideTwin(0, 1)).toBe(-1000)
  })
})
