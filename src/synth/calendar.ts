/**
 * Dates as whole numbers YYYYMMDD, and the days of the made-up census.
 *
 * In:  numbers such as 20201101. Out: day counts, dates, ages.
 * Days are counted from 1970-01-01 by the civil-calendar formulas of Howard Hinnant, without Date.
 */

/** Standard time of the census. */
export const T0 = 20201101
/** The window in which births and deaths are asked for. */
export const WINDOW_START = 20191101
/** The day to which the police extract and the certificates reach. */
export const EXTRACT_DAY = 20201120

export function dayOf(date: number): number {
  let year = Math.floor(date / 10000)
  const month = Math.floor(date / 100) % 100
  const day = date % 100
  if (month <= 2) year -= 1
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

export function dateOf(dayCount: number): number {
  const z = dayCount + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return year * 10000 + month * 100 + day
}

export function addDays(date: number, days: number): number {
  return dateOf(dayOf(date) + days)
}

export function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whole years lived on a day. */
export function ageOn(birth: number, day: number): number {
  return Math.floor((day - birth) / 10000)
}
