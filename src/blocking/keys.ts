/**
 * Blocking keys: for each record and rule one 32-bit word; 0 = the record lacks a part and is not met by the rule.
 *
 * Keys of a rule lie side by side, rule after rule: sorting reads one rule whole. The skip rule "a pair counts only under
 * the first rule on which both agree" looks into all of them, but blocks come by their first row and rows lie by birth,
 * so what it reads is near what it read last. It uses the hashed key itself, so it is consistent by definition: a
 * collision proposes one pair more, never one less.
 */
import { COMPARED_WORDS, KEYED_WORDS, type NameFeatures } from '../records/name-features.ts'
import { idSex } from '../normalise/id-number.ts'
import { NAME_KIND } from '../normalise/name.ts'
import { ID_KIND, monthDayOf, type RecordTable } from '../records/record-table.ts'
import { mixTriple } from '../records/triple-dictionary.ts'
import { BIRTHS, CENSUS, POLICE } from '../registers/columns.ts'
import { type BlockingRule, KEY_PARTS, type KeyPart } from './rules.ts'

const PART_NAMES = Object.keys(KEY_PARTS) as KeyPart[]
const PART = Object.fromEntries(PART_NAMES.map((part, i) => [part, i])) as Readonly<Record<KeyPart, number>>

/** Computes the parts of one record after another into one reused array. */
export class KeyParts {
  readonly values = new Int32Array(PART_NAMES.length)
  private readonly table: RecordTable
  private readonly names: NameFeatures
  private readonly township: Int32Array
  private readonly village: Int32Array
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(table: RecordTable, names: NameFeatures) {
    this.table = table
    this.names = names
    this.township = wordsOfAreas(table, 9)
    this.village = wordsOfAreas(table, 12)
  }

  /**
   * Reads beforehand what rows [from, to) have in the dictionaries, at places all over memory: the reads of many rows are
   * under way together, where reading row by row waits for each of them. Few rows, or the first are gone from the cache.
   */
  readAhead(from: number, to: number): void {
    const { ids, households } = this.table
    const { idNo, motherId, name, motherName, household } = this.table.columns
    const { compared, keyed } = this.names
    let touched = 0
    for (let row = from; row < to; row++)
      touched ^=
        ids.first(idNo[row]) ^
        ids.first(motherId[row]) ^
        households.first(household[row]) ^
        compared[name[row] * COMPARED_WORDS] ^
        compared[motherName[row] * COMPARED_WORDS] ^
        keyed[name[row] * KEYED_WORDS]
    this.touched = touched
  }

  /** Fills `values` for a row, mixed: 0 where the row lacks the part. */
  read(row: number): void {
    this.values.fill(0)
    this.readNumber(row)
    this.readBirth(row)
    this.readName(row)
    this.readPlaces(row)
    this.readFamily(row)
    this.mixValues()
  }

  private readNumber(row: number): void {
    const { table, values: v } = this
    const { idNo, idKind, idText } = table.columns
    const number = idKind[row] === ID_KIND.nobodys ? 0 : idNo[row]
    if (number === 0) {
      if (idText[row] !== 0) v[PART['irregular-id']] = nonZero(table.texts.hash(idText[row]))
      return
    }
    const area = table.ids.first(number)
    const birth = table.ids.second(number)
    const tail = table.ids.third(number)
    v[PART['id-number']] = nonZero(mixTriple(area, birth, tail))
    v[PART['id-prefix']] = nonZero(mixTriple(area, birth, 14))
    v[PART['id-birth-tail']] = nonZero(mixTriple(birth, tail, 12))
    v[PART['id-area-tail']] = nonZero(mixTriple(area, tail, 10))
    v[PART['id-month-day-tail']] = nonZero(mixTriple(area, birth & 0xffff, tail))
  }

  /** Birth and sex; of a row that lacks one, what its number says. */
  private readBirth(row: number): void {
    const { table, values: v } = this
    const c = table.columns
    const idNo = c.idKind[row] === ID_KIND.nobodys ? 0 : c.idNo[row]
    const idBirth = idNo === 0 ? 0 : table.ids.second(idNo)
    let birth = comparableBirth(c.birth[row], idNo === 0 ? ID_KIND.missing : c.idKind[row], idBirth)
    if (birth === 0 && idNo !== 0 && c.idKind[row] !== ID_KIND.dateImpossible) birth = dateOfBcd(idBirth)
    const month = birth >> 5
    if ((month & 15) !== 0 && month >> 4 !== 0) {
      v[PART['birth-month']] = month
      if ((birth & 31) !== 0) {
        v[PART['birth-date']] = birth
        v[PART['birth-day']] = monthDayOf(birth)
      }
    }
    if (birth >> 9 !== 0) v[PART['birth-year']] = birth >> 9
    // A sex that was left out is the number's: an extract without the column meets the rules all the same.
    v[PART.sex] = c.sex[row] !== 0 || c.idKind[row] !== ID_KIND.valid ? c.sex[row] : idSex(table.ids.third(idNo))
  }

  private readName(row: number): void {
    const { table, names, values: v } = this
    const name = table.columns.name[row]
    const isPolice = table.registerOf(row) === POLICE
    const kind = names.kind(name)
    if (kind === NAME_KIND.han || kind === NAME_KIND.dotted || kind === NAME_KIND.latin || kind === NAME_KIND.damaged) {
      v[PART.name] = names.variantHash(name)
      v[PART['name-sound']] = names.fuzzySoundHash(name)
      v[PART['name-bag']] = names.sortedCharsHash(name)
      v[PART.surname] = names.surnameHash(name)
      v[PART['surname-sound']] = names.surnameSoundHash(name)
      v[PART['given-sound']] = names.givenSoundHash(name)
      v[PART['given-name']] = names.givenHash(name)
      if (kind === NAME_KIND.dotted) v[PART['first-token']] = names.firstTokenHash(name)
      if (!isPolice) v[PART['name-or-former']] = names.variantHash(name)
    }
    if (isPolice) v[PART['name-or-former']] = names.variantHash(table.columns.formerName[row])
  }

  private readPlaces(row: number): void {
    const { table, values: v } = this
    const c = table.columns
    const register = table.registerOf(row)
    const hukou = register === POLICE || register === BIRTHS ? c.area[row] : c.hukouArea[row]
    if (hukou !== 0) {
      v[PART.village] = this.village[hukou]
      v[PART.district] = this.township[hukou]
    }
    const here = c.area[row]
    if (here !== 0) v[PART['here-village']] = this.village[here]
    if (register === CENSUS) this.readLife(row)
  }

  /** Of somebody away from the hukou, on either side: an away row tells where to, a present row that the hukou is elsewhere. */
  private readLife(row: number): void {
    const { values: v } = this
    const { residence, residenceArea } = this.table.columns
    const lives = residence[row] === 1 ? v[PART['here-village']] : this.village[residenceArea[row]]
    if (lives !== v[PART.village]) v[PART['lives-village']] = lives
  }

  private readFamily(row: number): void {
    const { table, names, values: v } = this
    const c = table.columns
    const motherId = c.motherId[row]
    if (motherId !== 0)
      v[PART['mother-id']] = nonZero(
        mixTriple(table.ids.first(motherId), table.ids.second(motherId), table.ids.third(motherId)),
      )
    v[PART['mother-name']] = names.variantHash(c.motherName[row])
    const household = c.household[row]
    if (household !== 0) v[PART.household] = nonZero(table.households.first(household))
  }

  /** Key of the last row read under a list of parts; 0 if one is missing. */
  key(parts: Int32Array): number {
    let h = 0x2545f491
    for (let i = 0; i < parts.length; i++) {
      const value = this.values[parts[i]]
      if (value === 0) return 0
      h = Math.imul(h ^ value, 0x85ebca6b)
      h ^= h >>> 15
    }
    return nonZero(h)
  }

  /** Each part is mixed once, not once for every rule that has it. Part numbers tell equal values of two parts apart. */
  private mixValues(): void {
    const { values } = this
    for (let part = 0; part < values.length; part++)
      if (values[part] !== 0) values[part] = nonZero(mixWord(values[part] + Math.imul(part + 1, 0x9e3779b1)))
  }
}

/** Places of parts in KeyParts.values. */
export function partNumbers(parts: readonly KeyPart[]): Int32Array {
  return Int32Array.from(parts, (part) => PART[part])
}

/** The part numbers of each rule, what its blocks may be split by left aside. */
export function partsOfRules(rules: readonly BlockingRule[]): readonly Int32Array[] {
  return rules.map((rule) => partNumbers(rule.parts))
}

/** The keys of all rows under all rules. */
export interface RuleKeys {
  /** Rule after rule, a word a row. */
  readonly words: Int32Array
  /** Rows of the whole table: from here to the next rule's key of the same row. */
  readonly rows: number
}

/** The keys of one rule, by row. */
export function keysOfRule({ words, rows }: RuleKeys, ruleNumber: number): Int32Array {
  return words.subarray(ruleNumber * rows, (ruleNumber + 1) * rows)
}

/**
 * Writes the keys of rows [from, to) under all rules.
 * @param ruleParts of each rule its part numbers
 */
export function computeKeys(
  parts: KeyParts,
  ruleParts: readonly Int32Array[],
  { words, rows }: RuleKeys,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    parts.read(row)
    for (let r = 0, at = row; r < ruleParts.length; r++, at += rows) words[at] = parts.key(ruleParts[r])
  }
}

/** Whether two rows have one key under one of the first `ruleNumber` rules. Called for every pair of every block. */
export function isProposedEarlier(
  words: Int32Array,
  rows: number,
  left: number,
  right: number,
  ruleNumber: number,
): boolean {
  for (let r = 0, at = 0; r < ruleNumber; r++, at += rows) {
    const key = words[at + left]
    if (key !== 0 && key === words[at + right]) return true
  }
  return false
}

/**
 * A word for the first 9 or 12 digits of each area number, made of the digits; 0 where fewer are known. Keys are never
 * made of dictionary numbers: those depend on which thread came first, and with them which keys collide.
 */
function wordsOfAreas(table: RecordTable, digits: 9 | 12): Int32Array {
  const { areas } = table
  const words = new Int32Array(areas.size + 1)
  for (let area = 1; area <= areas.size; area++) {
    if (areas.third(area) < digits) continue
    const rest = digits === 12 ? areas.second(area) : Math.floor(areas.second(area) / 1000)
    words[area] = nonZero(mixTriple(areas.first(area), rest, digits))
  }
  return words
}

/** Finaliser of MurmurHash3 (Appleby 2011): one to one. */
function mixWord(word: number): number {
  let h = word ^ (word >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function nonZero(word: number): number {
  return word === 0 ? 1 : word
}

/** 1900-01-01 (or 1900-01): what a form writes where nobody has told it a date; nobody of that age is left to be counted. */
const UNTOLD_MONTH = (1900 << 4) | 1
const UNTOLD_NUMBER = 0x19000101

/**
 * A birth as it is compared. The date of those whose date nobody knew is none, unless a valid number bears it; of which only
 * the year is written takes the month of a valid number that bears the same year. A whole birth is not taken from a number:
 * it may be a parent's, and the missing birth is then all that would have told.
 */
export function comparableBirth(birth: number, idKind: number, idBirth: number): number {
  if (birth >> 5 === UNTOLD_MONTH && (birth & 31) <= 1)
    return idKind === ID_KIND.valid && idBirth === UNTOLD_NUMBER ? birth : 0
  if (((birth >> 5) & 15) !== 0 || birth === 0 || idKind !== ID_KIND.valid) return birth
  const born = dateOfBcd(idBirth)
  return born >> 9 === birth >> 9 ? born & ~31 : birth
}

/** Packed date of eight BCD digits yyyymmdd. */
export function dateOfBcd(bcd: number): number {
  const year = (bcd >>> 28) * 1000 + ((bcd >>> 24) & 15) * 100 + ((bcd >>> 20) & 15) * 10 + ((bcd >>> 16) & 15)
  const month = ((bcd >>> 12) & 15) * 10 + ((bcd >>> 8) & 15)
  const day = ((bcd >>> 4) & 15) * 10 + (bcd & 15)
  return (year << 9) | (month << 5) | day
}
