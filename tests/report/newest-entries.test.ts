import { expect, test } from 'vitest'
import { oldExtractWarnings } from '../../src/commands/run/extract-age.ts'
import { packDate } from '../../src/records/record-table.ts'
import { newestEntries } from '../../src/report/newest-entries.ts'
import { buildTable } from '../support/build-table.ts'

const REFERENCE = packDate(2020, 11, 1)
const police = (id: string, dates: Readonly<Record<string, string>>) => ({
  register: 'police' as const,
  id,
  birth_date: '1980-01-01',
  area_code: '513027001001',
  ...dates,
})

test('the newest entry is the third newest day of any kind; a date far ahead, or a month without its day, is none', () => {
  const { table } = buildTable([
    police('1', { moved_in_on: '2020-11-18' }),
    police('2', { cancelled_on: '2020-11-17' }),
    police('3', { birth_date: '2020-11-16' }),
    police('4', { moved_out_on: '2099-01-01' }),
    police('5', { death_date: '2020-12' }),
    { register: 'deaths', id: '1', death_date: '2020-10-01' },
    { register: 'census', id: '1', birth_month: '2020-10' },
  ])
  // Of deaths there are too few, and the census is closed.
  expect(newestEntries(table, REFERENCE)).toEqual({ police: '2020-11-16' })
})

test('an extract whose newest entry is older than last night’s is told, unless --as-of says it already', () => {
  const last = { inputs: [], settings: { as_of: { police: '2020-11-20' } } } as never
  const files = [{ register: 'police' as const, sha256: 'b' }]
  const settings = (police: number) => ({ findings: { asOf: { police } } }) as never
  const codes = (day: number, before: string, tonight: string) =>
    oldExtractWarnings(last, 'night1', files, settings(day), {
      before: { police: before },
      tonight: { police: tonight },
    }).map(({ code }) => code)
  const same = packDate(2020, 11, 20)
  expect(codes(same, '2020-11-18', '2020-10-25')).toEqual(['E157'])
  expect(codes(same, '2020-11-18', '2020-11-18')).toEqual([])
  expect(codes(packDate(2020, 11, 1), '2020-11-18', '2020-10-25')).toEqual(['E154'])
  expect(oldExtractWarnings(last, 'night1', files, settings(same))).toEqual([])
})
