/**
 * How like two different words of a column are, from 0, nothing alike, to 1.
 *
 * In:  two word numbers. Out: tenths, by edits, by the beginning, by Jaro–Winkler, as nicknames, as an initial. Most words of
 * two texts are nothing alike: their outlines tell. What is found of the others is remembered.
 */
import { codePoints, editDistance, jaroWinkler } from './distances.ts'
import { LevelCache } from './level-cache.ts'
import type { Nicknames } from '../fields/nicknames.ts'
import { Outlines } from './outlines.ts'

/** Jaro–Winkler likeness from which words count as alike. */
const ALIKE = 0.9
/** So many kinds of letters that each of two words has alone: no measure of spelling can be reached. */
const APART = 3

export class WordLikeness {
  private readonly words: readonly string[]
  private readonly points: readonly Int32Array[]
  private readonly outlines: Outlines
  private readonly nicknames: Nicknames
  /** Tenths of likeness, one more. */
  private readonly known: LevelCache

  /** @param nicknames of the same words */
  constructor(words: readonly string[], nicknames: Nicknames) {
    this.words = words
    this.points = words.map(codePoints)
    this.outlines = new Outlines(words, () => false)
    this.nicknames = nicknames
    this.known = new LevelCache(words.length)
  }

  of(x: number, y: number): number {
    if (!this.mayBeAlike(x, y)) return 0
    const known = this.known.get(x, y)
    if (known !== 0) return (known - 1) / 10
    const likeness = this.spelled(x, y)
    this.known.set(x, y, 1 + Math.round(10 * likeness))
    return likeness
  }

  /** The same, letter by letter: the judge of `of`. */
  spelled(x: number, y: number): number {
    const [p, q] = [this.points[x], this.points[y]]
    const shorter = Math.min(p.length, q.length)
    const [s, t] = [this.words[x], this.words[y]]
    if (isDigit(p[0]) || isDigit(q[0])) return shorter >= 3 && editDistance(p, q, 1) === 1 ? 0.5 : 0
    if (this.nicknames.areSame(x, y)) return 0.8
    if (this.areApart(x, y)) return 0
    if (shorter === 1) return p[0] === q[0] && p.length !== q.length ? 0.4 : 0
    if (shorter >= 3 && editDistance(p, q, 1) === 1) return shorter >= 5 ? 0.9 : 0.7
    if (shorter >= 3 && (s.startsWith(t) || t.startsWith(s))) return 0.7
    if (shorter >= 6 && editDistance(p, q, 2) === 2) return 0.8
    return shorter >= 4 && jaroWinkler(p, q) >= ALIKE ? 0.7 : 0
  }

  private areApart(x: number, y: number): boolean {
    return this.outlines.lettersOnlyIn(x, y) >= APART && this.outlines.lettersOnlyIn(y, x) >= APART
  }

  /** False only for words of which `spelled` would say 0, told by their outlines. */
  private mayBeAlike(x: number, y: number): boolean {
    const { outlines } = this
    if (this.nicknames.areSame(x, y)) return true
    const onlyX = outlines.lettersOnlyIn(x, y)
    const onlyY = outlines.lettersOnlyIn(y, x)
    if (onlyX >= APART && onlyY >= APART) return false
    if (outlines.isEitherSpecial(x, y)) return true
    const n = outlines.lengthOf(x)
    const m = outlines.lengthOf(y)
    const start = outlines.sameStartMost(x, y)
    const shorter = Math.min(n, m)
    // Nothing is said of a word of two letters, and of one letter only that it is an initial.
    if (shorter < 3) return shorter === 1 && n !== m && start > 0
    // A letter that one word alone has costs an edit; a word that the other begins with has none.
    const edits = shorter >= 6 ? 2 : 1
    if (Math.abs(n - m) <= edits && onlyX <= edits && onlyY <= edits) return true
    if (start >= 3 && (onlyX === 0 || onlyY === 0)) return true
    const jaroMost = ((n - onlyX) / n + (m - onlyY) / m + 1) / 3
    return shorter >= 4 && jaroMost + start * 0.1 * (1 - jaroMost) >= ALIKE - 1e-9
  }
}

function isDigit(sign: number): boolean {
  return sign >= 48 && sign <= 57
}
