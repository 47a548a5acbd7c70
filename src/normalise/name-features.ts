/**
 * Features of distinct names: text → columns of src/records/name-features.ts, a range of names by each thread.
 *
 * Computed once per distinct name, so that comparing two names is comparing integers. Hashes are made from content.
 */
import { INLINE_CHARACTERS, type NameFeatures } from '../records/name-features.ts'
import type { TextDictionary } from '../records/text-dictionary.ts'
import { WILDCARD } from './characters.ts'
import { analyseName, NAME_KIND } from './name.ts'

/** Fills the features of name numbers [from, to). */
export function buildNameFeatures(names: TextDictionary, from: number, to: number, into: NameFeatures): void {
  for (let name = Math.max(1, from); name < to; name++) {
    if (names.length(name) === 0) continue
    const parts = analyseName(names.text(name))
    const { codes, classes, sounds, fuzzySounds, surnameLength, tokenEnds, kind } = parts
    into.kind[name] = kind
    into.length[name] = Math.min(255, codes.length)
    into.surnameLength[name] = surnameLength
    into.lost[name] = codes.includes(WILDCARD) ? 1 : 0
    for (let i = 0; i < INLINE_CHARACTERS; i++) {
      into.codes[name * INLINE_CHARACTERS + i] = codes[i] ?? 0
      into.classes[name * INLINE_CHARACTERS + i] = classes[i] ?? 0
      into.sounds[name * INLINE_CHARACTERS + i] = sounds[i] ?? 0
      into.fuzzySounds[name * INLINE_CHARACTERS + i] = fuzzySounds[i] ?? 0
    }
    if (kind === NAME_KIND.blank || kind === NAME_KIND.placeholder) continue
    const n = codes.length
    into.exactHash[name] = hashRange(codes, 0, n, 1)
    into.exactHash2[name] = hashRange(codes, 0, n, 2)
    into.variantHash[name] = hashRange(classes, 0, n, 3)
    into.soundHash[name] = hashSounds(sounds, classes, 0, n, 4)
    into.fuzzySoundHash[name] = hashSounds(fuzzySounds, classes, 0, n, 5)
    if (surnameLength > 0) {
      into.surnameHash[name] = hashRange(classes, 0, surnameLength, 6)
      into.surnameSoundHash[name] = hashSounds(fuzzySounds, classes, 0, surnameLength, 7)
      if (n > surnameLength) {
        into.givenHash[name] = hashRange(classes, surnameLength, n, 8)
        into.givenSoundHash[name] = hashSounds(fuzzySounds, classes, surnameLength, n, 9)
      }
    }
    into.sortedCharsHash[name] = hashRange([...classes].sort((a, b) => a - b), 0, n, 10)
    if (tokenEnds.length > 1) {
      const tokens = tokenEnds.map((end, t) => hashRange(classes, t === 0 ? 0 : tokenEnds[t - 1], end, 11))
      into.firstTokenHash[name] = tokens[0]
      into.secondTokenHash[name] = tokens[1]
      into.bagHash[name] = hashRange([...tokens].sort((a, b) => a - b), 0, tokens.length, 12)
      into.givenHash[name] = tokens[0]
      into.givenSoundHash[name] = hashSounds(fuzzySounds, classes, 0, tokenEnds[0], 9)
    } else if (kind !== NAME_KIND.han || n >= 5) into.firstTokenHash[name] = hashRange(classes, 0, Math.min(n, 3), 13)
  }
}

/** A character without a reading stands for itself, never for silence. */
function hashSounds(sounds: readonly number[], classes: readonly number[], from: number, to: number, salt: number): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = from; i < to; i++) h = Math.imul(h ^ (sounds[i] === 0 ? classes[i] + 0x10000 : sounds[i]), 0x01000193)
  return finish(h)
}

function hashRange(codes: readonly number[], from: number, to: number, salt: number): number {
  let h = 0x811c9dc5 ^ salt
  for (let i = from; i < to; i++) h = Math.imul(Math.imul(h ^ codes[i], 0x01000193), 0x85ebca6b) ^ (h >>> 13)
  return finish(h)
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
