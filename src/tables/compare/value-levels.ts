/**
 * How near two DIFFERENT values of one column are: a level by kind, for names, codes, numbers, dates, categories.
 *
 * In:  two value numbers of a field, never equal, never 0. Out: the place in `levels`, the last being "differs".
 * Symmetric in its arguments. Leaves the exact levels, caching and missing values to comparisons.ts, and texts of
 * several words to text-levels.ts.
 */
import { codePoints, editDistance, jaroWinkler } from './distances.ts'
import { isUnspaced } from '../fields/fold.ts'
import type { Field } from '../fields/fields.ts'
import { type NicknameGroups, Nicknames } from '../fields/nicknames.ts'
import { bitsOf, lettersOf, Outlines } from './outlines.ts'
import { soundKey } from '../fields/sound.ts'
import { Spelling } from './spelling.ts'

export interface DistinctLevel {
  readonly name: string
  /** Share of matches usually found here. */
  readonly usualM: number
}

export interface DistinctLevels {
  readonly levels: readonly DistinctLevel[]
  /** Place of the level from which a swap of columns is worth looking for. */
  readonly differs: number
  levelOf(u: number, v: number): number
  /** True only where levelOf would say the last level, "differs": a glance that saves the look. */
  plainlyDiffer(u: number, v: number): boolean
  /** levelOf is quicker than remembering what it said. */
  readonly isCheap: boolean
}

export const level = (name: string, usualM: number): DistinctLevel => ({ name, usualM })

/** Shares of matches whose names plainly differ: a given name is seldom another one, a family name changes by marriage. */
const OTHER_GIVEN_NAME = 0.02
const OTHER_FAMILY_NAME = 0.05

/** The level of NameLevels in which one name is but an initial of the other. */
export const INITIAL = 6

export class NameLevels implements DistinctLevels {
  readonly levels: readonly DistinctLevel[]
  private static readonly near = [
    level('one letter off', 0.05),
    level('one letter off, rare name', 0.04),
    level('close spelling', 0.02),
    level('close spelling, rare name', 0.02),
    level('nickname', 0.01),
    level('one holds the other', 0.02),
    level('initial', 0.01),
    level('sounds alike', 0.01),
    level('somewhat alike', 0.02),
    // One letter is soon another one: it says less than a name that differs.
    level('another initial', 0.03),
  ]
  readonly differs = 8
  readonly isCheap = false
  private readonly field: Field
  private readonly spelling: Spelling
  private readonly sounds: Int32Array
  private readonly outlines: Outlines
  private readonly letters: Int32Array
  private readonly unspaced: Uint8Array
  private readonly nicknames: Nicknames
  private readonly rareMost: number

  constructor(field: Field, nicknames: NicknameGroups) {
    this.field = field
    const other = field.kind === 'given name' ? OTHER_GIVEN_NAME : OTHER_FAMILY_NAME
    this.levels = [...NameLevels.near, level('differs', other)]
    const soundNumbers = new Map<string, number>()
    this.sounds = Int32Array.from(field.dictionary, (name) => {
      const sound = soundKey(name)
      const number = soundNumbers.get(sound) ?? soundNumbers.size
      soundNumbers.set(sound, number)
      return number
    })
    this.outlines = new Outlines(field.dictionary, (name) => name.includes(' ') || isUnspaced(name))
    this.spelling = new Spelling(field.dictionary, this.outlines)
    this.letters = Int32Array.from(field.dictionary, lettersOf)
    this.unspaced = Uint8Array.from(field.dictionary, (name) => (isUnspaced(name) ? 1 : 0))
    this.nicknames = new Nicknames(field.dictionary, nicknames)
    this.rareMost = Math.max(2, field.known / 400)
  }

  levelOf(u: number, v: number): number {
    const a = this.spelling.of(u, 0)
    const b = this.spelling.of(v, 1)
    const shorter = Math.min(a.length, b.length)
    // Letters only one of them has: each costs an edit, and a place in Jaro's count.
    const onlyA = bitsOf(this.letters[u] & ~this.letters[v])
    const onlyB = bitsOf(this.letters[v] & ~this.letters[u])
    const isRare = Math.max(this.field.counts[u], this.field.counts[v]) <= this.rareMost ? 1 : 0
    const edits = onlyA > 2 || onlyB > 2 ? 3 : editDistance(a, b, 2)
    if (edits === 0) return isRare
    if (this.unspaced[u] + this.unspaced[v] > 0) {
      if (edits === 1 && shorter >= 3) return isRare
      if (edits === 1) return 2 + isRare
      return 10
    }
    if (edits === 1 && shorter >= 3) return isRare
    const most = ((a.length - onlyA) / a.length + (b.length - onlyB) / b.length + 1) / 3
    const likeness = most < 2 / 3 ? 0 : jaroWinkler(a, b)
    if ((edits === 2 && shorter >= 5) || likeness >= 0.92) return 2 + isRare
    if (this.nicknames.areSame(u, v)) return 4
    const areSpaced = this.outlines.isEitherSpecial(u, v)
    const [x, y] = areSpaced ? [this.field.dictionary[u], this.field.dictionary[v]] : ['', '']
    if (shorter === 1 || (areSpaced && isInitials(x, y))) return a[0] === b[0] ? INITIAL : 9
    if ((areSpaced && holdsWord(x, y)) || (shorter >= 3 && isStart(a, b))) return 5
    if (shorter >= 3 && this.sounds[u] === this.sounds[v]) return 7
    // Short forms keep the first syllable: samuel and sammy, daniel and danny.
    return likeness >= 0.8 || (shorter >= 3 && sameStart(a, b) >= 3) ? 8 : 10
  }

  plainlyDiffer(u: number, v: number): boolean {
    const { outlines } = this
    if (outlines.isEitherSpecial(u, v)) return false
    const onlyA = outlines.lettersOnlyIn(u, v)
    const onlyB = outlines.lettersOnlyIn(v, u)
    if (onlyA <= 2 && onlyB <= 2) return false
    const [n, m] = [outlines.lengthOf(u), outlines.lengthOf(v)]
    const start = outlines.sameStartMost(u, v)
    // One letter may be an initial; three in common at the start may be all there is of the shorter.
    if (n < 2 || m < 2 || start > 2 || this.sounds[u] === this.sounds[v]) return false
    const jaroMost = ((n - onlyA) / n + (m - onlyB) / m + 1) / 3
    return jaroMost + start * 0.1 * (1 - jaroMost) < 0.799 && !this.nicknames.areSame(u, v)
  }
}

/** One side is the first letters of the other's words: j r / james robert. Spaces must tell where the letters part. */
function isInitials(x: string, y: string): boolean {
  const [short, long] = x.length < y.length ? [x, y] : [y, x]
  if (!/^\p{L}( \p{L})+$/u.test(short)) return false
  const letters = short.split(' ')
  return long.split(' ').every((word, i) => i >= letters.length || word.startsWith(letters[i]))
}

/** A word of one is a word of the other: mary / mary ann. */
function holdsWord(x: string, y: string): boolean {
  if (!x.includes(' ') && !y.includes(' ')) return false
  const words = new Set(x.split(' ').filter((word) => word.length > 1))
  return y.split(' ').some((word) => words.has(word))
}

function isStart(a: Int32Array, b: Int32Array): boolean {
  return sameStart(a, b) === Math.min(a.length, b.length)
}

/** Letters from the first on that are the same. */
function sameStart(a: Int32Array, b: Int32Array): number {
  const shorter = Math.min(a.length, b.length)
  let same = 0
  while (same < shorter && a[same] === b[same]) same++
  return same
}

function isDigit(sign: number): boolean {
  return sign >= 48 && sign <= 57
}

export class CodeLevels implements DistinctLevels {
  readonly levels = [
    level('one sign off', 0.05),
    level('two signs off', 0.02),
    level('one holds the other', 0.01),
    level('same start', 0.03),
    level('same end', 0.01),
    level('initial', 0.01),
    level('another sign', 0.03),
    level('differs', 0.1),
  ]
  readonly differs = 7
  readonly isCheap = false
  private readonly outlines: Outlines
  private readonly spelling: Spelling
  private readonly dictionary: readonly string[]
  private readonly signs: Int32Array
  /** Place of the sign that parts an electronic address; −1 in other codes. */
  private readonly at: Int32Array

  private readonly areModels: boolean

  /** @param areModels with another sign in it, or only begun alike, a code is the next of a series (own-codes.ts) */
  constructor(field: Field, areModels = false) {
    this.areModels = areModels
    this.dictionary = field.dictionary
    this.signs = Int32Array.from(field.dictionary, lettersOf)
    this.at = Int32Array.from(field.dictionary, (code) => code.indexOf('@'))
    this.outlines = new Outlines(field.dictionary, (code) => code.includes('@') || code.includes(' '))
    this.spelling = new Spelling(field.dictionary, this.outlines)
  }

  plainlyDiffer(u: number, v: number): boolean {
    const { outlines } = this
    if (outlines.isEitherSpecial(u, v) || outlines.lengthOf(u) === 1 || outlines.lengthOf(v) === 1) return false
    const onlyA = outlines.lettersOnlyIn(u, v)
    const onlyB = outlines.lettersOnlyIn(v, u)
    // More than two edits apart, and neither can hold the other.
    if ((onlyA <= 2 && onlyB <= 2) || onlyA === 0 || onlyB === 0) return false
    return outlines.sameStartMost(u, v) < 2 && outlines.sameEndMost(u, v) < 3
  }

  levelOf(u: number, v: number): number {
    const a = this.spelling.of(u, 0)
    const b = this.spelling.of(v, 1)
    const shorter = Math.min(a.length, b.length)
    // A middle initial, a class: one sign is soon another one, and may stand for the word.
    if (shorter === 1) return a.length === b.length ? 6 : a[0] === b[0] && !isDigit(a[0]) ? 5 : 7
    // Signs only one of them has cost an edit each.
    const onlyA = bitsOf(this.signs[u] & ~this.signs[v])
    const onlyB = bitsOf(this.signs[v] & ~this.signs[u])
    const edits = onlyA > 2 || onlyB > 2 ? 3 : editDistance(a, b, 2)
    if (this.areModels && a.length === b.length && onlyA + onlyB > 0) return 7
    if (edits <= 1 && shorter >= 3) return 0
    if (edits === 2 && shorter >= 7) return 1
    const { dictionary } = this
    // One that lacks a sign of the other does not hold it.
    if (shorter >= 4 && a.length !== b.length && (onlyA === 0 || onlyB === 0)) {
      const [x, y] = [dictionary[u], dictionary[v]]
      if (x.includes(y) || y.includes(x)) return 2
    }
    const longer = Math.max(a.length, b.length)
    let start = 0
    while (start < shorter && a[start] === b[start]) start++
    // The outlines were looked at already: most codes have no such sign, and its places need not be fetched.
    if (this.outlines.isEitherSpecial(u, v) && (this.at[u] >= 0 || this.at[v] >= 0)) {
      const [x, y] = [dictionary[u], dictionary[v]]
      const at = this.at[u]
      if (at > 2 && x.slice(0, at) === y.slice(0, this.at[v])) return 3
      // The part after @ is shared by strangers; the part before it is the person's.
      const [p, q] = [codePoints(x.split('@')[0]), codePoints(y.split('@')[0])]
      if (editDistance(p, q, 2) <= 2 && Math.min(p.length, q.length) >= 5) return 1
      return 7
    }
    // A maker begins all its models alike.
    if (this.areModels) return 7
    if (start >= 2 && start * 2 >= longer) return 3
    let end = 0
    while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
    return end >= 3 && end * 2 >= longer ? 4 : 7
  }
}

export class DateLevels implements DistinctLevels {
  readonly levels = [
    level('one digit off', 0.04),
    level('day and month swapped', 0.01),
    level('parts known agree', 0.02),
    level('same year and month', 0.02),
    level('same month and day', 0.02),
    level('two digits off', 0.01),
    level('same year and day', 0.01),
    level('same year', 0.02),
    level('a year apart', 0.01),
    level('within ten years', 0.01),
    level('differs', 0.01),
  ]
  readonly differs = 10
  readonly isCheap = true
  /** Four bits for each digit of year, month and day: 0x19500131; UNREAD for a date that could not be read. */
  private readonly dates: Int32Array
  private readonly dictionary: readonly string[]

  constructor(field: Field) {
    this.dates = Int32Array.from(field.dictionary, (text) =>
      text[0] === '~' ? UNREAD : Number.parseInt(text.replaceAll('-', ''), 16),
    )
    this.dictionary = field.dictionary
  }

  plainlyDiffer(): boolean {
    return false
  }

  levelOf(u: number, v: number): number {
    const [x, y] = [this.dates[u], this.dates[v]]
    if (x === UNREAD || y === UNREAD) {
      const edits = editDistance(digitsOf(this.dictionary[u]), digitsOf(this.dictionary[v]), 2)
      return edits <= 1 ? 0 : edits === 2 ? 5 : 10
    }
    const different = x ^ y
    const areOfYear = different >>> 16 === 0
    const areOfMonth = (different & 0xff00) === 0
    const areOfDay = (different & 0xff) === 0
    const isPartial = (x & 0xff00) === 0 || (y & 0xff00) === 0 || (x & 0xff) === 0 || (y & 0xff) === 0
    if (isPartial) {
      const months = areOfMonth || (x & 0xff00) === 0 || (y & 0xff00) === 0
      return areOfYear && months ? 2 : byYears(x, y)
    }
    const slips = slipsOf(x, y)
    if (slips === 1) return 0
    if (areOfYear && ((x >>> 8) & 0xff) === (y & 0xff) && (x & 0xff) === ((y >>> 8) & 0xff)) return 1
    if (areOfYear && areOfMonth) return 3
    if (areOfMonth && areOfDay) return 4
    if (slips === 2) return 5
    return areOfYear && areOfDay ? 6 : byYears(x, y)
  }
}

const UNREAD = -1

/** The levels that look at nothing but the years. */
function byYears(x: number, y: number): number {
  const gap = Math.abs(yearOf(x) - yearOf(y))
  return gap === 0 ? 7 : gap === 1 ? 8 : gap <= 10 ? 9 : 10
}

function yearOf(date: number): number {
  return 1000 * (date >>> 28) + 100 * ((date >>> 24) & 15) + 10 * ((date >>> 20) & 15) + ((date >>> 16) & 15)
}

function digitsOf(date: string): Int32Array {
  return codePoints(date.replace(/[-~]/g, ''))
}

/** Digits that differ, two neighbours changed round counting once; from three on it does not matter how many. */
function slipsOf(x: number, y: number): number {
  const different = x ^ y
  // The lowest bit of each digit that differs.
  const digits = (different | (different >>> 1) | (different >>> 2) | (different >>> 3)) & 0x11111111
  const slips = bitsOf(digits)
  if (slips !== 2) return Math.min(slips, 3)
  const low = 31 - Math.clz32(digits & -digits)
  const high = 31 - Math.clz32(digits)
  const isSwap =
    high === low + 4 && ((x >>> low) & 15) === ((y >>> high) & 15) && ((x >>> high) & 15) === ((y >>> low) & 15)
  return isSwap ? 1 : 2
}

export class OtherLevels implements DistinctLevels {
  readonly levels = [level('differs', 0.05)]
  readonly differs = 0
  readonly isCheap = true

  plainlyDiffer(): boolean {
    return true
  }

  levelOf(): number {
    return 0
  }
}
