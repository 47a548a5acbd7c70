/**
 * The fast way for plain names: two to four everyday Han characters, which nearly all names of a county are. Where one of
 * them may belong to a placeholder (李新, 未取名) or to a transliterated name (艾桂芝, 艾山江), that is asked here too.
 *
 * In: a name's text. Out: true and the parts in flat arrays, or false for a name that needs the slow way
 * (analyseName in name.ts), which is also the judge of this one: both must give the same parts.
 */
import { FLAT_FIRST, fuzzySoundOf, respellingOf, soundOf, syllableNumber, variantOf } from './characters.ts'
import { PET, type Pet, petOf } from './name.ts'
import { COMPOUND_SURNAMES, PET_NAME_SIGNS, PLACEHOLDER_NAME, SURNAME_READINGS } from './surnames.ts'
import { RESPELLED_STARTS } from './variants.ts'

const LONGEST = 4
const BASIC_FIRST = 0x4e00
const BASIC_LAST = 0x9fff

/** Parts of one name, reused for one name after another. */
export class PlainParts {
  length = 0
  surnameLength = 0
  isRespelled = false
  pet: Pet = PET.none
  readonly codes = new Int32Array(LONGEST)
  readonly classes = new Int32Array(LONGEST)
  readonly sounds = new Int32Array(LONGEST)
  readonly fuzzySounds = new Int32Array(LONGEST)
}

const MAY_BE_PLACEHOLDER = 1
const MAY_BE_RESPELLED = 2
const MAY_BE_COMPOUND = 4
const MAY_BE_PET = 8
/** What to look at more closely, by character (by standard form for the last two, which are asked of the first). */
const marks = new Uint8Array(BASIC_LAST - FLAT_FIRST + 1)
/** Reading of one-character surnames; 0 = as usual. */
const surnameSounds = new Uint16Array(BASIC_LAST - FLAT_FIRST + 1)
const compounds = new Set<number>()
/** The first two characters of transliterated names, by their respelling classes. */
const respelledStarts = new Set<number>()
const compoundSounds = new Map<number, readonly number[]>()

/** Every placeholder of surnames.ts holds one of these. */
const PLACEHOLDER_SIGNS = '未暂尚没无不空待佚匿测新婴孩宝毛某姓之知拒'

export function readPlainName(text: string, into: PlainParts): boolean {
  const n = text.length
  if (n < 2 || n > LONGEST) return false
  const { codes, classes, sounds, fuzzySounds } = into
  let marked = 0
  for (let i = 0; i < n; i++) {
    const code = text.charCodeAt(i)
    if (code < BASIC_FIRST || code > BASIC_LAST) return false
    const at = code - FLAT_FIRST
    marked |= marks[at]
    const variant = variantOf(code)
    // 娜娜: only at the end does a character stand twice in a pet name.
    if (i === n - 1 && code === codes[i - 1]) marked |= MAY_BE_PET
    codes[i] = code
    classes[i] = variant
    const sound = soundOf(variant)
    sounds[i] = sound
    fuzzySounds[i] = fuzzySoundOf(sound)
  }
  if ((marked & MAY_BE_PLACEHOLDER) !== 0 && PLACEHOLDER_NAME.test(text)) return false
  into.isRespelled = n >= 3 && (marked & MAY_BE_RESPELLED) !== 0 && respell(into, n)
  const first = classes[0] - FLAT_FIRST
  if (first < 0 || first >= marks.length) return false
  const mark = marks[first]
  into.length = n
  into.surnameLength = 1
  into.pet = PET.none
  if (n >= 3 && (mark & MAY_BE_COMPOUND) !== 0) {
    const key = pairKey(classes[0], classes[1])
    if (compounds.has(key)) {
      into.surnameLength = 2
      const reading = compoundSounds.get(key)
      if (reading !== undefined) setSounds(into, reading)
      if ((marked & MAY_BE_PET) !== 0) into.pet = petOf(text, 2)
      return true
    }
  }
  if ((marked & MAY_BE_PET) !== 0) into.pet = petOf(text, 1)
  const sound = surnameSounds[first]
  if (sound !== 0) {
    sounds[0] = sound
    fuzzySounds[0] = fuzzySoundOf(sound)
  }
  return true
}

/** A transliterated name is known by its first two characters; each of its characters stands for all respellings. */
function respell({ classes, sounds, fuzzySounds }: PlainParts, n: number): boolean {
  if (!respelledStarts.has(pairKey(respellingOf(classes[0]), respellingOf(classes[1])))) return false
  for (let i = 0; i < n; i++) {
    classes[i] = respellingOf(classes[i])
    const sound = soundOf(classes[i])
    sounds[i] = sound
    fuzzySounds[i] = fuzzySoundOf(sound)
  }
  return true
}

function setSounds(into: PlainParts, reading: readonly number[]): void {
  for (let i = 0; i < reading.length; i++) {
    into.sounds[i] = reading[i]
    into.fuzzySounds[i] = fuzzySoundOf(reading[i])
  }
}

function pairKey(first: number, second: number): number {
  return first * 0x20000 + second
}

function load(): void {
  for (const sign of PLACEHOLDER_SIGNS) marks[sign.charCodeAt(0) - FLAT_FIRST] |= MAY_BE_PLACEHOLDER
  for (const sign of PET_NAME_SIGNS) marks[sign.charCodeAt(0) - FLAT_FIRST] |= MAY_BE_PET
  const starts = new Set<number>()
  for (const start of RESPELLED_STARTS) {
    const first = respellingOf(variantOf(start.charCodeAt(0)))
    starts.add(first)
    respelledStarts.add(pairKey(first, respellingOf(variantOf(start.charCodeAt(1)))))
  }
  for (let at = 0; at < marks.length; at++)
    if (starts.has(respellingOf(variantOf(at + FLAT_FIRST)))) marks[at] |= MAY_BE_RESPELLED
  for (const surname of COMPOUND_SURNAMES) {
    const first = variantOf(surname.charCodeAt(0))
    compounds.add(pairKey(first, variantOf(surname.charCodeAt(1))))
    marks[first - FLAT_FIRST] |= MAY_BE_COMPOUND
  }
  for (const [surname, reading] of Object.entries(SURNAME_READINGS)) {
    const sounds = reading.split(' ').map(syllableNumber)
    if (surname.length === 1) surnameSounds[surname.charCodeAt(0) - FLAT_FIRST] = sounds[0]
    else compoundSounds.set(pairKey(surname.charCodeAt(0), surname.charCodeAt(1)), sounds)
  }
}

load()
