/**
 * How cells go wrong, kind by kind: the keyboard, the scanner, the ear, words moved, dates slipped.
 * In: chance and a cell. Out: the damaged cell. Beside words.ts on purpose: other tables of confusion, other shares.
 */
import type { Chance } from './words.ts'

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890']

/** A key beside the right one. */
function beside(chance: Chance, letter: string): string {
  for (const row of ROWS) {
    const at = row.indexOf(letter)
    if (at >= 0) return row[Math.max(0, Math.min(row.length - 1, at + (chance.happens(0.5) ? 1 : -1)))]
  }
  return letter
}

export function typo(chance: Chance, text: string): string {
  if (text.length < 2) return text
  const at = chance.below(text.length)
  switch (chance.below(5)) {
    case 0:
      return text.slice(0, at) + beside(chance, text[at]) + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1)
    case 2:
    case 3:
      return text.slice(0, at) + beside(chance, text[at]) + text.slice(at + 1)
    default:
      return at === 0
        ? text[1] + text[0] + text.slice(2)
        : text.slice(0, at - 1) + text[at] + text[at - 1] + text.slice(at + 1)
  }
}

const SCANNED = [
  '5 s',
  '0 o',
  '1 l',
  '8 b',
  '2 z',
  'm rn',
  'w vv',
  'h b',
  'e c',
  'u n',
  'q g',
  'i l',
  'cl d',
  'f t',
  'v y',
]
const HEARD = [
  'ph f',
  'mac mc',
  'gh g',
  'x ks',
  'qu kw',
  'ght t',
  'wr r',
  'kn n',
  'sch sh',
  'ough uff',
  'eigh ay',
  'tt t',
  'll l',
  'ss s',
  'nn n',
  'ie y',
  'ey y',
  'ae e',
  'oo u',
  'ea ee',
  'au or',
  'son sen',
  'man mann',
  'ton tan',
  'ley leigh',
  'burgh brough',
  'er ar',
  'z s',
  'c s',
  'k ck',
  'th t',
  'y i',
]

function replaced(chance: Chance, text: string, table: readonly string[]): string {
  const fits = table.map((entry) => entry.split(' ')).filter(([a, b]) => text.includes(a) || text.includes(b))
  if (fits.length === 0) return typo(chance, text)
  const [a, b] = chance.pick(fits)
  return text.includes(a) ? text.replace(a, b) : text.replace(b, a)
}

export const scanned = (chance: Chance, text: string) => replaced(chance, text, SCANNED)
export const heard = (chance: Chance, text: string) => replaced(chance, text, HEARD)

/** Words moved, joined or parted. */
export function rearranged(chance: Chance, text: string): string {
  const words = text.split(' ')
  if (words.length < 2) {
    if (text.length < 4) return text
    const at = chance.between(2, text.length - 2)
    return `${text.slice(0, at)} ${text.slice(at)}`
  }
  const i = chance.below(words.length - 1)
  if (chance.happens(0.5)) [words[i], words[i + 1]] = [words[i + 1], words[i]]
  else words.splice(i, 2, words[i] + words[i + 1])
  return words.join(' ')
}

const two = (value: number) => String(value).padStart(2, '0')

/** YYYYMMDD: day and month changed round, a part off by a little or altogether, 01-01, a digit. */
export function slippedDate(chance: Chance, date: string): string {
  const [y, m, d] = [+date.slice(0, 4), +date.slice(4, 6), +date.slice(6, 8)]
  switch (chance.below(6)) {
    case 0:
      return d <= 12 ? `${y}${two(d)}${two(m)}` : date
    case 1:
      return `${y + (chance.happens(0.5) ? 1 : -1)}${date.slice(4)}`
    case 2:
      return `${y}0101`
    case 3:
      return `${date.slice(0, 6)}${two(chance.between(1, 28))}`
    case 4:
      return `${y}${two(chance.between(1, 12))}${date.slice(6)}`
    default: {
      const at = chance.between(2, 7)
      return date.slice(0, at) + String(chance.below(10)) + date.slice(at + 1)
    }
  }
}

export const digits = (chance: Chance, count: number) =>
  Array.from({ length: count }, (_, i) => chance.between(i === 0 ? 1 : 0, 9)).join('')

/** Where 1 / rank^steepness says, out of a list. */
export function ranked<T>(chance: Chance, list: readonly T[], steepness: number): T {
  const top = list.length
  // Inverse of the continuous power law on [1, top].
  const u = chance.next()
  const rank =
    Math.abs(steepness - 1) < 1e-6 ? top ** u : (1 + u * (top ** (1 - steepness) - 1)) ** (1 / (1 - steepness))
  return list[Math.min(Math.floor(rank) - 1, top - 1)]
}

export const isoDate = (date: string) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
