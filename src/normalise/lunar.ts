/**
 * Lunar dates: rural registrations wrote the lunar date as if it were Gregorian.
 *
 * In:  packed dates. Out: the Gregorian date of a lunar one, and whether one date is the lunar reading of another.
 * Works on one word a year (tables/lunar-years), never on the calendar library: it is called per pair.
 */
import { packDate } from '../records/record-table.ts'
import { dateOfDay, dayOfDate } from './date.ts'
import { LUNAR_YEARS } from './tables/lunar-years.generated.ts'

const FIRST_YEAR = 1899

/** Which of two months of one number a lunar date lies in, where its year has such a leap month. */
type LunarMonth = 'first' | 'leap'

/** The Gregorian date of a lunar date; 0 if there is no such lunar date or it lies outside the table. */
export function lunarToSolar(lunar: number, which: LunarMonth = 'first'): number {
  const year = lunar >> 9
  const month = (lunar >> 5) & 15
  const day = lunar & 31
  const word = LUNAR_YEARS[year - FIRST_YEAR]
  if (word === undefined || month < 1 || month > 12 || day < 1) return 0
  const leapMonth = (word >> 13) & 15
  const isLeap = which === 'leap'
  if (isLeap && leapMonth !== month) return 0
  // Months in order: a leap month follows the month whose number it bears.
  const position = month - 1 + (leapMonth !== 0 && (month > leapMonth || isLeap) ? 1 : 0)
  let days = (word >> 17) & 63
  for (let i = 0; i < position; i++) days += 29 + ((word >> i) & 1)
  if (day > 29 + ((word >> position) & 1)) return 0
  return dateOfDay(dayOfDate(packDate(year, 1, 1)) + days + day - 1)
}

/**
 * Whether the earlier of two dates, read as lunar, is the later one. Lunar reads 18 to 53 days earlier. With a day
 * unknown on a side the months must fit. Symmetric.
 */
export function isLunarReading(a: number, b: number): boolean {
  const early = a < b ? a : b
  const late = a < b ? b : a
  const monthsApart = (late >> 9) * 12 + ((late >> 5) & 15) - (early >> 9) * 12 - ((early >> 5) & 15)
  if (monthsApart < 0 || monthsApart > 2) return false
  const day = early & 31
  if (day !== 0 && (late & 31) !== 0) return lunarToSolar(early) === late || lunarToSolar(early, 'leap') === late
  if (monthsApart === 0) return false
  // A month's first and last day: between them lie all days of an unknown one.
  if (day === 0) return fallsInMonth(early + 1, late) || fallsInMonth(early + 29, late)
  return fallsInMonth(early, late)
}

/** Whether a lunar date is one of the Gregorian month of `late`. Called for every pair of neighbouring months: no arrays. */
function fallsInMonth(lunar: number, late: number): boolean {
  return lunarToSolar(lunar) >> 5 === late >> 5 || lunarToSolar(lunar, 'leap') >> 5 === late >> 5
}
