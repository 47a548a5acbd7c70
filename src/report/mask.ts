/**
 * Masking: what of a number may stand on a page or a list, decided by all that is shown beside it.
 *
 * In:  one number, the two of a pair, or a free text. Levels: L1 for who compares a pair, L2 for lists, L3 is unmasked
 *      (it never comes here), L0 has no numbers at all.
 * Out: the texts that may be shown. The usual `110101********1234` beside a birth date hides nothing (one valid number
 *      fits), so the tail is hidden instead and `countPossibleNumbers` proves what is left: at least 500 in L2.
 * Leaves to the caller: which level a reader has, and writing down that a value was revealed.
 */
import { CHECK_CHARACTERS, ID_WEIGHTS } from '../normalise/id-number.ts'

/** Fewest valid numbers that must fit what is shown. */
export const POSSIBLE_NUMBERS_MIN = { L1: 50, L2: 500 } as const

/** L2: area and birth stay, the four (of a 15-digit number: three) characters that name the person are stars. */
export function maskIdTail(text: string): string {
  const id = foldIdNumber(text)
  if (id === '') return ''
  if (/^\d{15}$/.test(id)) return `${id.slice(0, 12)}***`
  if (id.length >= 16 && id.length <= 20 && /^\d{14}/.test(id)) return `${id.slice(0, 14)}****`
  return /\d/.test(id) ? `（${id.length}位，不完整）` : '（非号码）'
}

/**
 * L1: of two numbers side by side only the differing characters are shown. Where that would leave fewer than 50 valid
 * numbers beside birth and sex, only the positions are: `≠17`, `⇄15-16`, or how many: `≠14/18`.
 */
export function maskIdPair(
  left: string,
  right: string,
  shown: { readonly birth: string; readonly sex: string },
): { readonly left: string; readonly right: string; readonly sign: string } {
  const a = Array.from(foldIdNumber(left))
  const b = Array.from(foldIdNumber(right))
  const sign = differenceSign(a, b)
  const hide = (text: readonly string[]) => text.map(() => '*').join('')
  if (a.length !== b.length || a.length !== 18) return { left: hide(a), right: hide(b), sign }
  const show = (own: readonly string[], other: readonly string[]) =>
    own.map((character, i) => (character === other[i] ? '*' : character)).join('')
  const leftShown = show(a, b)
  const rightShown = show(b, a)
  const enough = [leftShown, rightShown].every(
    (pattern) =>
      countPossibleNumbers({ ...shown, pattern, area: a.slice(0, 6).join('') }, POSSIBLE_NUMBERS_MIN.L1) >=
      POSSIBLE_NUMBERS_MIN.L1,
  )
  return enough ? { left: leftShown, right: rightShown, sign } : { left: hide(a), right: hide(b), sign }
}

/** Numbers that differ in more places are two numbers: where they differ says nothing, and the column is narrow. */
const PLACES_NAMED_MAX = 3

function differenceSign(a: readonly string[], b: readonly string[]): string {
  if (a.length === 0 || b.length === 0) return '∅'
  if (a.length !== b.length) return `${a.length}→${b.length}`
  const places = a.flatMap((character, i) => (character === b[i] ? [] : [i]))
  if (places.length === 0) return '='
  const [first, second] = places
  if (places.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first])
    return `⇄${first + 1}-${second + 1}`
  if (places.length > PLACES_NAMED_MAX) return `≠${places.length}/${a.length}`
  return `≠${places.map((i) => i + 1).join(',')}`
}

/** Free text (an address, a remark) may carry a number too: runs of 15 to 20 digits keep their first six. */
export function maskNumbersInText(text: string): string {
  return text.replace(/[0-9０-９]{14,19}[0-9０-９XxＸｘ]/gu, (run) => {
    const digits = run.normalize('NFKC')
    return `${digits.slice(0, 6)}${'*'.repeat(digits.length - 6)}`
  })
}

/** 18, 15 … characters without what clerks put around them; letters in upper case. */
function foldIdNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s'’`"\u200b-\u200f\ufeff]/gu, '')
    .toUpperCase()
    .replace(/[×Х]/gu, 'X')
}

/** What somebody reads beside each other; `*` in the pattern is a hidden character. */
export interface ShownNumber {
  readonly pattern: string
  readonly birth: string
  readonly sex: string
  /** Taken as known even where the pattern hides it: people live where they live. */
  readonly area: string
}

/**
 * How many valid 18-character numbers fit all that is shown, counted by trying them; stops at `enough`.
 * The area is taken as known, the birth date from the pattern and the birth field together.
 */
export function countPossibleNumbers(shown: ShownNumber, enough = 500): number {
  const pattern = widenPattern(shown.pattern)
  if (pattern === undefined) return enough
  const area = shown.area.length >= 6 ? shown.area.slice(0, 6) : pattern.slice(0, 6).replaceAll('*', '0')
  let count = 0
  for (const birth of possibleBirths(pattern.slice(6, 14), shown.birth)) {
    let sum = 0
    for (let i = 0; i < 14; i++) sum += Number((area + birth)[i]) * ID_WEIGHTS[i]
    for (let sequence = 0; sequence < 1000; sequence++) {
      if (shown.sex !== '' && sexOf(sequence) !== shown.sex) continue
      const digits = String(sequence).padStart(3, '0')
      let whole = sum
      for (let i = 0; i < 3; i++) whole += Number(digits[i]) * ID_WEIGHTS[14 + i]
      const tail = digits + CHECK_CHARACTERS[whole % 11]
      if (fits(tail, pattern.slice(14)) && ++count >= enough) return count
    }
  }
  return count
}

/** A masked text as an 18-character pattern: 15-digit numbers get their century and a hidden check character. */
function widenPattern(text: string): string | undefined {
  if (text.length === 18) return text
  if (text.length === 15) return `${text.slice(0, 6)}19${text.slice(6)}*`
  return undefined
}

function* possibleBirths(pattern: string, birth: string): Generator<string> {
  const known = birth.replaceAll(/\D/g, '').padEnd(8, '*').slice(0, 8)
  // A row whose number and birth field contradict each other: either may be right, the number's own date is the tighter.
  const both = Array.from(pattern)
    .map((character, i) => (character === '*' ? known[i] : character))
    .join('')
  for (const year of range(both.slice(0, 4), 1900, 2030))
    for (const month of range(both.slice(4, 6), 1, 12))
      for (const day of range(both.slice(6, 8), 1, new Date(Date.UTC(year, month, 0)).getUTCDate()))
        yield `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`
}

function* range(pattern: string, from: number, to: number): Generator<number> {
  for (let value = from; value <= to; value++)
    if (fits(String(value).padStart(pattern.length, '0'), pattern)) yield value
}

function fits(text: string, pattern: string): boolean {
  for (let i = 0; i < pattern.length; i++) if (pattern[i] !== '*' && pattern[i] !== text[i]) return false
  return true
}

function sexOf(sequence: number): string {
  return sequence % 2 === 1 ? '男' : '女'
}
