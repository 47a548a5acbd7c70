/**
 * Text that goes into spreadsheet cells and comes back unchanged, as text.
 *
 * XLSX: characters XML cannot hold become visible signs, and text that looks like an escape is escaped.
 * CSV: a cell that a spreadsheet would run as a formula or read as a number or date gets a leading `'`;
 * `unguardText` is its exact inverse, so nothing is altered in a round trip.
 */

/** The first character decides, but spreadsheets look past blanks, control characters and byte order marks. */
const FORMULA_START = /^[\s\p{Cc}\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫]/u
/** TAB, CR, LF, NUL, BOM, space first: some spreadsheets cut them and then read the rest afresh. */
const BLANK_START = /^[\s\p{Cc}\u200b-\u200f\ufeff]/u
/** What a spreadsheet would turn into a number or a date: 012, 513027199901010011, 1990-01, 1/2, 1E5. */
const NUMBER_LIKE = /^(0\d+|\d{12,}|\d+[-/.年]\d+([-/.月]\d+)?[月日]?|\d+(\.\d+)?[eE]\d+)$/u

function needsGuard(text: string): boolean {
  return text.startsWith("'") || FORMULA_START.test(text) || BLANK_START.test(text) || NUMBER_LIKE.test(text)
}

/** For CSV cells. */
export function guardText(text: string): string {
  return needsGuard(text) ? `'${text}` : text
}

/** Inverse of guardText. */
export function unguardText(text: string): string {
  return text.startsWith("'") && needsGuard(text.slice(1)) ? text.slice(1) : text
}

const UNPRINTABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/u

/**
 * Text as a workbook can hold and show it: control characters as their pictures (␀ ␉ ␍), what Unicode forbids as �.
 * Line feeds stay. The result of showing twice is the result of showing once.
 */
export function printableText(text: string): string {
  if (!UNPRINTABLE.test(text)) return text
  return text
    .replace(/\r\n/g, '\n')
    .replace(/\p{Cc}/gu, pictureOf)
    .replace(/[\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0)
  if (code === 0x0a) return control
  if (code === 0x7f) return '␡'
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
}

/** `_x0041_` in a cell would be read as A: the escape's own underscore is escaped (ECMA-376 part 1, 22.9.2.19). */
export function escapeCellText(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}
