/**
 * ID numbers as structure: packed digits → ID_LEVEL. Symmetric, no allocation for regular numbers.
 *
 * Two valid numbers that differ are two numbers, however near they are: the check digit has proved both. Nearness
 * counts only where at least one side's check fails (or cannot exist: 15-digit numbers, supplied tails). A 15-digit number near another
 * in its sequence alone is, as often as not, that of somebody else born there that day, and says less.
 */
import { formatIdNumber, truncatedPrefix } from '../../normalise/id-number.ts'
import { ID_KIND } from '../../records/record-table.ts'
import { ID_LEVEL } from './levels.ts'

/**
 * ID_LEVEL of two whole numbers, each as its area, birth and tail (BCD digits, as in RecordTable.ids) and its ID_KIND.
 * Eight words, not two objects: this is asked of every pair.
 */
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
    kindA === ID_KIND.legacy ||
    kindA === ID_KIND.tailSupplied ||
    kindB === ID_KIND.legacy ||
    kindB === ID_KIND.tailSupplied
  const lastDiffers = (tail & 15) !== 0 ? 1 : 0
  const digits = digitsSet(area) + digitsSet(birth) + digitsSet(tail)
  // The first 17 characters are the number; the last only proves them.
  if (digits === lastDiffers) return ID_LEVEL.sameUnproved
  // No check fails: two people born in one county on one day bear such numbers, and one 15-digit number mistyped in its sequence.
  const noneFails =
    (validA && kindB === ID_KIND.legacy) || (kindA === ID_KIND.legacy && (validB || kindB === ID_KIND.legacy))
  const isNeighbour = noneFails && area === 0 && birth === 0
  if (digits - (computed ? lastDiffers : 0) === 1) return isNeighbour ? ID_LEVEL.twoDigits : ID_LEVEL.oneDigit
  if (area === 0 && birth === 0 && isSequenceDigitLost(tailA, kindA, tailB, kindB)) return ID_LEVEL.dropped
  const areaOnly = birth === 0 && tail >>> 4 === 0
  if (digits - (computed ? lastDiffers : 0) === 2) {
    if (!isNeighbour && isTransposed(areaA, birthA, tailA, areaB, birthB, tailB)) return ID_LEVEL.transposed
    return areaOnly ? ID_LEVEL.areaDiffers : ID_LEVEL.twoDigits
  }
  return areaOnly ? ID_LEVEL.areaDiffers : ID_LEVEL.differ
}

/**
 * 17 characters were read as a number without its last one; the missing one may as well be a digit of the sequence:
 * 123X written 12X, its tail supplied, against 123X itself.
 */
function isSequenceDigitLost(tailA: number, kindA: number, tailB: number, kindB: number): boolean {
  if (kindA === ID_KIND.tailSupplied && kindB !== ID_KIND.tailSupplied) return isTailWithoutOne(tailB, tailA >>> 4)
  if (kindB === ID_KIND.tailSupplied && kindA !== ID_KIND.tailSupplied) return isTailWithoutOne(tailA, tailB >>> 4)
  return false
}

/** Whether three nibbles are the four of `tail` with one of the first three left out. */
function isTailWithoutOne(tail: number, three: number): boolean {
  const end = tail & 15
  const middle = tail & 255
  return (
    three === (tail & 0xfff) || three === (((tail >>> 4) & 0xf00) | middle) || three === (((tail >>> 4) & 0xff0) | end)
  )
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
  const number = formatIdNumber(area, birth, tail)
  const prefix = truncatedPrefix(text)
  if (prefix !== '') {
    // A float is rounded in its last place; a prefix shorter than 15 proves nothing by agreeing.
    const told = prefix.length === 15 ? 15 : prefix.length - 1
    if (!number.startsWith(prefix.slice(0, told))) return ID_LEVEL.differ
    return told === 15 ? ID_LEVEL.truncated : ID_LEVEL.missing
  }
  if (text.length === 17 && isOneDropped(number, text)) return ID_LEVEL.dropped
  if (text.length === 19 && isOneDropped(text, number)) return ID_LEVEL.dropped
  if (text.length === 16 && isTwoDropped(number, text)) return ID_LEVEL.dropped
  if (text.length === 18) {
    const differ = differences(text, number)
    if (differ === 1) return ID_LEVEL.oneDigit
    if (differ === 2) return ID_LEVEL.twoDigits
  }
  // A passport or a scrap of digits is no usable number; what was meant as one and is far off is another one.
  const meant = /^\d{13,21}X?$/.test(text) && (kind === ID_KIND.valid || kind === ID_KIND.checkFails)
  return meant ? ID_LEVEL.differ : ID_LEVEL.missing
}

/** Two neighbours left out, as when a date loses its zeros. */
function isTwoDropped(long: string, short: string): boolean {
  for (let i = 0; i <= short.length; i++)
    if (long.slice(0, i) === short.slice(0, i) && long.slice(i + 2) === short.slice(i)) return true
  return false
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
