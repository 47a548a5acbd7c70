/**
 * Asides: words of a text that stand in brackets, "(feat. Monty) [Clean]", "(Mac)", "(extended abstract)".
 *
 * In:  the cells of a column of texts or full names as they were written. Out: per folded value, which of its words stand in
 *      brackets. Pure.
 * What is in brackets qualifies a title and does not name the thing: two songs of one album may share all of it and no word
 * before it, and another shop leaves it out. Folding takes the brackets away, so they must be seen before.
 * Leaves to said-asides.ts: which of them the row says elsewhere; to text-levels.ts: how much less the others are worth in texts.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { foldText } from './fold.ts'
import { foldLegalForms } from './legal-forms.ts'

/** Per value number, one bit for each of its first 32 words; undefined where no text has an aside. */
export type Asides = Int32Array | undefined

const IN_BRACKETS = /\([^()]*\)|\[[^[\]]*\]/g
/** Words that a mask has bits for; texts are compared by no more. */
export const WORDS_MOST = 32

/**
 * @param cells as they were written, and what they fold to
 * @param numberOf value number of a folded text
 * @param count of value numbers
 */
export function asidesOf(
  cells: readonly (readonly [raw: string, text: string])[],
  numberOf: ReadonlyMap<string, number>,
  count: number,
): Asides {
  const masks = sharedInts(count)
  let isAny = false
  for (const [raw, text] of cells) {
    const mask = text === '' ? 0 : maskOf(raw, text)
    if (mask === 0) continue
    // Written in two ways: an aside where either says so, whichever is read first.
    masks[numberOf.get(text) as number] |= mask
    isAny = true
  }
  return isAny ? masks : undefined
}

function maskOf(raw: string, text: string): number {
  if (!raw.includes('(') && !raw.includes('[')) return 0
  let [mask, words, from] = [0, 0, 0]
  const take = (part: string, isAside: boolean) => {
    for (let left = countWords(foldLegalForms(foldText(part))); left > 0; left--, words++)
      if (isAside && words < WORDS_MOST) mask |= 1 << words
  }
  for (const found of raw.matchAll(IN_BRACKETS)) {
    take(raw.slice(from, found.index), false)
    take(found[0], true)
    from = found.index + found[0].length
  }
  take(raw.slice(from), false)
  // Words that folding ran together are not where they were counted; and where all is an aside, nothing is.
  const all = words >= WORDS_MOST ? -1 : (1 << words) - 1
  return words === countWords(text) && mask !== all ? mask : 0
}

/** The asides of texts of which words were taken away: the first ones, the last, or some between. */
export function asidesLeft(mask: number, before: string, after: string): number {
  const words = countWords(after)
  if (mask === 0 || words === 0) return 0
  const gone = countWords(before) - words
  if (before.endsWith(after)) return gone >= WORDS_MOST ? 0 : mask >>> gone
  if (before.startsWith(after)) return words < WORDS_MOST ? mask & ((1 << words) - 1) : mask
  let [left, at] = [0, 0]
  const kept = after.split(' ')
  before.split(' ').forEach((word, place) => {
    if (word !== kept[at]) return
    if (place < WORDS_MOST && at < WORDS_MOST && (mask >>> place) & 1) left |= 1 << at
    at++
  })
  return at === words ? left : 0
}

function countWords(text: string): number {
  return text === '' ? 0 : text.split(' ').length
}
