/**
 * The registered people present in a village or a township, by sex and birth.
 *
 * A county has 15,000 people sought in vain, and a township 30,000 who live there: each may be asked only of those of his
 * sex born about when he was. So people are gathered by township and month, by township and day of the year, by village and year.
 *
 * In: groups, by root a police row in force and 1. Out: police rows, by birth in the order of census rows.
 */
import { monthDayOf, type RecordTable } from '../../records/record-table.ts'
import { CENSUS } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** Births of one person, written twice, lie so many years apart if they are not of one day. */
export const NEAR_YEARS = 2

/**
 * Where more people of a sex live, a year near his says nothing: of 1,500 a hundred are as near, and only the very name would tell,
 * which the statistical layer has met.
 */
export const NEAR_PEOPLE_MAX = 1500

/** A village, or the township in which an area lies. */
export interface Place {
  readonly area: number
  readonly isVillage: boolean
}

const SEXES = 3
/** Days of a year as a date holds them: month and day. */
const DAYS = 512

export class Villagers {
  private readonly sex: RecordTable['columns']['sex']
  private readonly homes: Homes
  /** Police row of each who lives here. */
  private readonly person: readonly number[]
  /** Births are counted from this year on, over so many years. */
  private readonly firstYear: number
  private readonly years: number
  private readonly byMonth: Gathered
  private readonly byDay: Gathered
  private readonly byYear: Gathered
  private readonly ofVillage: Int32Array
  private readonly ofTownship: Int32Array

  constructor(table: RecordTable, groups: Pick<Groups, 'root'>, policeOf: Int32Array) {
    const { columns, starts } = table
    const { birth, sex, area, residence } = columns
    this.sex = sex
    const person: number[] = []
    const village: number[] = []
    for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
      if (residence[row] !== 1 || area[row] === 0) continue
      const root = groups.root(row)
      if (root >= policeOf.length || policeOf[root] === 0) continue
      person.push(policeOf[root] - 1)
      village.push(area[row])
    }
    this.person = person
    this.homes = new Homes(table, village)
    const { villageOf, townshipOf } = this.homes
    const born = person.flatMap((one) => (birth[one] === 0 ? [] : [birth[one] >> 9]))
    this.firstYear = born.reduce((least, year) => Math.min(least, year), born[0] ?? 0)
    this.years = born.reduce((most, year) => Math.max(most, year), this.firstYear) - this.firstYear + 1
    this.ofVillage = new Int32Array((this.homes.villages + 1) * SEXES)
    this.ofTownship = new Int32Array((this.homes.townships + 1) * SEXES)
    person.forEach((one, k) => {
      this.ofVillage[villageOf[village[k]] * SEXES + sex[one]]++
      this.ofTownship[townshipOf[village[k]] * SEXES + sex[one]]++
    })
    this.byMonth = new Gathered(person.map((one, k) => this.monthKey(townshipOf[village[k]], birth[one])))
    this.byDay = new Gathered(person.map((one, k) => dayKey(townshipOf[village[k]], birth[one])))
    this.byYear = new Gathered(person.map((one, k) => this.yearKey(villageOf[village[k]], birth[one] >> 9)))
  }

  /** How many people of a person's sex live there. */
  count({ area, isVillage }: Place, person: number): number {
    const { villageOf, townshipOf } = this.homes
    const sex = this.sex[person]
    return isVillage ? this.ofVillage[villageOf[area] * SEXES + sex] : this.ofTownship[townshipOf[area] * SEXES + sex]
  }

  /**
   * People of a person's sex born in the same month or on the same day of another year, and in a village where few live
   * (NEAR_PEOPLE_MAX) within NEAR_YEARS; none where a birth is not known.
   * @param birth the person's, or what another row says that it is
   */
  bornNear(place: Place, person: number, birth: number): number[] {
    const { homes, sex } = this
    const { area, isVillage } = place
    const township = homes.townshipOf[area]
    if (birth === 0 || township === 0) return []
    const found = new Set<number>()
    const collect = (gathered: Gathered, key: number): void => {
      for (let k = gathered.start(key); k < gathered.start(key + 1); k++) {
        const at = gathered.order[k]
        const other = this.person[at]
        if (sex[other] === sex[person] && (!isVillage || homes.village[at] === area)) found.add(other)
      }
    }
    if (this.isYear(birth >> 9)) collect(this.byMonth, this.monthKey(township, birth))
    if ((birth & 31) !== 0) collect(this.byDay, dayKey(township, birth))
    if (isVillage && this.count(place, person) <= NEAR_PEOPLE_MAX)
      for (let year = (birth >> 9) - NEAR_YEARS; year <= (birth >> 9) + NEAR_YEARS; year++)
        if (this.isYear(year)) collect(this.byYear, this.yearKey(homes.villageOf[area], year))
    return [...found]
  }

  private isYear(year: number): boolean {
    return year >= this.firstYear && year < this.firstYear + this.years
  }

  /** 0 where nothing is known, so that nobody is looked for under it. */
  private monthKey(township: number, birth: number): number {
    return birth === 0 ? 0 : (township * this.years + (birth >> 9) - this.firstYear) * 16 + ((birth >> 5) & 15)
  }

  private yearKey(village: number, year: number): number {
    return year === 0 ? 0 : village * this.years + year - this.firstYear
  }
}

function dayKey(township: number, birth: number): number {
  return (birth & 31) === 0 ? 0 : township * DAYS + monthDayOf(birth)
}

/** The villages where people live and their townships, numbered from 1 on; 0 is nobody's. */
class Homes {
  readonly villageOf: Int32Array
  readonly townshipOf: Int32Array
  readonly villages: number
  readonly townships: number
  /** Number of the area of each who lives there. */
  readonly village: readonly number[]

  constructor(table: RecordTable, village: readonly number[]) {
    this.village = village
    const size = table.areas.size + 1
    const lived = [...new Set(village)]
    const codes = [...new Set(lived.map((area) => table.areaText(area).slice(0, 9)))]
    const numbers = new Map(codes.map((code, k) => [code, k + 1]))
    this.villages = lived.length
    this.townships = codes.length
    this.villageOf = new Int32Array(size)
    lived.forEach((area, k) => {
      this.villageOf[area] = k + 1
    })
    this.townshipOf = Int32Array.from({ length: size }, (_, area) =>
      area === 0 ? 0 : (numbers.get(table.areaText(area).slice(0, 9)) ?? 0),
    )
  }
}

/** Positions of a list by key, in their order: a counting sort. */
class Gathered {
  readonly order: Int32Array
  private readonly starts: Int32Array

  constructor(keys: readonly number[]) {
    const size = keys.reduce((most, key) => Math.max(most, key), 0) + 2
    this.starts = new Int32Array(size)
    for (const key of keys) this.starts[key + 1]++
    for (let key = 1; key < size; key++) this.starts[key] += this.starts[key - 1]
    this.order = new Int32Array(keys.length)
    const next = this.starts.slice()
    keys.forEach((key, at) => {
      this.order[next[key]++] = at
    })
  }

  /** Where the positions of a key begin; the end of all for a key beyond the last. */
  start(key: number): number {
    return key < this.starts.length ? this.starts[key] : this.order.length
  }
}
