import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBirths } from '../../../src/matching/compare/birth.ts'
import { describeBirth, describeSex } from '../../../src/matching/compare/describe.ts'
import { BIRTH_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { daysInMonth, parseDate } from '../../../src/normalise/date.ts'
import { packDate } from '../../../src/records/record-table.ts'
import { misjudged, readCases } from '../../cases/read-cases.ts'

const cases = readCases('dates')

/** Full dates, months and years. */
const date = fc
  .tuple(
    fc.integer({ min: 1930, max: 2020 }),
    fc.integer({ min: 1, max: 12 }),
    fc.nat(30),
    fc.constantFrom(8, 8, 8, 6, 6, 4),
  )
  .map(([year, month, day, digits]) =>
    digits === 4
      ? packDate(year, 0, 0)
      : packDate(year, month, digits === 6 ? 0 : 1 + (day % daysInMonth(year, month))),
  )

test('every labelled pair of dates has its level, both ways', () =>
  expect(misjudged(cases, BIRTH_LEVEL, (a, b) => compareBirths(parseDate(a), parseDate(b)))).toEqual([]))

test('the labelled pairs show every level', () =>
  expect(new Set(cases.map(({ level }) => level))).toEqual(new Set(Object.keys(BIRTH_LEVEL))))

test('comparison of births is symmetric', () =>
  fc.assert(
    fc.property(date, date, fc.integer({ min: -40, max: 40 }), (a, b, off) => {
      expect(compareBirths(a, b)).toBe(compareBirths(b, a))
      const near = a + off * 32
      const month = (near >> 5) & 15
      if (month >= 1 && month <= 12) expect(compareBirths(a, near)).toBe(compareBirths(near, a))
    }),
    { numRuns: 2000 },
  ))

test('only what is known is compared: a date against its own month is the month agreeing, against its year the year', () =>
  fc.assert(
    fc.property(date, (a) => {
      fc.pre((a & 31) !== 0)
      expect(compareBirths(a, a)).toBe(BIRTH_LEVEL.dateEqual)
      expect(compareBirths(a, a & ~31)).toBe(BIRTH_LEVEL.monthKnown)
      expect(compareBirths(a, packDate(a >> 9, 0, 0))).toBe(BIRTH_LEVEL.yearEqual)
      expect(compareBirths(a, 0)).toBe(BIRTH_LEVEL.missing)
    }),
  ))

test('every level has a sentence in both languages', () => {
  for (const level of Object.values(BIRTH_LEVEL))
    expect(describeBirth(level).every((words) => words.length > 2)).toBe(true)
  for (const level of Object.values(SEX_LEVEL)) expect(describeSex(level).every((words) => words.length > 2)).toBe(true)
})
