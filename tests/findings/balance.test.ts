/** The balance sheet: identities hold on any rows, numbers agree with slow counts, flows and flags say what they see. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contributionOf } from '../../src/findings/index.ts'
import {
  type BalanceSheet,
  balanceSheet,
  kindOfRow,
  ROW_KIND,
  ROW_KINDS,
  toBalances,
} from '../../src/findings/balance/index.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, birth, census, death, ELSEWHERE, form, police, T0, V1, V2, V3, visitor } from './check.ts'

function sheetOf(rows: readonly RowText[], given: readonly RegisterName[] = REGISTERS): BalanceSheet {
  const { table, people } = buildTable(rows, { counties: [513027] })
  const asOf = { police: T0, census: T0, census_deaths: T0, births: T0, deaths: T0 }
  return balanceSheet({ table, people, given: new Set(given), settings: { referenceDate: T0, asOf, graceDays: 30 } })
}

const valueOf = (sheet: BalanceSheet, name: string): number | undefined =>
  sheet.headlines.find((headline) => headline.name === name)?.value

const termOf = (sheet: BalanceSheet, identity: string, zh: string): number | undefined =>
  sheet.identities.find(({ name }) => name === identity)?.terms.find((term) => term.zh === zh)?.value

const village = fc.constantFrom(V1, V2, V3, ELSEWHERE, '513027', '')
const anyRow: fc.Arbitrary<RowText> = fc
  .record({
    kind: fc.constantFrom('police', 'police', 'census', 'census', 'form', 'birth', 'death'),
    person: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    block: fc.constantFrom(`${V1}001`, `${V1}002`, `${V2}001`, `${V3}001`),
    village,
    other: village,
    residence: fc.constantFrom('', '1', '1', '2', '3', '4', '4', '5', '6', '7'),
    hukou: fc.constantFrom('', '1', '2', '3', '3', '4', '5'),
    duration: fc.constantFrom('', '1', '2', '3', '9'),
    status: fc.constantFrom('0', '0', '1', '2', '7'),
    date: fc.constantFrom('', '20200101', '20201101'),
  })
  .map(({ kind, person, block, village, other, residence, hukou, duration, status, date }) => {
    if (kind === 'police')
      return police({ person, area_code: village, status, moved_in_on: date, moved_out_on: date, cancelled_on: date })
    if (kind === 'census')
      return census({
        person,
        block_code: block,
        residence,
        hukou_place: hukou,
        away_duration: duration,
        hukou_area_code: village,
        residence_area_code: other,
      })
    if (kind === 'form') return form({ person })
    return kind === 'birth'
      ? birth({ person, birth_date: date, area_code: village })
      : death({ person, death_date: date, area_code: village })
  })
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 16 })

test('every identity holds to the person on any rows', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const sheet = sheetOf(rows)
      expect(sheet.identities.map(({ name }) => name)).toHaveLength(7)
      expect(sheet.identities.filter(({ holds }) => !holds)).toEqual([])
      for (const { left, right } of toBalances(sheet)) expect(left).toBe(right)
    }),
    { numRuns: 250 },
  )
})

test('the usual residents and the registered rows of each township agree with a slow count', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const sheet = sheetOf(rows)
      const forms = rows.filter(({ register }) => register === 'census')
      for (const { township, registered, residents, kinds } of sheet.townships) {
        const here = forms.filter(({ block_code }) => (block_code ?? '').slice(0, 9) === township)
        const adds = here.map((row) =>
          contributionOf({
            residence: Number(row.residence),
            hukouPlace: Number(row.hukou_place),
            awayDuration: Number(row.away_duration),
          }),
        )
        expect(registered).toBe(here.length)
        expect(residents).toBe(adds.reduce<number>((sum, n) => sum + n, 0))
        expect(kinds.reduce((sum, n) => sum + n, 0)).toBe(registered)
      }
      expect(sheet.townships.reduce((sum, line) => sum + line.hukouPeople, 0)).toBe(valueOf(sheet, 'hukouPeople'))
      expect(sheet.townships.reduce((sum, line) => sum + line.missing, 0)).toBe(valueOf(sheet, 'missing'))
    }),
    { numRuns: 150 },
  )
})

test('the order of the rows does not matter', () => {
  fc.assert(
    fc.property(
      anyRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      ([rows, shuffled]) => {
        expect(sheetOf(shuffled)).toEqual(sheetOf(rows))
      },
    ),
    { numRuns: 100 },
  )
})

test('a kind of row adds to the usual residents exactly if the count function does, for every answer', () => {
  for (let residence = 0; residence <= 7; residence++)
    for (let hukouPlace = 0; hukouPlace <= 5; hukouPlace++)
      for (let awayDuration = 0; awayDuration <= 9; awayDuration++) {
        const answers = { residence, hukouPlace, awayDuration }
        expect([answers, ROW_KINDS[kindOfRow(answers)].isResident]).toEqual([answers, contributionOf(answers) === 1])
      }
})

test('each way of a hukou person to be without a row at the hukou has its own line', () => {
  const sheet = sheetOf([
    police({ person: 'home' }),
    census({ person: 'home' }),
    police({ person: 'missing' }),
    police({ person: 'elsewhere' }),
    visitor({ person: 'elsewhere' }),
    police({ person: 'otherwise' }),
    census({ person: 'otherwise', hukou_place: '4', away_duration: '4' }),
    police({ person: 'form' }),
    form({ person: 'form' }),
    police({ person: 'dead' }),
    death({ person: 'dead' }),
    police({ person: 'unborn', birth_date: '20201105' }),
    police({ person: 'twice' }),
    census({ person: 'twice' }),
    away({ person: 'twice' }),
    census({ person: 'stranger' }),
  ])
  expect(valueOf(sheet, 'hukouPeople')).toBe(8)
  for (const zh of [
    '户籍漏登',
    '户口地未列、他处已登',
    '在户口村居登记、户口地另填',
    '仅在死亡表',
    '已死亡未销户、未列',
    '标准时点后出生、未列',
  ])
    expect([zh, termOf(sheet, 'hukou', zh)]).toEqual([zh, 1])
  expect(termOf(sheet, 'hukou', '减：无本地有效户口者的户口地行')).toBe(-1)
  expect(termOf(sheet, 'hukou', '减：同一人多余的户口地行')).toBe(-1)
})

test('two hukou of one person are one of the hukou population and two rows', () => {
  const sheet = sheetOf([police(), police({ area_code: V3 }), census()])
  expect([valueOf(sheet, 'hukouRows'), valueOf(sheet, 'hukouPeople')]).toEqual([2, 1])
})

test('a move written on both sides is a pair in its cell; one written once leaves the check unequal, and says so', () => {
  const both = [away({ person: 'a' }), visitor({ person: 'a' })]
  const sheet = sheetOf([
    ...both,
    visitor({ person: 'b' }),
    away({ person: 'c', residence: '5', residence_area_code: ELSEWHERE }),
  ])
  expect(sheet.flows.cells).toEqual([{ from: '513027001', to: '513027002', away: 1, present: 2, pairs: 1 }])
  const flows = sheet.checks.find(({ name }) => name === 'flows')
  expect([flows?.left, flows?.right, flows?.holds]).toEqual([1, 2, false])
  expect(sheetOf(both).checks.map(({ holds }) => holds)).toEqual([true, true])
})

test('two sides that name different townships meet, but in no cell', () => {
  const { flows } = sheetOf([away({ residence_area_code: '513027009001' }), visitor()])
  expect([flows.pairs, flows.crossed]).toEqual([0, 1])
})

test('a township that one side leaves out is taken from the other side of the same person', () => {
  const silent = [
    [away({ residence_area_code: '' }), visitor()],
    [away(), visitor({ hukou_area_code: '513027' })],
    [away({ residence_area_code: '513027' }), visitor({ hukou_area_code: '' })],
  ]
  for (const rows of silent)
    expect(sheetOf(rows).flows.cells).toEqual([{ from: '513027001', to: '513027002', away: 1, present: 1, pairs: 1 }])
  expect(sheetOf([away({ residence_area_code: '' })]).flows.cells).toEqual([
    { from: '513027001', to: '', away: 1, present: 0, pairs: 0 },
  ])
})

test('somebody counted twice breaks the check that all count once', () => {
  const sheet = sheetOf([away({ away_duration: '2' }), visitor({ away_duration: '3' })])
  expect(sheet.checks.find(({ name }) => name === 'once')).toMatchObject({ left: 2, right: 1, holds: false })
  expect(termOf(sheet, 'counted', '重复计入')).toBe(1)
})

test('fewer than four deaths in a thousand residents mark an incomplete register; a small place says nothing', () => {
  const residents = Array.from({ length: 5000 }, (_, k) => census({ person: `r${k}`, id_number: '' }))
  const deaths = (n: number) => Array.from({ length: n }, (_, k) => death({ person: `d${k}`, id_number: '' }))
  const flagOf = (rows: readonly RowText[]) =>
    sheetOf(rows).completeness.find(({ name }) => name === 'deaths-certificates')?.flag
  expect(flagOf([...residents, ...deaths(19)])).toBe('incomplete')
  expect(flagOf([...residents, ...deaths(20)])).toBe('complete')
  expect(flagOf([census(), ...deaths(1)])).toBe('too-few')
})

test('of the register those count whose hukou was cancelled for a death in the year, and no row that was struck out', () => {
  const cancelled = { status: '1', death_date: '20200301', id_number: '' }
  const deathsOf = (row: Record<string, string>) =>
    sheetOf([police({ person: 'p1', ...cancelled, ...row }), census()]).completeness.find(
      ({ name }) => name === 'deaths-police',
    )?.events
  expect(deathsOf({})).toBe(1)
  // Where nobody wrote the death, the day of the cancelling stands for it.
  expect(deathsOf({ death_date: '', cancelled_on: '20200305' })).toBe(1)
  expect(deathsOf({ record_flag: '0' })).toBe(0)
  expect(deathsOf({ status: '0' })).toBe(0)
  expect(deathsOf({ death_date: '20190301' })).toBe(0)
})

test('without the police register the hukou identity is not made, and that is said', () => {
  const sheet = sheetOf([census()], ['census'])
  expect(sheet.notMade).toEqual([{ name: 'hukou', needs: 'police' }])
  expect(sheet.identities.map(({ name }) => name)).not.toContain('hukou')
  expect(valueOf(sheet, 'hukouPeople')).toBeUndefined()
  expect(sheetOf([police()], ['police']).identities).toEqual([])
})

test('each headline has a definition in both languages', () => {
  for (const { definitionZh, definitionEn } of sheetOf([police(), census()]).headlines) {
    expect(definitionZh).not.toBe('')
    expect(definitionEn).not.toBe('')
  }
  expect(ROW_KIND['at-home']).toBe(0)
})
