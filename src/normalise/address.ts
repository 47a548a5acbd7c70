/**
 * Addresses: text → folded text and a word for it, for "the same address inside its village".
 *
 * Spelling is folded (width, blanks, punctuation, Chinese house numbers), and what stands before the village is dropped:
 * one office writes 长滩镇上桥村3组12号, another 上桥村三组. Two addresses that differ otherwise are not claimed to be
 * different places.
 */
import { hashUnits } from '../records/text-dictionary.ts'
import { foldCell } from './cell-text.ts'

const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

/** 6栋3单元194号 is 6-3-194 to whoever writes from door to door. */
const STAIRS = /(\d+)(?:-|栋|幢|座|号楼)(\d+)(?:-|单元)(\d+)/

export function foldAddress(text: string): string {
  return foldCell(text)
    .toUpperCase()
    .replace(/村民小?组|(?<=[\d一二三四五六七八九十])小组/g, '组')
    .replace(/[一二三四五六七八九〇零]*十[一二三四五六七八九]?(?=[号组社栋幢楼层室排巷弄单门])/gu, readTens)
    .replace(/[一二三四五六七八九〇零]+(?=[号组社栋幢楼层室排巷弄单门])/gu, (run) =>
      Array.from(run, (c) => DIGITS[c]).join(''),
    )
    .replace(/(?<=\d)[-—–#~](?=\d)/g, '-')
    .replace(/[\s,，.。、;；:：()（）[\]【】"'“”#*_/\\]/g, '')
    .replace(/^(?:无|不详|-+)$/, '')
    .replace(STAIRS, '$1栋$2-$3')
    .replace(/(?<=\d)[号室户]$/, '')
    .replace(/第(?=\d+[组社队])/, '')
}

/** Last characters of names of places above the address, province to village; some only after another character. */
const ABOVE: Readonly<Record<string, string>> = {
  村: '',
  乡: '',
  镇: '',
  县: '',
  市: '',
  区: '',
  道: '街',
  查: '嘎',
  会: '委',
}
/** Last characters of the first part below the village: group, house block, road. */
const FIRST_PART = '组社队屯栋幢座路街巷弄号'

/** What a UTF-16 unit ends, by unit: nothing, a part, a place above whatever stands before, or only after the unit in `PLACE_AFTER`. */
const ENDS = new Uint8Array(65_536)
const ENDS_PART = 1
const ENDS_PLACE = 2
const ENDS_PLACE_AFTER = 3
const PLACE_AFTER = new Map<number, number>()
const SMALL = unitOf('小')
const DISTRICT = unitOf('区')
for (const sign of FIRST_PART) ENDS[unitOf(sign)] = ENDS_PART
for (const [sign, before] of Object.entries(ABOVE)) {
  ENDS[unitOf(sign)] = before === '' ? ENDS_PLACE : ENDS_PLACE_AFTER
  if (before !== '') PLACE_AFTER.set(unitOf(sign), unitOf(before))
}

const ZERO = unitOf('0')
const NINE = unitOf('9')
const DASH = unitOf('-')

/** Bits of the word that stand for what follows the first part. */
const REST_BITS = 20
const REST_MASK = (1 << REST_BITS) - 1
/** Units of a part that are looked at. */
const PART_UNITS = 256

let units = new Uint16Array(256)

/**
 * Word of an address below its village: the first part (3组) in the upper bits, the rest (12号) in the lower ones, which
 * are zero where nothing follows. A hamlet (李家湾12号) is such a part, though no sign ends it; where the house number stands
 * right below the village (上桥村290号) the upper bits are zero. 0 = no address, or nothing below the village.
 */
export function hashAddress(text: string): number {
  const folded = foldAddress(text)
  if (folded.length > units.length) units = new Uint16Array(folded.length * 2)
  for (let k = 0; k < folded.length; k++) units[k] = folded.charCodeAt(k)
  return wordOfAddress(units, folded.length)
}

/** The word of a folded address, units[0, end). */
export function wordOfAddress(units: Uint16Array, end: number): number {
  let from = end
  while (from > 0 && !isAbove(units, from - 1)) from--
  // Nothing below the village, or nothing at all.
  if (from === end) return 0
  let to = from + 1
  while (to < end && ENDS[units[to - 1]] !== ENDS_PART) to++
  if (to === end) to = houseNumberIn(units, from, end)
  const rest = to < end ? hashPart(units, to, end) & REST_MASK || 1 : 0
  return to === from ? rest : (((hashPart(units, from, to) >>> 21) + 1) << REST_BITS) | rest
}

/** Where the number begins in which units[from, end) end; `end` where they end in none. */
function houseNumberIn(units: Uint16Array, from: number, end: number): number {
  let at = end
  while (at > from && isDigitOrDash(units[at - 1])) at--
  return at
}

function isDigitOrDash(unit: number): boolean {
  return (unit >= ZERO && unit <= NINE) || unit === DASH
}

function isAbove(units: Uint16Array, at: number): boolean {
  const unit = units[at]
  const ends = ENDS[unit]
  if (ends < ENDS_PLACE) return false
  // 小区 is the name of a house block.
  if (ends === ENDS_PLACE) return unit !== DISTRICT || at === 0 || units[at - 1] !== SMALL
  return at > 0 && units[at - 1] === PLACE_AFTER.get(unit)
}

function hashPart(units: Uint16Array, from: number, to: number): number {
  return hashUnits(units, Math.min(to, from + PART_UNITS), from)
}

function unitOf(sign: string): number {
  return sign.charCodeAt(0)
}

/** Whether two address words have the same first part. */
export function sharesFirstPart(a: number, b: number): boolean {
  return a >>> REST_BITS === b >>> REST_BITS
}

/** Whether an address word says more than its first part. */
export function hasRest(word: number): boolean {
  return (word & REST_MASK) !== 0
}

function readTens(run: string): string {
  const at = run.indexOf('十')
  const tens = at === 0 ? '1' : Array.from(run.slice(0, at), (c) => DIGITS[c]).join('')
  return tens + (DIGITS[run.slice(at + 1)] ?? '0')
}
