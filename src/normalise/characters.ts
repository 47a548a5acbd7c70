/**
 * What is known of one character: its toneless syllable, its fuzzy sound, its standard form, what looks like it.
 *
 * In: code points. Out: small integers. Loads the generated tables once (some 20 ms) into flat arrays for
 * U+3400–9FFF and maps for the rest. Characters without a reading have sound 0, which never agrees with anything.
 */
import { LOOK_ALIKES } from './tables/look-alikes.generated.ts'
import { OTHER_SOUNDS, SYLLABLES, URO_SOUNDS } from './tables/sounds.generated.ts'
import { VARIANTS } from './tables/variants.generated.ts'
import { RESPELLING_GROUPS, VARIANT_GROUPS } from './variants.ts'

export const FLAT_FIRST = 0x3400
const FLAT_LAST = 0x9fff
const FLAT_LENGTH = FLAT_LAST - FLAT_FIRST + 1

/** An unreadable or lost character. */
export const WILDCARD = 0xfffd

const syllables: readonly string[] = ['', ...SYLLABLES.split(' ')]
const syllableNumbers: ReadonlyMap<string, number> = new Map(syllables.map((syllable, index) => [syllable, index]))
const fuzzyBySound = Uint16Array.from(syllables, () => 0)

const flatSounds = new Uint16Array(FLAT_LENGTH)
const otherSounds = new Map<number, number>()
/** Standard form of each character of the flat range, itself where it is its own. */
const flatVariants = new Int32Array(FLAT_LENGTH)
const otherVariants = new Map<number, number>()
const respellings = new Map<number, number>()

/** Open addressing over pairs of characters; 0 = free. Characters of the flat range only. */
const LOOK_ALIKE_SLOTS = 1 << 18
const lookAlikes = new Int32Array(LOOK_ALIKE_SLOTS)

/** Toneless syllable, 1…; 0 unknown. */
export function soundOf(code: number): number {
  const at = code - FLAT_FIRST
  if (at >= 0 && at < FLAT_LENGTH) return flatSounds[at]
  return otherSounds.get(code) ?? 0
}

/** Sounds that are easily mistaken for one another share a number: z/zh c/ch s/sh n/l/r in/ing en/eng an/ang f/hu. */
export function fuzzySoundOf(sound: number): number {
  return fuzzyBySound[sound]
}

/** The standard form of a character: 陳 → 陈, 闫 → 阎, itself otherwise. */
export function variantOf(code: number): number {
  const at = code - FLAT_FIRST
  if (at >= 0 && at < FLAT_LENGTH) return flatVariants[at]
  return otherVariants.get(code) ?? code
}

/** The character that stands for a respelling class in transliterated names: 麦 → 买. */
export function respellingOf(variant: number): number {
  return respellings.get(variant) ?? variant
}

/** True when one is easily written for the other. Standard forms in, symmetric. */
export function areLookAlikes(a: number, b: number): boolean {
  const left = (a < b ? a : b) - FLAT_FIRST
  const right = (a < b ? b : a) - FLAT_FIRST
  if (left < 0 || right >= FLAT_LENGTH) return false
  const key = (left << 15) | right
  let i = Math.imul(key, 0x9e3779b1) >>> 14
  for (;;) {
    const entry = lookAlikes[i]
    if (entry === key) return true
    if (entry === 0) return false
    i = (i + 1) & (LOOK_ALIKE_SLOTS - 1)
  }
}

/** The number of a toneless syllable (ü written v), 0 if there is none such. */
export function syllableNumber(syllable: string): number {
  return syllableNumbers.get(syllable) ?? 0
}

/** The syllable of a number: 'zhang'; '' for 0. */
export function syllableText(sound: number): string {
  return syllables[sound]
}

/** The fuzzy form of a syllable: zhang → zan, huang → fan, ling → lin. */
export function fuzzySyllable(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr](?=[a-z])/, 'l')
    .replace(/^hu$/, 'fu')
    .replace(/^huo$/, 'fo')
    .replace(/^hui$/, 'fei')
    .replace(/^hun$/, 'fen')
    .replace(/^hu(?=[ae])/, 'f')
    .replace(/([aei])ng$/, '$1n')
}

function load(): void {
  const fuzzyNumbers = new Map<string, number>()
  for (let sound = 1; sound < syllables.length; sound++) {
    const fuzzy = fuzzySyllable(syllables[sound])
    let number = fuzzyNumbers.get(fuzzy)
    if (number === undefined) fuzzyNumbers.set(fuzzy, (number = fuzzyNumbers.size + 1))
    fuzzyBySound[sound] = number
  }

  for (let at = 0; at < FLAT_LENGTH; at++) flatVariants[at] = at + FLAT_FIRST
  const setVariant = (code: number, standard: number): void => {
    if (code >= FLAT_FIRST && code <= FLAT_LAST) flatVariants[code - FLAT_FIRST] = standard
    else otherVariants.set(code, standard)
  }
  const pairs = codePoints(VARIANTS)
  for (let k = 0; k + 1 < pairs.length; k += 2) setVariant(pairs[k], pairs[k + 1])
  // A group may name a character whose standard form the generated table knows: the group's first stands for both.
  const standards = new Map<number, number>()
  for (const group of VARIANT_GROUPS) {
    const [first, ...others] = codePoints(group)
    for (const other of others) if (other !== first) standards.set(other, first)
  }
  for (const [code, standard] of standards) setVariant(code, variantOf(standard))
  for (let at = 0; at < FLAT_LENGTH; at++) flatVariants[at] = standards.get(flatVariants[at]) ?? flatVariants[at]
  for (const [code, standard] of otherVariants) otherVariants.set(code, standards.get(standard) ?? standard)

  for (let k = 0; k < URO_SOUNDS.length; k++) flatSounds[0x4e00 - FLAT_FIRST + k] = URO_SOUNDS.charCodeAt(k) - 0x100
  const others = codePoints(OTHER_SOUNDS)
  for (let k = 0; k + 1 < others.length; k += 2) {
    const code = others[k]
    const sound = others[k + 1] - 0x100
    if (code >= FLAT_FIRST && code <= FLAT_LAST) flatSounds[code - FLAT_FIRST] = sound
    else otherSounds.set(code, sound)
  }
  // A rare form without a reading of its own is read as its standard form.
  for (let at = 0; at < FLAT_LENGTH; at++) if (flatSounds[at] === 0) flatSounds[at] = soundOf(flatVariants[at])
  for (const [code, standard] of otherVariants) if (!otherSounds.has(code)) otherSounds.set(code, soundOf(standard))

  for (const group of RESPELLING_GROUPS) {
    const [first, ...rest] = codePoints(group)
    for (const other of rest) if (!respellings.has(other)) respellings.set(other, respellings.get(first) ?? first)
  }

  for (const row of LOOK_ALIKES.split(' ')) {
    const left = row.charCodeAt(0) - FLAT_FIRST
    for (let k = 1; k < row.length; k++) {
      const key = (left << 15) | (row.charCodeAt(k) - FLAT_FIRST)
      let i = Math.imul(key, 0x9e3779b1) >>> 14
      while (lookAlikes[i] !== 0) i = (i + 1) & (LOOK_ALIKE_SLOTS - 1)
      lookAlikes[i] = key
    }
  }
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) as number)
}

load()
