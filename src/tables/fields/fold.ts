/**
 * Folding: what two people may write differently without meaning anything different.
 *
 * In:  a cell as it was written. Out: lower case, no accents, no punctuation, single spaces; '' when it says nothing.
 * Chinese characters stay as they are (full-width forms become narrow). The raw cell is kept by the table.
 */
const NOTHING = new Set([
  '',
  'na',
  'n/a',
  'null',
  'none',
  'nan',
  'nil',
  'unknown',
  'missing',
  'not known',
  'not stated',
  'undefined',
  'nat',
  '-',
  '--',
  '.',
  '?',
  '#n/a',
  '<na>',
  '\\n',
  '无',
  '不详',
  '未知',
  '空',
])

/** Letters NFKD leaves whole. */
const WHOLE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
}

/** True when the cell only says that nothing is known. */
export function saysNothing(raw: string): boolean {
  return NOTHING.has(raw.trim().toLowerCase())
}

export function foldText(raw: string): string {
  if (isPlain(raw)) return raw
  const text = withoutMarkup(raw)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
  let out = ''
  for (const letter of text) {
    const whole = WHOLE[letter]
    if (whole !== undefined) out += whole
    else if (/[\p{L}\p{N}]/u.test(letter)) out += letter
    else if (letter === "'" || letter === '’' || letter === '`') continue
    else out += ' '
  }
  return out.replace(/ +/g, ' ').trim()
}

/** Named characters that are letters; every other name stands for a sign, which folds to a space anyway. */
const ACCENTED = /&([a-z])(?:acute|grave|uml|circ|tilde|cedil|ring|slash|caron);/gi
const LIGATURES = /&(sz|ae|oe)lig;/gi
const NAMED_SIGN =
  /&(?:nbsp|amp|quot|apos|lt|gt|laquo|raquo|[lr][ds]quo|ndash|mdash|hellip|bull|middot|copy|reg|trade|deg|times|euro|pound|yen);/gi
const NUMBERED = /&#(?:(\d{1,7})|x([\da-f]{1,6}));/gi
const TAG = /<\/?(?:[bipu]|br|em|li|ul|ol|tt|sub|sup|span|strong|div|font)(?:\s[^<>]{0,200})?\/?>/gi
/** &amp;#40; is what a text becomes that was written for a page twice. */
const WRITTEN_TWICE = /&amp;(?=#?\w{1,8};)/gi

/**
 * What a page was made of and not what it said: "ale &#40;2009&#41;" is "ale (2009)", "caf&eacute;" is "café"
 * (HTML Living Standard 13.5). Numbers of signs would else be words, and pass for the number of a model or a year.
 */
export function withoutMarkup(raw: string): string {
  const text = raw.includes('<') ? raw.replace(TAG, ' ') : raw
  if (!text.includes('&')) return text
  return text
    .replace(WRITTEN_TWICE, '&')
    .replace(NUMBERED, (whole, decimal: string | undefined, hex: string | undefined) => {
      const point = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
    .replace(ACCENTED, '$1')
    .replace(LIGATURES, (_, letters: string) => (letters.toLowerCase() === 'sz' ? 'ss' : letters))
    .replace(/&[lr]squo;|&apos;/gi, "'")
    .replace(NAMED_SIGN, ' ')
}

/** What stands before the name of a page, or is left out. */
const BEFORE_PAGE = /^\s*(?:https?:\/\/(?:www\.)?|www\.)/i
/** Noughts before a number, which a spreadsheet drops: 02134, 007. */
const LEADING_NOUGHTS = /^0+(?=\d+$)/

/** Letters and digits only, for numbers of papers, postcodes, telephones, pages. */
export function foldCode(raw: string): string {
  return foldText(raw.replace(BEFORE_PAGE, '')).replaceAll(' ', '').replace(LEADING_NOUGHTS, '')
}

/** Electronic addresses keep the sign that parts them. */
export function foldElectronicAddress(raw: string): string {
  return raw.trim().toLowerCase()
}

const AMOUNT = /^(?:[a-z]{0,3}\.?\s?\p{Sc}|[a-z]{2,3}\.?\s)?\s*([-+]?[\d.,']*\d)\s*(?:\p{Sc}|%|\s\p{L}{1,12}\.?)?$/iu

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?:\.\d+)?$/
const SPELLED = /^(?:(\d{1,3})\s?h[a-z]*\.?,?\s*)?(\d{1,3})\s?m[a-z]*\.?,?\s*(\d{1,2})\s?s[a-z]*\.?$/i

/** Seconds of 3:46, 1:02:03, 3m 46sec; undefined for anything else. */
function readDuration(raw: string): number | undefined {
  const parts = CLOCK.exec(raw.trim()) ?? SPELLED.exec(raw.trim())
  return parts === null ? undefined : 3600 * Number(parts[1] ?? 0) + 60 * Number(parts[2]) + Number(parts[3])
}

/**
 * The number a cell holds, or undefined: $1,234.50, 1.234,50 €, USD 12, 7.2 %, 12 oz; 3:46 and 3m 46sec in seconds. A comma before one or two last
 * digits is a decimal comma, every other comma parts thousands, and so do points beside such a comma or several points.
 */
export function readNumber(written: string): number | undefined {
  const raw = withoutTextSign(written)
  const digits = AMOUNT.exec(raw.normalize('NFKC').trim())?.[1]
  if (digits === undefined) {
    const seconds = readDuration(raw)
    if (seconds !== undefined) return seconds
    const number = Number(raw.trim().replaceAll(',', ''))
    return raw.trim() === '' || !Number.isFinite(number) ? undefined : number
  }
  const hasDecimalComma = /,\d{1,2}$/.test(digits)
  const hasPoints = hasDecimalComma || /\..*\./.test(digits)
  const plain = (hasPoints ? digits.replaceAll('.', '') : digits).replace(/,(?=\d{1,2}$)/, '.')
  const number = Number(plain.replace(/[,']/g, ''))
  return Number.isFinite(number) ? number : undefined
}

/** '87 and '1234: what a spreadsheet keeps as a text, or a year without its century. */
function withoutTextSign(raw: string): string {
  return raw.replace(/^\s*['’](?=\d)/, '')
}

/** True for a duration, or a number with at most a sign of currency or a per cent: "12 main" is an address, not an amount. */
export function looksLikeNumber(written: string): boolean {
  const raw = withoutTextSign(written)
  if (readDuration(raw) !== undefined) return true
  return /^\p{Sc}?\s?-?\d{1,9}([.,]\d{3})*([.,]\d+)?\s?[\p{Sc}%]?$/u.test(raw.trim())
}

function isPlain(raw: string): boolean {
  let space = true
  for (let i = 0; i < raw.length; i++) {
    const c = raw.charCodeAt(i)
    if (c === 32) {
      if (space) return false
      space = true
    } else if ((c >= 97 && c <= 122) || (c >= 48 && c <= 57)) space = false
    else return false
  }
  return !space
}

/** True for a text with characters that are written without spaces between words. */
export function isUnspaced(text: string): boolean {
  return /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/.test(text) || /[\u{20000}-\u{3ffff}]/u.test(text)
}
