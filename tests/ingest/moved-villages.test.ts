import { describe, expect, test } from 'vitest'
import { idNumber, ingest, valuesOf } from './small-registers.ts'

const [OLD, NEW, OTHER] = ['513027001002', '513027001009', '513027001005']
const PEOPLE = Array.from({ length: 12 }, (_, k) => idNumber(`1965031${k % 9}`, String(101 + k * 2)))

const police = (village: (k: number) => string, ids = PEOPLE) =>
  [
    'record_id,id_number,name,sex,birth_date,household_no,area_code',
    ...ids.map((id, k) => `P${k},${id},王秀英,1,19650312,${k},${village(k)}`),
  ].join('\n')
const census = (village: (k: number) => string, ids = PEOPLE) =>
  [
    'record_id,block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place',
    ...ids.map((id, k) => `C${k},${village(k)}001,${k},王秀英,${id},1,196503,1,1`),
  ].join('\n')

const read = async (policeRows: string, censusRows: string, deaths = '') => {
  const result = await ingest([
    { register: 'police', content: policeRows },
    { register: 'census', content: censusRows },
    ...(deaths === '' ? [] : [{ register: 'deaths' as const, content: deaths }]),
  ])
  const rows = valuesOf(result)
  const areas = (register: string) => new Set(rows.filter((row) => row.register === register).map((row) => row.area))
  return { areas, codes: result.warnings.map(({ code }) => code), rows, warnings: result.warnings }
}

describe('a village under an old code in the police extract', () => {
  test('is read as the village where its people say they are at home, in every register, and told', async () => {
    const deaths = `certificate_no,name,sex,death_date,hukou_area_code,area_code\nD1,王秀英,1,20200301,${OLD},${OLD}`
    const { areas, rows, warnings } = await read(
      police(() => OLD),
      census(() => NEW),
      deaths,
    )
    expect(areas('police')).toEqual(new Set([NEW]))
    expect(rows.find((row) => row.register === 'deaths')).toMatchObject({ area: NEW, hukouArea: NEW })
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'E148', message: expect.stringContaining(`${OLD} → ${NEW}`) }),
    )
  })

  test('whose code is now a neighbour’s: the police rows move, a certificate may mean either', async () => {
    const others = PEOPLE.map((_, k) => idNumber(`1975031${k % 9}`, String(101 + k * 2)))
    const all = [...PEOPLE, ...others]
    const deaths = `certificate_no,name,sex,death_date,hukou_area_code,area_code\nD1,王秀英,1,20200301,${OLD},${OLD}`
    const { rows } = await read(
      police((k) => (k < 12 ? OLD : OTHER), all),
      census((k) => (k < 12 ? NEW : OLD), all),
      deaths,
    )
    const village = (id: string) => rows.find((row) => row.register === 'police' && row.idNo === id)?.area
    expect([village(PEOPLE[0]), village(others[0])]).toEqual([NEW, OLD])
    expect(rows.find((row) => row.register === 'deaths')).toMatchObject({ area: OLD })
  })
})

describe('a village is left where it stands', () => {
  test('when its people are split between two, or too few are found', async () => {
    const split = await read(
      police(() => OLD),
      census((k) => (k < 6 ? NEW : OTHER)),
    )
    expect([...split.areas('police'), ...split.codes]).toEqual([OLD])
    const few = await read(
      police(() => OLD),
      census(() => NEW, PEOPLE.slice(0, 9)),
    )
    expect([...few.areas('police'), ...few.codes]).toEqual([OLD])
  })

  test('when the few that the census finds elsewhere are those who left, and the village’s own file is missing', async () => {
    const rest = Array.from({ length: 60 }, (_, k) => idNumber(`198503${10 + (k % 9)}`, String(101 + k * 2)))
    const home = Array.from({ length: 60 }, (_, k) => idNumber(`199503${10 + (k % 9)}`, String(101 + k * 2)))
    const { areas } = await read(
      police((k) => (k < 72 ? OLD : NEW), [...PEOPLE, ...rest, ...home]),
      census(() => NEW, [...PEOPLE, ...home]),
    )
    expect(areas('police')).toEqual(new Set([OLD, NEW]))
  })
})

test('numbers that two police rows bear say of no village that it has moved', async () => {
  const both = await read(
    police((k) => (k < 12 ? OLD : OTHER), [...PEOPLE, ...PEOPLE]),
    census(() => NEW),
  )
  expect(both.codes).not.toContain('E148')
})
