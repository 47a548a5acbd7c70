/**
 * A cell's value as the text that a CSV of the same table holds.
 *
 * A number too long for a float is written in exponent form: its last digits are lost in the file, and an ID number in that
 * form is known to be cut.
 */

/** Largest whole number of which a float keeps every digit, as a spreadsheet counts: 15 digits. */
const WHOLE_MAX = 1e15

export function numberText(value: number): string {
  return Math.abs(value) >= WHOLE_MAX ? value.toExponential().toUpperCase() : String(value)
}

/** `1995-03-15`, with the time behind it unless it is midnight. Throws a RangeError where it is no date. */
export function dateText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

const DAY_MS = 86_400_000
/** Day 0 of each way of counting: its day 1 is the first of January of 1900, its day 0 that of 1904. */
const FIRST_DAY_1900 = Date.UTC(1899, 11, 31)
const FIRST_DAY_1904 = Date.UTC(1904, 0, 1)
/** The 29th of February of 1900, which there was not: spreadsheets count it since Lotus 1-2-3 did. */
const NO_SUCH_DAY = 60

/** Behind the last day that a spreadsheet knows. */
const CALENDAR_END = Date.UTC(10_000, 0, 1)

/**
 * A number that a style shows as a date, as that date. One beyond the calendar is none, whatever its style, and a spreadsheet shows
 * ##### for it: 19950315 is what somebody typed.
 */
export function serialText(serial: number, is1904: boolean): string {
  const time = timeOfSerial(serial, is1904)
  return time >= FIRST_DAY_1900 && time < CALENDAR_END ? dateText(new Date(time)) : numberText(serial)
}

/** The day that there was not is the one before it. */
function timeOfSerial(serial: number, is1904: boolean): number {
  if (is1904) return FIRST_DAY_1904 + Math.round(serial * DAY_MS)
  if (serial === NO_SUCH_DAY) return Date.UTC(1900, 1, 28)
  return FIRST_DAY_1900 + Math.round((serial > NO_SUCH_DAY ? serial - 1 : serial) * DAY_MS)
}
