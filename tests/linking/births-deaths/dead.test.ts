/** The dead where little agrees: the day and the village, or the household that lists them as living. */
import { describe, expect, test } from 'vitest'
import type { RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const SURNAMES = [...'赵钱孙李周吴郑冯褚卫蒋沈韩杨朱秦许何']
const GIVEN = [...'文武德才志明国庆海山春兰芳梅玉']

/** Families of a couple and two children, each in the register and at home: what names do inside a family is learned from them. */
function families(count: number): RowText[] {
  return Array.from({ length: count }, (_, i) => {
    const surname = SURNAMES[i % SURNAMES.length]
    const given = (k: number): string => GIVEN[(i * 4 + k) % 15] + GIVEN[(i + k * 7 + Math.floor(i / 15)) % 15]
    return [1968, 1970, 1994, 1997].flatMap((year, k) => {
      const birth = `${year + (i % 3)}${String(1 + ((i + 5 * k) % 12)).padStart(2, '0')}${String(1 + ((i * 3 + k) % 28)).padStart(2, '0')}`
      const sex = k % 2 === 0 ? '1' : '2'
      const name = (k === 1 ? SURNAMES[(i + 5) % SURNAMES.length] : surname) + given(k)
      const person = { name, sex, id_number: id(birth, String(100 + 4 * i + k).slice(-3)), household_no: `H${i}` }
      return [
        police(`S${i}-${k}`, { ...person, birth_date: birth }),
        census(`S${i}-${k}`, { ...person, birth_month: birth.slice(0, 6) }),
      ]
    })
  }).flat()
}

describe('a death form in the household that lists its dead as living', () => {
  const home = { household_no: '026' }
  const form = (row: Record<string, string>): RowText => ({
    register: 'census_deaths',
    id: 'F1',
    block_code: `${VILLAGE}003`,
    household_no: '026',
    name: '刘诗恰',
    sex: '2',
    birth_month: '200911',
    death_month: '202001',
    ...row,
  })
  const family = [
    census('C1', { ...home, name: '刘建国', sex: '1', birth_month: '198003', relation: '0' }),
    census('C2', { ...home, name: '陈美英', sex: '2', birth_month: '198206', relation: '1' }),
    census('C3', { ...home, name: '刘诗怡', sex: '2', birth_month: '200911', relation: '2' }),
  ]

  test('is the member whose name was misread', async () => {
    const { groups } = await linkRows([...family, form({}), ...families(200)], [], true)
    expect(groups).toContain('census:C3 census_deaths:F1')
  })

  test('is so the surer of an adult: twins live together as children', async () => {
    const weightOf = async (month: string): Promise<number> => {
      const member = census('C3', { ...home, name: '刘诗怡', sex: '2', birth_month: month, relation: '9' })
      // Of the last birth it is told who is an adult.
      const newborn = census('N', { name: '卫文', sex: '1', birth_month: '202006', household_no: '099' })
      const rows = [...family.slice(0, 2), member, form({ birth_month: month }), newborn, ...families(200)]
      const { result, rowOf } = await linkRows(rows, [], true)
      const { links } = result
      const [row, dead] = [rowOf('census:C3'), rowOf('census_deaths:F1')]
      return links.weight[links.left.findIndex((left, k) => left === row && links.right[k] === dead)]
    }
    // Of 1,200 pairs of adults none is of one sex and month, and 1,000 are believed to be so as often as all members are.
    expect((await weightOf('197011')) - (await weightOf('200911'))).toBeCloseTo(1000 * Math.log2(2200 / 1000), -2)
  })

  test('is nobody of a household beside it', async () => {
    const { groups } = await linkRows([...family, form({ household_no: '027' }), ...families(200)], [], true)
    expect(groups.filter((g) => g.includes('F1'))).toEqual([])
  })

  test('is no brother or grandmother', async () => {
    const elder = await linkRows([...family, form({ name: '刘诗恰', birth_month: '194111' })])
    expect(elder.groups).toEqual([])
    const brother = await linkRows([...family, form({ name: '刘浩', sex: '1' })])
    expect(brother.groups).toEqual([])
  })

  test('an unnamed infant is not the twin who lives', async () => {
    const born = { birth_month: '202002', death_month: '202002' }
    const child = census('C4', { ...home, name: '刘诗雅', sex: '2', birth_month: '202002', relation: '2' })
    const { groups } = await linkRows([...family, child, form({ ...born, name: '未取名' })])
    expect(groups).toEqual([])
  })
})

describe('a certificate and a cancelled hukou of one day and village', () => {
  const cancelled = police('P1', {
    name: '毛昊',
    sex: '1',
    birth_date: '20190119',
    id_number: id('20190119', '079'),
    status: '1',
    death_date: '20190208',
    address: '井塘村11组142号',
  })
  const certificate = (row: Record<string, string>): RowText => ({
    register: 'deaths',
    id: 'D1',
    name: '未取名',
    sex: '1',
    death_date: '20190208',
    hukou_area_code: VILLAGE,
    area_code: VILLAGE,
    address: '井塘村11组142号',
    ...row,
  })

  test('are one infant, though the certificate has no name, number or birth', async () => {
    expect((await linkRows([cancelled, certificate({})])).groups).toEqual(['police:P1 deaths:D1'])
  })

  test('not on another day of the month, nor in another village', async () => {
    const elsewhere = { hukou_area_code: OTHER, area_code: OTHER }
    for (const other of [{ death_date: '20190209' }, elsewhere])
      expect((await linkRows([cancelled, certificate(other)])).groups).toEqual([])
  })
})

describe('a death form with an age and no birth', () => {
  const form = (age: string): RowText => ({
    register: 'census_deaths',
    id: 'F1',
    block_code: `${VILLAGE}003`,
    household_no: '026',
    name: '刘海',
    sex: '1',
    death_month: '202001',
    age,
  })
  const certificates: RowText[] = ['19370415', '19610302'].map((birth_date, k) => ({
    register: 'deaths',
    id: `D${k}`,
    name: '刘海',
    sex: '1',
    birth_date,
    id_number: id(birth_date, String(101 + 2 * k)),
    death_date: k === 0 ? '20200108' : '20200119',
    area_code: VILLAGE,
    hukou_area_code: VILLAGE,
  }))

  test('is the one of two namesakes, dead in one month, whose age it is', async () => {
    expect((await linkRows([form('82'), ...certificates])).groups).toEqual(['census_deaths:F1 deaths:D0'])
    expect((await linkRows([form('58'), ...certificates])).groups).toEqual(['census_deaths:F1 deaths:D1'])
    // A year off is half an answer: with the other out of the way it is one.
    expect((await linkRows([form('83'), ...certificates])).groups).toEqual([])
    expect((await linkRows([form('83'), certificates[0]])).groups).toEqual(['census_deaths:F1 deaths:D0'])
  })

  test('and neither where it has no age, or that of nobody', async () => {
    expect((await linkRows([form(''), ...certificates])).groups).toEqual([])
    expect((await linkRows([form('31'), ...certificates])).groups).toEqual([])
  })
})

describe('two death forms of one death, where the dead lived and where the hukou is', () => {
  const form = (recordId: string, row: Record<string, string>): RowText => ({
    register: 'census_deaths',
    id: recordId,
    block_code: `${VILLAGE}003`,
    household_no: '026',
    name: '吴璧兰',
    sex: '2',
    birth_month: '196808',
    death_month: '202001',
    ...row,
  })
  /** The other dead of the county, each with a number. */
  const others = Array.from({ length: 400 }, (_, i) => {
    const birth = `${1930 + (i % 40)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`
    return form(`X${i}`, {
      name: SURNAMES[i % SURNAMES.length] + GIVEN[i % 15] + GIVEN[Math.floor(i / 15) % 15],
      id_number: id(birth, String(100 + 2 * i).slice(-3)),
      birth_month: birth.slice(0, 6),
      death_month: `2020${String(1 + (i % 10)).padStart(2, '0')}`,
      household_no: `9${i}`,
    })
  })
  const withNumber = form('F1', { id_number: id('19680814', '454') })
  const heard = (row: Record<string, string> = {}): RowText =>
    form('F2', { name: '吴碧岚', block_code: `${OTHER}004`, household_no: '048', ...row })
  const ofSecond = async (row: Record<string, string> = {}): Promise<readonly string[]> => {
    const { groups } = await linkRows([withNumber, heard(row), ...others, ...families(100)], [], true)
    return groups.filter((group) => group.includes('F2'))
  }

  test('are one, though the second has no number and the name by its sound', async () => {
    expect(await ofSecond()).toEqual(['census_deaths:F1 census_deaths:F2'])
  })

  test('but not where the births are some months apart, or only the surname is one', async () => {
    expect(await ofSecond({ birth_month: '196812' })).toEqual([])
    expect(await ofSecond({ name: '吴桂岚' })).toEqual([])
  })
})

describe('a form where the dead lived and a certificate that says the hukou is there', () => {
  const form: RowText = {
    register: 'census_deaths',
    id: 'F1',
    block_code: `${VILLAGE}003`,
    household_no: '026',
    name: '毛浩田',
    sex: '1',
    birth_month: '194905',
    death_month: '202001',
  }
  const certificate = (hukou: string): RowText => ({
    register: 'deaths',
    id: 'D1',
    name: '毛昊天',
    sex: '1',
    birth_date: '19490312',
    death_date: '20200108',
    hukou_area_code: hukou,
    area_code: OTHER,
  })

  test('are one though the certificate was made out elsewhere', async () => {
    expect((await linkRows([form, certificate(VILLAGE)])).groups).toEqual(['census_deaths:F1 deaths:D1'])
    expect((await linkRows([form, certificate(OTHER)])).groups).toEqual([])
  })
})
