/**
 * Statistical area codes: 12 digits (county 6, township 3, village 3), known to 6, 9 or 12 of them; 15-digit
 * census block codes (village + 3).
 *
 * In: the text of a cell. Out: first six and next six digits as numbers, and how many digits are known (0 = none).
 * Whether a county code ever existed is in county-history.ts.
 */
import { foldCode, readExponent, withoutFloatTail } from './cell-text.ts'

export interface AreaCode {
  readonly high: number
  readonly low: number
  /** 6, 9 or 12; 0 = no code. */
  readonly digits: number
  /** A spreadsheet's exponent form took the end away. */
  readonly isCut?: boolean
}

export interface BlockCode {
  readonly high: number
  readonly low: number
  /** The last three digits; -1 unknown. */
  readonly block: number
  /** Digits of the village code known: 12, 9, 6; 0 = no code. */
  readonly digits: number
  /** A spreadsheet's exponent form took the end away. */
  readonly isCut?: boolean
}

const NO_AREA: AreaCode = { high: 0, low: 0, digits: 0 }

/** Prefecture-level cities without counties: their code ends in 00 and yet stands for the county level. */
const CITIES_WITHOUT_COUNTIES = new Set(['441900', '442000', '460300', '460400', '620200'])

const DIGITS_ONLY = /^\d+$/

export function parseAreaCode(text: string): AreaCode {
  const digits = readCodeDigits(text, 12)
  if (digits === undefined) return NO_AREA
  const area = areaOfDigits(digits)
  return digits.length < 12 && isExponent(text) ? { ...area, isCut: true } : area
}

export function parseBlockCode(text: string): BlockCode {
  const digits = readCodeDigits(text, 15)
  if (digits === undefined) return { ...NO_AREA, block: -1 }
  const area = areaOfDigits(digits.slice(0, 12))
  const block = digits.length === 15 && area.digits === 12 ? Number(digits.slice(12)) : -1
  return { ...area, block, ...(digits.length < 15 && isExponent(text) && { isCut: true }) }
}

function isExponent(text: string): boolean {
  return readExponent(foldCode(text)) !== undefined
}

/** Digits of a code of at most `longest` digits; a number that lost its end keeps only its whole levels. */
function readCodeDigits(text: string, longest: number): string | undefined {
  // Nearly every code is plain digits, which nothing folds.
  if (text.length === longest && DIGITS_ONLY.test(text)) return text
  const folded = withoutFloatTail(foldCode(text))
  const exponent = readExponent(folded)
  if (exponent !== undefined) {
    if (exponent.length !== longest || exponent.digits.length > longest) return undefined
    // A zero at the mantissa's end is not written: the digits missing at the end may be zeros or lost.
    const known = exponent.digits.length
    if (known === longest) return exponent.digits
    return known >= 9 ? exponent.digits.slice(0, 9) : known >= 6 ? exponent.digits.slice(0, 6) : undefined
  }
  if (!DIGITS_ONLY.test(folded)) return undefined
  const { length } = folded
  if (length === 6 || length === 9 || length === 12 || length === longest) return folded
  return undefined
}

function areaOfDigits(digits: string): AreaCode {
  const county = digits.slice(0, 6)
  const township = digits.slice(6, 9)
  const village = digits.slice(9, 12)
  if (county[0] === '0' || county[0] === '9') return NO_AREA
  const known = digits.length === 12 && village !== '000' ? 12 : digits.length >= 9 && township !== '000' ? 9 : 6
  // 513000000000 names a prefecture, not a place.
  if (known === 6 && county.endsWith('00') && !CITIES_WITHOUT_COUNTIES.has(county)) return NO_AREA
  return {
    high: Number(county),
    low: known === 12 ? Number(township + village) : known === 9 ? Number(township) * 1000 : 0,
    digits: known,
  }
}
