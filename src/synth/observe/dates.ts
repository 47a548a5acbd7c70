/**
 * How dates are written and miswritten.
 *
 * In:  a true date as YYYYMMDD. Out: the date that the writer had in mind, and its text in one of
 *      three styles. The lunar calendar comes from lunar-typescript.
 */
import { Solar } from 'lunar-typescript'
import { daysInMonth, isDate } from '../calendar.ts'
import type { Random } from '../random.ts'

export type DateStyle = 0 | 1 | 2

export function writeDate(date: number, style: DateStyle): string {
  if (date === 0) return ''
  const text = String(date)
  const year = text.slice(0, 4)
  if (style === 0) return text
  if (style === 1) return `${year}-${text.slice(4, 6)}-${text.slice(6)}`
  return `${year}/${Number(text.slice(4, 6))}/${Number(text.slice(6))}`
}

export function writeMonth(month: number, style: DateStyle): string {
  const text = String(month)
  return style === 1 ? `${text.slice(0, 4)}-${text.slice(4)}` : text
}

/** One mistake in a date; `last` is the latest day that the writer would believe. */
export function spoilDate(random: Random, date: number, last: number): number {
  for (let i = 0; i < 20; i++) {
    const wrong = mistake(random, date)
    const day = wrong % 100
    if (wrong !== date && wrong <= last && isDate(Math.floor(wrong / 10000), Math.floor(wrong / 100) % 100, day))
      return wrong
  }
  return date % 100 === 1 ? date + 1 : date - 1
}

function mistake(random: Random, date: number): number {
  const year = Math.floor(date / 10000)
  const month = Math.floor(date / 100) % 100
  const day = date % 100
  const draw = random.next()
  if (draw < 0.12) return year * 10000 + day * 100 + month
  if (draw < 0.36) return changeDigit(random, date)
  if (draw < 0.58) return (year + (random.chance(0.5) ? 1 : -1)) * 10000 + month * 100 + day
  if (draw < 0.66) return (year + (random.chance(0.5) ? 10 : -10)) * 10000 + month * 100 + day
  if (draw < 0.84) return year * 10000 + (month + (random.chance(0.5) ? 1 : -1)) * 100 + day
  if (draw < 0.93) return year * 10000 + 101
  return year * 10000 + month * 100 + 15
}

function changeDigit(random: Random, date: number): number {
  const digits = [...String(date)]
  digits[random.range(2, 7)] = String(random.int(10))
  return Number(digits.join(''))
}

/** The lunar date of that day, written as if it were Gregorian. */
export function readLunar(date: number): number {
  const lunar = Solar.fromYmd(Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100).getLunar()
  const year = lunar.getYear()
  const month = Math.abs(lunar.getMonth())
  return year * 10000 + month * 100 + Math.min(lunar.getDay(), daysInMonth(year, month))
}
