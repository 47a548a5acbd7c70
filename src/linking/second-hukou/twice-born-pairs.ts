/**
 * Police rows that might be one person's second hukou by their family, pair by pair: whatever twice-born.ts weighs.
 *
 * In:  the record table. Out: pairs in an order of keys, which no link changes: a worker lists them while the main thread
 * links by number. What only groups or names' likeness can tell is left to twice-born.ts.
 */
import { RadixSorter } from '../../blocking/radix-sort.ts'
import { ID_KIND, monthDayOf, type RecordTable } from '../../records/record-table.ts'
import { sharedCopy } from '../../records/shared-memory.ts'
import type { Relatives } from './relatives.ts'
import { mixTriple } from '../../records/triple-dictionary.ts'

/** Days between two births that no mother has: twins are born together, and the next child is not born before. */
const APART_MIN = 20
const APART_MAX = 200
/** A birth moved for school or a pension keeps month and day. */
export const YEARS_MOVED_MAX = 5
/** As far apart as a comparison of births forgives: such pairs are weighed without a family. */
const YEARS_FORGIVEN = 2
/** Rows under one key; more are a filler in the relative's place. */
const SHARED_KEY_MAX = 12

/** Each a list of (left, right), left < right within a key. */
export interface TwiceBornPairs {
  /** One name, one name of the mother. */
  readonly byMother: Int32Array
  /** One name, one name of the father. */
  readonly byFather: Int32Array
  /** One name, one name of the spouse. */
  readonly bySpouse: Int32Array
  /** One number of the mother, and something that two children of hers do not share. */
  readonly siblings: Int32Array
  /** One number of the father and one name of the mother, and the same. */
  readonly siblingsOfFather: Int32Array
  /** Two names, one name of the mother, or of the father, born on one day of the year. */
  readonly byMotherDay: Int32Array
  readonly byFatherDay: Int32Array
  /** Born on one day of the year, married to somebody of one name. */
  readonly byBirthday: Int32Array
  /** One name, one day of the year, some years apart. */
  readonly byNameDay: Int32Array
  /** One name, born within two years on another day of another month, one of them alone in its household book. */
  readonly byNameAlone: Int32Array
  /** One number in two villages. */
  readonly byNumber: Int32Array
  /** The former name of one (left) is the name of the other, born on one day of the year. */
  readonly byFormerName: Int32Array
}

/** Marks what a key is made of, so that keys of two kinds are not one. */
const KIND = {
  mother: 1,
  spouse: 2,
  fatherAndMother: 3,
  spouseDay: 4,
  nameDay: 5,
  father: 6,
  motherDay: 7,
  fatherDay: 8,
  former: 9,
  nameAlone: 10,
} as const

/** A number of a row that two rows may share: a name, a relative's name. */
type Of = (row: number) => number

/**
 * @param rows effective police rows in force, moved away or of the dead
 * @param relatives the names of their relatives
 */
export function pairTwiceBorn(table: RecordTable, rows: Int32Array, relatives: Relatives): TwiceBornPairs {
  const c = table.columns
  const meeting = new Meeting(rows)
  const name: Of = (row) => c.name[row]
  const mother: Of = (row) => relatives.mother(row)
  const father: Of = (row) => relatives.father(row)
  const spouse: Of = (row) => relatives.spouse(row)
  const areOnDay = (left: number, right: number): boolean => isOnDay(c.birth[left], c.birth[right])
  /** Rows that share a name and a relative's. */
  const meetByNames = (relative: Of, kind: number): Int32Array =>
    meeting.meet(
      (row) => mixed(name(row), relative(row), kind),
      (left, right) => haveOne(name, left, right) && haveOne(relative, left, right),
    )
  /** Rows born on one day of the year that share something else. */
  const meetOnDay = (other: Of, kind: number, areMet: (left: number, right: number) => boolean): Int32Array =>
    meeting.meet(
      (row) => dayKey(c.birth[row], other(row), kind),
      (left, right) => areOnDay(left, right) && haveOne(other, left, right) && areMet(left, right),
    )
  const areSiblingsAlike = (left: number, right: number): boolean => {
    if (isTooNear(c.birth[left], c.birth[right])) return !isOtherNumber(c.motherId[left], c.motherId[right])
    return areOnDay(left, right) || (spouse(left) !== 0 && haveOne(spouse, left, right))
  }
  return {
    byMother: meetByNames(mother, KIND.mother),
    byFather: meetByNames(father, KIND.father),
    bySpouse: meetByNames(spouse, KIND.spouse),
    siblings: meeting.meet((row) => c.motherId[row], areSiblingsAlike),
    siblingsOfFather: meeting.meet(
      (row) => mixed(c.fatherId[row], mother(row), KIND.fatherAndMother),
      (left, right) =>
        c.fatherId[left] === c.fatherId[right] && haveOne(mother, left, right) && areSiblingsAlike(left, right),
    ),
    byMotherDay: meetOnDay(
      mother,
      KIND.motherDay,
      (left, right) => !haveOne(name, left, right) && !isOtherNumber(c.motherId[left], c.motherId[right]),
    ),
    byFatherDay: meetOnDay(
      father,
      KIND.fatherDay,
      (left, right) => !haveOne(name, left, right) && !isOtherNumber(c.fatherId[left], c.fatherId[right]),
    ),
    byBirthday: meetOnDay(spouse, KIND.spouseDay, (left, right) => !isOtherNumber(c.spouseId[left], c.spouseId[right])),
    byNameDay: meetOnDay(
      name,
      KIND.nameDay,
      (left, right) => Math.abs((c.birth[left] >> 9) - (c.birth[right] >> 9)) > YEARS_FORGIVEN,
    ),
    byNameAlone: meetByNameAlone(table, rows, meeting),
    byNumber: meeting.meet(
      (row) => (c.idKind[row] === ID_KIND.valid ? c.idNo[row] : 0),
      (left, right) => c.area[left] !== c.area[right],
    ),
    byFormerName: meetByFormerName(c, rows),
  }
}

/** What blocking by name and birth does not meet: neither the month nor the day of the year is one. */
function meetByNameAlone({ columns: c, households }: RecordTable, rows: Int32Array, meeting: Meeting): Int32Array {
  const members = new Uint32Array(households.size + 1)
  for (const row of rows) members[c.household[row]]++
  members[0] = 0
  const isAlone = (row: number): boolean => members[c.household[row]] === 1
  const areNear = (a: number, b: number): boolean =>
    Math.abs((a >> 9) - (b >> 9)) <= YEARS_FORGIVEN && a >> 5 !== b >> 5 && (a & 511) !== (b & 511)
  return meeting.meet(
    (row) => ((c.birth[row] & 31) === 0 ? 0 : mixed(c.name[row], c.sex[row], KIND.nameAlone)),
    (left, right) =>
      c.name[left] === c.name[right] && areNear(c.birth[left], c.birth[right]) && (isAlone(left) || isAlone(right)),
  )
}

function haveOne(of: Of, left: number, right: number): boolean {
  return of(left) === of(right)
}

/** Month and day of a birth, whatever the year, and something else; 0 where either is unknown. */
function dayKey(birth: number, other: number, kind: number): number {
  return (birth & 31) === 0 ? 0 : mixed(monthDayOf(birth), other, kind)
}

/**
 * Rows that bear as their name what another calls the former one. Blocking by former names meets rows of the census and of certificates only:
 * with a key for either name every police row would be met twice for the sake of a few.
 */
function meetByFormerName(c: RecordTable['columns'], rows: Int32Array): Int32Array {
  const renamed = new Map<number, number[]>()
  for (const row of rows) {
    const key = dayKey(c.birth[row], c.formerName[row], KIND.former)
    if (key === 0 || c.formerName[row] === c.name[row]) continue
    const under = renamed.get(key)
    if (under === undefined) renamed.set(key, [row])
    else under.push(row)
  }
  if (renamed.size === 0) return sharedCopy([])
  const pairs: number[] = []
  for (const row of rows) {
    const under = renamed.get(dayKey(c.birth[row], c.name[row], KIND.former))
    if (under === undefined || under.length > SHARED_KEY_MAX) continue
    for (const other of under) {
      // Each may bear the other's former name: one pair.
      const isMetBefore = c.formerName[row] === c.name[other] && other > row
      if (c.formerName[other] === c.name[row] && isOnDay(c.birth[other], c.birth[row]) && !isMetBefore)
        pairs.push(other, row)
    }
  }
  return sharedCopy(pairs)
}

/** Zero where either part is unknown. */
function mixed(a: number, b: number, kind: number): number {
  return a === 0 || b === 0 ? 0 : mixTriple(a, b, kind) | 1
}

export function isOtherNumber(a: number, b: number): boolean {
  return a !== 0 && b !== 0 && a !== b
}

/** Born on one day of one year or of two that are not far apart. */
export function isOnDay(a: number, b: number): boolean {
  return (a & 31) !== 0 && monthDayOf(a) === monthDayOf(b) && Math.abs((a >> 9) - (b >> 9)) <= YEARS_MOVED_MAX
}

/** Born on one day of two months side by side, as a birth is written that was moved by a month. */
export function isOnDayOfMonths(a: number, b: number): boolean {
  if ((a & 31) === 0 || (a & 31) !== (b & 31) || a >> 9 !== b >> 9) return false
  return Math.abs(((a >> 5) & 15) - ((b >> 5) & 15)) === 1
}

export function isTooNear(a: number, b: number): boolean {
  if ((a & 31) === 0 || (b & 31) === 0) return false
  const apart = Math.abs(daysOf(a) - daysOf(b))
  return apart >= APART_MIN && apart <= APART_MAX
}

/** Days since the year 0, near enough for months between two births. */
function daysOf(birth: number): number {
  return (birth >> 9) * 365.25 + ((birth >> 5) & 15) * 30.44 + (birth & 31)
}

/** Rows that share a key. */
class Meeting {
  private readonly rows: Int32Array
  private readonly keys: Int32Array
  private readonly sorter: RadixSorter
  private readonly eligible: Int32Array

  constructor(eligible: Int32Array) {
    this.eligible = eligible
    this.rows = new Int32Array(eligible.length)
    this.keys = new Int32Array(eligible.length)
    this.sorter = new RadixSorter(eligible.length)
  }

  meet(keyOf: (row: number) => number, areMet: (left: number, right: number) => boolean): Int32Array {
    const { rows, keys, eligible } = this
    let count = 0
    for (const row of eligible) {
      const key = keyOf(row)
      if (key === 0) continue
      rows[count] = row
      keys[count++] = key
    }
    this.sorter.sort(keys, rows, count)
    const pairs: number[] = []
    for (let start = 0, end = 0; start < count; start = end) {
      while (end < count && keys[end] === keys[start]) end++
      if (end - start > SHARED_KEY_MAX) continue
      for (let i = start; i < end; i++)
        for (let k = i + 1; k < end; k++) if (areMet(rows[i], rows[k])) pairs.push(rows[i], rows[k])
    }
    return sharedCopy(pairs)
  }
}
