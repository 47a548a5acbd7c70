/**
 * Dotted and long names in their tokens → NAME_LEVEL, on the long lines of src/records/name-features.ts.
 *
 * In:  two name numbers. Out: what compareTokens of long-name.ts says of them, which judges this one in the tests; here
 * nothing is analysed, sorted or allocated for a pair.
 */
import { fuzzySoundOf, respellingOf } from '../../normalise/characters.ts'
import { NAME_KIND } from '../../normalise/name.ts'
import {
  COMPARED,
  COMPARED_WORDS,
  INLINE_CHARACTERS,
  isLost,
  kindOf,
  LAST_OF_TOKEN,
  lengthOf,
  LONG_LINE_MAX,
  type NameFeatures,
  soundAt,
} from '../../records/name-features.ts'
import { NAME_LEVEL } from './levels.ts'

/** What is said of a pair that only the texts can tell apart. */
export const ASK_TEXTS = -1

/** Edits that matter; more of them are as many as one likes. */
const EDITS_MAX = 2
/** A name as lines of characters and sounds: a view of its long line, or a copy of a short name. */
interface Tokens {
  codes: Uint16Array
  /** Where its characters begin in `codes`; its sounds follow them. */
  at: number
  length: number
  tokens: number
}

/** Two names are looked at, at a time; a worker does nothing else meanwhile. */
const ONE: Tokens = { codes: new Uint16Array(0), at: 0, length: 0, tokens: 0 }
const OTHER: Tokens = { codes: new Uint16Array(0), at: 0, length: 0, tokens: 0 }
const COPY_ONE = new Uint16Array(2 * INLINE_CHARACTERS)
const COPY_OTHER = new Uint16Array(2 * INLINE_CHARACTERS)
const EDITS = new Uint8Array(LONG_LINE_MAX + 1)

/**
 * The level of two names that resemble each other, at least one of them in several tokens or longer than a line holds.
 * ASK_TEXTS for names of letters, for two that both fit their lines, and for characters that half-words cannot hold.
 */
export function compareTokenNames(f: NameFeatures, a: number, b: number): number {
  const { compared } = f
  const headA = compared[a * COMPARED_WORDS]
  const headB = compared[b * COMPARED_WORDS]
  if (compared[a * COMPARED_WORDS + COMPARED.long] === 0 && compared[b * COMPARED_WORDS + COMPARED.long] === 0)
    return ASK_TEXTS
  if (kindOf(headA) === NAME_KIND.latin || kindOf(headB) === NAME_KIND.latin) return ASK_TEXTS
  if (!open(f, a, ONE, COPY_ONE) || !open(f, b, OTHER, COPY_OTHER)) return ASK_TEXTS
  // Asked where all characters agree: what is lost in one is lost in both.
  return compareTokens(ONE, OTHER, isLost(headA))
}

/** False where the name has no line that holds it. */
function open(f: NameFeatures, name: number, into: Tokens, copy: Uint16Array): boolean {
  const { compared, long } = f
  const line = name * COMPARED_WORDS
  const at = compared[line + COMPARED.long]
  if (at !== 0) {
    into.codes = long
    into.at = at + 1
    into.length = long[at] & 0xff
    into.tokens = long[at] >>> 8
    return true
  }
  const length = lengthOf(compared[line])
  if (length > INLINE_CHARACTERS) return false
  for (let i = 0; i < length; i++) {
    const code = respellingOf(compared[line + COMPARED.classes + i])
    if (code > 0xffff) return false
    copy[i] = code
    copy[length + i] = soundAt(compared, line + COMPARED.sounds, i)
  }
  copy[2 * length - 1] |= LAST_OF_TOKEN
  into.codes = copy
  into.at = 0
  into.length = length
  into.tokens = 1
  return true
}

/** As compareTokens of long-name.ts, line by line. */
function compareTokens(a: Tokens, b: Tokens, lost: boolean): number {
  const lengths = a.length - b.length
  const long = lengths > 0 ? a : b
  const short = lengths > 0 ? b : a
  const begins = startsWith(long, short)
  if (begins && lengths === 0) return lost ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  if (Math.max(a.tokens, b.tokens) > 1 && lengths === 0 && isReordered(a, b)) return NAME_LEVEL.swapped
  if (lengths === 0 && soundsAgree(a, b, false)) return NAME_LEVEL.homophone
  if (begins && short.length >= 2) return NAME_LEVEL.dropped
  const found = tokensFound(short, long, false)
  if (found === short.tokens) return NAME_LEVEL.dropped
  if (tokensFound(short, long, true) === short.tokens)
    return short.tokens === long.tokens ? NAME_LEVEL.fuzzySound : NAME_LEVEL.dropped
  const distance = editDistance(long, short)
  if (distance === 1 && long.length >= 3) return NAME_LEVEL.oneOther
  if (lengths === 0 && soundsAgree(a, b, true)) return NAME_LEVEL.fuzzySound
  if (long.length >= 6 && distance <= EDITS_MAX) return NAME_LEVEL.oneOther
  // The same given name with another father's name, or the other way round.
  return found > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

function startsWith(long: Tokens, short: Tokens): boolean {
  for (let i = 0; i < short.length; i++) if (long.codes[long.at + i] !== short.codes[short.at + i]) return false
  return true
}

/** The same characters in any order, of two names of one length: those of the second are ticked off, a bit each. */
function isReordered(a: Tokens, b: Tokens): boolean {
  const { length } = a
  let taken = 0
  for (let i = 0; i < length; i++) {
    const code = a.codes[a.at + i]
    let k = 0
    while (k < length && (b.codes[b.at + k] !== code || (taken & (1 << k)) !== 0)) k++
    if (k === length) return false
    taken |= 1 << k
  }
  return true
}

/** Whether character i of one sounds like character k of the other; silent ones only if they are the same. */
function soundAgrees(a: Tokens, i: number, b: Tokens, k: number, isFuzzy: boolean): boolean {
  let soundA = a.codes[a.at + a.length + i] & ~LAST_OF_TOKEN
  let soundB = b.codes[b.at + b.length + k] & ~LAST_OF_TOKEN
  if (isFuzzy) {
    soundA = fuzzySoundOf(soundA)
    soundB = fuzzySoundOf(soundB)
  }
  return soundA === soundB && (soundA !== 0 || a.codes[a.at + i] === b.codes[b.at + k])
}

/** Of two names of one length. */
function soundsAgree(a: Tokens, b: Tokens, isFuzzy: boolean): boolean {
  for (let i = 0; i < a.length; i++) if (!soundAgrees(a, i, b, i, isFuzzy)) return false
  return true
}

/** Where the token that begins at character `from` ends. */
function tokenEnd({ codes, at, length }: Tokens, from: number): number {
  let end = from
  while (end < length && (codes[at + length + end] & LAST_OF_TOKEN) === 0) end++
  return end + 1
}

/** Tokens of the short name that have a counterpart of their own in the long one: the same, or of the same fuzzy sounds. */
function tokensFound(short: Tokens, long: Tokens, bySound: boolean): number {
  let found = 0
  let taken = 0
  for (let from = 0; from < short.length; ) {
    const end = tokenEnd(short, from)
    const at = findToken(long, taken, short, from, end, bySound)
    if (at >= 0) {
      taken |= 1 << at
      found++
    }
    from = end
  }
  return found
}

/** Where the name has the token, among the beginnings of tokens that are not taken (a bit each); −1 nowhere. */
function findToken(name: Tokens, taken: number, other: Tokens, from: number, end: number, bySound: boolean): number {
  for (let start = 0; start < name.length; ) {
    const stop = tokenEnd(name, start)
    const isFree = (taken & (1 << start)) === 0
    if (isFree && stop - start === end - from && tokensAgree(name, start, other, from, end - from, bySound))
      return start
    start = stop
  }
  return -1
}

function tokensAgree(a: Tokens, i: number, b: Tokens, k: number, length: number, bySound: boolean): boolean {
  for (let n = 0; n < length; n++)
    if (bySound ? !soundAgrees(a, i + n, b, k + n, true) : a.codes[a.at + i + n] !== b.codes[b.at + k + n]) return false
  return true
}

/** Levenshtein distance over characters, as far as EDITS_MAX; one more stands for all beyond. */
function editDistance(long: Tokens, short: Tokens): number {
  const n = long.length
  const m = short.length
  if (n - m > EDITS_MAX) return EDITS_MAX + 1
  for (let j = 0; j <= m; j++) EDITS[j] = j
  for (let i = 1; i <= n; i++) {
    const code = long.codes[long.at + i - 1]
    let diagonal = EDITS[0]
    let least = i
    EDITS[0] = i
    for (let j = 1; j <= m; j++) {
      const above = EDITS[j]
      const changed = diagonal + (code === short.codes[short.at + j - 1] ? 0 : 1)
      const edits = Math.min(above + 1, EDITS[j - 1] + 1, changed)
      EDITS[j] = edits
      if (edits < least) least = edits
      diagonal = above
    }
    if (least > EDITS_MAX) return EDITS_MAX + 1
  }
  return Math.min(EDITS[m], EDITS_MAX + 1)
}
