/**
 * Packed dates against the reference date: certain before, certain from, and whether a period of grace is over.
 *
 * A date may lack its day or month. It lies surely before a day if its latest reading does, surely from a day on if
 * its earliest reading does; between the two nothing is said.
 */
import { dayOfDate, daysInMonth } from '../normalise/date.ts'
import { dayOf, monthDayOf, monthOf, packDate, yearOf } from '../records/record-table.ts'

/** First day that a packed date may mean; 0 for no date. */
export function earliest(date: number): number {
  if (date === 0 || dayOf(date) !== 0) return date
  return packDate(yearOf(date), monthOf(date) || 1, 1)
}

/** Last day that a packed date may mean; 0 for no date. */
function latest(date: number): number {
  if (date === 0 || dayOf(date) !== 0) return date
  const month = monthOf(date) || 12
  return packDate(yearOf(date), month, daysInMonth(yearOf(date), month))
}

export function isBefore(date: number, day: number): boolean {
  return date !== 0 && latest(date) < day
}

export function isFrom(date: number, day: number): boolean {
  return date !== 0 && earliest(date) >= day
}

export const GRACE = { running: 0, over: 1, timing: 2 } as const
export type Grace = (typeof GRACE)[keyof typeof GRACE]

/**
 * Whether the register should have caught up with an event: over, if the grace days had passed on the day to which
 * the register reaches; timing, if they had passed on the reference date but the register does not reach so far.
 */
export function graceOf(event: number, graceDays: number, referenceDate: number, asOf: number): Grace {
  if (event === 0) return GRACE.running
  const due = dayOfDate(latest(event)) + graceDays
  if (due < dayOfDate(asOf)) return GRACE.over
  return due < dayOfDate(referenceDate) ? GRACE.timing : GRACE.running
}

/** Days from one full date to another. */
export function daysBetween(from: number, to: number): number {
  return dayOfDate(earliest(to)) - dayOfDate(earliest(from))
}

/** Whole years of age on a day; -1 if the year of birth is not known. */
export function ageOn(birth: number, day: number): number {
  if (birth === 0) return -1
  const born = latest(birth)
  const years = yearOf(day) - yearOf(born)
  return monthDayOf(day) >= monthDayOf(born) ? years : years - 1
}

/** The same day `years` earlier. */
export function yearsBefore(day: number, years: number): number {
  return day - (years << 9)
}
