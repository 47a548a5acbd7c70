/** The count function: every legitimate row set sums to one, straddled ones to two or none. */
import { expect, test } from 'vitest'
import { contributionOf, countOfPerson, describePerson } from '../../src/findings/index.ts'
import { type RowText } from '../support/build-table.ts'
import { away, census, detect, police, V1, V2, visitor } from './check.ts'

const countOf = (rows: readonly RowText[]): number => {
  const { built } = detect(rows)
  return countOfPerson(built.table, built.people, 0)
}

const LEGITIMATE: readonly (readonly [string, readonly RowText[]])[] = [
  ['at home', [census()]],
  ['undetermined', [census({ hukou_place: '5', away_duration: '' })]],
  ['other block of the village', [census({ residence: '2', away_duration: '' }), census({ block_code: `${V1}002` })]],
  [
    'other village of the township',
    [
      census({ residence: '3', away_duration: '4' }),
      census({ block_code: `${V2}001`, hukou_place: '2', away_duration: '2' }),
    ],
  ],
  ['other township, half a year and more', [away({ away_duration: '4' }), visitor({ away_duration: '3' })]],
  ['other township, under half a year', [away({ away_duration: '2' }), visitor({ away_duration: '2' })]],
  ['abroad', [census({ residence: '7', away_duration: '8' })]],
  ['Hong Kong', [census({ residence: '6', away_duration: '2' })]],
  ['other county, under half a year, partner outside', [census({ residence: '5', away_duration: '2' })]],
  ['from another county for years, partner outside', [census({ hukou_place: '4', away_duration: '6' })]],
]

test.each(LEGITIMATE)('%s counts once', (_name, rows) => expect(countOf(rows)).toBe(1))

test('half a year straddled counts twice or not at all', () => {
  expect(countOf([away({ away_duration: '2' }), visitor({ away_duration: '3' })])).toBe(2)
  expect(countOf([away({ away_duration: '3' }), visitor({ away_duration: '2' })])).toBe(0)
})

test('a missing answer adds nothing', () => {
  expect(contributionOf({ residence: 0, hukouPlace: 1, awayDuration: 1 })).toBe(0)
  expect(contributionOf({ residence: 1, hukouPlace: 0, awayDuration: 4 })).toBe(0)
  expect(contributionOf({ residence: 1, hukouPlace: 4, awayDuration: 0 })).toBe(0)
})

test('every combination of answers adds 0 or 1, and the two sides of one move never both add', () => {
  for (let duration = 2; duration <= 9; duration++) {
    const home = contributionOf({ residence: 4, hukouPlace: 1, awayDuration: duration })
    const residence = contributionOf({ residence: 1, hukouPlace: 3, awayDuration: duration })
    expect(home + residence).toBe(1)
  }
})

test('a person is told: rows, what each adds and why, the findings', () => {
  const rows = [police(), away({ away_duration: '2' }), visitor({ away_duration: '3' })]
  const { list, built } = detect(rows)
  const told = describePerson(built.table, built.people, 0, list)
  expect(told.count).toBe(2)
  expect(told.rows.map((row) => [row.register, row.contribution, row.why])).toEqual([
    ['police', 0, '不参与计数'],
    ...told.rows.slice(1).map((row) => ['census', 1, row.why]),
  ])
  expect(told.rows.map((row) => row.why)).toContain('户口在此、外出不满半年，计入')
  expect(told.findings.map((finding) => finding.code)).toEqual(['halfyear-conflict-double'])
  expect(told.findings[0].entry.zh).toBe('半年口径冲突·重计')
  expect(told.findings[0].detail).toContain('两处都计入常住')
})
