/**
 * The fast way for plain addresses: Han characters, digits and capital letters that nothing folds, which most addresses of a
 * county are, with house numbers from door to door (6栋3单元194号) among them.
 *
 * In: UTF-16 units. Out: the word of hashAddress (address.ts), which is also the judge of this one, or undefined for an
 * address that needs the slow way: blanks, punctuation, other widths, Chinese numerals before what they count, 小组, 第.
 */
import { wordOfAddress } from './address.ts'

const LONGEST = 256
const ZERO = 48
const NINE = 57
const LETTER_A = 65
const LETTER_Z = 90
const DASH = 45
const HAN_FIRST = 0x4e00
const HAN_LAST = 0x9fff

/** What to look at more closely, by unit from HAN_FIRST on. */
const MARKS = new Uint8Array(HAN_LAST - HAN_FIRST + 1)
const NUMERAL = 1
const COUNTED = 2
const BLOCK = 4
const DOOR = 8
for (const [signs, mark] of [
  ['零一二三四五六七八九十', NUMERAL],
  ['号组社栋幢楼层室排巷弄单门', COUNTED],
  ['栋幢座', BLOCK],
  ['号室户', DOOR],
] as const)
  for (const sign of signs) MARKS[sign.charCodeAt(0) - HAN_FIRST] |= mark

const [GROUP, SMALL, PEOPLE, NTH, NUMBER, HOUSE, UNIT, YUAN, BLOCK_SIGN] = Array.from('组小民第号楼单元栋', (sign) =>
  sign.charCodeAt(0),
)

const folded = new Uint16Array(LONGEST)

/** The word of the address in units[0, length), trimmed; undefined if it is not plain. */
export function hashPlainAddress(units: Uint16Array, length: number): number | undefined {
  // 无 and 不详 are no addresses.
  if (length < 3 || length > LONGEST || !isPlain(units, length)) return undefined
  let end = foldStairs(units, length)
  if ((markOf(folded[end - 1]) & DOOR) !== 0 && isDigit(folded[end - 2])) end--
  return wordOfAddress(folded, end)
}

function isPlain(units: Uint16Array, length: number): boolean {
  let before = 0
  for (let k = 0; k < length; k++) {
    const unit = units[k]
    if (unit >= HAN_FIRST) {
      if (unit > HAN_LAST || unit === NTH) return false
      if ((MARKS[unit - HAN_FIRST] & COUNTED) !== 0) {
        if ((markOf(before) & NUMERAL) !== 0) return false
        if (unit === GROUP && (before === SMALL || before === PEOPLE)) return false
      }
    } else if (unit === DASH) {
      if (!isDigit(before) || k + 1 === length || !isDigit(units[k + 1])) return false
    } else if (!isDigit(unit) && (unit < LETTER_A || unit > LETTER_Z)) return false
    before = unit
  }
  return true
}

/** Copies the units; the first 6栋3单元194 becomes 6栋3-194, whatever stands between its numbers. Returns the length. */
function foldStairs(units: Uint16Array, length: number): number {
  let end = 0
  let isFolded = false
  for (let k = 0; k < length; ) {
    const unit = units[k]
    folded[end++] = unit
    k++
    if (isFolded || !isDigit(unit) || (k < length && isDigit(units[k]))) continue
    // The number that ends here may be a block's.
    const floor = afterBlock(units, k, length)
    const floorEnd = afterDigits(units, floor, length)
    const door = floorEnd === floor ? k : afterUnit(units, floorEnd, length)
    if (door === k || door === floorEnd || door >= length || !isDigit(units[door])) continue
    folded[end++] = BLOCK_SIGN
    for (let at = floor; at < floorEnd; at++) folded[end++] = units[at]
    folded[end++] = DASH
    k = door
    isFolded = true
  }
  return end
}

/** Behind 栋, 幢, 座, 号楼 or a dash; `at` itself if none of them stands there. */
function afterBlock(units: Uint16Array, at: number, length: number): number {
  if (at >= length) return at
  if (units[at] === DASH || (markOf(units[at]) & BLOCK) !== 0) return at + 1
  return units[at] === NUMBER && at + 1 < length && units[at + 1] === HOUSE ? at + 2 : at
}

/** Behind 单元 or a dash; `at` itself if neither stands there. */
function afterUnit(units: Uint16Array, at: number, length: number): number {
  if (at >= length) return at
  if (units[at] === DASH) return at + 1
  return units[at] === UNIT && at + 1 < length && units[at + 1] === YUAN ? at + 2 : at
}

function afterDigits(units: Uint16Array, at: number, length: number): number {
  while (at < length && isDigit(units[at])) at++
  return at
}

function markOf(unit: number): number {
  return unit >= HAN_FIRST && unit <= HAN_LAST ? MARKS[unit - HAN_FIRST] : 0
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE
}
