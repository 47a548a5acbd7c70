/** Certificates that nobody has been found for: infants who died elsewhere, children of newcomers, slips in the year. */
import { expect, test } from 'vitest'
import { isInfant } from '../../../src/linking/births-deaths/infant-agreements.ts'
import { dropOvertaken } from '../../../src/linking/last/overtaken-reviews.ts'
import { REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { linkRows } from '../../support/link-rows.ts'
import type { RowText } from '../../support/build-table.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const NEXT = '513027001007'
const birth = (key: string, row: Record<string, string>): RowText => ({
  register: 'births',
  id: key,
  area_code: VILLAGE,
  ...row,
})
const death = (key: string, row: Record<string, string>): RowText => ({
  register: 'deaths',
  id: key,
  area_code: VILLAGE,
  hukou_area_code: row.area_code ?? VILLAGE,
  ...row,
})

/** A year's births of living children, known to the police by their mothers' numbers. */
const others: RowText[] = Array.from({ length: 36 }, (_, i) => {
  const date = `2020${String((i % 12) + 1).padStart(2, '0')}${String((i % 27) + 1).padStart(2, '0')}`
  const motherId = id('19900101', `${200 + 2 * i}`)
  const child = {
    name: `何${'安邦定国'[i % 4]}${'春夏秋冬'[(i >> 2) % 4]}`,
    sex: i % 2 === 0 ? '1' : '2',
    birth_date: date,
  }
  const place = { area_code: i < 18 ? VILLAGE : OTHER, mother_id: motherId, mother_name: '许芳' }
  return [
    police(`p${i}`, { ...child, ...place, id_number: id(date, `${100 + i}`), household_no: `h${i}` }),
    police(`m${i}`, {
      name: '许芳',
      sex: '2',
      birth_date: '19900101',
      id_number: motherId,
      area_code: place.area_code,
      household_no: `h${i}`,
    }),
    birth(`b${i}`, { ...child, ...place }),
  ]
}).flat()
const foundWithOthers = async (rows: RowText[]): Promise<string[]> => {
  const { groups } = await linkRows([...others, ...rows])
  return groups.filter((group) => rows.some(({ register, id: key }) => group.includes(`${register}:${key}`)))
}

test('an infant who died unnamed beside a named certificate is found by day, sex and township', async () => {
  const certificate = birth('B1', { name: '夏晨睿', sex: '1', birth_date: '20200425', father_name: '夏晓东' })
  const dead = { sex: '1', birth_date: '20200425', death_date: '20200501', area_code: NEXT }
  expect(await foundWithOthers([certificate, death('D1', dead)])).toEqual(['births:B1 deaths:D1'])
  // Another day is another child.
  expect(await foundWithOthers([certificate, death('D1', { ...dead, birth_date: '20200414' })])).toEqual([])
})

test('two unnamed infants who died, called after their mothers, are told apart by them', async () => {
  const unnamed = { sex: '2', birth_date: '20200425' }
  const rows = (one: string, two: string): RowText[] => [
    birth('B1', { ...unnamed, mother_name: '赵莉' }),
    birth('B2', { ...unnamed, mother_name: '陶宇丽' }),
    death('D1', { ...unnamed, name: one, death_date: '20200501' }),
    death('D2', { ...unnamed, name: two, death_date: '20200503' }),
  ]
  const both = ['births:B1 deaths:D1', 'births:B2 deaths:D2']
  expect(await foundWithOthers(rows('赵莉之女', '陶宇丽之女'))).toEqual(both)
  expect(await foundWithOthers(rows('某某之女', '未取名'))).toEqual([])
})

test('the surname of a dead infant is its father’s or another child’s', async () => {
  const certificate = birth('B1', { sex: '2', birth_date: '20200425', father_name: '夏晓东', mother_name: '赵莉' })
  const dead = (name: string): RowText =>
    death('D1', { name, sex: '2', birth_date: '20200425', death_date: '20200501', area_code: OTHER })
  expect(await foundWithOthers([certificate, dead('夏晨睿')])).toEqual(['births:B1 deaths:D1'])
  expect(await foundWithOthers([certificate, dead('郭晨睿')])).toEqual([])
})

test('a child does not bear the surname of its mother: where she alone is named, another one is nothing against it', async () => {
  const dead = death('D1', {
    name: '夏晨睿',
    sex: '2',
    birth_date: '20200425',
    death_date: '20200501',
    area_code: OTHER,
  })
  const certificate = (parents: Record<string, string>): RowText =>
    birth('B1', { sex: '2', birth_date: '20200425', ...parents })
  expect(await foundWithOthers([certificate({ mother_name: '赵莉' }), dead])).toEqual(['births:B1 deaths:D1'])
  expect(await foundWithOthers([certificate({ mother_name: '赵莉', father_name: '郭晓东' }), dead])).toEqual([])
})

test('a certificate names the village of the mother’s home, the death of her child that of her hukou', async () => {
  const mother = { name: '何可馨', sex: '2', birth_date: '19940227', id_number: id('19940227', '228') }
  const rows = (hukou: string): RowText[] => [
    police('P1', { ...mother, area_code: hukou }),
    birth('B1', {
      name: '黄欣柔',
      sex: '2',
      birth_date: '20200425',
      mother_name: '何可馨',
      mother_id: mother.id_number,
    }),
    // Another one of that day, whose mother nobody knows.
    birth('B2', { name: '古文琳', sex: '2', birth_date: '20200425', mother_name: '陶宇丽' }),
    death('D1', { sex: '2', birth_date: '20200425', death_date: '20200501', area_code: NEXT }),
  ]
  expect(await foundWithOthers(rows(NEXT))).toEqual(['births:B1 deaths:D1'])
  expect(await foundWithOthers(rows(OTHER))).toEqual([])
})

test('a dead without a date of birth is the infant of the same address, and nobody of another one', async () => {
  const certificate = birth('B1', { name: '黄一墨', sex: '2', birth_date: '20200531', address: '河桥村1组90号' })
  const dead = (address: string): RowText => death('D1', { sex: '2', death_date: '20200627', address })
  expect(await foundWithOthers([certificate, dead('河桥村1组90号')])).toEqual(['births:B1 deaths:D1'])
  expect(await foundWithOthers([certificate, dead('河桥村7组12号')])).toEqual([])
})

test('a newcomers’ child without numbers is the child of the nameless certificate at its address', async () => {
  const certificate = birth('B1', { sex: '1', birth_date: '20201116', father_name: '童涛', address: '光山社区9栋56号' })
  const child = (name: string): RowText =>
    census('C1', { name, sex: '1', birth_month: '202011', hukou_place: '4', relation: '2', address: '光山社区9栋56号' })
  expect(await foundWithOthers([certificate, child('童天庆')])).toEqual(['census:C1 births:B1'])
})

test('a certificate of another decade than its register is that of the child born ten years later to the day', async () => {
  const parents = { father_name: '谷晓阳', mother_name: '徐美颖', address: '王湾社区9栋48号' }
  const child = police('P1', {
    ...parents,
    name: '谷涵',
    sex: '1',
    birth_date: '20201124',
    id_number: id('20201124', '035'),
  })
  const certificate = (date: string): RowText => birth('B1', { ...parents, sex: '1', birth_date: date })
  expect(await foundWithOthers([child, certificate('20101124')])).toEqual(['police:P1 births:B1'])
  // A year that the register covers is no slip: the child has a brother with the same birthday.
  const brother = police('P1', { ...child, birth_date: '20191124', id_number: id('20191124', '035') })
  expect(await foundWithOthers([brother, certificate('20201124')])).toEqual([])
})

test('an infant listed as living is not the dead one of its village and day', async () => {
  const mother = { name: '薛婷', sex: '2', id_number: id('19920220', '398') }
  const child = { name: '张思浩', sex: '1' }
  const home = { address: '红寨社区1栋150号' }
  const rows = [
    police('P1', { ...mother, birth_date: '19920220', household_no: 'H1' }),
    census('C1', { ...mother, birth_month: '199202', household_no: 'F1' }),
    census('C2', { ...child, birth_month: '202005', household_no: 'F1', relation: '2' }),
    birth('B1', { ...child, ...home, birth_date: '20200516', mother_id: mother.id_number, mother_name: '薛婷' }),
    death('D1', { ...home, sex: '1', birth_date: '20200516', death_date: '20200520' }),
  ]
  expect(await foundWithOthers(rows)).toEqual(['census:C2 births:B1', 'police:P1 census:C1'].sort())
})

test('infants are dead within a year of their birth', () => {
  const date = (year: number, month: number): number => (year << 9) | (month << 5)
  expect(isInfant(date(2019, 12), date(2020, 12))).toBe(true)
  expect(isInfant(date(2019, 12), date(2021, 1))).toBe(false)
  expect(isInfant(date(2020, 2), date(2020, 1))).toBe(false)
})

test('a pair that waited as one of several waits no longer once its row is somebody else’s', () => {
  const conflicts = { isForbidden: () => true, root: (row: number) => row }
  const ask = (weight: number, by: number, reason: 'ambiguous' | 'two-hukou' = 'ambiguous'): number => {
    const decisions = {
      decision: Uint8Array.of(REVIEW),
      weight: Int32Array.of(weight),
      reason: Uint8Array.of(REASONS.indexOf(reason)),
      beyond: new Uint8Array(1),
    }
    const pairs = { count: 1, left: Int32Array.of(0), right: Int32Array.of(1), pattern: Int32Array.of(0) }
    const link = { left: 1, right: 2, pattern: 0, weight: by, decision: 'link' as const }
    dropOvertaken(conflicts as never, pairs as never, decisions, [link], 0.05)
    return decisions.decision[0]
  }
  expect(ask(1000, 8000)).toBe(0)
  // As likely as the link, or asked for a conflict that a person must see.
  expect(ask(8000, 8000)).toBe(REVIEW)
  expect(ask(1000, 8000, 'two-hukou')).toBe(REVIEW)
  // A second hukou at one in 250 that nothing speaks for is not worth a question.
  expect(ask(-8000, 8000, 'two-hukou')).toBe(0)
})

test('a name with blanks in it is that name: found by it where day and village are others', async () => {
  const certificate = birth('B1', { name: '夏 晨 睿', sex: '1', birth_date: '20200425', father_name: '夏晓东' })
  const dead = { name: '夏晨睿', sex: '1', birth_date: '20200426', death_date: '20200501', area_code: OTHER }
  expect(await foundWithOthers([certificate, death('D1', dead)])).toEqual(['births:B1 deaths:D1'])
})

test('the child next door is not the certificate’s where the register names its parents', async () => {
  const certificate = birth('B1', {
    name: '夏晨睿',
    sex: '1',
    birth_date: '20200725',
    mother_name: '赵莉',
    mother_id: id('19920303', '221'),
  })
  const child = { name: '夏晨浩', sex: '1', id_number: id('20200711', '339') }
  const found = (parents: Record<string, string>): Promise<string[]> =>
    foundWithOthers([
      certificate,
      police('P1', { ...child, birth_date: '20200711', ...parents }),
      census('C1', { ...child, birth_month: '202007' }),
    ])
  expect(await found({ mother_name: '孟佳怡', mother_id: id('19910505', '443') })).toEqual(['police:P1 census:C1'])
  expect(await found({})).toEqual(['police:P1 census:C1 births:B1'])
})
