/**
 * Whose number is it? Rows that carry a valid number of somebody else: borrowed from a parent, swapped inside a
 * household, another's by a slip.
 *
 * In:  pairs with the same valid number. Out: for each row 1 if its number is discredited: another row holds the
 * number, name and birth of the two do not fit, and the number's own birth date and sex speak for the other.
 * Of two rows of one census household that bear one number under two names, the number is the one's whose name the
 * register knows; the other's was copied from the line above, or the twins' numbers were taken for one.
 * A discredited number is neither agreement nor disagreement later on; two people with one number in the police
 * register both keep it (the finding `shared-id` says so), and beside different names it proves nothing. One number on
 * three rows of a census household is the head's, filled in for everybody: it says of the others only where they live.
 */
import { dateOfBcd } from '../blocking/keys.ts'
import { PAIR_WORDS } from '../blocking/pair-buffer.ts'
import { compareBirths } from '../matching/compare/birth.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import { isMisfit } from '../matching/anchors.ts'
import {
  birthLevelOf,
  idLevelOf,
  KIN_LEVEL,
  type Kernel,
  kinLevelOf,
  nameLevelOf,
  PAIR_CLASS,
  PLACE_LEVEL,
  pairClassOf,
  placeLevelOf,
  SHIFT,
  sexLevelOf,
} from '../matching/kernel.ts'
import { idKindOf, LINE_WORDS, sexOf, WORD } from '../matching/packed-records.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { isInForce } from '../records/versions-in-force.ts'
import { POLICE } from '../registers/columns.ts'
import { keepsGivenName } from './second-hukou/renamed.ts'
import { isOnDay } from './second-hukou/twice-born-pairs.ts'
import { CopiedEntries } from './twins/copied-entries.ts'
import { type PolicePair, twinsOfOneNumber } from './twins/twins-of-one-number.ts'

/** Bits of a row: its number is somebody else's; its number is held by two people of the police register; its number is
 *  a namesake's of another generation; it is a twin's, whose name may be alike; it was filled in for a whole household. */
export const DISCREDITED = 1
const SHARED = 2
const NAMESAKES = 4
const TWINS = 8
const FILLED_IN = 16
/** Nearer births are rather one person's two hukou than a parent and a child. */
export const GENERATION_YEARS_MIN = 12
/** Twins of one sex are two apart (odd is male); with births of other families in between a little more. */
const TWINS_SEQUENCE_MAX = 4

/** The pattern with a number that proves nothing taken out: neither agreement nor disagreement. `flags` of both rows. */
export function creditedPattern(pattern: number, flags: number): number {
  if (flags === 0) return pattern
  const id = idLevelOf(pattern)
  const name = nameLevelOf(pattern)
  const agrees = (limit: number): boolean => name !== NAME_LEVEL.missing && name < limit
  const proves =
    id >= ID_LEVEL.bothValidDiffer
      ? (flags & DISCREDITED) === 0
      : id !== ID_LEVEL.sameValid ||
        ((flags & FILLED_IN) === 0 &&
          ((flags & NAMESAKES) === 0 || birthLevelOf(pattern) !== BIRTH_LEVEL.different) &&
          ((flags & SHARED) === 0 || agrees(NAME_LEVEL.oneOther)) &&
          ((flags & TWINS) === 0 || agrees(NAME_LEVEL.homophone)) &&
          ((flags & DISCREDITED) === 0 ||
            agrees(NAME_LEVEL.dropped) ||
            birthLevelOf(pattern) !== BIRTH_LEVEL.different))
  return proves ? pattern : (pattern & ~(15 << SHIFT.id)) | (ID_LEVEL.heldElsewhere << SHIFT.id)
}

/** @param lines packed records: the number is read beside its row, not in the dictionary */
export function discreditNumbers(
  table: RecordTable,
  lines: Int32Array,
  kernel: Kernel,
  pairs: Int32Array,
  count: number,
): Uint8Array {
  const discredited = new Uint8Array(table.rows)
  const fits = new Uint8Array(table.rows)
  for (let row = 0; row < table.rows; row++) if (contradictsItself(lines, row)) discredited[row] = 1
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const pattern = pairs[at + 2]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern)) continue
    // Only the police register's own row can vouch for a census row or a certificate.
    if (table.registerOf(pairs[at]) === POLICE) fits[pairs[at + 1]] = 1
  }
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const pattern = pairs[at + 2]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || !isMisfit(pattern)) continue
    const left = pairs[at]
    const right = pairs[at + 1]
    const leftPolice = table.registerOf(left) === POLICE
    const rightPolice = table.registerOf(right) === POLICE
    if (leftPolice && rightPolice) continue
    if (leftPolice) {
      if (fits[right] === 0) discredited[right] = DISCREDITED
      continue
    }
    if (fits[left] === 0 && misfitsOwnNumber(lines, left) > misfitsOwnNumber(lines, right))
      discredited[left] = DISCREDITED
    if (fits[right] === 0 && misfitsOwnNumber(lines, right) > misfitsOwnNumber(lines, left))
      discredited[right] = DISCREDITED
  }
  discreditNamesakes(table, lines, pairs, count, discredited)
  discreditCopies(table, lines, pairs, count, discredited)
  discreditFilledIn(table, lines, pairs, count, discredited)
  const shared = sharedNumbers(table, kernel, pairs, count)
  if (shared !== undefined)
    for (let row = 0; row < table.rows; row++) discredited[row] |= shared[table.columns.idNo[row]]
  return discredited
}

/**
 * A daughter of her mother's name with her mother's number: the name speaks for the number's holder, the birth for
 * somebody else of that name in the village, who has a number of the own. And a row without a birth under the number of
 * one whose name it does not bear, while the village knows one of that name: the son's number on the father's line. And a row
 * that fits the number's holder in neither name nor month, and somebody with another number in both: a brother's or sister's,
 * whom surname, sex and a year alike would else make one person with him. (In one month or on one day of two years it may be
 * his second hukou.) And a row under a twin's number: where it bears the name of the other one to the letter, parents who
 * mixed up two cards are likelier than a slip of the pen that turns one name into exactly the other.
 */
function discreditNamesakes(
  table: RecordTable,
  lines: Int32Array,
  pairs: Int32Array,
  count: number,
  discredited: Uint8Array,
): void {
  const { birth } = table.columns
  const policeEnd = table.starts[POLICE + 1]
  const doubtful = new Set<number>()
  const unborn = new Set<number>()
  // Who that is: of several the first row, since pairs come in no order.
  /** Rows under the number of somebody of another name and month. */
  const misplaced = new Map<number, number>()
  /** Rows under the number of somebody of another name. Twins share a birth, so however wrong the row's is, it says nothing. */
  const besideTwin = new Map<number, { readonly holder: number; readonly pattern: number }>()
  for (let i = 0; i < count; i++) {
    const pattern = pairs[i * PAIR_WORDS + 2]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid) continue
    const [left, right] = [pairs[i * PAIR_WORDS], pairs[i * PAIR_WORDS + 1]]
    if (left < policeEnd && birth[right] === 0 && nameLevelOf(pattern) >= NAME_LEVEL.givenEqual) unborn.add(right)
    const isOther = birthLevelOf(pattern) > BIRTH_LEVEL.monthEqual && nameLevelOf(pattern) >= NAME_LEVEL.oneOther
    if (left < policeEnd && right >= policeEnd) {
      if (isOther) misplaced.set(right, Math.min(left, misplaced.get(right) ?? left))
      const known = besideTwin.get(right)
      if (nameLevelOf(pattern) > NAME_LEVEL.variant && (known === undefined || left < known.holder))
        besideTwin.set(right, { holder: left, pattern })
    }
    if (birthLevelOf(pattern) !== BIRTH_LEVEL.different) continue
    const yearsApart = Math.abs((birth[left] >> 9) - (birth[right] >> 9))
    if (left < policeEnd && yearsApart >= GENERATION_YEARS_MIN) doubtful.add(right)
  }
  if (doubtful.size + unborn.size + misplaced.size + besideTwin.size === 0) return
  for (let i = 0; i < count; i++) {
    const [left, right, pattern] = [pairs[i * PAIR_WORDS], pairs[i * PAIR_WORDS + 1], pairs[i * PAIR_WORDS + 2]]
    if (left >= policeEnd || idLevelOf(pattern) !== ID_LEVEL.bothValidDiffer) continue
    const holder = misplaced.get(right)
    const twin = besideTwin.get(right)
    if (!doubtful.has(right) && !unborn.has(right) && holder === undefined && twin === undefined) continue
    const [name, born] = [nameLevelOf(pattern), birthLevelOf(pattern)]
    const isNamed = name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant
    const isBorn = born === BIRTH_LEVEL.dateEqual || born === BIRTH_LEVEL.monthKnown
    if (!isNamed || sexLevelOf(pattern) === SEX_LEVEL.different) continue
    const isSibling = holder !== undefined && isBorn && !isOnDay(birth[holder], birth[left])
    if (isSibling && mayBeHome(placeLevelOf(pattern))) discredited[right] |= DISCREDITED | SHARED
    if (twin !== undefined && areTwins(table, lines, twin.holder, left) && !isMisread(twin.pattern, pattern))
      discredited[right] |= DISCREDITED | SHARED | TWINS
    if (sexLevelOf(pattern) !== SEX_LEVEL.equal || placeLevelOf(pattern) !== PLACE_LEVEL.village) continue
    if (unborn.has(right)) discredited[right] |= DISCREDITED | SHARED
    else if (isBorn && doubtful.has(right)) discredited[right] |= DISCREDITED | NAMESAKES
  }
}

/**
 * Two police rows of one day of birth that are twins and not one person's two hukou: in one household, where nobody stands
 * twice, or with numbers given out one after the other, as nobody's second number is.
 */
function areTwins(table: RecordTable, lines: Int32Array, a: number, b: number): boolean {
  const { birth, household } = table.columns
  if (birth[a] !== birth[b]) return false
  if (household[a] !== 0 && household[a] === household[b]) return true
  const [at, bt] = [a * LINE_WORDS, b * LINE_WORDS]
  if (lines[at + WORD.idArea] !== lines[bt + WORD.idArea] || lines[at + WORD.idBirth] !== lines[bt + WORD.idBirth])
    return false
  const apart = Math.abs(sequenceOf(lines[at + WORD.packed]) - sequenceOf(lines[bt + WORD.packed]))
  return apart > 0 && apart <= TWINS_SEQUENCE_MAX
}

/** A name alike in the village of the number's holder, where the other twin has no hukou: the holder's, misread. */
function isMisread(holder: number, twin: number): boolean {
  return (
    nameLevelOf(holder) < NAME_LEVEL.oneOther &&
    placeLevelOf(holder) === PLACE_LEVEL.village &&
    placeLevelOf(twin) !== PLACE_LEVEL.village
  )
}

/** The three digits before the check digit, 0–999. */
function sequenceOf(packed: number): number {
  return ((packed >>> 12) & 15) * 100 + ((packed >>> 8) & 15) * 10 + ((packed >>> 4) & 15)
}

/** The hukou is where the row says, as far as it says it. */
function mayBeHome(place: number): boolean {
  return (
    place === PLACE_LEVEL.village ||
    place === PLACE_LEVEL.sameVillageHere ||
    place === PLACE_LEVEL.townshipAsKnown ||
    place === PLACE_LEVEL.countyAsKnown
  )
}

/**
 * One number on two rows of one census household whose names differ, or whose births are a generation apart. Where birth and sex are the same as well and the
 * register knows nobody else whom the worse of the two rows fits, it is one person written twice, not a twin.
 */
function discreditCopies(
  table: RecordTable,
  lines: Int32Array,
  pairs: Int32Array,
  count: number,
  discredited: Uint8Array,
): void {
  const { household, birth } = table.columns
  const copies: [left: number, right: number, isOnePerson: boolean][] = []
  /** Best level of the row's name against the police rows of its number. */
  const known = new Map<number, number>()
  /** Rows that somebody of the register with another number fits by birth and name. */
  const fitsOther = new Set<number>()
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const [left, right, pattern] = [pairs[at], pairs[at + 1], pairs[at + 2]]
    if (!shareNumberAtHome(household, left, right, pattern)) continue
    if (nameLevelOf(pattern) < NAME_LEVEL.oneOther) {
      const isGeneration = Math.abs((birth[left] >> 9) - (birth[right] >> 9)) >= GENERATION_YEARS_MIN
      const [l, r] = [misfitsOwnNumber(lines, left), misfitsOwnNumber(lines, right)]
      // Mother and daughter of one name: the head's number was copied down.
      if (birthLevelOf(pattern) === BIRTH_LEVEL.different && isGeneration && l !== r)
        discredited[l > r ? left : right] |= DISCREDITED | NAMESAKES
      continue
    }
    copies.push([left, right, isOneBirth(pattern) && sexLevelOf(pattern) === SEX_LEVEL.equal])
    for (const row of [left, right]) known.set(row, NAME_LEVEL.different)
  }
  if (copies.length === 0) return
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const [left, right, pattern] = [pairs[at], pairs[at + 1], pairs[at + 2]]
    const level = known.get(right)
    if (level === undefined || left >= table.starts[POLICE + 1]) continue
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.missing) continue
    if (idLevelOf(pattern) === ID_LEVEL.sameValid) {
      if (name < level) known.set(right, name)
    } else if (isOneBirth(pattern) && mayBeTwin(pattern)) fitsOther.add(right)
  }
  for (const [left, right, isOnePerson] of copies) {
    const [a, b] = [known.get(left) ?? NAME_LEVEL.different, known.get(right) ?? NAME_LEVEL.different]
    if (isOnePerson && a !== b && !fitsOther.has(a > b ? left : right)) continue
    if (a === b) {
      // Nobody knows whose it is: it proves nothing but beside the same name.
      discredited[left] |= SHARED
      discredited[right] |= SHARED
    } else discredited[a > b ? left : right] = DISCREDITED | SHARED
  }
}

/**
 * One number on three rows or more of one census household. Nobody is written down three times in one household, so
 * whoever was not born when the number says is somebody else, however alike the name: brothers share half of theirs.
 */
function discreditFilledIn(
  table: RecordTable,
  lines: Int32Array,
  pairs: Int32Array,
  count: number,
  discredited: Uint8Array,
): void {
  const { household } = table.columns
  /** Rows that share the number with another row of their household; true if with two. */
  const sharers = new Map<number, boolean>()
  for (let i = 0; i < count; i++) {
    const [left, right, pattern] = [pairs[i * PAIR_WORDS], pairs[i * PAIR_WORDS + 1], pairs[i * PAIR_WORDS + 2]]
    if (!shareNumberAtHome(household, left, right, pattern)) continue
    for (const row of [left, right]) sharers.set(row, sharers.has(row))
  }
  for (const [row, isOfThree] of sharers)
    if (isOfThree && misfitsOwnNumber(lines, row) > 0) discredited[row] |= DISCREDITED | FILLED_IN
}

/** Two rows of one census household under one number. */
function shareNumberAtHome(household: Uint32Array, left: number, right: number, pattern: number): boolean {
  return (
    pairClassOf(pattern) === PAIR_CLASS.censusCensus &&
    idLevelOf(pattern) === ID_LEVEL.sameValid &&
    household[left] !== 0 &&
    household[left] === household[right]
  )
}

/** Whose name the row may be meant for: nearly the same anywhere, the same surname in the same village. */
function mayBeTwin(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  return (
    name <= NAME_LEVEL.oneOther || (name <= NAME_LEVEL.surnameEqual && placeLevelOf(pattern) === PLACE_LEVEL.village)
  )
}

function isOneBirth(pattern: number): boolean {
  const birth = birthLevelOf(pattern)
  return birth === BIRTH_LEVEL.dateEqual || birth === BIRTH_LEVEL.monthKnown
}

/** SHARED for each number that two active police persons of different names hold, TWINS too if something else tells them apart; undefined if there is none. */
function sharedNumbers(table: RecordTable, kernel: Kernel, pairs: Int32Array, count: number): Uint8Array | undefined {
  const { idNo, name, household, status } = table.columns
  // 王泽翔 and 李泽翔: the mother's surname.
  const keepsGiven = (left: number, right: number): boolean =>
    keepsGivenName(table.names.text(name[left]), table.names.text(name[right]))
  let shared: Uint8Array | undefined
  const unlike: PolicePair[] = []
  const copies = new CopiedEntries(table, pairs, count)
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const left = pairs[at]
    const right = pairs[at + 1]
    const pattern = pairs[at + 2]
    if (right >= table.starts[POLICE + 1] || idLevelOf(pattern) !== ID_LEVEL.sameValid) continue
    if (nameLevelOf(pattern) <= NAME_LEVEL.variant) continue
    if (!isInForce(table.columns, left) || !isInForce(table.columns, right)) continue
    unlike.push({ left, right, pattern })
    if (nameLevelOf(pattern) < NAME_LEVEL.oneOther || copies.isCopy(left, right, pattern)) continue
    // A cancelled row and the one in force, or two hukou of one birth date: one person whose name was written anew. Two
    // people who were given one number have names that have nothing in common.
    const oneInForce = (status[left] === 0) !== (status[right] === 0)
    const twoHukou = household[left] !== household[right] && birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual
    if ((nameLevelOf(pattern) < NAME_LEVEL.givenEqual || keepsGiven(left, right)) && (oneInForce || twoHukou)) continue
    // Of one family in two households: one person who changed the name. In one household: twins.
    const kin = kinLevelOf(pattern)
    const sameFamily = kin === KIN_LEVEL.agree || kin === KIN_LEVEL.partly
    if (sameFamily && (household[left] === 0 || household[left] !== household[right])) continue
    shared ??= new Uint8Array(table.ids.size + 1)
    shared[idNo[left]] = SHARED
  }
  for (const { left } of twinsOfOneNumber(table, kernel, unlike, copies, pairs, count)) {
    shared ??= new Uint8Array(table.ids.size + 1)
    shared[idNo[left]] = SHARED | TWINS
  }
  return shared
}

/**
 * A valid number whose birth date is plainly not the row's, or that ends in a spreadsheet's 000: it does not prove that
 * the row is another person than its neighbour with another number. So with one digit of the year (1947 beside 1977-04):
 * some forms put the check digit right behind whatever was typed. A year more or less is said in all honesty.
 */
function contradictsItself(lines: Int32Array, row: number): boolean {
  const at = row * LINE_WORDS
  const packed = lines[at + WORD.packed]
  if (lines[at + WORD.idArea] === 0 || idKindOf(packed) !== ID_KIND.valid) return false
  if ((packed & 0xfff) === 0) return true
  const own = lines[at + WORD.birth]
  if (own === 0) return false
  const born = dateOfBcd(lines[at + WORD.idBirth])
  const level = compareBirths(own, born)
  return level >= BIRTH_LEVEL.yearEqual || (level === BIRTH_LEVEL.digitSlip && own >> 9 !== born >> 9)
}

/** How badly a row's birth and sex fit its own number: 0 fits, 1 one differs, 2 both. */
export function misfitsOwnNumber(lines: Int32Array, row: number): number {
  const at = row * LINE_WORDS
  if (lines[at + WORD.idArea] === 0 && lines[at + WORD.idBirth] === 0) return 0
  const packed = lines[at + WORD.packed]
  const born = dateOfBcd(lines[at + WORD.idBirth])
  const own = lines[at + WORD.birth]
  const sex = sexOf(packed)
  let misfits = 0
  if (own !== 0 && own >> 5 !== born >> 5) misfits++
  const sexDigit = (packed >>> 4) & 15
  if (sex !== 0 && (sexDigit & 1 ? 1 : 2) !== sex) misfits++
  return misfits
}
