/** What is found only because both sides would be without a counterpart, or because few people die. */
import { describe, expect, test } from 'vitest'
import type { RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { settled, together } from '../../support/settled-village.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const LONELY = '513027105209'
const SURNAMES = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕']
const GIVEN = [...'文武德才志明国庆海山']

describe('leftovers', () => {
  const rows = [
    police('P1', {
      name: '涂美英',
      sex: '2',
      birth_date: '19951105',
      address: '坡河村7组258号',
      id_number: id('19951105', '386'),
    }),
    census('C1', { name: '涂三娃', sex: '2', birth_month: '199511', address: '坡河村7组258号' }),
  ]

  test('a pet name in the right home is found where everybody else has both rows', async () => {
    const linked = await linkRows([...rows, ...settled(600)], [], true)
    expect(together(linked, 'police:P1')).toBe('police:P1 census:C1')
  })

  test('in a village of many leftovers, where village and sex tell nothing, surname or house brings them together', async () => {
    const unknown = Array.from({ length: 80 }, (_, i) => {
      const birth = `19${30 + (i % 50)}0101`
      const name = `${SURNAMES[i % 20]}${GIVEN[i % 10]}`
      return police(`U${i}`, { name, sex: '2', birth_date: birth, id_number: id(birth, String(400 + 2 * i)) })
    })
    const wrong = census('C1', { name: '涂美芳', sex: '2', birth_month: '199611', address: '坡河村7组258号' })
    const linked = await linkRows([rows[0], wrong, ...unknown, ...settled(600)], [], true)
    expect([...linked.groups, ...linked.reviews]).toContainEqual(expect.stringContaining('police:P1 census:C1'))
  })

  test('who says whose hukou he has is found by the sound of the name, though that person has an away row already', async () => {
    const birth = '19951105'
    const person = { sex: '2', id_number: id(birth, '386') }
    const linked = await linkRows(
      [
        police('P1', { ...person, name: '涂美英', birth_date: birth }),
        census('A1', { ...person, name: '涂美', birth_month: '199511', residence: '5', residence_area_code: '340102' }),
        // He lives in another township, and nobody asked when he was born.
        census('R1', {
          name: '涂美莹',
          sex: '2',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect([...linked.groups, ...linked.reviews]).toContainEqual(
      expect.stringMatching(/police:P1 census:(A1 census:)?R1/),
    )
  })

  test('where the person of the register has a census row already, only who is as good as named', async () => {
    const taken = census('C2', { name: '涂美英', sex: '2', birth_month: '199511', id_number: id('19951105', '386') })
    // Of 三娃 nothing is said but the month and the house; of 涂三娃 the surname too: somebody listed her a second time.
    const pet = census('C1', { ...rows[1], name: '三娃' })
    expect(together(await linkRows([rows[0], pet, taken, ...settled(600)], [], true), 'police:P1')).toBe(
      'police:P1 census:C2',
    )
    expect(together(await linkRows([...rows, taken, ...settled(600)], [], true), 'police:P1')).toBe(
      'police:P1 census:C1 census:C2',
    )
  })

  test('an away row and a present row without a birth find each other when both would be alone', async () => {
    const linked = await linkRows(
      [
        census('A1', { name: '曹勇', sex: '1', birth_month: '199405', residence: '4', residence_area_code: OTHER }),
        census('R1', {
          name: '曹勇',
          sex: '1',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: '513027001',
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect(together(linked, 'census:A1')).toBe('census:A1 census:R1')
  })
})

describe('leftovers that know little of each other’s place', () => {
  const away = census('LA', {
    name: '柳敏慧',
    sex: '2',
    birth_month: '198408',
    residence: '4',
    residence_area_code: LONELY.slice(0, 9),
    away_duration: '4',
  })
  const present = (name: string): RowText =>
    census('LR', {
      name,
      sex: '2',
      birth_month: '198408',
      block_code: `${LONELY}003`,
      hukou_place: '3',
      hukou_area_code: '',
      away_duration: '4',
    })

  test('meet by the month of birth where the names resemble each other, to be asked at least', async () => {
    const linked = await linkRows([away, present('柳敏惠'), ...settled(600)], [], true)
    expect(linked.reviews).toContain('census:LA census:LR weight')
  })

  test('but not without a name', async () => {
    const linked = await linkRows([away, present('未取名'), ...settled(600)], [], true)
    expect(together(linked, 'census:LA')).toBeUndefined()
    expect(linked.reviews.filter((line) => line.includes('census:LA'))).toEqual([])
  })
})

describe('leftovers of one village', () => {
  test('an away row and a present row that name each other’s village meet, without one name and without a birth', async () => {
    const linked = await linkRows(
      [
        census('LA', { name: '柳敏慧', sex: '2', birth_month: '198408', residence: '4', residence_area_code: LONELY }),
        census('LR', {
          name: '刘敏慧',
          sex: '2',
          block_code: `${LONELY}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect(together(linked, 'census:LA')).toBe('census:LA census:LR')
  })

  test('who claims a hukou here and is nobody else’s counterpart is more likely counted twice than unknown', async () => {
    const person = { name: '冼秀英', sex: '2' }
    const linked = await linkRows(
      [
        police('P1', { ...person, birth_date: '19860404', id_number: id('19860404', '386') }),
        census('C1', { ...person, birth_month: '198604', id_number: id('19860404', '386') }),
        census('R1', {
          ...person,
          birth_month: '198602',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600, 4),
      ],
      [],
      true,
    )
    expect(together(linked, 'police:P1')).toBe('police:P1 census:C1 census:R1')
  })
})

describe('the dead', () => {
  test('a form without birth and number is found by name and month of death among the few dead of the county', async () => {
    const form: RowText = {
      register: 'census_deaths',
      id: 'F1',
      block_code: `${OTHER}003`,
      household_no: '008',
      name: '肖昌宇',
      sex: '1',
      death_month: '202008',
    }
    const certificate: RowText = {
      register: 'deaths',
      id: 'D1',
      name: '肖昌宇',
      sex: '1',
      birth_date: '19501009',
      id_number: id('19501009', '661'),
      death_date: '20200811',
      hukou_area_code: VILLAGE,
    }
    expect((await linkRows([form, certificate])).groups).toEqual(['census_deaths:F1 deaths:D1'])
  })

  const form = (row: Record<string, string>): RowText => ({
    register: 'census_deaths',
    id: 'F1',
    block_code: `${VILLAGE}003`,
    household_no: '008',
    name: '王小建国',
    sex: '1',
    birth_month: '199402',
    death_month: '202001',
    ...row,
  })
  const certificate: RowText = {
    register: 'deaths',
    id: 'D1',
    name: '王建国',
    sex: '1',
    birth_date: '1994-02-05',
    death_date: '2020-01-27',
    hukou_area_code: VILLAGE,
    area_code: VILLAGE,
  }

  test('a form with another name is found by village, birth and month of death', async () => {
    const { groups } = await linkRows([form({}), certificate])
    expect(groups).toEqual(['census_deaths:F1 deaths:D1'])
  })

  test('not among the dead of another village', async () => {
    const { groups } = await linkRows([form({ block_code: `${OTHER}003` }), certificate])
    expect(groups).toEqual([])
  })

  test('a form written twice is one person', async () => {
    const { groups } = await linkRows([
      form({ name: '裴树文' }),
      form({ id: 'F2', name: '裴树文', birth_month: '199902' }),
    ])
    expect(groups).toEqual(['census_deaths:F1 census_deaths:F2'])
  })
})
