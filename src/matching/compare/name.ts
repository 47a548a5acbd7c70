/**
 * Names: two name numbers → NAME_LEVEL, by characters, sound, shape and form. Symmetric.
 *
 * Han names of up to four characters are compared on inline integers without allocation; longer and dotted names on
 * their tokens. Byte distances and Jaro–Winkler are wrong for two or three characters: each position is its own test.
 */
import { areLookAlikes, respellingOf, syllableText, WILDCARD } from '../../normalise/characters.ts'
import { analyseName, NAME_KIND, type NameParts } from '../../normalise/name.ts'
import {
  COMPARED,
  COMPARED_WORDS,
  INLINE_CHARACTERS,
  isLost,
  kindOf,
  lengthOf,
  type NameFeatures,
  soundAt,
  surnameLengthOf,
} from '../../records/name-features.ts'
import type { AnalysedNames } from './analysed-names.ts'
import { NAME_LEVEL } from './levels.ts'

/** Whether a name is of Han characters, all of them inline: by far the most are. */
export function isShort(head: number): boolean {
  return kindOf(head) === NAME_KIND.han && lengthOf(head) <= INLINE_CHARACTERS
}

/**
 * Two short names, by their lines of features. So little work that remembering the answer would cost more.
 * @param at where the first name's line starts in `f`
 * @param bt and the other's
 */
export function compareShortNames(f: Int32Array, at: number, bt: number): number {
  if (f[at + COMPARED.exact] === f[bt + COMPARED.exact] && f[at + COMPARED.exact2] === f[bt + COMPARED.exact2])
    return isLost(f[at]) ? NAME_LEVEL.dropped : NAME_LEVEL.exact
  if (f[at + COMPARED.variant] === f[bt + COMPARED.variant])
    return isLost(f[at]) ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  const length = lengthOf(f[at])
  return length === lengthOf(f[bt]) ? compareSameLength(f, at, bt, length) : compareOtherLength(f, at, bt)
}

/**
 * Two names of any kind, by their numbers.
 * @param analysed parts of names that are not short, for both
 */
export function compareNames(f: NameFeatures, analysed: AnalysedNames, a: number, b: number): number {
  const { compared } = f
  const at = a * COMPARED_WORDS
  const bt = b * COMPARED_WORDS
  const headA = compared[at]
  const headB = compared[bt]
  if (isShort(headA) && isShort(headB)) return compareShortNames(compared, at, bt)
  const kindA = kindOf(headA)
  const kindB = kindOf(headB)
  if (kindA === NAME_KIND.blank || kindB === NAME_KIND.blank) return NAME_LEVEL.missing
  if (kindA === NAME_KIND.placeholder || kindB === NAME_KIND.placeholder) return NAME_LEVEL.missing
  if (
    compared[at + COMPARED.exact] === compared[bt + COMPARED.exact] &&
    compared[at + COMPARED.exact2] === compared[bt + COMPARED.exact2]
  )
    return isLost(headA) ? NAME_LEVEL.dropped : NAME_LEVEL.exact
  if (compared[at + COMPARED.variant] === compared[bt + COMPARED.variant])
    return isLost(headA) ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  return mayResemble(f, a, b) ? compareParts(analysed.of(a), analysed.of(b)) : NAME_LEVEL.different
}

/**
 * Quick look at two names of which one is long, dotted or damaged: they resemble each other only if one of the first
 * two tokens is shared, or one of the first two characters agrees, at least by sound. Letters are always looked at.
 */
function mayResemble(f: NameFeatures, a: number, b: number): boolean {
  if (f.kind(a) === NAME_KIND.latin || f.kind(b) === NAME_KIND.latin) return true
  const firstA = f.firstTokenHash(a)
  const firstB = f.firstTokenHash(b)
  const secondA = f.secondTokenHash(a)
  const secondB = f.secondTokenHash(b)
  if (firstA !== 0 && (firstA === firstB || firstA === secondB)) return true
  if (firstB !== 0 && firstB === secondA) return true
  if (secondA !== 0 && secondA === secondB) return true
  if (f.sortedCharsHash(a) === f.sortedCharsHash(b)) return true
  const { compared } = f
  const at = a * COMPARED_WORDS
  const bt = b * COMPARED_WORDS
  // Each of the first two with each: a character dropped at the beginning moves the others up.
  for (let i = 0; i < 2; i++)
    for (let k = 0; k < 2; k++) {
      const classA = compared[at + COMPARED.classes + i]
      const classB = compared[bt + COMPARED.classes + k]
      const fuzzyA = soundAt(compared, at + COMPARED.fuzzySounds, i)
      if (charactersAgree(classA, fuzzyA, classB, soundAt(compared, bt + COMPARED.fuzzySounds, k))) return true
    }
  return false
}

function charactersAgree(classA: number, fuzzyA: number, classB: number, fuzzyB: number): boolean {
  if (classA === 0 || classB === 0) return false
  if (classA === WILDCARD || classB === WILDCARD || respellingOf(classA) === respellingOf(classB)) return true
  return fuzzyA !== 0 && fuzzyA === fuzzyB
}

function compareSameLength(f: Int32Array, at: number, bt: number, n: number): number {
  let differ = 0
  let differsAt = 0
  let notSound = 0
  let notFuzzy = 0
  let surnameDiffers = 0
  const surname = Math.max(surnameLengthOf(f[at]), surnameLengthOf(f[bt]))
  for (let i = 0; i < n; i++) {
    if (f[at + COMPARED.classes + i] === f[bt + COMPARED.classes + i]) continue
    differ++
    differsAt = COMPARED.classes + i
    if (i < surname) surnameDiffers++
    const sound = soundAt(f, at + COMPARED.sounds, i)
    if (sound === 0 || sound !== soundAt(f, bt + COMPARED.sounds, i)) {
      notSound++
      const fuzzy = soundAt(f, at + COMPARED.fuzzySounds, i)
      if (fuzzy === 0 || fuzzy !== soundAt(f, bt + COMPARED.fuzzySounds, i)) notFuzzy++
    }
  }
  if (notSound === 0) return NAME_LEVEL.homophone
  if (differ === 1 && areLookAlikes(f[at + differsAt], f[bt + differsAt])) return NAME_LEVEL.nearShape
  if (notFuzzy === 0) return NAME_LEVEL.fuzzySound
  if (differ === 2 && f[at + COMPARED.bag] === f[bt + COMPARED.bag]) return NAME_LEVEL.swapped
  if (n >= 3 && differ === 1 && surnameDiffers === 0) return NAME_LEVEL.oneOther
  if (surnameDiffers > 0 && differ === surnameDiffers && n > surname) return NAME_LEVEL.givenEqual
  if (n === 2 && (isNickname(f, at, bt) || isNickname(f, bt, at))) return NAME_LEVEL.oneOther
  return surnameDiffers === 0 && surname > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

/** 小琴 for 柳琼琴: an affectionate first character before the last character of the given name. */
const NICKNAME_STARTS = new Set(Array.from('小阿老', (c) => c.codePointAt(0)))

function isNickname(f: Int32Array, nick: number, full: number): boolean {
  if (lengthOf(f[nick]) !== 2 || !NICKNAME_STARTS.has(f[nick + COMPARED.classes])) return false
  const length = lengthOf(f[full])
  return length >= 2 && f[nick + COMPARED.classes + 1] === f[full + COMPARED.classes + length - 1]
}

function isNicknameOf(nick: readonly number[], full: readonly number[]): boolean {
  return nick.length === 2 && NICKNAME_STARTS.has(nick[0]) && full.length >= 2 && nick[1] === full[full.length - 1]
}

function compareOtherLength(f: Int32Array, at: number, bt: number): number {
  const isLonger = lengthOf(f[at]) > lengthOf(f[bt])
  const long = isLonger ? at : bt
  const short = isLonger ? bt : at
  const lt = long + COMPARED.classes
  const st = short + COMPARED.classes
  const n = lengthOf(f[short])
  if (lengthOf(f[long]) - n === 1 && n >= 2) {
    let i = 0
    while (i < n && f[lt + i] === f[st + i]) i++
    let k = i
    while (k < n && f[lt + k + 1] === f[st + k]) k++
    // A lost surname is another surname, not a lost character.
    if (k === n) return i === 0 ? NAME_LEVEL.givenEqual : NAME_LEVEL.dropped
  }
  if (isNickname(f, short, long)) return NAME_LEVEL.oneOther
  const surname = Math.max(1, Math.min(surnameLengthOf(f[at]), surnameLengthOf(f[bt])))
  for (let i = 0; i < surname; i++) if (f[lt + i] !== f[st + i]) return NAME_LEVEL.different
  return NAME_LEVEL.surnameEqual
}

/** The plain judge: two names as texts. */
export function compareNamesSlow(textA: string, textB: string): number {
  const a = analyseName(textA)
  const b = analyseName(textB)
  return compareParts(a, b)
}

/** Two analysed names, of any kind and length. */
export function compareParts(a: NameParts, b: NameParts): number {
  if (a.kind === NAME_KIND.blank || b.kind === NAME_KIND.blank) return NAME_LEVEL.missing
  if (a.kind === NAME_KIND.placeholder || b.kind === NAME_KIND.placeholder) return NAME_LEVEL.missing
  const lost = a.codes.includes(WILDCARD) || b.codes.includes(WILDCARD)
  if (same(a.codes, b.codes)) return lost ? NAME_LEVEL.dropped : NAME_LEVEL.exact
  if (same(a.classes, b.classes)) return lost ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  const isPlain = a.kind === NAME_KIND.han && b.kind === NAME_KIND.han
  const isShort = Math.max(a.codes.length, b.codes.length) <= INLINE_CHARACTERS
  if (!(isPlain && isShort) && !resemble(a, b)) return NAME_LEVEL.different
  if ((a.kind === NAME_KIND.latin) !== (b.kind === NAME_KIND.latin))
    return a.kind === NAME_KIND.latin ? compareLetters(a, b) : compareLetters(b, a)
  if (a.tokenEnds.length > 1 || b.tokenEnds.length > 1 || !isShort) return compareTokens(a, b)
  if (lost) return compareLost(a, b)
  return a.codes.length === b.codes.length ? comparePositions(a, b) : compareLengths(a, b)
}

/** What mayResemble looks up, from the characters themselves. */
function resemble(a: NameParts, b: NameParts): boolean {
  if (a.kind === NAME_KIND.latin || b.kind === NAME_KIND.latin) return true
  const firstTwo = (parts: NameParts): number[][] => (parts.tokenEnds.length > 1 ? tokensOf(parts).slice(0, 2) : [])
  if (firstTwo(a).some((token) => firstTwo(b).some((other) => same(token, other)))) return true
  if (same(sorted(a.classes), sorted(b.classes))) return true
  return [0, 1].some((i) =>
    [0, 1].some((k) => charactersAgree(a.classes[i] ?? 0, a.fuzzySounds[i], b.classes[k] ?? 0, b.fuzzySounds[k])),
  )
}

function comparePositions(a: NameParts, b: NameParts): number {
  const at = a.classes.map((_, i) => i).filter((i) => a.classes[i] !== b.classes[i])
  const surname = Math.max(a.surnameLength, b.surnameLength)
  const inSurname = at.filter((i) => i < surname).length
  if (at.every((i) => a.sounds[i] !== 0 && a.sounds[i] === b.sounds[i])) return NAME_LEVEL.homophone
  if (at.length === 1 && areLookAlikes(a.classes[at[0]], b.classes[at[0]])) return NAME_LEVEL.nearShape
  if (at.every((i) => a.fuzzySounds[i] !== 0 && a.fuzzySounds[i] === b.fuzzySounds[i])) return NAME_LEVEL.fuzzySound
  if (at.length === 2 && same(sorted(a.classes), sorted(b.classes))) return NAME_LEVEL.swapped
  if (a.classes.length >= 3 && at.length === 1 && inSurname === 0) return NAME_LEVEL.oneOther
  if (inSurname > 0 && at.length === inSurname && a.classes.length > surname) return NAME_LEVEL.givenEqual
  if (isNicknameOf(a.classes, b.classes) || isNicknameOf(b.classes, a.classes)) return NAME_LEVEL.oneOther
  return inSurname === 0 && surname > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

function compareLengths(a: NameParts, b: NameParts): number {
  const [long, short] = a.classes.length > b.classes.length ? [a, b] : [b, a]
  if (long.classes.length - short.classes.length === 1 && short.classes.length >= 2)
    for (let drop = long.classes.length - 1; drop >= 0; drop--)
      if (same([...long.classes.slice(0, drop), ...long.classes.slice(drop + 1)], short.classes))
        return drop === 0 ? NAME_LEVEL.givenEqual : NAME_LEVEL.dropped
  if (isNicknameOf(short.classes, long.classes)) return NAME_LEVEL.oneOther
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
function compareTokens(a: NameParts, b: NameParts): number {
  // A short name beside a long one is transliterated too, though it does not show it alone: 沙马 / 沙马·里几.
  const wholeA = a.classes.map(respellingOf)
  const wholeB = b.classes.map(respellingOf)
  if (same(wholeA, wholeB))
    return a.codes.includes(WILDCARD) || b.codes.includes(WILDCARD) ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  // Of two names of one length neither is the longer: the spelling decides, so that the answer is symmetric.
  const aIsLong = wholeA.length > wholeB.length || (wholeA.length === wholeB.length && a.spelling > b.spelling)
  const [long, short] = aIsLong ? [a, b] : [b, a]
  const [wholeLong, wholeShort] = aIsLong ? [wholeA, wholeB] : [wholeB, wholeA]
  const ts = tokensOf(short)
  const tl = tokensOf(long)
  if (Math.max(ts.length, tl.length) > 1 && isReordered(a, wholeA, wholeB, ts, tl)) return NAME_LEVEL.swapped
  if (wholeA.length === wholeB.length && same(soundsOf(a), soundsOf(b))) return NAME_LEVEL.homophone
  if (wholeShort.length >= 2 && same(wholeLong.slice(0, wholeShort.length), wholeShort)) return NAME_LEVEL.dropped
  // Whole tokens found again, whatever their order: 名·父名 against 名.
  const found = ts.filter((t) => tl.some((o) => same(t, o))).length
  if (found === ts.length) return NAME_LEVEL.dropped
  // The same by sound: 迪力夏提·司马义 / 地力夏提.
  const soundsShort = soundTokens(short)
  const soundsLong = soundTokens(long)
  if (soundsShort.every((t) => soundsLong.some((o) => same(t, o))))
    return soundsShort.length === soundsLong.length ? NAME_LEVEL.fuzzySound : NAME_LEVEL.dropped
  const distance = editDistance(wholeA, wholeB)
  const longest = Math.max(wholeA.length, wholeB.length)
  if (distance === 1 && longest >= 3) return NAME_LEVEL.oneOther
  if (wholeA.length === wholeB.length && same(fuzzyOf(a), fuzzyOf(b))) return NAME_LEVEL.fuzzySound
  if (longest >= 6 && distance <= 2) return NAME_LEVEL.oneOther
  // The same given name with another father's name, or the other way round.
  if (same(ts[0], tl[0])) return NAME_LEVEL.surnameEqual
  if (found > 0) return NAME_LEVEL.surnameEqual
  return NAME_LEVEL.different
}

/** The same characters in another order; of letters only whole words, since most words share most letters. */
function isReordered(
  a: NameParts,
  wholeA: readonly number[],
  wholeB: readonly number[],
  ts: readonly number[][],
  tl: readonly number[][],
): boolean {
  if (a.kind !== NAME_KIND.latin) return same(sorted(wholeA), sorted(wholeB))
  const words = (tokens: readonly number[][]): string => tokens.map(String).sort().join(' ')
  return words(ts) === words(tl)
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

function tokensOf(parts: NameParts): number[][] {
  let start = 0
  return parts.tokenEnds.map((end) => {
    const token = parts.classes.slice(start, end).map(respellingOf)
    start = end
    return token
  })
}

/** Fuzzy sounds of each token. */
function soundTokens(parts: NameParts): number[][] {
  const sounds = fuzzyOf(parts)
  let start = 0
  return parts.tokenEnds.map((end) => {
    const token = sounds.slice(start, end)
    start = end
    return token
  })
}

function soundsOf(parts: NameParts): number[] {
  return parts.sounds.map((sound, i) => (sound === 0 ? -respellingOf(parts.classes[i]) : sound))
}

function fuzzyOf(parts: NameParts): number[] {
  return parts.fuzzySounds.map((sound, i) => (sound === 0 ? -respellingOf(parts.classes[i]) : sound))
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((x, y) => x - y)
}

/** Levenshtein distance over code points. */
function editDistance(a: readonly number[], b: readonly number[]): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    previous = row
  }
  return previous[b.length]
}
