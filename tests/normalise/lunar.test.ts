import fc from 'fast-check'
import { Lunar, LunarYear } from 'lunar-typescript'
import { expect, test } from 'vitest'
import { formatDate } from '../../src/normalise/date.ts'
import { isLunarReading, lunarToSolar } from '../../src/normalise/lunar.ts'
import { packDate } from '../../src/records/record-table.ts'

/** Gregorian dates that a date may mean if it was a lunar one: none, one, or two with a leap month. */
const lunarReadings = (date: number): number[] =>
  [lunarToSolar(date), lunarToSolar(date, 'leap')].filter((solar) => solar !== 0)

test('the first and last day of every lunar month 1900–2099 fall where the calendar library puts them', () => {
  const wrong: string[] = []
  for (let year = 1900; year < 2100; year++)
    for (const month of LunarYear.fromYear(year).getMonths()) {
      if (month.getYear() !== year) continue
      const number = Math.abs(month.getMonth())
      for (const day of [1, month.getDayCount()]) {
        const expected = Lunar.fromYmd(year, month.getMonth(), day).getSolar().toYmd()
        const found = formatDate(lunarToSolar(packDate(year, number, day), month.isLeap() ? 'leap' : 'first'))
        if (found !== expected) wrong.push(`${year} ${month.getMonth()} ${day}: ${found}, not ${expected}`)
      }
      if (lunarToSolar(packDate(year, number, month.getDayCount() + 1), month.isLeap() ? 'leap' : 'first') !== 0)
        wrong.push(`${year} long`)
    }
  expect(wrong).toEqual([])
})

test('a date has two lunar readings in a leap month and one elsewhere', () => {
  expect(lunarReadings(packDate(2020, 4, 15)).map(formatDate)).toEqual(['2020-05-07', '2020-06-06'])
  expect(lunarReadings(packDate(2020, 5, 15)).map(formatDate)).toEqual(['2020-07-05'])
  expect(lunarReadings(packDate(2021, 2, 31)).map(formatDate)).toEqual([])
})

test('the twelfth month shifts the year', () => {
  expect(isLunarReading(packDate(1988, 12, 29), packDate(1989, 2, 5))).toBe(true)
  expect(isLunarReading(packDate(1989, 2, 5), packDate(1988, 12, 29))).toBe(true)
})

test('two full dates are lunar readings of one another exactly if one is in the other’s readings', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2098 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 29 }),
      fc.integer({ min: -3, max: 3 }),
      (year, month, day, off) => {
        const a = packDate(year, month, day)
        const [b] = lunarReadings(a)
        const near = b + off
        fc.pre((near & 31) !== 0)
        const expected = lunarReadings(Math.min(a, near)).includes(Math.max(a, near))
        expect([isLunarReading(a, near), isLunarReading(near, a)]).toEqual([expected, expected])
      },
    ),
  ))
