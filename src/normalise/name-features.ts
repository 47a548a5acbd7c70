/**
 * Features of distinct names: text → columns of src/records/name-features.ts, a range of names by each thread.
 *
 * Computed once per distinct name, so that comparing two names is comparing integers. Plain names go the fast way
 * (plain-name.ts), all others by analyseName. Hashes are made from content; 0 = none.
 */
import { INLINE_CHARACTERS, type NameFeatures } from '../records/name-features.ts'
import type { TextDictionary } from '../records/text-dictionary.ts'
import { WILDCARD } from './characters.ts'
import { analyseName, NAME_KIND, type NameParts } from './name.ts'
import { PlainParts, readPlainName } from './plain-name.ts'

/** Different features of the same characters must not be the same key. */
const SALT = {
  exact: 1,
  exact2: 2,
  variant: 3,
  sound: 4,
  fuzzySound: 5,
  surname: 6,
  surnameSound: 7,
  given: 8,
  givenSound: 9,
  sortedChars: 10,
  token: 11,
  start: 13,
} as const

/** Names of five characters and more: their beginning is a key, since fields cut them off. */
const LONG = 5

/** Fills the features of name numbers [from, to). */
export function buildNameFeatures(names: TextDictionary, from: number, to: number, into: NameFeatures): void {
  const plain = new PlainParts()
  for (let name = Math.max(1, from); name < to; name++) {
    if (names.length(name) === 0) continue
    const text = names.text(name)
    if (readPlainName(text, plain)) writePlain(plain, name, into)
    else writeParts(analyseName(text), name, into)
  }
}

/** The slow way for every name: the judge of buildNameFeatures. */
export function buildNameFeaturesSlowly(names: TextDictionary, from: number, to: number, into: NameFeatures): void {
  for (let name = Math.max(1, from); name < to; name++)
    if (names.length(name) !== 0) writeParts(analyseName(names.text(name)), name, into)
}

function writePlain(plain: PlainParts, name: number, into: NameFeatures): void {
  const { length, surnameLength, codes, classes, sounds, fuzzySounds } = plain
  into.kind[name] = NAME_KIND.han
  into.lost[name] = 0
  writeCharacters(name, length, surnameLength, codes, classes, sounds, fuzzySounds, into)
  // Tokens stay 0 as they were reserved: most names have none, and pages never written cost nothing.
}

function writeParts(parts: NameParts, name: number, into: NameFeatures): void {
  const { codes, classes, sounds, fuzzySounds, surnameLength, tokenEnds, kind } = parts
  into.kind[name] = kind
  into.lost[name] = codes.includes(WILDCARD) ? 1 : 0
  writeCharacters(name, codes.length, surnameLength, codes, classes, sounds, fuzzySounds, into)
  if (kind === NAME_KIND.blank || kind === NAME_KIND.placeholder) {
    clearHashes(name, into)
    return
  }
  if (tokenEnds.length > 1) {
    const tokens = tokenEnds.map((end, t) => hashRange(classes, t === 0 ? 0 : tokenEnds[t - 1], end, SALT.token))
    into.firstTokenHash[name] = tokens[0]
    into.secondTokenHash[name] = tokens[1]
    into.givenHash[name] = tokens[0]
    into.givenSoundHash[name] = hashSounds(fuzzySounds, classes, 0, tokenEnds[0], SALT.givenSound)
  } else if (kind !== NAME_KIND.han || codes.length >= LONG)
    into.firstTokenHash[name] = hashRange(classes, 0, Math.min(codes.length, 3), SALT.start)
}

type Numbers = ArrayLike<number>

function writeCharacters(
  name: number,
  length: number,
  surnameLength: number,
  codes: Numbers,
  classes: Numbers,
  sounds: Numbers,
  fuzzySounds: Numbers,
  into: NameFeatures,
): void {
  into.length[name] = Math.min(255, length)
  into.surnameLength[name] = surnameLength
  const at = name * INLINE_CHARACTERS
  for (let i = 0; i < INLINE_CHARACTERS; i++) {
    const present = i < length
    into.classes[at + i] = present ? classes[i] : 0
    into.sounds[at + i] = present ? sounds[i] : 0
    into.fuzzySounds[at + i] = present ? fuzzySounds[i] : 0
  }
  into.exactHash[name] = hashRange(codes, 0, length, SALT.exact)
  into.exactHash2[name] = hashRange(codes, 0, length, SALT.exact2)
  into.variantHash[name] = hashRange(classes, 0, length, SALT.variant)
  into.soundHash[name] = hashSounds(sounds, classes, 0, length, SALT.sound)
  into.fuzzySoundHash[name] = hashSounds(fuzzySounds, classes, 0, length, SALT.fuzzySound)
  into.sortedCharsHash[name] = hashBag(classes, length)
  const hasSurname = surnameLength > 0
  into.surnameHash[name] = hasSurname ? hashRange(classes, 0, surnameLength, SALT.surname) : 0
  into.surnameSoundHash[name] = hasSurname ? hashSounds(fuzzySounds, classes, 0, surnameLength, SALT.surnameSound) : 0
  const hasGiven = hasSurname && length > surnameLength
  into.givenHash[name] = hasGiven ? hashRange(classes, surnameLength, length, SALT.given) : 0
  into.givenSoundHash[name] = hasGiven ? hashSounds(fuzzySounds, classes, surnameLength, length, SALT.givenSound) : 0
}

function clearHashes(name: number, into: NameFeatures): void {
  into.exactHash[name] = 0
  into.exactHash2[name] = 0
  into.variantHash[name] = 0
  into.soundHash[name] = 0
  into.fuzzySoundHash[name] = 0
  into.sortedCharsHash[name] = 0
  into.surnameHash[name] = 0
  into.surnameSoundHash[name] = 0
  into.givenHash[name] = 0
  into.givenSoundHash[name] = 0
}

/** A character without a reading stands for itself, never for silence. */
function hashSounds(sounds: Numbers, classes: Numbers, from: number, to: number, salt: number): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = from; i < to; i++) h = Math.imul(h ^ (sounds[i] === 0 ? classes[i] + 0x10000 : sounds[i]), 0x01000193)
  return finish(h)
}

function hashRange(codes: Numbers, from: number, to: number, salt: number): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = from; i < to; i++) h = Math.imul(Math.imul(h ^ codes[i], 0x01000193), 0x85ebca6b) ^ (h >>> 13)
  return finish(h)
}

/** The same for every order of the characters: a sum of mixed characters. */
function hashBag(codes: Numbers, length: number): number {
  let sum = Math.imul(length, 0x9e3779b1) ^ SALT.sortedChars
  for (let i = 0; i < length; i++) sum = (sum + finish(Math.imul(codes[i], 0x9e3779b1))) | 0
  return finish(sum)
}

/** Final mix; never 0, which means "none". */
function finish(hash: number): number {
  let h = hash
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h === 0 ? 1 : h
}
