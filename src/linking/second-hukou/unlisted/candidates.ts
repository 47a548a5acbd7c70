/**
 * Whose second hukou an unlisted one may be: police rows that share with it what a second hukou keeps.
 *
 * A county has some thousands of unlisted rows and a million others, so the few are gathered by key and the many pass by once: each
 * meets the rows of its sex that were born that day, that day of a near year under the same surname or given name, that bear the same
 * name or a former one, or name the same parent or spouse, and were born within two years.
 * In:  police rows, which of them are unlisted. Out: pairs, each once; how many people have each birth date and each part of a name.
 */
import type { NameFeatures } from '../../../records/name-features.ts'
import { monthDayOf, type RecordTable } from '../../../records/record-table.ts'
import { mixTriple } from '../../../records/triple-dictionary.ts'
import type { Relatives } from '../relatives.ts'
import { YEARS_MOVED_MAX } from '../twice-born-pairs.ts'
import { NEAR_YEARS } from '../villagers.ts'

/** A relative's name that so many rows give is a filler, or too many people's. */
const BEARERS_MAX = 200
/** Bits of the sieve: what passes it is looked up. */
const SIEVE = 1 << 20

const KIND = { date: 21, daySurname: 22, dayGiven: 23, name: 24, mother: 25, father: 26, spouse: 27 } as const

/** What people share by chance, counted over those who were asked about. */
export interface Shares {
  readonly people: number
  /** People of a birth date, a year, a given name, a surname; of those alone that an unlisted row bears. */
  readonly bornOn: (birth: number) => number
  readonly bornIn: (year: number) => number
  readonly ofGiven: (name: number) => number
  readonly ofSurname: (name: number) => number
}

export interface UnlistedCandidates {
  /** By unlisted row, in the order of the rows given: police rows that may be the same person's. */
  readonly candidates: readonly (readonly number[])[]
  readonly shares: Shares
}

type NamesOf = Pick<NameFeatures, 'givenHash' | 'surnameHash'>

/**
 * @param unlisted active police rows of whom no list knows
 * @param rows all active police rows, ascending, the unlisted among them
 */
export function findCandidates(
  table: RecordTable,
  names: NamesOf,
  relatives: Relatives,
  unlisted: readonly number[],
  rows: readonly number[],
): UnlistedCandidates {
  const { birth, name } = table.columns
  const wanted = new Wanted()
  const counted = new Counted(names)
  const keys = new Keys(table, names, relatives)
  unlisted.forEach((row, k) => {
    keys.tell(row, NEAR_YEARS, (key) => wanted.add(key, k))
    counted.want(birth[row], name[row])
  })
  const candidates = unlisted.map((): number[] => [])
  for (const row of rows) {
    counted.count(birth[row], name[row])
    keys.tell(row, 0, (key) => {
      for (const k of wanted.under(key)) {
        // Rows ascend: one that is met under two keys is the last one met.
        const met = candidates[k]
        if (met[met.length - 1] !== row && areMet(table, unlisted[k], row)) met.push(row)
      }
    })
  }
  return { candidates, shares: counted }
}

/** Keys under which a row is sought, and under which it answers. */
class Keys {
  private readonly columns: RecordTable['columns']
  private readonly names: NamesOf
  private readonly relatives: Relatives

  constructor({ columns }: RecordTable, names: NamesOf, relatives: Relatives) {
    this.columns = columns
    this.names = names
    this.relatives = relatives
  }

  /** @param around years before and after its own that are asked for too: 0 of a row that answers */
  tell(row: number, around: number, tell: (key: number) => void): void {
    const { columns: c, relatives } = this
    const birth = c.birth[row]
    if (birth === 0) return
    if ((birth & 31) !== 0) tell(mixTriple(birth, c.sex[row], KIND.date))
    this.tellName(c.name[row], row, around, tell)
    if (c.formerName[row] !== c.name[row]) this.tellName(c.formerName[row], row, around, tell)
    tellYears(relatives.mother(row), birth, around, KIND.mother, tell)
    tellYears(relatives.father(row), birth, around, KIND.father, tell)
    tellYears(relatives.spouse(row), birth, around, KIND.spouse, tell)
  }

  private tellName(name: number, row: number, around: number, tell: (key: number) => void): void {
    if (name === 0) return
    const { names } = this
    const birth = this.columns.birth[row]
    tellYears(name, birth, around, KIND.name, tell)
    if ((birth & 31) === 0) return
    const day = monthDayOf(birth) * 4 + this.columns.sex[row]
    const [surname, given] = [names.surnameHash(name), names.givenHash(name)]
    if (surname !== 0) tell(mixTriple(day, surname, KIND.daySurname))
    if (given !== 0) tell(mixTriple(day, given, KIND.dayGiven))
  }
}

/** Keys of a name in the year of a birth and those around it. */
function tellYears(name: number, birth: number, around: number, kind: number, tell: (key: number) => void): void {
  if (name === 0) return
  for (let year = (birth >> 9) - around; year <= (birth >> 9) + around; year++) tell(mixTriple(name, year, kind))
}

/** One sex, and born no more than a few years apart: under one day, one name or one family everybody else is somebody else. */
function areMet({ columns: { birth, sex } }: RecordTable, a: number, b: number): boolean {
  return (
    a !== b &&
    sex[a] === sex[b] &&
    birth[a] !== 0 &&
    birth[b] !== 0 &&
    Math.abs((birth[a] >> 9) - (birth[b] >> 9)) <= YEARS_MOVED_MAX
  )
}

const NOBODY: readonly number[] = []

/** Unlisted rows by key. */
class Wanted {
  private readonly lists = new Map<number, number[]>()
  private readonly sieve = new Uint8Array(SIEVE)

  add(key: number, k: number): void {
    this.sieve[key & (SIEVE - 1)] = 1
    const list = this.lists.get(key)
    if (list === undefined) this.lists.set(key, [k])
    else if (list[list.length - 1] !== k) list.push(k)
  }

  /** None where too many are sought under one key. */
  under(key: number): readonly number[] {
    if (this.sieve[key & (SIEVE - 1)] === 0) return NOBODY
    const list = this.lists.get(key)
    return list === undefined || list.length > BEARERS_MAX ? NOBODY : list
  }
}

/** Rows by birth date, year, given name and surname. */
class Counted implements Shares {
  people = 0
  private readonly names: NamesOf
  private readonly dates = new Map<number, number>()
  private readonly years = new Map<number, number>()
  private readonly givens = new Map<number, number>()
  private readonly surnames = new Map<number, number>()

  constructor(names: NamesOf) {
    this.names = names
  }

  want(birth: number, name: number): void {
    this.dates.set(birth, 0)
    this.givens.set(this.names.givenHash(name), 0)
    this.surnames.set(this.names.surnameHash(name), 0)
  }

  count(birth: number, name: number): void {
    this.people++
    raise(this.dates, birth)
    this.years.set(birth >> 9, (this.years.get(birth >> 9) ?? 0) + 1)
    raise(this.givens, this.names.givenHash(name))
    raise(this.surnames, this.names.surnameHash(name))
  }

  bornOn(birth: number): number {
    return this.dates.get(birth) ?? 0
  }

  bornIn(year: number): number {
    return this.years.get(year) ?? 0
  }

  ofGiven(name: number): number {
    return this.givens.get(this.names.givenHash(name)) ?? 0
  }

  ofSurname(name: number): number {
    return this.surnames.get(this.names.surnameHash(name)) ?? 0
  }
}

function raise(counts: Map<number, number>, key: number): void {
  const count = counts.get(key)
  if (count !== undefined) counts.set(key, count + 1)
}
