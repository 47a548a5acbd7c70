/**
 * Dates in any usual writing become one packed number: year × 10000 + month × 100 + day, 0 for a part not known.
 *
 * In:  the distinct cells of a column. Out: packed dates (0 where nothing could be read). Whether 03/04/1980 is the third
 * of April or the fourth of March is settled for the whole column: by the cells that can be read in one way only.
 * Impossible days are kept as written (1980-13-45): they are somebody's slip of the pen, and comparable.
 */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export type PartOrder = 'day first' | 'month first'

export function readDates(
  cells: readonly string[],
  weights: ArrayLike<number>,
): { dates: Int32Array; order: PartOrder } {
  let dayFirst = 0
  let monthFirst = 0
  cells.forEach((cell, i) => {
    const parts = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](?:\d{4}|\d{2})(?:\D|$)/.exec(cell)
    if (parts === null) return
    if (+parts[1] > 12 && +parts[2] <= 12) dayFirst += weights[i]
    if (+parts[2] > 12 && +parts[1] <= 12) monthFirst += weights[i]
  })
  const order: PartOrder = monthFirst > dayFirst ? 'month first' : 'day first'
  return { dates: Int32Array.from(cells, (cell) => readDate(cell, order)), order }
}

export function readDate(cell: string, order: PartOrder = 'day first'): number {
  const text = cell
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[t ]\d{1,2}:\d{2}.*$/, '')
    .replace(/\.0+$/, '')
  let parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (parts !== null) return pack(+parts[1], +parts[2], +parts[3])
  parts = /^(\d{4})\s*[-/.年 ]\s*(\d{1,2})(?:\s*[-/.月 ]\s*(\d{1,2})?\s*日?)?月?$/.exec(text)
  if (parts !== null) return pack(+parts[1], +parts[2], parts[3] === undefined ? 0 : +parts[3])
  parts = /^(\d{4})年?$/.exec(text)
  if (parts !== null) return pack(+parts[1], 0, 0)
  parts = /^(\d{4})(\d{2})$/.exec(text)
  if (parts !== null) return pack(+parts[1], +parts[2], 0)
  parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(text)
  if (parts !== null) {
    const year = parts[3].length === 2 ? fullYear(+parts[3]) : +parts[3]
    return order === 'day first' ? pack(year, +parts[2], +parts[1]) : pack(year, +parts[1], +parts[2])
  }
  const month = MONTHS.findIndex((name) => new RegExp(`(^|[^a-z])${name}[a-z]*`).test(text))
  if (month >= 0) {
    const year = /\d{4}/.exec(text)
    // 5-Jul-14, Jul 5, '14
    const short = /^(?:(\d{1,2})[-/ ]+)?[a-z]+\.?(?:[-/ ]+(\d{1,2}),)?[-/ ]+'?(\d{2})$/.exec(text)
    if (year === null && short !== null) return pack(fullYear(+short[3]), month + 1, +(short[1] ?? short[2] ?? 0))
    const day = /(?:^|\D)(\d{1,2})(?:st|nd|rd|th)?(?:\D|$)/.exec(text)
    if (year !== null) return pack(+year[0], month + 1, day === null ? 0 : +day[1])
  }
  return 0
}

function fullYear(twoDigits: number): number {
  return twoDigits + (twoDigits < 30 ? 2000 : 1900)
}

function pack(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day
}

/** 1980-03-00 for March 1980. */
export function dateText(date: number): string {
  if (date === 0) return ''
  const text = String(date).padStart(8, '0')
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
