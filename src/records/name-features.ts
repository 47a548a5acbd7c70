/**
 * NameFeatures: what comparison and blocking need of each distinct name, as columns over the shared memory.
 *
 * Indexed by name number. Filled once by src/normalise/name-features.ts, a range of names by each thread; read by
 * blocking (hashes) and by src/matching/compare/name.ts. Hashes are made from content, never from numbers: 0 = none.
 */
import {
  type ArrayOf,
  ELEMENT_BYTES,
  type ElementType,
  openPiece,
  type Piece,
  type SharedMemory,
} from './shared-memory.ts'
import type { TextDictionary } from './text-dictionary.ts'

/** Characters of a name that are held inline; longer names are compared as texts. */
export const INLINE_CHARACTERS = 4

const FEATURES = {
  /** NAME_KIND: 0 blank, 1 Han, 2 dotted, 3 Latin, 4 placeholder, 5 damaged. */
  kind: ['u8', 1],
  /** Characters without separators, at most 255. */
  length: ['u8', 1],
  surnameLength: ['u8', 1],
  /** 1 = a character is lost. */
  lost: ['u8', 1],
  /** Standard forms of the characters, toneless syllables, fuzzy sounds: first four, 0 beyond the end. */
  classes: ['i32', INLINE_CHARACTERS],
  sounds: ['u16', INLINE_CHARACTERS],
  fuzzySounds: ['u16', INLINE_CHARACTERS],
  /** Folded spelling without separators, 64 bits in two words. */
  exactHash: ['i32', 1],
  exactHash2: ['i32', 1],
  /** Standard forms. */
  variantHash: ['i32', 1],
  /** Toneless syllables, fuzzy sounds of the whole name. */
  soundHash: ['i32', 1],
  fuzzySoundHash: ['i32', 1],
  /** Standard forms of the surname; of the given name (first token of a dotted name). */
  surnameHash: ['i32', 1],
  givenHash: ['i32', 1],
  surnameSoundHash: ['i32', 1],
  givenSoundHash: ['i32', 1],
  /** Standard forms in any order. */
  sortedCharsHash: ['i32', 1],
  /** Dotted and Latin names: tokens in respelled form. */
  firstTokenHash: ['i32', 1],
  secondTokenHash: ['i32', 1],
} as const satisfies Record<string, readonly [ElementType, number]>

type Feature = keyof typeof FEATURES
export type NameFeaturePieces = { readonly [F in Feature]: Piece<(typeof FEATURES)[F][0]> }
type FeatureArrays = { readonly [F in Feature]: ArrayOf<(typeof FEATURES)[F][0]> }

const FEATURE_NAMES = Object.keys(FEATURES) as Feature[]

/** Reserves features for name numbers up to `entriesMax`. */
export function reserveNameFeatures(memory: SharedMemory, entriesMax: number): NameFeaturePieces {
  const pieces: Partial<Record<Feature, Piece>> = {}
  for (const feature of FEATURE_NAMES) {
    const [type, width] = FEATURES[feature]
    pieces[feature] = memory.reserve(type, (entriesMax + 1) * width)
  }
  return pieces as NameFeaturePieces
}

/** Bytes that reserveNameFeatures will take. */
export function nameFeatureBytes(entriesMax: number): number {
  return FEATURE_NAMES.reduce((sum, feature) => {
    const [type, width] = FEATURES[feature]
    return sum + (entriesMax + 1) * width * ELEMENT_BYTES[type] + 64
  }, 0)
}

export class NameFeatures implements FeatureArrays {
  readonly kind: Uint8Array
  readonly length: Uint8Array
  readonly surnameLength: Uint8Array
  readonly lost: Uint8Array
  readonly classes: Int32Array
  readonly sounds: Uint16Array
  readonly fuzzySounds: Uint16Array
  readonly exactHash: Int32Array
  readonly exactHash2: Int32Array
  readonly variantHash: Int32Array
  readonly soundHash: Int32Array
  readonly fuzzySoundHash: Int32Array
  readonly surnameHash: Int32Array
  readonly givenHash: Int32Array
  readonly surnameSoundHash: Int32Array
  readonly givenSoundHash: Int32Array
  readonly sortedCharsHash: Int32Array
  readonly firstTokenHash: Int32Array
  readonly secondTokenHash: Int32Array
  /** The names themselves: long names are compared as texts. */
  readonly names: TextDictionary

  constructor(memory: WebAssembly.Memory, pieces: NameFeaturePieces, names: TextDictionary) {
    this.kind = openPiece(memory, pieces.kind)
    this.length = openPiece(memory, pieces.length)
    this.surnameLength = openPiece(memory, pieces.surnameLength)
    this.lost = openPiece(memory, pieces.lost)
    this.classes = openPiece(memory, pieces.classes)
    this.sounds = openPiece(memory, pieces.sounds)
    this.fuzzySounds = openPiece(memory, pieces.fuzzySounds)
    this.exactHash = openPiece(memory, pieces.exactHash)
    this.exactHash2 = openPiece(memory, pieces.exactHash2)
    this.variantHash = openPiece(memory, pieces.variantHash)
    this.soundHash = openPiece(memory, pieces.soundHash)
    this.fuzzySoundHash = openPiece(memory, pieces.fuzzySoundHash)
    this.surnameHash = openPiece(memory, pieces.surnameHash)
    this.givenHash = openPiece(memory, pieces.givenHash)
    this.surnameSoundHash = openPiece(memory, pieces.surnameSoundHash)
    this.givenSoundHash = openPiece(memory, pieces.givenSoundHash)
    this.sortedCharsHash = openPiece(memory, pieces.sortedCharsHash)
    this.firstTokenHash = openPiece(memory, pieces.firstTokenHash)
    this.secondTokenHash = openPiece(memory, pieces.secondTokenHash)
    this.names = names
  }
}

/** What a worker needs to build or read features of a range of names. */
export type NameFeatureArrays = NameFeatures
