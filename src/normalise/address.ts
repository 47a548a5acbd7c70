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

export function foldAddress(text: string): string {
  return foldCell(text)
    .toUpperCase()
    .replace(/[一二三四五六七八九〇零]*十[一二三四五六七八九]?(?=[号组社栋幢楼层室排巷弄单门])/gu, readTens)
    .replace(/[一二三四五六七八九〇零]+(?=[号组社栋幢楼层室排巷弄单门])/gu, (run) =>
      Array.from(run, (c) => DIGITS[c]).join(''),
    )
    .replace(/(?<=\d)[-—–#~](?=\d)/g, '-')
    .replace(/[\s,，.。、;；:：()（）[\]【】"'“”#*_/\\]/g, '')
    .replace(/^(?:无|不详|-+)$/, '')
}

/** Province to village; 小区 is the name of a house block, not of a place above it. */
const ABOVE = /^.*(?:村民委员会|居民委员会|村委会|居委会|村|社区|嘎查|街道|镇|乡|县|市|(?<!小)区)(?=.)/u
const ONLY_ABOVE = /(?:村民委员会|居民委员会|村委会|居委会|村|社区|嘎查|街道|镇|乡|县|市|(?<!小)区)$/u
/** The first part below the village: group, house block, road. */
const FIRST_PART = /^.*?(?:组|社|队|屯|栋|幢|座|路|街|巷|弄|小区|号)/u

/** Bits of the word that stand for what follows the first part. */
const REST_BITS = 20
const REST_MASK = (1 << REST_BITS) - 1

/**
 * Word of an address below its village: the first part (3组) in the upper bits, the rest (12号) in the lower ones, which
 * are zero where nothing follows. 0 = no address, or nothing below the village.
 */
export function hashAddress(text: string): number {
  const folded = foldAddress(text)
  const below = folded.replace(ABOVE, '')
  if (below === '' || (below === folded && ONLY_ABOVE.test(folded))) return 0
  const first = FIRST_PART.exec(below)?.[0] ?? below
  const rest = below.slice(first.length)
  return (((hashText(first) >>> 21) + 1) << REST_BITS) | (rest === '' ? 0 : hashText(rest) & REST_MASK || 1)
}

/** Whether two address words have the same first part. */
export function sharesFirstPart(a: number, b: number): boolean {
  return a >>> REST_BITS === b >>> REST_BITS
}

/** Whether an address word says more than its first part. */
export function hasRest(word: number): boolean {
  return (word & REST_MASK) !== 0
}

function hashText(text: string): number {
  const units = new Uint16Array(text.length)
  for (let k = 0; k < text.length; k++) units[k] = text.charCodeAt(k)
  return hashUnits(units, text.length)
}

function readTens(run: string): string {
  const at = run.indexOf('十')
  const tens = at === 0 ? '1' : Array.from(run.slice(0, at), (c) => DIGITS[c]).join('')
  return tens + (DIGITS[run.slice(at + 1)] ?? '0')
}
