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
  /** By police row, the question (`asked`) that it answered last. */
  private readonly answered: Int32Array
  private asked = 0
  private readonly homes: Homes
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
    this.answered = new Int32Array(policeOf.length)
    const person: number[] = []
    const village: number[] = []
    for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
      if (residence[row] !== 1 || area[row] === 0) continue
      const root = groups.root(row)
      if (root >= policeOf.length || policeOf[root] === 0) continue
      person.push(policeOf[root] - 1)
      village.push(area[row])
    }
    this.homes = new Homes(table, village)
    const { villageOf, townshipOf } = this.homes
    const born = yearsOf(person, birth)
    this.firstYear = born.from
    this.years = born.to - born.from + 1
    this.ofVillage = new Int32Array((this.homes.villages + 1) * SEXES)
    this.ofTownship = new Int32Array((this.homes.townships + 1) * SEXES)
    person.forEach((one, k) => {
      this.ofVillage[villageOf[village[k]] * SEXES + sex[one]]++
      this.ofTownship[townshipOf[village[k]] * SEXES + sex[one]]++
    })
    const gatheredBy = (keyOf: (place: number, birth: number) => number): Gathered =>
      new Gathered({ keys: Int32Array.from(person, (one, k) => keyOf(village[k], birth[one])), person, village, sex })
    this.byMonth = gatheredBy((place, born) => this.monthKey(townshipOf[place], born))
    this.byDay = gatheredBy((place, born) => dayKey(townshipOf[place], born))
    this.byYear = gatheredBy((place, born) => this.yearKey(villageOf[place], born >> 9))
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
    const { homes, sex, answered } = this
    const { area, isVillage } = place
    const township = homes.townshipOf[area]
    if (birth === 0 || township === 0) return []
    const found: number[] = []
    const wanted = sex[person]
    const question = ++this.asked
    const collect = (gathered: Gathered, key: number): void => {
      const end = gathered.start(key + 1)
      for (let k = gathered.start(key); k < end; k++) {
        if (gathered.sex[k] !== wanted || (isVillage && gathered.village[k] !== area)) continue
        const other = gathered.person[k]
        if (answered[other] === question) continue
        answered[other] = question
        found.push(other)
      }
    }
    if (this.isYear(birth >> 9)) collect(this.byMonth, this.monthKey(township, birth))
    if ((birth & 31) !== 0) collect(this.byDay, dayKey(township, birth))
    if (isVillage && this.count(place, person) <= NEAR_PEOPLE_MAX)
      for (let year = (birth >> 9) - NEAR_YEARS; year <= (birth >> 9) + NEAR_YEARS; year++)
        if (this.isYear(year)) collect(this.byYear, this.yearKey(homes.villageOf[area], year))
    return found
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

/** The first and the last year of birth that is known; 0 where none is. */
function yearsOf(
  people: readonly number[],
  birth: RecordTable['columns']['birth'],
): { readonly from: number; readonly to: number } {
  let [from, to] = [0, 0]
  for (const one of people) {
    const year = birth[one] >> 9
    if (birth[one] === 0) continue
    if (from === 0 || year < from) from = year
    if (year > to) to = year
  }
  return { from, to }
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

  /** @param village number of the area of each who lives there */
  constructor(table: RecordTable, village: readonly number[]) {
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

/** People by key, in their order: a counting sort. What is asked of each lies beside him, since a township has thousands. */
class Gathered {
  /** Police row of each, the village and the sex. */
  readonly person: Int32Array
  readonly village: Int32Array
  readonly sex: Uint8Array
  private readonly starts: Int32Array

  constructor(of: {
    readonly keys: Int32Array
    readonly person: readonly number[]
    readonly village: readonly number[]
    /** By police row. */
    readonly sex: RecordTable['columns']['sex']
  }) {
    const { keys } = of
    const size = keys.reduce((most, key) => Math.max(most, key), 0) + 2
    this.starts = new Int32Array(size)
    for (const key of keys) this.starts[key + 1]++
    for (let key = 1; key < size; key++) this.starts[key] += this.starts[key - 1]
    this.person = new Int32Array(keys.length)
    this.village = new Int32Array(keys.length)
    this.sex = new Uint8Array(keys.length)
    const next = this.starts.slice()
    for (let k = 0; k < keys.length; k++) {
      const at = next[keys[k]]++
      this.person[at] = of.person[k]
      this.village[at] = of.village[k]
      this.sex[at] = of.sex[of.person[k]]
    }
  }

  /** Where the people of a key begin; the end of all for a key beyond the last. */
  start(key: number): number {
    return key < this.starts.length ? this.starts[key] : this.person.length
  }
}
