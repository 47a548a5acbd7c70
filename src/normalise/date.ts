/**
 * Dates in every form in which they arrive → year << 9 | month << 5 | day, unknown parts 0, no date 0.
 *
 * In: the text of a cell. Out: the packed date, and why it could not be read or what to distrust about it.
 * A day or month written 00 is unknown; an impossible date is no date. Lunar readings are in lunar.ts.
 */
import { packDate } from '../records/record-table.ts'
import { foldCell } from './cell-text.ts'

type DateProblem = 'impossible' | 'future' | 'ambiguous' | 'serial' | 'unreadable'

export interface DateReading {
  /** Packed; 0 = no date. */
  readonly date: number
  readonly problem?: DateProblem
}

const YEAR_MIN = 1800
/** Years after this are "no end" marks (9999) or slips, never dates. */
const YEAR_MAX = 2100

/** 1927-05-18: a shorter number is a year. */
const SERIAL_MIN = 10_000

const BLANK = /^(?:无|不详|不明|未知|待查|暂无|NULL|N\/A|NA|[-—/\\.?*]+|0+|0{4}[-/.]0{1,2}[-/.]0{1,2})$/i

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function parseDate(text: string): number {
  return readDate(text).date
}

export function readDate(text: string): DateReading {
  let folded = foldCell(text).toUpperCase()
  if (folded === '' || BLANK.test(folded)) return { date: 0 }
  if (/[〇○零一二三四五六七八九十廿]/.test(folded)) folded = withArabicNumerals(folded)
  folded = withoutTime(folded)
    .replace(/生$/, '')
    .replace(/\s*([-/.年月日号])\s*/g, '$1')

  if (/^\d+$/.test(folded)) return readDigits(folded)
  const ymd = /^(\d{4})([-/.年])(\d{1,2})(?:[-/.月](?:(\d{1,2})[日号]?)?)?$/.exec(folded)
  if (ymd !== null) {
    // A float that was 1988.10 arrives as 1988.1: January or October.
    if (ymd[4] === undefined && folded === `${ymd[1]}.1`)
      return { date: possible(Number(ymd[1]), 0, 0).date, problem: 'ambiguous' }
    return possible(Number(ymd[1]), Number(ymd[3]), Number(ymd[4] ?? 0))
  }
  const year = /^(\d{4})年?$/.exec(folded)
  if (year !== null) return possible(Number(year[1]), 0, 0)
  const dmy = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(folded)
  if (dmy !== null) return readYearLast(Number(dmy[1]), Number(dmy[2]), Number(dmy[3]))
  const shortYear = /^(\d{2})([-/.年])(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(folded)
  if (shortYear !== null) return readShortYear(Number(shortYear[1]), Number(shortYear[3]), Number(shortYear[4]))
  // Serial with a time of day, or a whole number that became a float.
  const float = /^(\d{4,8})\.(\d+)$/.exec(folded)
  if (float !== null) {
    const whole = readDigits(float[1])
    if (whole.problem === 'serial' || /^0+$/.test(float[2])) return whole
  }
  return { date: 0, problem: 'unreadable' }
}

/** ISO form of a packed date; unknown parts left away: 1988-01-02, 1988-01, 1988, ''. */
export function formatDate(date: number): string {
  if (date === 0) return ''
  const month = (date >> 5) & 15
  const day = date & 31
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(date >> 9).padStart(4, '0')}${month === 0 ? '' : `-${two(month)}`}${day === 0 ? '' : `-${two(day)}`}`
}

function possible(year: number, month: number, day: number): DateReading {
  if (year > YEAR_MAX) return { date: 0, problem: 'future' }
  if (year < YEAR_MIN || month > 12) return { date: 0, problem: 'impossible' }
  if (month === 0) return day > 31 ? { date: 0, problem: 'impossible' } : { date: packDate(year, 0, 0) }
  if (day > daysInMonth(year, month)) return { date: 0, problem: 'impossible' }
  return { date: packDate(year, month, day) }
}

function readDigits(digits: string): DateReading {
  switch (digits.length) {
    case 8:
      return possible(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)))
    case 6: {
      const month = possible(Number(digits.slice(0, 4)), Number(digits.slice(4)), 0)
      if (month.date !== 0) return month
      const short = readShortYear(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4)))
      return short.date === 0 ? month : short
    }
    case 5: {
      const serial = Number(digits)
      return serial >= SERIAL_MIN && serial <= 60_000 ? readSerial(serial) : { date: 0, problem: 'unreadable' }
    }
    case 4:
      return possible(Number(digits), 0, 0)
    case 14: {
      const [hour, minute, second] = [digits.slice(8, 10), digits.slice(10, 12), digits.slice(12)]
      if (hour < '25' && minute < '60' && second < '61') return readDigits(digits.slice(0, 8))
      return { date: 0, problem: 'unreadable' }
    }
    default:
      return { date: 0, problem: 'unreadable' }
  }
}

/** Excel's day number: 1 = 1900-01-01, with its extra 1900-02-29; only serials after that are met here. */
function readSerial(serial: number): DateReading {
  return { date: dateOfDay(serial - 25_569), problem: 'serial' }
}

function readYearLast(first: number, second: number, year: number): DateReading {
  if (first > 12 || first === second) return possible(year, second, first)
  if (second > 12) return possible(year, first, second)
  return { date: possible(year, 0, 0).date, problem: 'ambiguous' }
}

/** 88-3-4. Two-digit years from 30 on are read as 19yy; below, the century is not known and neither is the date. */
function readShortYear(yy: number, month: number, day: number): DateReading {
  if (yy < 30 || month === 0) return { date: 0, problem: 'ambiguous' }
  const reading = possible(1900 + yy, month, day)
  return reading.date === 0 ? reading : { date: reading.date, problem: 'ambiguous' }
}

function withoutTime(text: string): string {
  return text
    .replace(/(?:T|\s+)\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?\s*(?:AM|PM|Z|[+-]\d{2}:?\d{2})?$/, '')
    .replace(/^(\d{8})T$/, '$1')
}

const NUMERALS: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** 一九八八年十二月廿三日 → 1988年12月23日. */
function withArabicNumerals(text: string): string {
  return text.replace(/[〇○零一二三四五六七八九十廿]+/g, (run) => {
    if (!/[十廿]/.test(run)) return Array.from(run, (c) => NUMERALS[c]).join('')
    const [tens, units] = run.replace('廿', '二十').split('十')
    return String((tens === '' ? 1 : (NUMERALS[tens] ?? 0)) * 10 + (units === '' ? 0 : (NUMERALS[units] ?? 0)))
  })
}

/** Days since 1970-01-01 of a full date (Howard Hinnant, chrono-compatible date algorithms). */
export function dayOfDate(date: number): number {
  const month = (date >> 5) & 15
  const year = (date >> 9) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + (date & 31) - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The full date of a day counted from 1970-01-01, packed. */
export function dateOfDay(day: number): number {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return packDate(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}
