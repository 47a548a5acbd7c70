/**
 * Years of two digits: 87 beside 1987 is that year and not one of the early Middle Ages.
 *
 * In:  the cells of a column of years, of both tables. Out: how to read one of its numbers; undefined where the column has no year
 * of four digits that would say which century is meant. Pure.
 */
import { readNumber, saysNothing } from './fold.ts'

const YEAR_LEAST = 1000
const YEAR_MOST = 2100

/** 0 to 99 become the last such year that is not later than the latest year of the column; other numbers stay. */
export function yearsByCentury(cells: readonly string[]): ((number: number) => number) | undefined {
  let latest = 0
  for (const cell of cells) {
    const number = saysNothing(cell) ? undefined : readNumber(cell)
    if (number !== undefined && number >= YEAR_LEAST && number <= YEAR_MOST) latest = Math.max(latest, number)
  }
  if (latest === 0) return undefined
  return (number) => {
    if (!Number.isInteger(number) || number < 0 || number > 99) return number
    const year = Math.floor(latest / 100) * 100 + number
    return year > latest ? year - 100 : year
  }
}
