/**
 * 公民身份号码 (GB 11643-1999): the text of a cell → kind and packed number.
 *
 * In:  the text as written. Out: kind (ID_KIND) and three words of BCD digits: area 6, birth 8, tail 4 (X = 0xA);
 *      zero words where no whole number is known; the folded text of irregular numbers for near comparison.
 * This is the slow, obvious judge of the byte fast path in src/ingest. What a damaged number may still agree with
 * is decided in src/matching/compare/id-number.ts.
 */
import { ID_KIND, type IdKind, packDate } from '../records/record-table.ts'
import { foldCode, readExponent, withoutFloatTail } from './cell-text.ts'
import { daysInMonth } from './date.ts'

export interface IdNumber {
  readonly kind: IdKind
  readonly area: number
  readonly birth: number
  readonly tail: number
  /** Folded text of a truncated, malformed or 17-digit number; '' otherwise. */
  readonly text: string
}

/** Wᵢ = 2^(18−i) mod 11, of the first 17 characters. */
export const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** The check character by Σ aᵢ·Wᵢ mod 11. */
export const CHECK_CHARACTERS = '10X98765432'

const PLACEHOLDER_WORDS =
  /^(?:无|没有|没|无号|无证|无身份证|不详|不明|不清|不清楚|不知|不知道|未知|未办|未办证|未办理|未上户|未登记|未落户|暂无|暂缺|缺|空|待查|待补|待定|待办|新生儿|婴儿|遗失|丢失|保密|NULL|NONE|NIL|NAN|N\/A|NA|UNKNOWN|[-—–_/\\?？.。*#]+)$/i

/** The check character of 17 digits: c = (12 − Σ aᵢ·Wᵢ mod 11) mod 11, 10 written X. */
export function checkDigit(digits17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (digits17.charCodeAt(i) - 48) * ID_WEIGHTS[i]
  return CHECK_CHARACTERS[sum % 11]
}

/** The same on packed words: the check nibble (0xA for X) that belongs to the first 17 digits. */
export function checkNibble(area: number, birth: number, tail: number): number {
  let sum = 0
  for (let i = 0; i < 6; i++) sum += ((area >>> (20 - 4 * i)) & 15) * ID_WEIGHTS[i]
  for (let i = 0; i < 8; i++) sum += ((birth >>> (28 - 4 * i)) & 15) * ID_WEIGHTS[6 + i]
  for (let i = 0; i < 3; i++) sum += ((tail >>> (12 - 4 * i)) & 15) * ID_WEIGHTS[14 + i]
  return (12 - (sum % 11)) % 11
}

/** The date in the birth word, packed; 0 if there is no such day between 1800 and 2100. */
export function idBirthDate(birth: number): number {
  const nibble = (shift: number): number => (birth >>> shift) & 15
  const year = nibble(28) * 1000 + nibble(24) * 100 + nibble(20) * 10 + nibble(16)
  const month = nibble(12) * 10 + nibble(8)
  const day = nibble(4) * 10 + nibble(0)
  if (year < 1800 || year > 2100 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 0
  return packDate(year, month, day)
}

/** The sex in the sequence digit: 1 male (odd), 2 female (even). Only for a number that is known whole. */
export function idSex(tail: number): number {
  return ((tail >>> 4) & 1) === 1 ? 1 : 2
}

/** Digits as BCD nibbles, X as 0xA. */
export function packDigits(digits: string): number {
  let word = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i] === 'X' ? 10 : digits.charCodeAt(i) - 48
    word = (word << 4) | digit
  }
  return word
}

/** The 18 characters of three words. */
export function formatIdNumber(area: number, birth: number, tail: number): string {
  const hex = (word: number, digits: number): string => (word >>> 0).toString(16).padStart(digits, '0')
  return (hex(area, 6) + hex(birth, 8) + hex(tail, 4)).replaceAll('a', 'X')
}

/** NFKC, blanks and separators away, every sign that stands for the last X as X. */
export function foldIdText(text: string): string {
  const folded = withoutFloatTail(
    foldCode(text)
      .toUpperCase()
      .replace(/^"+|"+$/g, ''),
  )
  return folded.replace(/(?<=[\dX])[-_—–·,](?=[\dX])/g, '').replace(/(?<=^\d{17})[×✕✖*ХхΧχ]$/u, 'X')
}

export function parseIdNumber(text: string): IdNumber {
  const folded = foldIdText(text)
  if (folded === '') return nothing(ID_KIND.missing)
  if (isPlaceholder(folded)) return nothing(ID_KIND.placeholder)
  if (/^\d{17}[\dX]$/.test(folded)) return read18(folded)
  if (/^\d{17}$/.test(folded)) return read17(folded)
  if (/^\d{15}$/.test(folded)) return read15(folded)
  const exponent = readExponent(folded)
  if (exponent !== undefined && (exponent.length === 18 || exponent.length === 15))
    return { ...nothing(ID_KIND.truncated), text: folded }
  return { ...nothing(ID_KIND.malformed), text: folded }
}

/**
 * The digits that a truncated number still tells, from the left: 15 of `513027199803151000`, 3 of `5.13E+17`.
 * '' for a text that was not truncated.
 */
export function truncatedPrefix(foldedText: string): string {
  const exponent = readExponent(foldedText)
  if (exponent !== undefined) return exponent.length === 18 ? exponent.digits.slice(0, 15) : ''
  if (/^\d{15}000$/.test(foldedText)) return foldedText.slice(0, 15)
  return /^\d{15}$/.test(foldedText) ? foldedText : ''
}

function nothing(kind: IdKind): IdNumber {
  return { kind, area: 0, birth: 0, tail: 0, text: '' }
}

function isPlaceholder(folded: string): boolean {
  if (PLACEHOLDER_WORDS.test(folded)) return true
  if (/^(\d|X)\1*$/.test(folded)) return true
  if (/^1234567890?/.test(folded)) return true
  // 513027********1234: an extract whose numbers were hidden before it was handed over.
  if (/^\d{3,14}(?:\*{3,}|X{3,})[\dX]{0,11}$/.test(folded)) return true
  // 000X stands where no tail was given yet; a number with it that passes its check is left to the check.
  if (/^\d{14}000X$/.test(folded) && checkDigit(folded) !== 'X') return true
  // The mother's or father's number with a suffix: 19 or 20 characters, the first 18 right.
  const suffixed = /^(\d{17}[\dX])(?:[0-9A-Z]{1,2}|[甲乙丙丁子女男大小长次之]{1,2})$/u.exec(folded)
  return suffixed !== null && checkDigit(suffixed[1]) === suffixed[1][17] && hasPossibleBirth(suffixed[1])
}

function words(kind: IdKind, digits18: string, text = ''): IdNumber {
  return {
    kind,
    area: packDigits(digits18.slice(0, 6)),
    birth: packDigits(digits18.slice(6, 14)),
    tail: packDigits(digits18.slice(14)),
    text,
  }
}

function hasPossibleBirth(digits: string): boolean {
  return idBirthDate(packDigits(digits.slice(6, 14))) !== 0
}

function read18(folded: string): IdNumber {
  const checks = checkDigit(folded) === folded[17]
  if (!hasPossibleBirth(folded)) return words(ID_KIND.dateImpossible, folded)
  if (checks) return words(ID_KIND.valid, folded)
  // A spreadsheet keeps 15 digits and writes zeros for the rest.
  if (folded.endsWith('000')) return { ...nothing(ID_KIND.truncated), text: folded }
  return words(ID_KIND.checkFails, folded)
}

function read17(folded: string): IdNumber {
  if (!hasPossibleBirth(folded)) return { ...nothing(ID_KIND.malformed), text: folded }
  return words(ID_KIND.tailSupplied, folded + checkDigit(folded), folded)
}

function read15(folded: string): IdNumber {
  // Suffix 996–999 was for persons over a hundred when they were numbered.
  const century = folded.slice(12) >= '996' ? '18' : '19'
  const digits17 = folded.slice(0, 6) + century + folded.slice(6)
  if (hasPossibleBirth(digits17)) return words(ID_KIND.legacy, digits17 + checkDigit(digits17))
  // Not yymmdd, but yyyymmdd and one digit more: an 18-digit number cut at 15.
  if (hasPossibleBirth(folded)) return { ...nothing(ID_KIND.truncated), text: folded }
  return { ...nothing(ID_KIND.malformed), text: folded }
}
