/**
 * The registered people present in a village or a township, by sex and birth.
 *
 * A county has 15,000 people sought in vain, and a township 30,000 who live there: each may be asked only of those of his
 * sex born about when he was. Few of a county are born in one month or on one day of the year, so those are walked and the
 * place is compared; of a year there are too many, so that a village is walked.
 *
 * In: groups, by root a police row in force and 1. Out: police rows, by birth in the order of census rows.
 */
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** Births of one person, written twice, lie so many years apart if they are not of one day. */
export const NEAR_YEARS = 2

/**
 * Where more people of a sex live, a year near his says nothing: of 1,500 a hundred are as near, and only the very name would tell,
 * which the statistical layer has met.
 */
export const NEAR_PEOPLE_MAX = 1500

const SEXES = 3

export class Villagers {
  private readonly birth: RecordTable['columns']['birth']
  private readonly sex: RecordTable['columns']['sex']
  private readonly isVillage: (area: number) => boolean
  /** By area, the township it is or lies in; 0 unknown. */
  private readonly townshipOf: Int32Array
  /** Of each who lives here: the police row and the village. */
  private readonly person: number[] = []
  private readonly village: number[] = []
  private readonly byMonth: Gathered
  private readonly byDay: Gathered
  private readonly byVillage: Gathered
  private readonly ofVillage: Int32Array
  private readonly ofTownship: Int32Array

  constructor(table: RecordTable, groups: Pick<Groups, 'root'>, policeOf: Int32Array) {
    const { columns, starts, areas } = table
    const { birth, sex, area, residence } = columns
    this.birth = birth
    this.sex = sex
    this.isVillage = (place) => areas.third(place) === 12
    this.townshipOf = townships(table)
    this.ofVillage = new Int32Array((areas.size + 1) * SEXES)
    this.ofTownship = new Int32Array((areas.size + 1) * SEXES)
    for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
      if (residence[row] !== 1 || area[row] === 0) continue
      const root = groups.root(row)
      if (root >= policeOf.length || policeOf[root] === 0) continue
      const one = policeOf[root] - 1
      this.person.push(one)
      this.village.push(area[row])
      this.ofVillage[area[row] * SEXES + sex[one]]++
      this.ofTownship[this.townshipOf[area[row]] * SEXES + sex[one]]++
    }
    const births = this.person.map((one) => birth[one])
    this.byMonth = new Gathered(births.map((date) => date >> 5))
    this.byDay = new Gathered(births.map((date) => ((date & 31) === 0 ? 0 : date & 511)))
    this.byVillage = new Gathered(this.village)
  }

  /** How many people of a person's sex live there. */
  count(place: number, person: number): number {
    const sex = this.sex[person]
    return this.isVillage(place)
      ? this.ofVillage[place * SEXES + sex]
      : this.ofTownship[this.townshipOf[place] * SEXES + sex]
  }

  /**
   * People of a person's sex born in the same month or on the same day of another year, and in a village where few live
   * (NEAR_PEOPLE_MAX) within NEAR_YEARS; none where a birth is not known.
   */
  bornNear(place: number, person: number): number[] {
    const birth = this.birth[person]
    if (birth === 0) return []
    const found = new Set<number>()
    const isVillage = this.isVillage(place)
    const home = isVillage ? place : this.townshipOf[place]
    const collect = (gathered: Gathered, key: number, years: number): void => {
      for (let k = gathered.start(key); k < gathered.start(key + 1); k++) {
        const at = gathered.order[k]
        const other = this.person[at]
        const lives = isVillage ? this.village[at] : this.townshipOf[this.village[at]]
        if (lives !== home || this.sex[other] !== this.sex[person] || this.birth[other] === 0) continue
        if (Math.abs((this.birth[other] >> 9) - (birth >> 9)) <= years) found.add(other)
      }
    }
    collect(this.byMonth, birth >> 5, 0)
    if ((birth & 31) !== 0) collect(this.byDay, birth & 511, Number.POSITIVE_INFINITY)
    if (isVillage && this.count(place, person) <= NEAR_PEOPLE_MAX) collect(this.byVillage, place, NEAR_YEARS)
    return [...found]
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

/** By number of an area, that of one area of its township, the same for all of them; 0 where it is not known so far. */
function townships(table: RecordTable): Int32Array {
  const first = new Map<string, number>()
  return Int32Array.from({ length: table.areas.size + 1 }, (_, area) => {
    const code = area === 0 ? '' : table.areaText(area)
    if (code.length < 9) return 0
    const township = code.slice(0, 9)
    if (!first.has(township)) first.set(township, area)
    return first.get(township) ?? 0
  })
}
