/**
 * County codes of GB/T 2260: did a code ever exist, and was it in force in a year?
 *
 * In: a six-digit code as a number, a year. Out: yes, no, or unknown. Half of all codes ever issued are retired, and
 * an ID number keeps the code of the county where it was first assigned: today's list says nothing about it.
 * Years are known from yearly snapshots 2002–2016 and the list of 2024; where they do not tell, the answer is
 * unknown, so that nobody's number is called wrong for a gap in our table.
 */
import { COUNTIES } from './tables/counties.generated.ts'

export type InForce = 'yes' | 'no' | 'unknown'

const FIRST_SNAPSHOT = 2002
const LAST_SNAPSHOT = 2016
const LIST_OF = 2024

interface CountyYears {
  /** First and last snapshot with the code; 0 = in none. */
  readonly first: number
  readonly last: number
  readonly inForceNow: boolean
  /** A zone outside the standard, or a number series of its own: years are not told. */
  readonly untold: boolean
}

const counties: ReadonlyMap<number, CountyYears> = readCounties()

/** Residents of Hong Kong, Macao and Taiwan with a residence permit; 9 foreigners with the card of 2023. */
function isOwnSeries(code: number): boolean {
  return code === 810_000 || code === 820_000 || code === 830_000 || (code >= 900_000 && code <= 999_999)
}

/** True for every code that was ever a county's. */
export function isCountyCodeKnown(code: number): boolean {
  return counties.has(code) || isOwnSeries(code)
}

/** Ask with max(birth year, 1984): numbering began in 1984. */
export function isCountyCodeInForce(code: number, year: number): InForce {
  const county = counties.get(code)
  if (county === undefined || county.untold) return 'unknown'
  const { first, last, inForceNow } = county
  if (first === 0) {
    if (inForceNow) return year < LAST_SNAPSHOT ? 'no' : year === LIST_OF ? 'yes' : 'unknown'
    // In no snapshot: gone before the first or come after the last.
    return year > FIRST_SNAPSHOT && year < LAST_SNAPSHOT ? 'no' : 'unknown'
  }
  if (year < first) {
    // In the first snapshot: it may be as old as the standard. A snapshot is taken within its year, so the year
    // before the first one with the code may have seen it too.
    return first === FIRST_SNAPSHOT || year === first - 1 ? 'unknown' : 'no'
  }
  if (year <= last) return 'yes'
  if (inForceNow) return last === LAST_SNAPSHOT && year <= LIST_OF ? 'yes' : 'unknown'
  if (last === LAST_SNAPSHOT || year === last + 1) return 'unknown'
  return 'no'
}

function readCounties(): ReadonlyMap<number, CountyYears> {
  const found = new Map<number, CountyYears>()
  for (const group of COUNTIES) {
    const [key, ...codes] = group.split(' ')
    const years = /^(\d{4})-(\d{4})/.exec(key)
    const county = {
      first: Number(years?.[1] ?? 0),
      last: Number(years?.[2] ?? 0),
      inForceNow: key.endsWith('+'),
      untold: key.startsWith('zone'),
    }
    for (const code of codes) found.set(Number(code), county)
  }
  return found
}
