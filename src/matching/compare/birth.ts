/**
 * Births: two packed dates → BIRTH_LEVEL. Parts unknown on a side are not compared. Symmetric, no allocation.
 */
import { isLunarReading } from '../../normalise/lunar.ts'
import { BIRTH_LEVEL } from './levels.ts'

/** Bits of month and day in a packed date. */
const MONTH = 15 << 5
const DAY = 31

/** BIRTH_LEVEL of two packed dates, parts of which may be unknown. */
export function compareBirths(a: number, b: number): number {
  if (a === 0 || b === 0) return BIRTH_LEVEL.missing
  // Most pairs that are met share the month: told before the parts are taken out.
  if ((a ^ b) >>> 5 === 0 && (a & MONTH) !== 0) {
    if ((a & DAY) === 0 || (b & DAY) === 0) return BIRTH_LEVEL.monthKnown
    return a === b ? BIRTH_LEVEL.dateEqual : BIRTH_LEVEL.monthEqual
  }
  return compareOtherMonths(a, b)
}

function compareOtherMonths(a: number, b: number): number {
  const ya = a >> 9
  const yb = b >> 9
  const ma = (a >> 5) & 15
  const mb = (b >> 5) & 15
  const da = a & 31
  const db = b & 31
  if (ma === 0 || mb === 0) {
    if (ya === yb) return BIRTH_LEVEL.yearEqual
    return Math.abs(ya - yb) <= 2 ? BIRTH_LEVEL.nearYear : BIRTH_LEVEL.different
  }
  const daysKnown = da !== 0 && db !== 0
  if (ya === yb) {
    if (daysKnown && ma === db && mb === da) return BIRTH_LEVEL.dayMonthSwapped
    if (isLunarReading(a, b)) return BIRTH_LEVEL.lunar
    const daysFit = !daysKnown || da === db
    if (daysFit && (Math.abs(ma - mb) === 1 || isDigitSlip(ma, mb))) return BIRTH_LEVEL.digitSlip
    return BIRTH_LEVEL.yearEqual
  }
  if (isLunarReading(a, b)) return BIRTH_LEVEL.lunar
  const restFits = ma === mb && (!daysKnown || da === db)
  const apart = Math.abs(ya - yb)
  if (restFits) {
    if (apart === 1) return BIRTH_LEVEL.yearBeside
    if (isYearSlip(ya, yb)) return BIRTH_LEVEL.digitSlip
    // For school or a pension a birth is moved by a year or two, month and day kept.
    if (apart === 2) return BIRTH_LEVEL.yearBeside
    if (apart === 10) return BIRTH_LEVEL.nearYear
  }
  return apart <= 2 ? BIRTH_LEVEL.nearYear : BIRTH_LEVEL.different
}

/** Whether one of two packed births is a year alone: then the year is all that can agree. */
export function isYearAlone(a: number, b: number): boolean {
  return ((a >> 5) & 15) === 0 || ((b >> 5) & 15) === 0
}

/** One of two digits differs, or the two are swapped. */
function isDigitSlip(x: number, y: number): boolean {
  const tx = (x / 10) | 0
  const ty = (y / 10) | 0
  const ux = x - tx * 10
  const uy = y - ty * 10
  return tx === ty || ux === uy || (tx === uy && ux === ty)
}

/** One digit of the year differs, or two neighbours are swapped. */
function isYearSlip(x: number, y: number): boolean {
  const hx = (x / 100) | 0
  const hy = (y / 100) | 0
  if (hx === hy) return isDigitSlip(x - hx * 100, y - hy * 100)
  return x - hx * 100 === y - hy * 100
}
