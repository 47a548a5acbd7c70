/**
 * Distances between two short texts given as code points: Damerau–Levenshtein (adjacent swaps), Jaro–Winkler.
 *
 * In:  arrays of code points. Out: an edit count, or a similarity of 0–1. Symmetric, no state kept between calls.
 * The work arrays are reused: texts beyond 64 code points are cut, which no name, code or word reaches.
 */
const WIDTH = 65
const rowBefore = new Uint8Array(WIDTH)
const row = new Uint8Array(WIDTH)
const rowNext = new Uint8Array(WIDTH)
const usedLeft = new Uint8Array(WIDTH)
const usedRight = new Uint8Array(WIDTH)

/** Letters distances look at. */
export const LETTERS_MOST = WIDTH - 1

/** Numbers of every length up to `most` over one piece of memory, to be written and read again and again. */
export function viewsOfAllLengths(most: number): readonly Int32Array[] {
  const buffer = new ArrayBuffer(most * 4)
  return Array.from({ length: most + 1 }, (_, length) => new Int32Array(buffer, 0, length))
}

export function codePoints(text: string): Int32Array {
  return Int32Array.from(Array.from(text, (letter) => letter.codePointAt(0) ?? 0).slice(0, WIDTH - 1))
}

/** Insertions, deletions, substitutions and swaps of neighbours; anything above `most` is returned as most + 1. */
export function editDistance(a: Int32Array, b: Int32Array, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  // What both have in common at the start and at the end costs nothing and need not be walked.
  let from = 0
  let n = a.length
  let m = b.length
  while (from < n && from < m && a[from] === b[from]) from++
  while (n > from && m > from && a[n - 1] === b[m - 1]) {
    n--
    m--
  }
  n -= from
  m -= from
  if (n === 0 || m === 0) return Math.min(n + m, most + 1)
  let before = rowBefore
  let current = row
  let next = rowNext
  for (let j = 0; j <= m; j++) current[j] = j
  for (let i = 1; i <= n; i++) {
    next[0] = i
    let least = i
    const letter = a[from + i - 1]
    for (let j = 1; j <= m; j++) {
      let d = current[j - 1] + (letter === b[from + j - 1] ? 0 : 1)
      if (current[j] + 1 < d) d = current[j] + 1
      if (next[j - 1] + 1 < d) d = next[j - 1] + 1
      if (i > 1 && j > 1 && letter === b[from + j - 2] && a[from + i - 2] === b[from + j - 1] && before[j - 2] + 1 < d)
        d = before[j - 2] + 1
      next[j] = d
      if (d < least) least = d
    }
    if (least > most) return most + 1
    const free = before
    before = current
    current = next
    next = free
  }
  return Math.min(current[m], most + 1)
}

/** Jaro–Winkler with the usual scale 0.1 for up to four equal first letters. */
export function jaroWinkler(a: Int32Array, b: Int32Array): number {
  const n = a.length
  const m = b.length
  if (n === 0 || m === 0) return 0
  const reach = Math.max((Math.max(n, m) >> 1) - 1, 0)
  usedLeft.fill(0, 0, n)
  usedRight.fill(0, 0, m)
  let common = 0
  for (let i = 0; i < n; i++) {
    const to = Math.min(i + reach, m - 1)
    for (let j = Math.max(i - reach, 0); j <= to; j++)
      if (usedRight[j] === 0 && a[i] === b[j]) {
        usedLeft[i] = 1
        usedRight[j] = 1
        common++
        break
      }
  }
  if (common === 0) return 0
  let swapped = 0
  let j = 0
  for (let i = 0; i < n; i++) {
    if (usedLeft[i] === 0) continue
    while (usedRight[j] === 0) j++
    if (a[i] !== b[j]) swapped++
    j++
  }
  const jaro = (common / n + common / m + (common - swapped / 2) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < n && prefix < m && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}
