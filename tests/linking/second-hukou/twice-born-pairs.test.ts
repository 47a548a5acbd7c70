/** Births that two children of one mother do not have; who is met by the name where one of them stands alone. */
import { expect, test } from 'vitest'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { isOnDay, isTooNear } from '../../../src/linking/second-hukou/twice-born-pairs.ts'
import { parseDate } from '../../../src/normalise/date.ts'
import { buildTable } from '../../support/build-table.ts'
import { police } from '../../support/village-rows.ts'

test.each([
  ['1998-03-01', '1998-03-20', false],
  ['1998-03-01', '1998-03-21', true],
  ['1998-12-20', '1999-01-15', true],
  ['1998-03-01', '1998-09-05', true],
  ['1998-03-01', '1998-10-01', false],
  ['1998-03', '1998-05-01', false],
])('births on %s and %s are too near for one mother: %s', (a, b, isNear) => {
  expect(isTooNear(parseDate(a), parseDate(b))).toBe(isNear)
  expect(isTooNear(parseDate(b), parseDate(a))).toBe(isNear)
})

test.each([
  ['1998-03-15', '1998-03-15', true],
  ['1998-03-15', '2003-03-15', true],
  ['1998-03-15', '2004-03-15', false],
  ['1998-03-15', '1999-03-16', false],
  ['1998-03', '1999-03', false],
])('births on %s and %s are on one day of years not far apart: %s', (a, b, onDay) => {
  expect(isOnDay(parseDate(a), parseDate(b))).toBe(onDay)
  expect(isOnDay(parseDate(b), parseDate(a))).toBe(onDay)
})

test('of one name, sex and age, born on another day of another month: met where one of them stands alone in its book', () => {
  const pairsOf = (inBook: Record<string, string>): string[] => {
    const row = { name: '单兰兰', sex: '2' }
    const { table } = buildTable([
      police('ASKED', { ...row, birth_date: '19710305', ...inBook }),
      police('OWNER', { ...row, birth_date: '19720709' }),
      police('OLDER', { ...row, birth_date: '19680709', household_no: 'HOWNER' }),
      police('MONTH', { ...row, birth_date: '19710319', household_no: 'HOWNER' }),
      police('DAY', { ...row, birth_date: '19720305', household_no: 'HOWNER' }),
      police('MAN', { ...row, sex: '1', birth_date: '19720712', household_no: 'HOWNER' }),
      police('OTHER', { name: '单兰英', sex: '2', birth_date: '19720715', household_no: 'HOWNER' }),
    ])
    const rows = Array.from(indexFamilies(table).twiceBorn.byNameAlone, (found) => table.recordId(found))
    return rows.toSorted()
  }
  expect(pairsOf({})).toEqual(['ASKED', 'OWNER'])
  expect(pairsOf({ household_no: 'HOWNER' })).toEqual([])
})
