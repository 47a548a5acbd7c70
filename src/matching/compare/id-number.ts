/**
 * ID numbers as structure: packed digits → ID_LEVEL. Symmetric, no allocation for regular numbers.
 *
 * Two valid numbers that differ are two numbers, however near they are: the check digit has proved both. Nearness
 * counts only where at least one side's check fails (or cannot exist: 15-digit numbers, supplied tails).
 */
import { ID_KIND } from '../../records/record-table.ts'
import { ID_LEVEL } from './levels.ts'

export function compareIdNumbers(
  areaA: number,
  birthA: number,
  tailA: number,
  kindA: number,
  areaB: number,
  birthB: number,
  tailB: number,
  kindB: number,
): number {
  const area = areaA ^ areaB
  const birth = birthA ^ birthB
  const tail = (tailA ^ tailB) & 0xffff
  const validA = kindA === ID_KIND.valid
  const validB = kindB === ID_KIND.valid
  if ((area | birth | tail) === 0) return validA && validB ? ID_LEVEL.sameValid : ID_LEVEL.sameUnproved
  if (validA && validB) {
    // A spreadsheet's 000 passes the check once in eleven: the 15 digits before it are what is known.
    const cut = (tailA & 0xfff) === 0 || (tailB & 0xfff) === 0
    return cut && (area | birth | (tail & 0xf000)) === 0 ? ID_LEVEL.truncated : ID_LEVEL.bothValidDiffer
  }
  // A supplied or upgraded tail carries a computed check character: it differs whenever another digit does.
  const computed =
    kindA === ID_KIND.legacy || kindA === ID_KIND.tailSupplied || kindB === ID_KIND.legacy || kindB === ID_KIND.tailSupplied
  const lastDiffers = (tail & 15) !== 0 ? 1 : 0
  const digits = digitsSet(area) + digitsSet(birth) + digitsSet(tail) - (computed ? lastDiffers : 0)
  if (digits <= 1) return ID_LEVEL.oneDigit
  if (birth === 0 && tail === 0) return ID_LEVEL.areaDiffers
  if (digits === 2) return isTransposed(areaA, birthA, tailA, areaB, birthB, tailB) ? ID_LEVEL.transposed : ID_LEVEL.twoDigits
  if (birth === 0 && tail >>> 4 === 0) return ID_LEVEL.areaDiffers
  return ID_LEVEL.differ
}

/** Number of nibbles that are not zero. */
function digitsSet(word: number): number {
  let x = word | (word >>> 1)
  x |= x >>> 2
  x &= 0x11111111
  x = (x + (x >>> 4)) & 0x0f0f0f0f
  return Math.imul(x, 0x01010101) >>> 24
}

const digitsA = new Uint8Array(18)
const digitsB = new Uint8Array(18)

function isTransposed(
  areaA: number,
  birthA: number,
  tailA: number,
  areaB: number,
  birthB: number,
  tailB: number,
): boolean {
  unpackDigits(areaA, birthA, tailA, digitsA)
  unpackDigits(areaB, birthB, tailB, digitsB)
  let first = -1
  let second = -1
  for (let i = 0; i < 18; i++) {
    if (digitsA[i] === digitsB[i]) continue
    if (first < 0) first = i
    else if (second < 0) second = i
  }
  const apart = second - first
  return (apart === 1 || apart === 2) && digitsA[first] === digitsB[second] && digitsA[second] === digitsB[first]
}

function unpackDigits(area: number, birth: number, tail: number, into: Uint8Array): void {
  for (let i = 0; i < 6; i++) into[i] = (area >>> (20 - 4 * i)) & 15
  for (let i = 0; i < 8; i++) into[6 + i] = (birth >>> (28 - 4 * i)) & 15
  for (let i = 0; i < 4; i++) into[14 + i] = (tail >>> (12 - 4 * i)) & 15
}

/**
 * An irregular number (folded text) against a regular one: 17 or 19 characters with one dropped or added, or the
 * 15-digit prefix that a spreadsheet left.
 */
export function compareIrregularId(text: string, area: number, birth: number, tail: number, kind: number): number {
  const number = formatWords(area, birth, tail)
  const digits = /^(\d{15})0{3}$/.exec(text)?.[1] ?? /^(\d{10,15})$/.exec(text)?.[1]
  if (digits !== undefined && digits.length === 15 && number.startsWith(digits)) return ID_LEVEL.truncated
  const exponent = /^(\d)\.(\d+)E\+?17$/i.exec(text)
  if (exponent !== null) {
    const known = exponent[1] + exponent[2]
    // Rounded in its last place: the prefix before it must agree, and carry at least the area.
    return known.length >= 8 && number.startsWith(known.slice(0, -1)) ? ID_LEVEL.truncated : ID_LEVEL.differ
  }
  if (text.length === 17 && isOneDropped(number, text)) return ID_LEVEL.dropped
  if (text.length === 19 && isOneDropped(text, number)) return ID_LEVEL.dropped
  if (text.length === 18 && differences(text, number) <= 1) return ID_LEVEL.oneDigit
  return kind === ID_KIND.valid || kind === ID_KIND.checkFails ? ID_LEVEL.differ : ID_LEVEL.missing
}

function isOneDropped(long: string, short: string): boolean {
  let i = 0
  while (i < short.length && long[i] === short[i]) i++
  return long.slice(i + 1) === short.slice(i)
}

function differences(a: string, b: string): number {
  let n = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) n++
  return n
}

function formatWords(area: number, birth: number, tail: number): string {
  const hex = (word: number, digits: number): string => (word >>> 0).toString(16).padStart(digits, '0')
  return (hex(area, 6) + hex(birth, 8) + hex(tail, 4)).toUpperCase().replaceAll('A', 'X')
}
