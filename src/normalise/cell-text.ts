/**
 * What every parser does first with a cell's text: full-width to half-width, invisible characters and blanks away.
 *
 * In: the text of one cell as written. Out: the folded text. Raw values stay with the caller.
 */

/** Byte-order mark, zero-width characters, variation selectors and control characters: never part of a value. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]|(?!\s)\p{Cc}/gu

/** NFKC, invisible characters removed, outer blanks, a spreadsheet's leading apostrophe and its `="…"` around a text trimmed. */
export function foldCell(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .trim()
    .replace(/^=\s*"(.*)"$/s, '$1')
    .trim()
    .replace(/^['’‘`]+\s*/, '')
}

/** As foldCell, and without any blank inside. For codes and numbers. */
export function foldCode(text: string): string {
  return foldCell(text).replace(/\s+/g, '')
}

/** Takes off what a spreadsheet's float adds to a whole number: `1.0` → `1`, `513027.00` → `513027`. */
export function withoutFloatTail(text: string): string {
  return text.replace(/^(\d+)\.0+$/, '$1')
}

/**
 * Digits of a number that a spreadsheet wrote in exponent form, `5.13027001E+11` → `513027001`, with the length it
 * would have in full; undefined if it is not in that form. The digits after the mantissa are lost, not zero.
 */
export function readExponent(text: string): { readonly digits: string; readonly length: number } | undefined {
  const match = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i.exec(text)
  if (match === null) return undefined
  return { digits: match[1] + (match[2] ?? ''), length: Number(match[3]) + 1 }
}
