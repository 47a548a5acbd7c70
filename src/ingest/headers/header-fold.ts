/**
 * Folds a header for matching: full-width to half-width, every blank and invisible character away, capitals.
 *
 * In: a header cell's text. Out: the text that headers are compared by. Shared by header matching and the test for a
 * repeated header row.
 */
export function foldHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff*]+/gu, '')
    .toUpperCase()
}
