/**
 * Names: text → folded spelling and its parts (tokens, surname, characters, sounds).
 *
 * In:  a name as written. Out: `foldName` = standard form for "the same name", `analyseName` = everything the
 *      comparison looks at. This is the slow, obvious way; src/normalise/name-features.ts does the same for a whole
 *      dictionary of names and uses this one for every name that is not two to four plain characters.
 * How far two names agree is src/matching/compare/name.ts.
 */
import { foldCell } from './cell-text.ts'
import { fuzzySoundOf, respellingOf, soundOf, syllableNumber, variantOf, WILDCARD } from './characters.ts'
import { isPrivateUse, officialCodePoint } from './private-use.ts'
import {
  COMPOUND_SURNAMES,
  PET_GIVEN_NAME,
  PET_NAME,
  PLACEHOLDER_NAME,
  SURNAME_READINGS,
  UNNAMED_GIVEN,
} from './surnames.ts'
import { RESPELLED_STARTS } from './variants.ts'

export const NAME_KIND = { blank: 0, han: 1, dotted: 2, latin: 3, placeholder: 4, damaged: 5 } as const
type NameKind = (typeof NAME_KIND)[keyof typeof NAME_KIND]

/** Whether a name is what somebody is called at home, as a whole or behind the surname; of a placeholder, that it has a surname (王某). */
export const PET = { none: 0, whole: 1, given: 2 } as const
export type Pet = (typeof PET)[keyof typeof PET]

export interface NameParts {
  readonly kind: NameKind
  /** Folded spelling, tokens parted by ·, lost characters U+FFFD. Keeps traditional and variant characters. */
  readonly spelling: string
  /** Code points of the spelling without separators. */
  readonly codes: readonly number[]
  /** Standard form of each; in transliterated names the character of its respelling class. */
  readonly classes: readonly number[]
  /** Toneless syllable of each, surnames by their own reading; 0 unknown. */
  readonly sounds: readonly number[]
  readonly fuzzySounds: readonly number[]
  /** Whether `classes` and sounds are those of respelling classes. */
  readonly isRespelled: boolean
  readonly pet: Pet
  /** Characters of the surname; 0 where none is known (dotted, Latin and long names). */
  readonly surnameLength: number
  /** Where each token ends, counted in `codes`. One token unless dotted or Latin. */
  readonly tokenEnds: readonly number[]
}

const SEPARATORS = /[·•‧・∙●.。,、\-‐‑‒–—―_﹒▪⋅/\\|]+/gu
const LOST = /[?□■○◇◯☐▢〓�*＊￮]/gu
const HAN = /\p{Script=Han}/u

const compounds: ReadonlySet<string> = new Set(COMPOUND_SURNAMES.map(standardForm))
const readings: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries(SURNAME_READINGS).map(([surname, reading]) => [surname, reading.split(' ').map(syllableNumber)]),
)
const respelledStarts: ReadonlySet<string> = new Set(RESPELLED_STARTS.map((start) => respell(start)))

/** Standard form: spelling folded, variants and respellings by the character that stands for them. */
export function foldName(text: string): string {
  const { spelling, classes, tokenEnds } = analyseName(text)
  if (tokenEnds.length === 0) return spelling
  let start = 0
  return tokenEnds
    .map((end) => {
      const token = String.fromCodePoint(...classes.slice(start, end))
      start = end
      return token
    })
    .join('·')
}

/** Width, blanks, separators, private-use and lost characters folded; variant characters kept. */
export function foldSpelling(text: string): string {
  return isPlainSpelling(text) ? foldDots(text) : foldAnySpelling(text)
}

/** Everyday Han characters and the dots between them: nothing to fold but the dots. */
function isPlainSpelling(text: string): boolean {
  let hasHan = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x4e00 && code <= 0x9fff) hasHan = true
    else if (code !== MIDDLE_DOT) return false
  }
  return hasHan
}

const MIDDLE_DOT = 0xb7

/** The long way, which every spelling could go: the judge of foldSpelling. */
export function foldAnySpelling(text: string): string {
  let folded = ''
  for (const character of text) folded += String.fromCodePoint(officialCodePoint(character.codePointAt(0) as number))
  folded = foldCell(folded).toUpperCase()
  folded = foldComposed(folded)
  folded = Array.from(folded, (c) => (isPrivateUse(c.codePointAt(0) as number) ? '�' : c))
    .join('')
    .replace(LOST, '�')
  folded = folded.replace(SEPARATORS, '·')
  if (!HAN.test(folded))
    return folded
      .replace(/[\s·]+/g, ' ')
      .trim()
      .replaceAll(' ', '·')
  folded = folded
    .replace(/(?<=[A-Z])\s+(?=[A-Z])/g, '')
    .replace(/\d+/g, '')
    .replace(/[^\p{Script=Han}〇A-Z�·\s]+/gu, '')
  return foldBlanks(folded.replace(/^[·\s]+|[·\s]+$/g, ''))
}

export function analyseName(text: string): NameParts {
  const spelling = foldSpelling(text)
  const bare = spelling.replaceAll('�', '')
  if (bare === '')
    return { ...NOTHING, kind: spelling === '' && text.trim() !== '' ? NAME_KIND.placeholder : NAME_KIND.blank }
  const kind = kindOf(spelling)
  const tokens = spelling.split('·').map((token) => lettersOf(token, kind))
  const letters = tokens.flat()
  const tokenEnds: number[] = []
  let end = 0
  for (const token of tokens) tokenEnds.push((end += token.length))
  const codes = letters.map(({ code }) => code)
  const standard = codes.map(variantOf)
  const respelled = isTransliterated(kind, standard)
  const classes = respelled ? standard.map(respellingOf) : standard
  const surnameLength = surnameLengthOf(kind, classes)
  const sounds = classes.map((code, index) => (code === WILDCARD ? letters[index].sound : soundOf(code)))
  const reading = readings.get(String.fromCodePoint(...classes.slice(0, surnameLength)))
  reading?.forEach((sound, index) => {
    sounds[index] = sound
  })
  const pet =
    kind === NAME_KIND.han
      ? petOf(spelling, surnameLength)
      : kind === NAME_KIND.placeholder && isUnnamed(spelling, surnameLength)
        ? PET.given
        : PET.none
  const fuzzySounds = sounds.map(fuzzySoundOf)
  return {
    kind,
    spelling,
    codes,
    classes,
    sounds,
    fuzzySounds,
    isRespelled: respelled,
    pet,
    surnameLength,
    tokenEnds,
  }
}

/** Of a name of Han characters. */
export function petOf(name: string, surnameLength: number): Pet {
  if (PET_NAME.test(name)) return PET.whole
  return PET_GIVEN_NAME.test(name.slice(surnameLength)) ? PET.given : PET.none
}

/** 王某: a surname, and that the rest is not said. (某某 says nothing at all.) */
function isUnnamed(spelling: string, surnameLength: number): boolean {
  return !spelling.startsWith('某') && UNNAMED_GIVEN.test(spelling.slice(surnameLength))
}

/** A name that does not show alone that it is transliterated, beside one that does: 普哺卓嘎 for 普布卓嘎. */
export function respelledParts(parts: NameParts): NameParts {
  const classes = parts.classes.map(respellingOf)
  const sounds = classes.map((code, index) => (code === WILDCARD ? parts.sounds[index] : soundOf(code)))
  return { ...parts, classes, sounds, fuzzySounds: sounds.map(fuzzySoundOf), isRespelled: true }
}

const NOTHING: NameParts = {
  kind: NAME_KIND.blank,
  spelling: '',
  codes: [],
  classes: [],
  sounds: [],
  fuzzySounds: [],
  isRespelled: false,
  pet: PET.none,
  surnameLength: 0,
  tokenEnds: [],
}

function kindOf(spelling: string): NameKind {
  if (PLACEHOLDER_NAME.test(spelling.replaceAll('·', ''))) return NAME_KIND.placeholder
  if (!HAN.test(spelling)) return NAME_KIND.latin
  if (spelling.includes('·')) return NAME_KIND.dotted
  return /[�A-Z]/.test(spelling) ? NAME_KIND.damaged : NAME_KIND.han
}

/** Characters of a token. Letters among Han characters stand for one lost character, by its sound if it is a syllable. */
function lettersOf(token: string, kind: NameKind): { readonly code: number; readonly sound: number }[] {
  if (kind === NAME_KIND.latin || !/[A-Z]/.test(token))
    return Array.from(token, (c) => ({ code: c.codePointAt(0) as number, sound: 0 }))
  return (token.match(/[A-Z]+|[^A-Z]/gu) ?? []).map((part) =>
    /^[A-Z]+$/.test(part)
      ? { code: WILDCARD, sound: part.length > 1 ? syllableNumber(part.toLowerCase()) : 0 }
      : { code: part.codePointAt(0) as number, sound: 0 },
  )
}

/** A dot in a name of fewer characters is typesetting. */
const DOTTED = 4
/** Names of five characters and more are hardly ever Han surnames with given names. */
const LONG = 5

function isTransliterated(kind: NameKind, standard: readonly number[]): boolean {
  if (kind === NAME_KIND.latin) return false
  if (kind === NAME_KIND.dotted || standard.length >= LONG) return true
  return standard.length >= 3 && respelledStarts.has(String.fromCodePoint(...standard.slice(0, 2).map(respellingOf)))
}

function surnameLengthOf(kind: NameKind, classes: readonly number[]): number {
  if (kind === NAME_KIND.dotted || kind === NAME_KIND.latin) return 0
  if (classes.length >= 3 && compounds.has(String.fromCodePoint(classes[0], classes[1]))) return 2
  return classes.length >= LONG || classes[0] === WILDCARD ? 0 : 1
}

/** (龙天), ⿰龙天 and [龙天] in place of one character; other brackets are remarks. */
function foldComposed(text: string): string {
  return text
    .replace(/[⿰⿱⿴-⿻]+[^⿰-⿻\s]{2}(?:(?<=[⿰⿱⿴-⿻]{2}..).)?/gu, '�')
    .replace(/[⿲⿳][^⿰-⿻\s]{3}/gu, '�')
    .replace(/[([{【〔<《「]([^)\]}】〕>》」]*)[)\]}】〕>》」]?/gu, (whole, inner: string, at: number) => {
      const outside = text.length - whole.length
      const composed = /^\p{Script=Han}[+\s]?\p{Script=Han}{1,2}$/u.test(inner)
      return composed && (outside === 1 || (outside <= 3 && at + whole.length < text.length)) ? '�' : ''
    })
}

/** Blanks part the tokens of a long name; in a short one they are typesetting. Dots in a short name too. */
function foldBlanks(text: string): string {
  const tokens = text.split(/[\s·]+/).filter((token) => token !== '')
  const lengths = tokens.map((token) => (token.match(/[A-Z]+|[^A-Z]/gu) ?? []).length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const least = text.includes('·') ? DOTTED : LONG
  return tokens.join(total >= least && lengths.every((length) => length >= 2) ? '·' : '')
}

/** As foldBlanks, of Han characters and dots. */
function foldDots(text: string): string {
  if (!text.includes('·')) return text
  const tokens = text.split('·').filter((token) => token !== '')
  const total = tokens.reduce((sum, token) => sum + token.length, 0)
  return tokens.join(total >= DOTTED && tokens.every((token) => token.length >= 2) ? '·' : '')
}

function standardForm(text: string): string {
  return Array.from(text, (c) => String.fromCodePoint(variantOf(c.codePointAt(0) as number))).join('')
}

function respell(text: string): string {
  return Array.from(text, (c) => String.fromCodePoint(respellingOf(variantOf(c.codePointAt(0) as number)))).join('')
}
