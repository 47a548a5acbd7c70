/**
 * How near two different texts of several words are: shared words weighed by how rare they are (bits of idf).
 *
 * In:  two value numbers of a text, address or full-name field. Out: a level from two numbers: which part of the words
 *      is shared, and how much rare matter that is (sharing "street" says little, sharing "coolabah" much).
 * Words one slip apart count for most of their worth, initials and nicknames for some; numbers must be the same. Words
 * that one writes as one and the other as two or three are the same words ("el dorado", "f3h 982-10").
 * Texts written without spaces are taken as overlapping pairs of characters.
 */
import { viewsOfAllLengths } from './distances.ts'
import { LevelCache } from './level-cache.ts'
import { isUnspaced } from '../fields/fold.ts'
import type { Field } from '../fields/fields.ts'
import { wordsOfVersions } from './marks.ts'
import { type NicknameGroups, Nicknames } from '../fields/nicknames.ts'
import { Outlines } from './outlines.ts'
import type { DistinctLevel, DistinctLevels } from './value-levels.ts'
import { WordLikeness } from './word-likeness.ts'

const SHARES = ['all words', 'most words', 'half of the words', 'some words']
const MATTER = ['rare', 'middling', 'common']
/**
 * Matches whose whole names share no word, as usual: of made-up and public sets none to four in a hundred. Of other texts, and of names
 * in a table of few rows, more are allowed for: so little would keep its few pairs from beginning as matches.
 */
const NAMES_DIFFER = 0.01
const TEXTS_DIFFER = 0.1
/** Rows up to which they are few. */
export const FEW_NAMES = 200
/** Levels from the first in which all or most words agree. */
export const MOSTLY_SAME = 2 * MATTER.length
/** The same with half of the words. */
export const HALF_SAME = 3 * MATTER.length

/** What each of two texts has that the other lacks; how matches usually fall. [0] where they are not alike, or the same. */
export const OTHERS: readonly DistinctLevel[] = [
  { name: 'missing', usualM: 1 },
  { name: 'in one at most', usualM: 0.6 },
  { name: 'common ones in both', usualM: 0.15 },
  { name: 'middling ones in both', usualM: 0.15 },
  { name: 'rare ones in both', usualM: 0.1 },
]
/** Bits from which the rarer words of both are the next of OTHERS: one row in 4, in 32, in 256 has such a word. */
const OTHERS_FROM = [2, 5, 8]
/** In the place of one of OTHERS, while it is remembered: the two are not alike. */
const UNLIKE = OTHERS.length

/** Two words that are not the same: where they stand, how like they are (0–1) and what that is worth in bits. */
interface NearWords {
  readonly i: number
  readonly j: number
  readonly like: number
  readonly worth: number
}

export class TextLevels implements DistinctLevels {
  readonly levels: readonly DistinctLevel[]
  readonly differs: number
  readonly isCheap = false
  private readonly outlines: Outlines
  /** Numbers of the words of all texts, one text behind the other; text t ends at ends[t]. */
  private readonly words: Int32Array
  private readonly ends: Int32Array
  /** Part of its worth that a word has where it stands, one for each of `words`. */
  private readonly parts: Float64Array
  private readonly texts: string[] = []
  private readonly bits: Float64Array
  private readonly nicknames: Nicknames
  private readonly likeness: WordLikeness
  /** 1 for words that other words of the column, written as one, make. */
  private readonly compound: Uint8Array
  /** What takeRuns found, in bits. */
  private runsShared = 0
  private runsMatter = 0
  /** What othersOf knows already: made when it is first asked, and filled by levelOf, which sees the words anyway. */
  private others: LevelCache | undefined
  private readonly used = new Uint8Array(WORDS_MOST)
  private readonly usedA = new Uint8Array(WORDS_MOST)

  constructor(field: Field, nicknames: NicknameGroups, isWholeName = false) {
    const usual = [0.06, 0.06, 0.05, 0.03]
    this.levels = [
      ...SHARES.flatMap((share, s) => MATTER.map((matter) => ({ name: `${share}, ${matter}`, usualM: usual[s] / 3 }))),
      { name: 'differs', usualM: isWholeName && field.known > FEW_NAMES ? NAMES_DIFFER : TEXTS_DIFFER },
    ]
    this.differs = this.levels.length - 1
    const numbers = new Map<string, number>()
    const rows: number[] = []
    const all: number[] = []
    const parts: number[] = []
    this.ends = Int32Array.from(field.dictionary, (text, id) => {
      const words = wordsOf(text)
      // What a name has in brackets is one of its names: Anna (Berta) Weiss.
      const asides = isUnspaced(text) || field.kind === 'full name' ? 0 : (field.asides?.[id] ?? 0)
      words.forEach((word, place) => {
        parts.push((asides >>> place) & 1 ? ASIDE_PART : 1)
        let number = numbers.get(word)
        if (number === undefined) {
          number = this.texts.length
          numbers.set(word, number)
          this.texts.push(word)
          rows.push(0)
        }
        rows[number] += field.counts[id]
        all.push(number)
      })
      return all.length
    })
    this.words = Int32Array.from(all)
    this.parts = Float64Array.from(parts)
    this.bits = Float64Array.from(rows, (count) =>
      Math.max(Math.log2(Math.max(field.known, 2) / Math.max(count, 1)), BITS_LEAST),
    )
    // Two remixes have the word in common whatever was mixed; that both are remixes is said by the marks.
    const versions = wordsOfVersions(field)
    this.texts.forEach((word, number) => {
      if (versions.has(word)) this.bits[number] = BITS_LEAST
    })
    this.compound = Uint8Array.from(this.texts, (text) => (isMadeOf(text, numbers) ? 1 : 0))
    this.nicknames = new Nicknames(this.texts, nicknames)
    this.likeness = new WordLikeness(this.texts, this.nicknames)
    // One word, of letters: of texts with several words any two may agree.
    this.outlines = new Outlines(
      field.dictionary,
      (text, id) => this.ends[id] - this.startOf(id) !== 1 || /^\d/.test(text),
    )
  }

  plainlyDiffer(u: number, v: number): boolean {
    const { outlines } = this
    if (outlines.isEitherSpecial(u, v)) return false
    return (
      outlines.lettersOnlyIn(u, v) > 2 &&
      outlines.lettersOnlyIn(v, u) > 2 &&
      !this.nicknames.areSame(this.words[this.startOf(u)], this.words[this.startOf(v)])
    )
  }

  levelOf(u: number, v: number): number {
    if (this.haveNothingAlike(u, v)) return this.unlike(u, v)
    const [p, q] = u < v ? [u, v] : [v, u]
    const a = this.wordsIn(p, 0)
    const b = this.wordsIn(q, 1)
    const [atA, atB] = [this.startOf(p), this.startOf(q)]
    const worthA = (i: number) => this.bits[a[i]] * this.parts[atA + i]
    const worthB = (j: number) => this.bits[b[j]] * this.parts[atB + j]
    let total = 0
    for (let i = 0; i < a.length; i++) total += worthA(i)
    for (let j = 0; j < b.length; j++) total += worthB(j)
    const { used, usedA } = this
    used.fill(0)
    usedA.fill(0)
    let shared = 0
    let matter = 0
    for (let i = 0; i < a.length; i++) {
      const word = a[i]
      let at = 0
      while (at < b.length && (b[at] !== word || used[at] === 1)) at++
      if (at === b.length) continue
      used[at] = 1
      usedA[i] = 1
      shared += worthA(i) + worthB(at)
      matter += Math.min(worthA(i), worthB(at))
    }
    this.runsShared = 0
    this.runsMatter = 0
    this.takeRuns(a, usedA, b, used)
    this.takeRuns(b, used, a, usedA)
    shared += this.runsShared
    matter += this.runsMatter
    const near: NearWords[] = []
    for (let i = 0; i < a.length; i++)
      if (usedA[i] === 0)
        for (let j = 0; j < b.length; j++) {
          if (used[j] === 1) continue
          const like = this.likeness.of(a[i], b[j])
          if (like > 0) near.push({ i, j, like, worth: like * Math.min(worthA(i), worthB(j)) })
        }
    // The likest words first, so that the outcome does not depend on which text is on the left.
    near.sort((x, y) => y.worth - x.worth || x.i - y.i || x.j - y.j)
    for (const { i, j, like, worth } of near) {
      if (usedA[i] === 1 || used[j] === 1) continue
      usedA[i] = 1
      used[j] = 1
      shared += like * (worthA(i) + worthB(j))
      matter += worth - 2 * (1 - like)
    }
    const share = total === 0 ? 0 : shared / total
    const s = share >= 0.85 ? 0 : share >= 0.65 ? 1 : share >= 0.45 ? 2 : share >= 0.2 ? 3 : 4
    if (s === 4) return this.unlike(u, v)
    if (this.others !== undefined) {
      const other = Math.min(rarestUnused(a.length, usedA, worthA), rarestUnused(b.length, used, worthB))
      this.others.set(u, v, 1 + OTHERS_FROM.filter((bits) => other >= bits).length)
    }
    return s * 3 + (matter >= 12 ? 0 : matter >= 6 ? 1 : 2)
  }

  /**
   * Of two different texts that are alike: whether each has words that the other lacks, a place in OTHERS; 0 where they are not
   * alike at all.
   */
  othersOf(u: number, v: number): number {
    if (this.plainlyDiffer(u, v)) return 0
    const others = (this.others ??= new LevelCache(this.ends.length))
    const known = others.get(u, v)
    const found = known !== 0 || this.levelOf(u, v) === this.differs ? known : others.get(u, v)
    return found === UNLIKE ? 0 : found
  }

  /** The level of two texts that are not alike, which othersOf need not find out again. */
  private unlike(u: number, v: number): number {
    this.others?.set(u, v, UNLIKE)
    return this.differs
  }

  /** True only where no word of the one is anything like a word of the other, or may begin with it. */
  private haveNothingAlike(u: number, v: number): boolean {
    const { words } = this
    const start = this.startOf(u)
    const end = this.ends[u]
    const from = this.startOf(v)
    const to = this.ends[v]
    // Most texts that are anything alike share a word, and that is soon seen.
    for (let i = start; i < end; i++) for (let j = from; j < to; j++) if (words[i] === words[j]) return false
    for (let i = start; i < end; i++)
      for (let j = from; j < to; j++) {
        const x = words[i]
        const y = words[j]
        if (this.likeness.of(x, y) > 0 || this.mayRunFrom(x, y) || this.mayRunFrom(y, x)) return false
      }
    return true
  }

  /** Whether a word that others written as one make begins with another. */
  private mayRunFrom(word: number, part: number): boolean {
    return this.compound[word] === 1 && this.texts[word].startsWith(this.texts[part])
  }

  private startOf(text: number): number {
    return text === 0 ? 0 : this.ends[text - 1]
  }

  /** Holds until the next call for the same side. */
  private wordsIn(text: number, side: 0 | 1): Int32Array {
    const start = this.startOf(text)
    const list = VIEWS[side][this.ends[text] - start]
    for (let i = 0; i < list.length; i++) list[i] = this.words[start + i]
    return list
  }

  /** Words of which neighbouring words of the other text, none of them used, are the parts: all are used from now on. */
  private takeRuns(whole: Int32Array, wholeUsed: Uint8Array, parts: Int32Array, partsUsed: Uint8Array): void {
    for (let i = 0; i < whole.length; i++) {
      if (this.compound[whole[i]] === 0 || wholeUsed[i] === 1) continue
      const text = this.texts[whole[i]]
      for (let from = 0; from + 1 < parts.length; from++) {
        let at = 0
        let to = from
        while (to < parts.length && partsUsed[to] === 0 && text.startsWith(this.texts[parts[to]], at))
          at += this.texts[parts[to++]].length
        if (at !== text.length || to - from < 2) continue
        wholeUsed[i] = 1
        let bits = 0
        for (let j = from; j < to; j++) {
          partsUsed[j] = 1
          bits += this.bits[parts[j]]
        }
        this.runsShared += this.bits[whole[i]] + bits
        this.runsMatter += Math.min(this.bits[whole[i]], bits)
        break
      }
    }
  }
}

/** Bits of the rarest word that the other text has not, 0 where it has them all. */
function rarestUnused(count: number, used: Uint8Array, worth: (place: number) => number): number {
  let rarest = 0
  for (let i = 0; i < count; i++) if (used[i] === 0) rarest = Math.max(rarest, worth(i))
  return rarest
}

/** An ordinal is its number, however it is written: 3rd, third. */
const ORDINALS = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'
    .split(' ')
    .map((word, i) => [word, `${i + 1}`]),
)
/** Part of its worth that a word in brackets has: it qualifies what the others name. */
const ASIDE_PART = 1 / 3
/** What a word is worth that says nothing. */
const BITS_LEAST = 0.1
/** Letters of a word that two or three may be run together in. */
const RUN_LEAST = 4
const RUN_MOST = 64
const WORDS_MOST = 32
const VIEWS = [viewsOfAllLengths(WORDS_MOST), viewsOfAllLengths(WORDS_MOST)]

export function wordsOf(text: string): string[] {
  const words = text.split(' ').flatMap((word) => {
    if (!isUnspaced(word)) return [ORDINALS.get(word) ?? word.replace(/^(\d+)(st|nd|rd|th)$/, '$1')]
    const letters = Array.from(word)
    return letters.length <= 2 ? [word] : letters.slice(1).map((letter, i) => letters[i] + letter)
  })
  return words.filter((word) => word !== '').slice(0, WORDS_MOST)
}

/** Whether two words or more of the column, written as one, make the text. */
function isMadeOf(text: string, words: ReadonlyMap<string, number>): boolean {
  if (text.length < RUN_LEAST || text.length > RUN_MOST) return false
  // Ends of words that start at the beginning, or where others end.
  const ends = [0]
  for (let to = 1; to < text.length; to++) if (ends.some((from) => words.has(text.slice(from, to)))) ends.push(to)
  return ends.some((from) => from > 0 && words.has(text.slice(from)))
}
