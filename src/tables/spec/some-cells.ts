/**
 * A part of many cells that depends on what they say and on nothing else, and whether a cell is written as a date.
 *
 * In:  distinct cells. Out: all of them, or some thousands. For guesses about a column, not for comparing.
 */
/** Distinct cells from which the rest is not looked at. */
const CELLS_LOOKED_AT = 5000

/** Some thousands of many cells: chosen by what they say (FNV-1a), so that the order of rows changes nothing. */
export function someOf(cells: readonly string[]): readonly string[] {
  if (cells.length <= CELLS_LOOKED_AT) return cells
  const least = (2 ** 32 * CELLS_LOOKED_AT) / cells.length
  return cells.filter((cell) => {
    let hash = 0x811c9dc5
    for (let i = 0; i < cell.length; i++) hash = Math.imul(hash ^ cell.charCodeAt(i), 0x01000193)
    // The high bits of one short cell and the next are alike: mixed once more (Murmur3's last step).
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return (hash ^ (hash >>> 16)) >>> 0 < least
  })
}

/** @param date packed, as dates.ts reads it */
export function isWrittenDate(cell: string, date: number): boolean {
  const year = Math.floor(date / 10_000)
  return year > 1000 && year < 2200 && /\d{8}|\d[-/.年 ]\d|[a-z]{3}.*\d{2}/i.test(cell)
}
