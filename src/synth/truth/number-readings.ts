/**
 * What a written ID number says, judged plainly (docs/findings.md).
 *
 * In:  the text as it stands. Out: its folded form, what kind it is, and the sex and birth in it.
 */
import { isDate } from '../calendar.ts'

type NumberKind = 'blank' | 'placeholder' | 'good' | 'bad-check' | 'truncated' | 'bad-date' | 'bad-length'

export interface ReadNumber {
  readonly kind: NumberKind
  /** Folded; 15 digits are made 18 when they are good. */
  readonly value: string
  readonly legacy: boolean
  /** yyyymmdd and 1 or 2, where a possible date stands in it; else 0. */
  readonly birth: number
  readonly sex: number
}

const POWERS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const PLACEHOLDER = /^(无|没有|暂无|不详|未办|未知|-+|\/|(.)\2*)$/

export function readNumber(text: string): ReadNumber {
  const value = fold(text)
  if (value === '') return { kind: 'blank', value, legacy: false, birth: 0, sex: 0 }
  if (PLACEHOLDER.test(value)) return { kind: 'placeholder', value, legacy: false, birth: 0, sex: 0 }
  if (value.endsWith('E+17')) return { kind: 'truncated', value, legacy: false, birth: 0, sex: 0 }
  if (/^[0-9]{15}$/.test(value)) {
    const century = /99[6-9]$/.test(value) ? '18' : '19'
    const long = value.slice(0, 6) + century + value.slice(6)
    const birth = possibleDate(long.slice(6, 14))
    if (birth === 0) return { kind: 'bad-date', value, legacy: true, birth: 0, sex: 0 }
    return { kind: 'good', value: long + checkOf(long), legacy: true, birth, sex: sexOf(long) }
  }
  if (!/^[0-9]{17}[0-9X]$/.test(value)) return { kind: 'bad-length', value, legacy: false, birth: 0, sex: 0 }
  const birth = possibleDate(value.slice(6, 14))
  const sex = sexOf(value)
  // A day of a year that nobody living is born in: whether that is a possible date is left open where the check is right.
  if (birth === 0 && isCalendarDay(value.slice(6, 14)) && checkOf(value) !== value[17] && !value.endsWith('000'))
    return { kind: 'bad-check', value, legacy: false, birth, sex }
  if (birth !== 0 && checkOf(value) === value[17]) return { kind: 'good', value, legacy: false, birth, sex }
  if (value.endsWith('000')) return { kind: 'truncated', value, legacy: false, birth, sex }
  return { kind: birth === 0 ? 'bad-date' : 'bad-check', value, legacy: false, birth, sex }
}

function fold(text: string): string {
  if (/^[0-9]{17}[0-9X]$/.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\s'\uFEFF]/g, '')
    .toUpperCase()
    .replace(/[×*Х]$/, 'X')
}

const sexOf = (value: string): number => (Number(value[16]) % 2 === 1 ? 1 : 2)

function possibleDate(text: string): number {
  const year = Number(text.slice(0, 4))
  const inReach = year >= 1850 && Number(text) <= 20201120
  return inReach && isDate(year, Number(text.slice(4, 6)), Number(text.slice(6))) ? Number(text) : 0
}

function isCalendarDay(text: string): boolean {
  return isDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)))
}

function checkOf(value: string): string {
  const sum = POWERS.reduce((total, power, i) => total + power * Number(value[i]), 0)
  return '10X98765432'[sum % 11] as string
}

/** Nothing, different beyond doubt, or different in a way that a fair reader may let pass. */
export function compareNumbers(left: ReadNumber, right: ReadNumber): 'same' | 'may' | 'different' {
  if (left.kind === 'blank' || right.kind === 'blank' || left.value === right.value) return 'same'
  const passed = (number: ReadNumber): boolean =>
    number.kind === 'placeholder' || number.kind === 'truncated' || number.value.length < 18
  return passed(left) || passed(right) ? 'may' : 'different'
}
