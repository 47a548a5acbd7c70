/**
 * Reads ID numbers and dates straight from bytes when they are written in the regular way; asks src/normalise for
 * everything else.
 *
 * In: bytes of one cell, not empty. Out: packed values. The fast path takes only forms on which the slow one cannot
 * differ (18 characters with a right check character and a possible date; YYYYMMDD, YYYY-MM-DD, YYYY/MM/DD, YYYYMM,
 * YYYY-MM with all parts possible); tests compare both.
 */
import { daysInMonth, parseDate } from '../../normalise/date.ts'
import { idBirthDate, parseIdNumber } from '../../normalise/id-number.ts'
import { ID_KIND, packDate } from '../../records/record-table.ts'
import type { CellDecoder } from '../encoding/decode.ts'

const WEIGHTS = Uint8Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
/** Check nibble by weighted sum mod 11: 1 0 X 9 8 7 6 5 4 3 2. */
const CHECKS = Uint8Array.of(1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2)

/** Days of each month, February with 29: the leap day is asked of the calendar. */
const MONTH_DAYS = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

export class IdNumberReader {
  area = 0
  birth = 0
  tail = 0
  /** Birth date in the number, packed; 0 if it says none. */
  birthDate = 0
  /** Folded text of an irregular number; '' otherwise. */
  text = ''
  private readonly decoder: CellDecoder

  constructor(decoder: CellDecoder) {
    this.decoder = decoder
  }

  /** Reads the cell; returns its IdKind. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 18 && this.readRegular(bytes, start)) {
      this.text = ''
      return ID_KIND.valid
    }
    const number = parseIdNumber(this.decoder.text(bytes, start, end))
    this.area = number.area
    this.birth = number.birth
    this.tail = number.tail
    this.text = number.text
    this.birthDate = number.birth === 0 ? 0 : idBirthDate(number.birth)
    return number.kind
  }

  private readRegular(bytes: Uint8Array, at: number): boolean {
    let sum = 0
    let area = 0
    for (let i = 0; i < 6; i++) {
      const digit = bytes[at + i] - 48
      if (digit < 0 || digit > 9) return false
      area = (area << 4) | digit
      sum += digit * WEIGHTS[i]
    }
    let birth = 0
    for (let i = 6; i < 14; i++) {
      const digit = bytes[at + i] - 48
      if (digit < 0 || digit > 9) return false
      birth = (birth << 4) | digit
      sum += digit * WEIGHTS[i]
    }
    let tail = 0
    for (let i = 14; i < 17; i++) {
      const digit = bytes[at + i] - 48
      if (digit < 0 || digit > 9) return false
      tail = (tail << 4) | digit
      sum += digit * WEIGHTS[i]
    }
    const last = bytes[at + 17]
    const check = last === 88 || last === 120 ? 10 : last >= 48 && last <= 57 ? last - 48 : 11
    if (check !== CHECKS[sum % 11]) return false
    const date = dateOfBcd(birth)
    if (date === 0) return false
    this.area = area
    this.birth = birth
    this.tail = (tail << 4) | check
    this.birthDate = date
    return true
  }
}

/** A date of eight BCD digits from 1900 to 2099; 0 if there is no such day. */
function dateOfBcd(birth: number): number {
  const year =
    ((birth >>> 28) & 15) * 1000 + ((birth >>> 24) & 15) * 100 + ((birth >>> 20) & 15) * 10 + ((birth >>> 16) & 15)
  const month = ((birth >>> 12) & 15) * 10 + ((birth >>> 8) & 15)
  const day = ((birth >>> 4) & 15) * 10 + (birth & 15)
  return regularDate(year, month, day)
}

function regularDate(year: number, month: number, day: number): number {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month]) return 0
  if (month === 2 && day === 29 && daysInMonth(year, 2) !== 29) return 0
  return packDate(year, month, day)
}

/** Packed date of a cell, 0 if none can be read. */
export function readDateCell(decoder: CellDecoder, bytes: Uint8Array, start: number, end: number): number {
  const date = readRegularDate(bytes, start, end - start)
  return date !== 0 ? date : parseDate(decoder.text(bytes, start, end))
}

function readRegularDate(bytes: Uint8Array, at: number, length: number): number {
  if (length < 6 || length > 10) return 0
  const year = digits(bytes, at, 4)
  if (year < 1900 || year > 2099) return 0
  switch (length) {
    case 8:
      return regularDate(year, digits(bytes, at + 4, 2), digits(bytes, at + 6, 2))
    case 10: {
      const mark = bytes[at + 4]
      if ((mark !== 45 && mark !== 47) || bytes[at + 7] !== mark) return 0
      return regularDate(year, digits(bytes, at + 5, 2), digits(bytes, at + 8, 2))
    }
    case 6:
      return regularMonth(year, digits(bytes, at + 4, 2))
    case 7:
      return bytes[at + 4] === 45 ? regularMonth(year, digits(bytes, at + 5, 2)) : 0
    default:
      return 0
  }
}

function regularMonth(year: number, month: number): number {
  return month >= 1 && month <= 12 ? packDate(year, month, 0) : 0
}

/** A number of `count` ASCII digits, -1 if they are not all digits. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let number = 0
  for (let k = 0; k < count; k++) {
    const digit = bytes[at + k] - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    number = number * 10 + digit
  }
  return number
}
