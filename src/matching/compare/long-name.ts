/**
 * Names in their parts → NAME_LEVEL: long, dotted, damaged and Latin names; and, as the plain judge, names of any kind.
 *
 * In:  NameParts (src/normalise/name.ts). What comparing asks of one name alone is made once (LongName), since a name is
 * met again and again. Short Han names have a way of their own (name.ts), which this one judges in the tests.
 */
import { areLookAlikes, respellingOf, syllableText, WILDCARD } from '../../normalise/characters.ts'
import { analyseName, NAME_KIND, type NameParts, PET, respelledParts } from '../../normalise/name.ts'
import { INLINE_CHARACTERS } from '../../records/name-features.ts'
import { NAME_LEVEL } from './levels.ts'

/** 小琴 for 柳琼琴: an affectionate first character before one of the given name. */
export const NICKNAME_STARTS: ReadonlySet<number | undefined> = new Set(Array.from('小阿老', (c) => c.codePointAt(0)))

/** 琴儿, 涛子, 强娃, 梅妹: the same behind it, with or without the surname in front (何桐妹 for 何语桐). */
export const NICKNAME_ENDS: ReadonlySet<number | undefined> = new Set(
  Array.from('儿子娃妹崽仔伢囡妞哥姐', (c) => c.codePointAt(0)),
)

/** 老王: before a surname. (小王 is a pet name already, whatever it stands for.) */
export const SURNAME_START = '老'.charCodeAt(0)

/** A name's parts, and what comparing makes of them. */
export interface LongName {
  readonly parts: NameParts
  readonly isLost: boolean
  /** Characters by their respelling classes; the same in any order; each token of them. */
  readonly whole: readonly number[]
  readonly inOrder: readonly number[]
  readonly tokens: readonly (readonly number[])[]
  /** Sounds and fuzzy sounds, silent characters as themselves (negative); fuzzy sounds of each token. */
  readonly sounds: readonly number[]
  readonly fuzzy: readonly number[]
  readonly soundTokens: readonly (readonly number[])[]
}

export function longName(parts: NameParts): LongName {
  const { classes, codes, tokenEnds } = parts
  const whole = classes.map(respellingOf)
  const audible = (sounds: readonly number[]): number[] =>
    sounds.map((sound, i) => (sound === 0 ? -respellingOf(classes[i]) : sound))
  const fuzzy = audible(parts.fuzzySounds)
  return {
    parts,
    isLost: codes.includes(WILDCARD),
    whole,
    inOrder: sorted(whole),
    tokens: cutAt(whole, tokenEnds),
    sounds: audible(parts.sounds),
    fuzzy,
    soundTokens: cutAt(fuzzy, tokenEnds),
  }
}

/** The plain judge: two names as texts. */
export function compareNamesSlow(textA: string, textB: string): number {
  return compareLongNames(longName(analyseName(textA)), longName(analyseName(textB)))
}

/** Two names of any kind and length. */
function compareLongNames(a: LongName, b: LongName): number {
  const [one, other] = [a.parts, b.parts]
  if (one.kind === NAME_KIND.blank || other.kind === NAME_KIND.blank) return NAME_LEVEL.missing
  if (one.kind === NAME_KIND.placeholder || other.kind === NAME_KIND.placeholder)
    return saysSurname(one) && saysSurname(other) && !surnamesAgree(one, other)
      ? NAME_LEVEL.different
      : NAME_LEVEL.missing
  const lost = a.isLost || b.isLost
  if (same(one.codes, other.codes)) return lost ? NAME_LEVEL.dropped : NAME_LEVEL.exact
  if (same(one.classes, other.classes)) return lost ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  // A transliterated name has no given name whose last character a Han name could be short for: the two must begin alike.
  const isPlain = one.kind === NAME_KIND.han && other.kind === NAME_KIND.han && one.isRespelled === other.isRespelled
  const level = (isPlain && areInline(one, other)) || resemble(a, b) ? compareResembling(a, b) : NAME_LEVEL.different
  const isPetName = one.pet === PET.whole || other.pet === PET.whole
  const isPetGiven = one.pet === PET.given || other.pet === PET.given
  return levelOfPets(level, isPetName, isPetGiven)
}

/** 王某 is nobody's name, but a 王 it is; nor is a pet name or a transliterated one begun by a surname. */
function saysSurname({ kind, surnameLength, pet, isRespelled }: NameParts): boolean {
  if (surnameLength === 0 || isRespelled) return false
  return kind === NAME_KIND.han ? pet !== PET.whole : kind === NAME_KIND.placeholder && pet === PET.given
}

function surnamesAgree(a: NameParts, b: NameParts): boolean {
  return charactersAgree(a.classes[0], a.fuzzySounds[0], b.classes[0], b.fuzzySounds[0])
}

/** What somebody is called at home is no other name than the one in the book: it says nothing of that. */
export function levelOfPets(level: number, isPetName: boolean, isPetGiven: boolean): number {
  if (level < NAME_LEVEL.surnameEqual || !(isPetName || (isPetGiven && level === NAME_LEVEL.surnameEqual))) return level
  return NAME_LEVEL.missing
}

/** Two names that are not the same, and of which it is known that they resemble each other. */
export function compareResembling(a: LongName, b: LongName): number {
  const [one, other] = [a.parts, b.parts]
  if ((one.kind === NAME_KIND.latin) !== (other.kind === NAME_KIND.latin))
    return one.kind === NAME_KIND.latin ? compareLetters(one, other) : compareLetters(other, one)
  if (one.tokenEnds.length > 1 || other.tokenEnds.length > 1 || !areInline(one, other)) return compareTokens(a, b)
  if (a.isLost || b.isLost) return compareLost(one, other)
  if (one.isRespelled === other.isRespelled) return compareInline(one, other)
  return one.isRespelled ? compareInline(one, respelledParts(other)) : compareInline(respelledParts(one), other)
}

function compareInline(a: NameParts, b: NameParts): number {
  return a.codes.length === b.codes.length ? comparePositions(a, b) : compareLengths(a, b)
}

function areInline(a: NameParts, b: NameParts): boolean {
  return Math.max(a.codes.length, b.codes.length) <= INLINE_CHARACTERS
}

/** What mayResemble (name.ts) looks up, from the characters themselves. */
function resemble(a: LongName, b: LongName): boolean {
  const [one, other] = [a.parts, b.parts]
  if (one.kind === NAME_KIND.latin || other.kind === NAME_KIND.latin) return true
  const firstTwo = ({ tokens }: LongName): readonly (readonly number[])[] =>
    tokens.length > 1 ? tokens.slice(0, 2) : []
  if (firstTwo(a).some((token) => firstTwo(b).some((third) => same(token, third)))) return true
  if (same(sorted(one.classes), sorted(other.classes))) return true
  return [0, 1].some((i) =>
    [0, 1].some((k) =>
      charactersAgree(one.classes[i] ?? 0, one.fuzzySounds[i], other.classes[k] ?? 0, other.fuzzySounds[k]),
    ),
  )
}

export function charactersAgree(classA: number, fuzzyA: number, classB: number, fuzzyB: number): boolean {
  if (classA === 0 || classB === 0) return false
  if (classA === WILDCARD || classB === WILDCARD || respellingOf(classA) === respellingOf(classB)) return true
  return fuzzyA !== 0 && fuzzyA === fuzzyB
}

/** 小琴, 琴琴, 琴儿, 琴子, 柳琴妹 and 琴 alone for 柳琼琴; seldom by the other character, 小琼. */
function isNicknameOf(nick: readonly number[], full: readonly number[]): boolean {
  if (nick.length === 3) return nick[0] === full[0] && NICKNAME_ENDS.has(nick[2]) && full.slice(1).includes(nick[1])
  if (nick.length > 3 || full.length < 2) return false
  const given = full.slice(1)
  const [first, last = first] = nick
  return given.includes(last)
    ? first === last || NICKNAME_STARTS.has(first)
    : NICKNAME_ENDS.has(last) && given.includes(first)
}

/** 老王 or 王 for 王建国: neighbours know the surname, and no more is said. */
function isSurnameOf(nick: readonly number[], full: readonly number[]): boolean {
  if (full.length < 2) return false
  return nick.length === 1 ? nick[0] === full[0] : nick.length === 2 && nick[0] === SURNAME_START && nick[1] === full[0]
}

function comparePositions(a: NameParts, b: NameParts): number {
  const at = a.classes.map((_, i) => i).filter((i) => a.classes[i] !== b.classes[i])
  const surname = Math.max(a.surnameLength, b.surnameLength)
  const inSurname = at.filter((i) => i < surname).length
  if (at.every((i) => a.sounds[i] !== 0 && a.sounds[i] === b.sounds[i])) return NAME_LEVEL.homophone
  if (at.length === 1 && areLookAlikes(a.classes[at[0]], b.classes[at[0]])) return NAME_LEVEL.nearShape
  const notFuzzy = at.filter((i) => a.fuzzySounds[i] === 0 || a.fuzzySounds[i] !== b.fuzzySounds[i])
  const isShape = notFuzzy.length === 1 && areLookAlikes(a.classes[notFuzzy[0]], b.classes[notFuzzy[0]])
  if (notFuzzy.length === 0 || isShape) return NAME_LEVEL.fuzzySound
  if (at.length === 2 && same(sorted(a.classes), sorted(b.classes))) return NAME_LEVEL.swapped
  if (a.classes.length >= 3 && at.length === 1 && inSurname === 0) return NAME_LEVEL.oneOther
  if (inSurname > 0 && at.length === inSurname && a.classes.length > surname) return NAME_LEVEL.givenEqual
  if (isNicknameOf(a.classes, b.classes) || isNicknameOf(b.classes, a.classes)) return NAME_LEVEL.oneOther
  if (isSurnameOf(a.classes, b.classes) || isSurnameOf(b.classes, a.classes)) return NAME_LEVEL.missing
  return inSurname === 0 && surname > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

function compareLengths(a: NameParts, b: NameParts): number {
  const [long, short] = a.classes.length > b.classes.length ? [a, b] : [b, a]
  // Of two characters the first alone is a surname and says nothing of the rest.
  if (long.classes.length - short.classes.length === 1)
    for (let drop = short.classes.length >= 2 ? long.classes.length - 1 : 0; drop >= 0; drop--)
      if (same([...long.classes.slice(0, drop), ...long.classes.slice(drop + 1)], short.classes))
        return drop === 0 ? NAME_LEVEL.givenEqual : NAME_LEVEL.dropped
  if (isNicknameOf(short.classes, long.classes)) return NAME_LEVEL.oneOther
  if (isSurnameOf(short.classes, long.classes)) return NAME_LEVEL.missing
  const surname = Math.max(1, Math.min(a.surnameLength, b.surnameLength))
  return same(a.classes.slice(0, surname), b.classes.slice(0, surname)) ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

/** A lost character agrees with anything in its place, and with its sound where that is known. */
function compareLost(a: NameParts, b: NameParts): number {
  if (a.classes.length !== b.classes.length) return compareLengths(a, b)
  let known = 0
  for (let i = 0; i < a.classes.length; i++) {
    if (a.classes[i] === WILDCARD || b.classes[i] === WILDCARD) {
      if (a.sounds[i] !== 0 && b.sounds[i] !== 0 && a.sounds[i] !== b.sounds[i]) return NAME_LEVEL.surnameEqual
      continue
    }
    if (a.classes[i] !== b.classes[i]) return i === 0 ? NAME_LEVEL.different : NAME_LEVEL.surnameEqual
    known++
  }
  return known > 0 ? NAME_LEVEL.dropped : NAME_LEVEL.missing
}

/** Dotted and long names: tokens in any order; a missing patronymic and a cut end are tolerated. */
function compareTokens(a: LongName, b: LongName): number {
  // A short name beside a long one is transliterated too, though it does not show it alone: 沙马 / 沙马·里几.
  if (same(a.whole, b.whole)) return a.isLost ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  const lengths = a.whole.length - b.whole.length
  // Of two names of one length either may be the short one: what follows says the same of both.
  const [long, short] = lengths > 0 ? [a, b] : [b, a]
  const ts = short.tokens
  const tl = long.tokens
  if (Math.max(ts.length, tl.length) > 1 && isReordered(a, b)) return NAME_LEVEL.swapped
  if (lengths === 0 && same(a.sounds, b.sounds)) return NAME_LEVEL.homophone
  if (short.whole.length >= 2 && startsWith(long.whole, short.whole)) return NAME_LEVEL.dropped
  // Whole tokens found again, whatever their order: 名·父名 against 名.
  const found = tokensFound(ts, tl)
  if (found === ts.length) return NAME_LEVEL.dropped
  // The same by sound: 迪力夏提·司马义 / 地力夏提.
  if (tokensFound(short.soundTokens, long.soundTokens) === ts.length)
    return ts.length === tl.length ? NAME_LEVEL.fuzzySound : NAME_LEVEL.dropped
  const distance = editDistance(a.whole, b.whole)
  const longest = long.whole.length
  if (distance === 1 && longest >= 3) return NAME_LEVEL.oneOther
  if (lengths === 0 && same(a.fuzzy, b.fuzzy)) return NAME_LEVEL.fuzzySound
  if (longest >= 6 && distance <= 2) return NAME_LEVEL.oneOther
  // The same given name with another father's name, or the other way round.
  return found > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

/** How many tokens have a counterpart of their own among others: of 玉努斯·玉努斯 in 玉努斯·铁木尔 one. */
function tokensFound(tokens: readonly (readonly number[])[], others: readonly (readonly number[])[]): number {
  const left = [...others]
  let found = 0
  for (const token of tokens) {
    const k = left.findIndex((other) => same(token, other))
    if (k < 0) continue
    left.splice(k, 1)
    found++
  }
  return found
}

/** The same characters in another order; of letters only whole words, since most words share most letters. */
function isReordered(a: LongName, b: LongName): boolean {
  if (a.parts.kind !== NAME_KIND.latin) return same(a.inOrder, b.inOrder)
  const words = (tokens: readonly (readonly number[])[]): string => tokens.map(String).sort().join(' ')
  return words(a.tokens) === words(b.tokens)
}

/** ZHANG WEI or WEI ZHANG for 张伟: the letters may be the other name's sound. */
function compareLetters(latin: NameParts, han: NameParts): number {
  const letters = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll('yu', 'v')
      .replace(/[^a-z]/g, '')
  const sounds = han.sounds.map(syllableText)
  if (sounds.includes('')) return NAME_LEVEL.different
  const written = letters(latin.spelling)
  const surname = sounds.slice(0, han.surnameLength).join('')
  const given = sounds.slice(han.surnameLength).join('')
  const reads = written === letters(surname + given) || written === letters(given + surname)
  return reads ? NAME_LEVEL.homophone : NAME_LEVEL.different
}

/** The values in pieces that end where `ends` says. */
function cutAt(values: readonly number[], ends: readonly number[]): number[][] {
  return ends.map((end, t) => values.slice(t === 0 ? 0 : ends[t - 1], end))
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && startsWith(a, b)
}

function startsWith(long: readonly number[], short: readonly number[]): boolean {
  for (let i = 0; i < short.length; i++) if (long[i] !== short[i]) return false
  return true
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((x, y) => x - y)
}

/** Levenshtein distance over code points. */
function editDistance(a: readonly number[], b: readonly number[]): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]
      row[j] = Math.min(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.length]
}
