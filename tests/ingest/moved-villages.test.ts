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

describe('a village that was split since the police extract', () => {
  const ids = Array.from({ length: 60 }, (_, k) => idNumber(`198503${10 + (k % 9)}`, String(101 + k * 2)))
  // Two to a household; the last household is not in the census.
  const policeRows = (ofOthers = ''): string =>
    police(() => OLD, ids).replace(/,(\d+),(\d{12})$/gm, (_, k, code) => `,${Math.floor(k / 2)},${code}`) + ofOthers
  const inCensus = ids.slice(0, 58)
  const half = (first: string) => (k: number) => (k < 30 ? first : NEW)
  const perVillage = (rows: Awaited<ReturnType<typeof read>>['rows']): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const { register, area } of rows) if (register === 'police') counts[area] = (counts[area] ?? 0) + 1
    return counts
  }

  test('is read household by household as the part where its members are at home', async () => {
    const { rows, warnings } = await read(policeRows(), census(half(OTHER), inCensus))
    expect(perVillage(rows)).toEqual({ [OTHER]: 30, [NEW]: 28, [OLD]: 2 })
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'E148', message: expect.stringContaining(`${OLD} → ${OTHER}/${NEW}`) }),
    )
  })

  test('also where one of the parts has kept the code', async () => {
    const { rows } = await read(policeRows(), census(half(OLD), inCensus))
    expect(perVillage(rows)).toEqual({ [OLD]: 32, [NEW]: 28 })
  })

  test('but moves whole where nearly all are in one other village: the few were written down under the old code', async () => {
    const { rows, warnings } = await read(
      policeRows(),
      census((k) => (k < 10 ? OLD : NEW), inCensus),
    )
    expect(perVillage(rows)).toEqual({ [NEW]: 60 })
    const told = warnings.filter(({ code }) => code === 'E148').map(({ message }) => message)
    expect(told).toEqual([expect.stringContaining('有 1 个村')])
  })

  test('but not where the other code is the new one of a neighbour', async () => {
    const others = Array.from({ length: 60 }, (_, k) => idNumber(`197503${10 + (k % 9)}`, String(101 + k * 2)))
    const all = [...ids, ...others]
    const { rows } = await read(
      police((k) => (k < 60 ? OLD : OTHER), all),
      census((k) => (k < 45 ? OLD : NEW), all),
    )
    expect(perVillage(rows)).toEqual({ [OLD]: 60, [NEW]: 60 })
  })

  test('but not where people are registered under the other code: it is a village of its own', async () => {
    const neighbour = `\nN1,${idNumber('19700101', '001')},李四,1,19700101,900,${NEW}`
    const { rows, codes } = await read(policeRows(neighbour), census(half(OLD), inCensus))
    expect([perVillage(rows), codes]).toEqual([{ [OLD]: 60, [NEW]: 1 }, []])
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
