/**
 * Features of distinct names: text → columns of src/records/name-features.ts, a range of names by each thread.
 *
 * Computed once per distinct name, so that comparing two names is comparing integers. Plain names go the fast way
 * (plain-name.ts), all others by analyseName. Hashes are made from content; 0 = none.
 */
import {
  COMPARED,
  COMPARED_WORDS,
  HEAD,
  INLINE_CHARACTERS,
  KEYED,
  KEYED_WORDS,
  LAST_OF_TOKEN,
  LONG_LINE_MAX,
  type NameFeatures,
  packHead,
} from '../records/name-features.ts'
import type { TextDictionary } from '../records/text-dictionary.ts'
import { respellingOf, WILDCARD } from './characters.ts'
import { analyseName, NAME_KIND, type NameParts, PET, type Pet } from './name.ts'
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
  writeCharacters(NAME_KIND.han, false, plain.length, plain, name, into)
  // Tokens stay 0 as they were reserved: most names have none.
}

function writeParts(parts: NameParts, name: number, into: NameFeatures): void {
  const { codes, classes, fuzzySounds, tokenEnds, kind } = parts
  writeCharacters(kind, codes.includes(WILDCARD), codes.length, parts, name, into)
  into.compared[name * COMPARED_WORDS + COMPARED.long] = writeLongLine(parts, into)
  if (kind === NAME_KIND.blank || kind === NAME_KIND.placeholder) {
    clearHashes(name, into)
    return
  }
  const at = name * KEYED_WORDS
  const { keyed } = into
  if (tokenEnds.length > 1) {
    const tokens = tokenEnds.map((end, t) => hashRange(classes, t === 0 ? 0 : tokenEnds[t - 1], end, SALT.token))
    keyed[at + KEYED.firstToken] = tokens[0]
    keyed[at + KEYED.secondToken] = tokens[1]
    keyed[at + KEYED.given] = tokens[0]
    keyed[at + KEYED.givenSound] = hashSounds(fuzzySounds, classes, 0, tokenEnds[0], SALT.givenSound)
  } else if (kind !== NAME_KIND.han || codes.length >= LONG)
    keyed[at + KEYED.firstToken] = hashRange(classes, 0, Math.min(codes.length, 3), SALT.start)
}

/**
 * Writes the characters of a name that does not fit its line, for src/matching/compare/token-names.ts.
 * @returns where; 0 for a name that fits, one of letters, and one of characters or lengths that half-words cannot hold
 */
function writeLongLine({ kind, classes, sounds, tokenEnds }: NameParts, into: NameFeatures): number {
  const length = classes.length
  if (kind === NAME_KIND.latin || length > LONG_LINE_MAX || (length <= INLINE_CHARACTERS && tokenEnds.length < 2))
    return 0
  const whole = classes.map(respellingOf)
  if (whole.some((code) => code > 0xffff)) return 0
  const { long } = into
  const at = into.takeLongLine(length)
  long[at] = length | (tokenEnds.length << 8)
  long.set(whole, at + 1)
  long.set(sounds, at + 1 + length)
  for (const end of tokenEnds) long[at + length + end] |= LAST_OF_TOKEN
  return at
}

type Numbers = ArrayLike<number>

interface Characters {
  readonly codes: Numbers
  readonly classes: Numbers
  readonly sounds: Numbers
  readonly fuzzySounds: Numbers
  readonly surnameLength: number
  readonly isRespelled: boolean
  readonly pet: Pet
}

function writeCharacters(
  kind: number,
  lost: boolean,
  length: number,
  { codes, classes, sounds, fuzzySounds, surnameLength, isRespelled, pet }: Characters,
  name: number,
  into: NameFeatures,
): void {
  const { compared, keyed } = into
  const at = name * COMPARED_WORDS
  const bits =
    (lost ? HEAD.lost : 0) |
    (isRespelled ? HEAD.respelled : 0) |
    (pet === PET.whole ? HEAD.petName : pet === PET.given ? HEAD.petGiven : 0)
  compared[at] = packHead(kind, length, surnameLength, bits)
  compared[at + COMPARED.exact] = hashRange(codes, 0, length, SALT.exact)
  compared[at + COMPARED.exact2] = hashRange(codes, 0, length, SALT.exact2)
  compared[at + COMPARED.variant] = hashRange(classes, 0, length, SALT.variant)
  compared[at + COMPARED.bag] = hashBag(classes, length)
  for (let i = 0; i < INLINE_CHARACTERS; i++) compared[at + COMPARED.classes + i] = i < length ? classes[i] : 0
  for (let i = 0; i < INLINE_CHARACTERS; i += 2) {
    compared[at + COMPARED.sounds + (i >> 1)] = twoSounds(sounds, i, length)
    compared[at + COMPARED.fuzzySounds + (i >> 1)] = twoSounds(fuzzySounds, i, length)
  }
  const kt = name * KEYED_WORDS
  keyed[kt + KEYED.sound] = hashSounds(sounds, classes, 0, length, SALT.sound)
  keyed[kt + KEYED.fuzzySound] = hashSounds(fuzzySounds, classes, 0, length, SALT.fuzzySound)
  const hasSurname = surnameLength > 0
  keyed[kt + KEYED.surname] = hasSurname ? hashRange(classes, 0, surnameLength, SALT.surname) : 0
  keyed[kt + KEYED.surnameSound] = hasSurname
    ? hashSounds(fuzzySounds, classes, 0, surnameLength, SALT.surnameSound)
    : 0
  const hasGiven = hasSurname && length > surnameLength
  keyed[kt + KEYED.given] = hasGiven ? hashRange(classes, surnameLength, length, SALT.given) : 0
  keyed[kt + KEYED.givenSound] = hasGiven ? hashSounds(fuzzySounds, classes, surnameLength, length, SALT.givenSound) : 0
}

/** Sounds of characters i and i + 1 in one word; 0 beyond the end. */
function twoSounds(sounds: Numbers, i: number, length: number): number {
  return (i < length ? sounds[i] : 0) | (i + 1 < length ? sounds[i + 1] << 16 : 0)
}

function clearHashes(name: number, into: NameFeatures): void {
  const at = name * COMPARED_WORDS
  for (const word of [COMPARED.exact, COMPARED.exact2, COMPARED.variant, COMPARED.bag]) into.compared[at + word] = 0
  into.keyed.fill(0, name * KEYED_WORDS, (name + 1) * KEYED_WORDS)
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
