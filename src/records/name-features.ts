/**
 * NameFeatures: what comparison and blocking need of each distinct name, in two lines of words over the shared memory.
 *
 * Indexed by name number. Filled once by src/normalise/name-features.ts, a range of names by each thread; read by
 * blocking (hashes) and by src/matching/compare/name.ts. Hashes are made from content, never from numbers: 0 = none.
 *
 * Names are met in no order, so what is read together lies together: a name is one cache line for comparing and half a
 * one for keys, instead of a dozen columns with a miss in each.
 *
 *   compared  0: kind | length << 8 | surname length << 16 | HEAD bits   1, 2: exact   3: variant   4–7: classes
 *             8, 9: sounds, two a word   10, 11: fuzzy sounds, two a word   12: characters in any order
 *             13: where the name's long line begins, 0 none   14, 15: unused
 *   long      of a dotted, long or damaged name, in half-words: characters | tokens << 8, then the respelling class of each
 *             character, then its sound with LAST_OF_TOKEN where a token ends
 *   keyed     0: sound   1: fuzzy sound   2: surname   3: surname sound   4: given name   5: its sound   6, 7: tokens
 */
import { openPiece, type Piece, type SharedMemory } from './shared-memory.ts'
import type { TextDictionary } from './text-dictionary.ts'

/** Half-words at the beginning of `long`: how many are taken. Offset 0 is nobody's. */
const LONG_HEAD = 2
/** Bit of a sound in a long line: the character is the last of its token. */
export const LAST_OF_TOKEN = 0x8000
/** Most characters of a long line: they are ticked off in the bits of a word. */
export const LONG_LINE_MAX = 31

/** Characters of a name that are held inline; longer names are compared as texts. */
export const INLINE_CHARACTERS = 4

/** Words a name in `compared`: 64 bytes. */
export const COMPARED_WORDS = 16
/** Words a name in `keyed`. */
export const KEYED_WORDS = 8

export const COMPARED = {
  head: 0,
  exact: 1,
  exact2: 2,
  variant: 3,
  classes: 4,
  sounds: 8,
  fuzzySounds: 10,
  bag: 12,
  long: 13,
}
export const KEYED = {
  sound: 0,
  fuzzySound: 1,
  surname: 2,
  surnameSound: 3,
  given: 4,
  givenSound: 5,
  firstToken: 6,
  secondToken: 7,
}

/**
 * Bits of a head: a character is lost; classes and sounds are those of respelling classes; the name, or the name behind
 * the surname, is what somebody is called at home.
 */
export const HEAD = { lost: 1 << 24, respelled: 1 << 25, petName: 1 << 26, petGiven: 1 << 27 } as const

export interface NameFeaturePieces {
  readonly compared: Piece<'i32'>
  readonly keyed: Piece<'i32'>
  /** A buffer of its own: pages that no long name touches cost nothing. */
  readonly long: SharedArrayBuffer
}

/**
 * Reserves features for name numbers up to `entriesMax`.
 * @param unitsMax UTF-16 units of all the names together, at most
 */
export function reserveNameFeatures(memory: SharedMemory, entriesMax: number, unitsMax: number): NameFeaturePieces {
  return {
    compared: memory.reserve('i32', (entriesMax + 1) * COMPARED_WORDS),
    keyed: memory.reserve('i32', (entriesMax + 1) * KEYED_WORDS),
    // Two half-words a character and one a name; even, so that the head can be added to as a word.
    long: new SharedArrayBuffer((LONG_HEAD + (entriesMax + 1) * 2 + unitsMax * 2) * 2),
  }
}

/** Bytes that reserveNameFeatures will take. */
export function nameFeatureBytes(entriesMax: number): number {
  return (entriesMax + 1) * (COMPARED_WORDS + KEYED_WORDS) * 4 + 128
}

export class NameFeatures {
  /** For other threads. */
  readonly pieces: NameFeaturePieces
  readonly compared: Int32Array
  readonly keyed: Int32Array
  /** Long lines, one after another: see above. */
  readonly long: Uint16Array
  private readonly longTaken: Int32Array
  /** The names themselves: long names are compared as texts. */
  readonly names: TextDictionary

  constructor(memory: WebAssembly.Memory, pieces: NameFeaturePieces, names: TextDictionary) {
    this.pieces = pieces
    this.compared = openPiece(memory, pieces.compared)
    this.keyed = openPiece(memory, pieces.keyed)
    this.long = new Uint16Array(pieces.long)
    this.longTaken = new Int32Array(pieces.long, 0, 1)
    this.names = names
  }

  /** Room for the long line of a name of so many characters; other threads may ask at the same time. */
  takeLongLine(characters: number): number {
    const halfWords = 1 + characters * 2
    const at = LONG_HEAD + Atomics.add(this.longTaken, 0, halfWords)
    if (at + halfWords > this.long.length) throw new RangeError('no room for the lines of long names')
    return at
  }

  /** NAME_KIND: 0 blank, 1 Han, 2 dotted, 3 Latin, 4 placeholder, 5 damaged. */
  kind(name: number): number {
    return kindOf(this.compared[name * COMPARED_WORDS])
  }

  /** Characters without separators, at most 255. */
  length(name: number): number {
    return lengthOf(this.compared[name * COMPARED_WORDS])
  }

  /** Whether a character is lost. */
  isLost(name: number): boolean {
    return isLost(this.compared[name * COMPARED_WORDS])
  }

  /** Whether somebody is called so at home (小妹, 慧儿). */
  isPetName(name: number): boolean {
    return (this.compared[name * COMPARED_WORDS] & HEAD.petName) !== 0
  }

  /** Standard forms of the characters. */
  variantHash(name: number): number {
    return this.compared[name * COMPARED_WORDS + COMPARED.variant]
  }

  /** Standard forms in any order. */
  sortedCharsHash(name: number): number {
    return this.compared[name * COMPARED_WORDS + COMPARED.bag]
  }

  /** Toneless syllables. */
  soundHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.sound]
  }

  /** Fuzzy sounds of the whole name. */
  fuzzySoundHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.fuzzySound]
  }

  /** Standard forms of the surname. */
  surnameHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.surname]
  }

  surnameSoundHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.surnameSound]
  }

  /** Standard forms of the given name; of a dotted name, its first token. */
  givenHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.given]
  }

  givenSoundHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.givenSound]
  }

  /** Dotted and Latin names: tokens in respelled form. */
  firstTokenHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.firstToken]
  }

  secondTokenHash(name: number): number {
    return this.keyed[name * KEYED_WORDS + KEYED.secondToken]
  }
}

/** @param bits of HEAD */
export function packHead(kind: number, length: number, surnameLength: number, bits: number): number {
  return kind | (Math.min(255, length) << 8) | (surnameLength << 16) | bits
}

/** What stands in the head word of a name: NAME_KIND, characters, characters of the surname, whether characters were lost. */
export function kindOf(head: number): number {
  return head & 255
}

export function lengthOf(head: number): number {
  return (head >>> 8) & 255
}

export function surnameLengthOf(head: number): number {
  return (head >>> 16) & 255
}

export function isLost(head: number): boolean {
  return (head & HEAD.lost) !== 0
}

/** Sound of inline character i: two to a word from `at`. */
export function soundAt(compared: Int32Array, at: number, i: number): number {
  return (compared[at + (i >> 1)] >>> ((i & 1) << 4)) & 0xffff
}
