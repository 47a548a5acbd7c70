/**
 * Names: two name numbers → NAME_LEVEL, by characters, sound, shape and form. Symmetric.
 *
 * Han names of up to four characters are compared on inline integers without allocation; longer and dotted names on
 * their tokens (long-name.ts). Byte distances and Jaro–Winkler are wrong for two or three characters: each position is its own test.
 */
import { areLookAlikes } from '../../normalise/characters.ts'
import { NAME_KIND } from '../../normalise/name.ts'
import {
  COMPARED,
  COMPARED_WORDS,
  HEAD,
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
import { ASK_TEXTS, compareTokenNames } from './token-names.ts'
import {
  charactersAgree,
  compareResembling,
  levelOfPets,
  NICKNAME_ENDS,
  NICKNAME_STARTS,
  SURNAME_START,
} from './long-name.ts'

/** Whether two names are of Han characters, all of them inline and of one kind of classes: by far the most are. */
export function areShort(headA: number, headB: number): boolean {
  return isShort(headA) && isShort(headB) && ((headA ^ headB) & HEAD.respelled) === 0
}

function isShort(head: number): boolean {
  return kindOf(head) === NAME_KIND.han && lengthOf(head) <= INLINE_CHARACTERS
}

/** As levelOfPets, by the heads of two names. */
function levelOfHeads(level: number, heads: number): number {
  return (heads & (HEAD.petName | HEAD.petGiven)) === 0
    ? level
    : levelOfPets(level, (heads & HEAD.petName) !== 0, (heads & HEAD.petGiven) !== 0)
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
  const level = length === lengthOf(f[bt]) ? compareSameLength(f, at, bt, length) : compareOtherLength(f, at, bt)
  return levelOfHeads(level, f[at] | f[bt])
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
  if (areShort(headA, headB)) return compareShortNames(compared, at, bt)
  const kindA = kindOf(headA)
  const kindB = kindOf(headB)
  if (kindA === NAME_KIND.blank || kindB === NAME_KIND.blank) return NAME_LEVEL.missing
  if (kindA === NAME_KIND.placeholder || kindB === NAME_KIND.placeholder)
    return saysSurname(headA) && saysSurname(headB) && !firstCharactersAgree(compared, at, bt)
      ? NAME_LEVEL.different
      : NAME_LEVEL.missing
  if (
    compared[at + COMPARED.exact] === compared[bt + COMPARED.exact] &&
    compared[at + COMPARED.exact2] === compared[bt + COMPARED.exact2]
  )
    return isLost(headA) ? NAME_LEVEL.dropped : NAME_LEVEL.exact
  if (compared[at + COMPARED.variant] === compared[bt + COMPARED.variant])
    return isLost(headA) ? NAME_LEVEL.dropped : NAME_LEVEL.variant
  const level = mayResemble(f, a, b) ? levelOfResembling(f, analysed, a, b) : NAME_LEVEL.different
  return levelOfHeads(level, headA | headB)
}

/**
 * Whether two names that say nothing of each other (NAME_LEVEL.missing) have one surname all the same, at least by sound: 王某, 王, 王二妹, 老王
 * or 小王 beside 王建国.
 */
export function saySameSurname(f: NameFeatures, a: number, b: number): boolean {
  const { compared } = f
  const at = a * COMPARED_WORDS
  const bt = b * COMPARED_WORDS
  if (a === 0 || b === 0) return false
  if (saysSurname(compared[at]) && saysSurname(compared[bt]) && firstCharactersAgree(compared, at, bt)) return true
  return isCalledBySurname(compared, at, bt) || isCalledBySurname(compared, bt, at)
}

/** Whether one of two short names is what the bearer of the other is called at home, made of the given name: 小敏, 敏子 or 李敏妹 for 李秋敏. */
export function isCalledByGiven(f: NameFeatures, a: number, b: number): boolean {
  const { compared } = f
  const at = a * COMPARED_WORDS
  const bt = b * COMPARED_WORDS
  return areShort(compared[at], compared[bt]) && (isNickname(compared, at, bt) || isNickname(compared, bt, at))
}

/** 小王, 阿王, 老王 of somebody whose surname that is. */
function isCalledBySurname(f: Int32Array, nick: number, full: number): boolean {
  return (
    kindOf(f[nick]) === NAME_KIND.han &&
    lengthOf(f[nick]) === 2 &&
    NICKNAME_STARTS.has(f[nick + COMPARED.classes]) &&
    saysSurname(f[full]) &&
    f[nick + COMPARED.classes + 1] === f[full + COMPARED.classes]
  )
}

/** As in long-name.ts, by the head of a name. */
function saysSurname(head: number): boolean {
  if (surnameLengthOf(head) === 0 || (head & HEAD.respelled) !== 0) return false
  if (kindOf(head) === NAME_KIND.han) return (head & HEAD.petName) === 0
  return kindOf(head) === NAME_KIND.placeholder && (head & HEAD.petGiven) !== 0
}

function firstCharactersAgree(f: Int32Array, at: number, bt: number): boolean {
  const fuzzyA = soundAt(f, at + COMPARED.fuzzySounds, 0)
  const fuzzyB = soundAt(f, bt + COMPARED.fuzzySounds, 0)
  return charactersAgree(f[at + COMPARED.classes], fuzzyA, f[bt + COMPARED.classes], fuzzyB)
}

function levelOfResembling(f: NameFeatures, analysed: AnalysedNames, a: number, b: number): number {
  const level = compareTokenNames(f, a, b)
  return level === ASK_TEXTS ? compareResembling(analysed.of(a), analysed.of(b)) : level
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

function compareSameLength(f: Int32Array, at: number, bt: number, n: number): number {
  let differ = 0
  let differsAt = 0
  let notSound = 0
  let notFuzzy = 0
  let notFuzzyAt = 0
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
      if (fuzzy === 0 || fuzzy !== soundAt(f, bt + COMPARED.fuzzySounds, i)) {
        notFuzzy++
        notFuzzyAt = COMPARED.classes + i
      }
    }
  }
  if (notSound === 0) return NAME_LEVEL.homophone
  if (differ === 1 && areLookAlikes(f[at + differsAt], f[bt + differsAt])) return NAME_LEVEL.nearShape
  // 郭庆国 and 敦庆果: one by its shape, the others by their sound.
  if (notFuzzy === 0 || (notFuzzy === 1 && differ > 1 && areLookAlikes(f[at + notFuzzyAt], f[bt + notFuzzyAt])))
    return NAME_LEVEL.fuzzySound
  if (differ === 2 && f[at + COMPARED.bag] === f[bt + COMPARED.bag]) return NAME_LEVEL.swapped
  if (n >= 3 && differ === 1 && surnameDiffers === 0) return NAME_LEVEL.oneOther
  if (surnameDiffers > 0 && differ === surnameDiffers && n > surname) return NAME_LEVEL.givenEqual
  if (n <= 3 && (isNickname(f, at, bt) || isNickname(f, bt, at))) return NAME_LEVEL.oneOther
  if (n === 2 && (isBySurname(f, at, bt) || isBySurname(f, bt, at))) return NAME_LEVEL.missing
  return surnameDiffers === 0 && surname > 0 ? NAME_LEVEL.surnameEqual : NAME_LEVEL.different
}

function isNickname(f: Int32Array, nick: number, full: number): boolean {
  const n = lengthOf(f[nick])
  if (n > 3 || lengthOf(f[full]) < 2) return false
  const first = f[nick + COMPARED.classes]
  const last = f[nick + COMPARED.classes + n - 1]
  // The sets are asked last: of most pairs the names have no character in common.
  if (n === 3)
    return (
      first === f[full + COMPARED.classes] &&
      hasInGiven(f, full, f[nick + COMPARED.classes + 1]) &&
      NICKNAME_ENDS.has(last)
    )
  if (hasInGiven(f, full, last)) return first === last || NICKNAME_STARTS.has(first)
  return hasInGiven(f, full, first) && NICKNAME_ENDS.has(last)
}

/** Whether a character stands in a name behind the first, which is a surname. */
function hasInGiven(f: Int32Array, full: number, character: number): boolean {
  for (let i = lengthOf(f[full]) - 1; i > 0; i--) if (f[full + COMPARED.classes + i] === character) return true
  return false
}

function isBySurname(f: Int32Array, nick: number, full: number): boolean {
  const n = lengthOf(f[nick])
  if (n > 2 || lengthOf(f[full]) < 2) return false
  const last = f[nick + COMPARED.classes + n - 1]
  return (n === 1 || f[nick + COMPARED.classes] === SURNAME_START) && last === f[full + COMPARED.classes]
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
  // 静 for 张静; a surname alone says nothing of the rest.
  if (n === 1 && lengthOf(f[long]) === 2 && f[lt + 1] === f[st]) return NAME_LEVEL.givenEqual
  if (isNickname(f, short, long)) return NAME_LEVEL.oneOther
  if (isBySurname(f, short, long)) return NAME_LEVEL.missing
  const surname = Math.max(1, Math.min(surnameLengthOf(f[at]), surnameLengthOf(f[bt])))
  for (let i = 0; i < surname; i++) if (f[lt + i] !== f[st + i]) return NAME_LEVEL.different
  return NAME_LEVEL.surnameEqual
}
