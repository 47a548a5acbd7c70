/** Texts and counts as they stand in a terminal or a sheet: how wide they are, and filled up to a column. */

/** Columns a text takes: Chinese characters take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return width
}

/** A whole number, not negative, by thousands: 1,741,928. */
export function countText(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** So many of a thing, in English: 1 link, 2 links. */
export function countOf(n: number, thing: string, things = `${thing}s`): string {
  return `${countText(n)} ${n === 1 ? thing : things}`
}

/** A path as one would type it in a shell. */
export function shellWord(path: string): string {
  return /^[\p{L}\p{N}_./+-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/** Blanks after a text until it takes so many columns. */
export function padCellsEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Blanks before a text until it takes so many columns. */
export function padCellsStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** As padCellsEnd; at least one blank stands behind the text. */
export function padCell(text: string, width: number): string {
  return padCellsEnd(text, Math.max(width, displayWidth(text) + 1))
}
