/**
 * The registered people present in a village or a township, by sex and birth.
 *
 * A county has 15,000 people sought in vain, and a township 30,000 who live there: each may be asked only of those of his
 * sex born about when he was.
 *
 * In: groups, by root a police row in force and 1, numbers of the places asked for. Out: police rows, in the order of census rows.
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

/** Keys of a place and sex: years of birth, from DAYS_FROM on days of any year, from MONTHS_FROM on months. */
const DAYS_FROM = 4096
const MONTHS_FROM = 8192
const BIRTHS_PER_SEX = MONTHS_FROM + (4096 << 4)

export class Villagers {
  private readonly birth: RecordTable['columns']['birth']
  private readonly sex: RecordTable['columns']['sex']
  private readonly byBirth = new Map<number, number[]>()
  private readonly counts = new Map<number, number>()

  constructor(table: RecordTable, groups: Pick<Groups, 'root'>, policeOf: Int32Array, asked: ReadonlySet<number>) {
    const { columns, starts } = table
    this.birth = columns.birth
    this.sex = columns.sex
    const placesOf = placesByVillage(table, asked)
    for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
      const root = groups.root(row)
      if (columns.residence[row] !== 1 || root >= policeOf.length || policeOf[root] === 0) continue
      for (const place of placesOf[columns.area[row]] ?? []) this.add(place, policeOf[root] - 1)
    }
  }

  /** How many people of a person's sex live there. */
  count(place: number, person: number): number {
    return this.counts.get(place * 4 + this.sex[person]) ?? 0
  }

  /**
   * People of a person's sex born in the same month or on the same day of another year, and where few live (NEAR_PEOPLE_MAX)
   * within NEAR_YEARS; none where a birth is not known.
   */
  bornNear(place: number, person: number): number[] {
    const birth = this.birth[person]
    if (birth === 0) return []
    const base = (place * 4 + this.sex[person]) * BIRTHS_PER_SEX
    const found = new Set<number>(this.byBirth.get(base + MONTHS_FROM + (birth >> 5)))
    if (this.count(place, person) <= NEAR_PEOPLE_MAX)
      for (let year = (birth >> 9) - NEAR_YEARS; year <= (birth >> 9) + NEAR_YEARS; year++)
        for (const other of this.byBirth.get(base + year) ?? []) found.add(other)
    if ((birth & 31) !== 0)
      for (const other of this.byBirth.get(base + DAYS_FROM + (birth & 511)) ?? []) found.add(other)
    return [...found]
  }

  private add(place: number, person: number): void {
    const home = place * 4 + this.sex[person]
    this.counts.set(home, (this.counts.get(home) ?? 0) + 1)
    const birth = this.birth[person]
    if (birth === 0) return
    this.push(home * BIRTHS_PER_SEX + (birth >> 9), person)
    this.push(home * BIRTHS_PER_SEX + MONTHS_FROM + (birth >> 5), person)
    if ((birth & 31) !== 0) this.push(home * BIRTHS_PER_SEX + DAYS_FROM + (birth & 511), person)
  }

  private push(key: number, person: number): void {
    const list = this.byBirth.get(key)
    if (list === undefined) this.byBirth.set(key, [person])
    else list.push(person)
  }
}

/** By number of a village: the places asked for that it is or lies in. */
function placesByVillage(table: RecordTable, asked: ReadonlySet<number>): number[][] {
  const byCode = new Map([...asked].map((place) => [table.areaText(place), place]))
  return Array.from({ length: table.areas.size + 1 }, (_, area) => {
    const code = table.areaText(area)
    return [code.slice(0, 9), code.slice(0, 12)].flatMap((prefix, k) =>
      k === 1 && prefix.length < 12 ? [] : (byCode.get(prefix) ?? []),
    )
  })
}
