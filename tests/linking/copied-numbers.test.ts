/** One number on several lines of a household: whose it is, and that the others are other people. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../support/village-rows.ts'

test("a daughter of her mother's name, with the mother's number copied down, is not the mother written twice", async () => {
  const number = id('19730815', '224')
  const mother = { name: '贡布卓嘎', sex: '2', id_number: number, household_no: '7' }
  const { groups } = await linkRows([
    police('P1', { ...mother, birth_date: '19730815' }),
    census('C1', { ...mother, birth_month: '197308', relation: '0' }),
    census('C2', { ...mother, birth_month: '199310', relation: '2' }),
  ])
  expect(groups).toEqual(['police:P1 census:C1'])
})

test("a row under a sister's number, born a digit of the year apart, is not the sister, whom the household has as well", async () => {
  const sister = { name: '金军凯', sex: '2', household_no: '7' }
  const number = id('20060104', '246')
  const { groups } = await linkRows([
    police('P1', { ...sister, birth_date: '20060104', id_number: number }),
    census('C1', { ...sister, birth_month: '200601' }),
    census('C2', { ...sister, name: '金春明', birth_month: '200301', id_number: number }),
  ])
  expect(groups).toEqual(['police:P1 census:C1'])
})

describe("a row of one sister under the other's number", () => {
  const elder = { name: '丁兰娇', sex: '2', birth_date: '19790312', id_number: id('19790312', '246') }
  const younger = { name: '丁兰芳', sex: '2', birth_date: '19800708', id_number: id('19800708', '268') }
  const sisters = [police('P1', elder), police('P2', younger)]
  const misplaced = { name: '丁兰娇', sex: '2', birth_month: '197903', id_number: younger.id_number }
  const own = census('C2', { name: '丁兰芳', sex: '2', birth_month: '198007', id_number: younger.id_number })

  test('is hers by name, month and home, and makes no one person of the two', async () => {
    const { groups } = await linkRows([...sisters, census('C1', misplaced), own])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('also where she lives, with her row at home', async () => {
    const there = { block_code: `${OTHER}001`, hukou_place: '3', hukou_area_code: VILLAGE }
    const away = { residence: '4', residence_area_code: OTHER, birth_month: '197903' }
    const home = census('C3', { name: elder.name, sex: '2', id_number: elder.id_number, ...away })
    const { groups } = await linkRows([...sisters, census('C1', { ...misplaced, ...there }), home, own])
    expect(groups).toEqual(['police:P1 census:C1 census:C3', 'police:P2 census:C2'])
  })

  test('but on one day of two years it may be her second hukou', async () => {
    const second = police('P2', { ...younger, birth_date: '19800312', id_number: id('19800312', '268') })
    const row = census('C1', { ...misplaced, id_number: id('19800312', '268') })
    const { groups } = await linkRows([sisters[0], second, row])
    expect(groups).not.toEqual(['police:P1 census:C1'])
  })
})

describe("a row under a twin's number", () => {
  const number = (sequence: string): string => id('20100819', sequence)
  const elder = { name: '宋子袄', birth_date: '20100819', id_number: number('041'), household_no: '7' }
  const younger = { name: '宋子煜', birth_date: '20100819', id_number: number('043'), household_no: '7' }
  const misplaced = census('C1', { name: elder.name, birth_month: '201008', id_number: younger.id_number })

  test('is whose name it bears to the letter, and the other twin keeps the number', async () => {
    const own = census('C2', { name: younger.name, birth_month: '201008' })
    const { groups } = await linkRows([police('P1', elder), police('P2', younger), misplaced, own])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('also where the twins have grown up and keep two booklets', async () => {
    const { groups } = await linkRows([police('P1', elder), police('P2', { ...younger, household_no: '8' }), misplaced])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test('also under a birth that is right for neither', async () => {
    const wrong = census('C1', { name: elder.name, birth_month: '201007', id_number: younger.id_number })
    const { groups } = await linkRows([police('P1', elder), police('P2', younger), wrong])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test('but with a number of another day of issue it may be a second hukou', async () => {
    const second = { ...younger, id_number: number('871'), household_no: '8' }
    const row = census('C1', { name: elder.name, birth_month: '201008', id_number: second.id_number })
    const { groups } = await linkRows([police('P1', elder), police('P2', second), row])
    expect(groups).not.toEqual(['police:P1 census:C1'])
  })
})

describe('twins of one sound', () => {
  const born = '20100819'
  const number = id(born, '041')
  const elder = { name: '宋子浩', sex: '1', birth_date: born, id_number: number, household_no: '7' }
  const younger = { ...elder, name: '宋子皓', id_number: id(born, '043') }

  test("keep each the row of the own name, also under the other's number", async () => {
    const own = census('C1', { name: elder.name, sex: '1', birth_month: '201008', id_number: number })
    const misplaced = census('C2', { name: younger.name, sex: '1', birth_month: '201008', id_number: number })
    const { groups } = await linkRows([police('P1', elder), police('P2', younger), own, misplaced])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('but in the village of the number alone it is a name misread', async () => {
    const away = { ...younger, household_no: '8', area_code: OTHER }
    const misread = { sex: '1', birth_month: '201008', id_number: away.id_number, block_code: `${OTHER}001` }
    const { groups } = await linkRows([
      police('P1', elder),
      police('P2', away),
      census('C1', { ...misread, name: elder.name }),
    ])
    expect(groups).toEqual(['police:P2 census:C1'])
  })

  describe('to whom the register gave one number', () => {
    const one = { ...elder, person_no: '1' }
    const other = { ...elder, name: younger.name, person_no: '2' }
    const grown = { ...other, household_no: '8', area_code: OTHER }
    const joined = async (...rows: ReturnType<typeof police>[]): Promise<boolean> =>
      (await linkRows(rows)).groups.some((group) => group.includes('P1 police:P2'))

    test('are two where one booklet has both, under two person numbers', async () => {
      expect(await joined(police('P1', one), police('P2', other))).toBe(false)
      expect(await joined(police('P1', { ...one, person_no: '' }), police('P2', { ...other, person_no: '' }))).toBe(
        true,
      )
    })

    test('are one where the booklets of the register hold copies, unless the census met each at home', async () => {
      const copies = (count: number) =>
        Array.from({ length: count }, (_, k) => {
          const entry = {
            name: `何${String.fromCodePoint(0x5b80 + k)}`,
            sex: '1',
            birth_date: '19990512',
            id_number: id('19990512', String(101 + 2 * k)),
            household_no: `D${k}`,
          }
          return [police(`D${k}`, { ...entry, person_no: `D${k}` }), police(`E${k}`, { ...entry, person_no: `E${k}` })]
        }).flat()
      const pair = [police('P1', one), police('P2', other)]
      expect(await joined(...pair, ...copies(12))).toBe(true)
      expect(await joined(...pair, ...copies(5))).toBe(false)
      const met = { sex: '1', birth_month: '201008', id_number: number }
      const both = [census('C1', { ...met, name: one.name }), census('C2', { ...met, name: other.name })]
      expect(await joined(...pair, ...both, ...copies(12))).toBe(false)
    })

    test('are two where they are of two sexes, or married to people of two names', async () => {
      expect(await joined(police('P1', one), police('P2', { ...grown, sex: '2' }))).toBe(false)
      const [wife, hers] = [{ spouse_name: '苟甲琼' }, { spouse_name: '冼春梅' }]
      expect(await joined(police('P1', { ...one, ...wife }), police('P2', { ...grown, ...hers }))).toBe(false)
      expect(await joined(police('P1', { ...one, ...wife }), police('P2', { ...grown, ...wife }))).toBe(true)
    })

    test('are two where the census met each at home', async () => {
      const met = { sex: '1', birth_month: '201008', id_number: number }
      const here = census('C1', { ...met, name: one.name })
      const there = census('C2', { ...met, name: grown.name, block_code: `${OTHER}001` })
      const rows = [police('P1', one), police('P2', grown), here]
      const { groups } = await linkRows([...rows, there])
      expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
      expect(await joined(...rows)).toBe(true)
    })
  })
})

describe("the head's number filled in for everybody", () => {
  const number = id('19600605', '329')
  const head = { name: '胡琪志', birth_date: '19600605', id_number: number, household_no: '7' }
  const brother = { name: '胡志', birth_date: '19620619', id_number: id('19620619', '045'), household_no: '7' }
  const wife = { name: '李宝珍', sex: '2', birth_date: '19610308', id_number: id('19610308', '046'), household_no: '7' }
  const booklet = [police('P1', head), police('P2', brother), police('P3', wife)]
  const row = (name: string, birth_month: string, sex = '1') => ({ name, birth_month, sex, id_number: number })
  const form = [
    census('C1', { ...row('胡琪志', '196006'), household_no: '7' }),
    census('C2', { ...row('胡志', '196206'), household_no: '7' }),
    census('C3', { ...row('李宝珍', '196103', '2'), household_no: '7' }),
  ]

  test('makes no one person of two brothers whose names are alike', async () => {
    const { groups } = await linkRows([...booklet, ...form])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2', 'police:P3 census:C3'])
  })

  test('but on two rows it may be one person written twice, once with a slip', async () => {
    const { groups } = await linkRows([
      booklet[0],
      form[0],
      census('C2', { ...row('胡志', '196006'), household_no: '7' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1 census:C2'])
  })
})
