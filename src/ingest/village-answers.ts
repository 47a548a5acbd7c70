/**
 * Where the villages of the police extract lie, as people of the census say who bear one valid number here and there and whose row
 * says that the hukou is where it lies (D8 = 1, and away rows).
 *
 * In: the table. Out: how many of each village are found, and where; moved-villages.ts and split-villages.ts draw the conclusions.
 */
import type { RecordTable } from '../records/record-table.ts'
import { isActive } from '../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../registers/columns.ts'

/** People of one village by whom it is told: fewer may all have been written down wrongly. */
export const PEOPLE_MIN = 10
/** So many of them name one other village, or the parts into which it was split; with a file that is missing fewer do. */
export const SHARE_MIN = 0.8
/** And so many of the village are found at all, compared with the county: people who live elsewhere are not the village. */
const FOUND_MIN = 0.5
const NOBODY = -1
const SEVERAL = -2

/** What the census says of where the villages of the police are, told by numbers that one police row bears. */
export interface VillageAnswers {
  /** Active police rows of each village, and how many of them the census has at home, wherever that is. */
  readonly people: Uint32Array
  readonly found: Uint32Array
  /** Share of the county's people who are found. */
  readonly usuallyFound: number
  /** Of those, how many are at home in which other village. */
  readonly elsewhere: ReadonlyMap<number, ReadonlyMap<number, number>>
  /** How many are at home in a village in which they are not registered, by that village. */
  readonly incomers: Uint32Array
  /** The one active police row with a number; negative if there is none, or several. */
  readonly policeOf: Int32Array
}

export function askNumbers(table: RecordTable): VillageAnswers {
  const { starts, columns: c, areas } = table
  const people = new Uint32Array(areas.size + 1)
  const policeOf = new Int32Array(table.ids.size + 1).fill(NOBODY)
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    if (!isActive(c, row)) continue
    people[c.area[row]]++
    const number = c.idNo[row]
    if (number !== 0) policeOf[number] = policeOf[number] === NOBODY ? row : SEVERAL
  }
  const found = new Uint32Array(areas.size + 1)
  const incomers = new Uint32Array(areas.size + 1)
  const elsewhere = new Map<number, Map<number, number>>()
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const to = c.area[row]
    const number = c.idNo[row]
    if (to === 0 || number === 0 || c.hukouArea[row] !== to) continue
    const police = policeOf[number]
    if (police < 0 || c.area[police] === 0) continue
    const from = c.area[police]
    found[from]++
    if (from === to) continue
    incomers[to]++
    const counts = elsewhere.get(from) ?? new Map<number, number>()
    elsewhere.set(from, counts.set(to, (counts.get(to) ?? 0) + 1))
  }
  const usuallyFound = sum(found) / Math.max(1, sum(people))
  return { people, found, usuallyFound, elsewhere, incomers, policeOf }
}

/** Whether enough of a village are found for it to be told where it lies. */
export function isTold({ people, found, usuallyFound }: VillageAnswers, village: number): boolean {
  return found[village] >= PEOPLE_MIN && found[village] >= people[village] * usuallyFound * FOUND_MIN
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
