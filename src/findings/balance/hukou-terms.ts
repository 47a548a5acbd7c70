/**
 * The hukou side of the balance sheet: from the people on the police register to the rows written at the hukou place.
 *
 * In:  the ground. Out: for each person with an active hukou (P1) and no hukou-side row why there is none; the rows
 * that stand for nobody on the register; the rows beyond the first of one person. Each person falls under one term.
 */
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { isBefore, isFrom } from '../calendar.ts'
import { type Ground, STANDING } from '../ground.ts'
import { kindOfRow, ROW_KINDS } from './row-kinds.ts'
import type { Townships } from './townships.ts'

/** Where a person with an active hukou stands in the census. The first that fits. */
export const HUKOU_TERM = {
  /** No active hukou in the loaded area. */
  none: 0,
  /** A row at the hukou place (Rh or A). */
  listed: 1,
  /** Dead before T0 by certificate, not listed. */
  dead: 2,
  /** Born at or after T0, not listed. */
  bornAfter: 3,
  /** A present row in the hukou village that names another hukou place. */
  answeredOtherwise: 4,
  /** Only rows elsewhere. */
  elsewhere: 5,
  /** Only a death form. */
  deathForm: 6,
  /** No row at all: 户籍漏登. */
  missing: 7,
} as const

export interface HukouTerms {
  /** HUKOU_TERM of each person. */
  readonly termOf: Uint8Array
  /** Township of the hukou of each person with one, 0 otherwise. */
  readonly townshipOf: Int32Array
  /** People by term. */
  readonly people: readonly number[]
  /** Hukou-side rows of people without an active hukou here. */
  readonly rowsWithoutHukou: number
  /** Hukou-side rows beyond the first of each person with an active hukou. */
  readonly surplusRows: number
}

const IS_HUKOU_SIDE = ROW_KINDS.map(({ side }) => side === 'hukou')

export function hukouTerms(ground: Ground, townships: Townships): HukouTerms {
  const { people } = ground
  const termOf = new Uint8Array(people.count)
  const townshipOf = new Int32Array(people.count)
  const counts = Object.values(HUKOU_TERM).map(() => 0)
  let rowsWithoutHukou = 0
  let surplusRows = 0
  for (let person = 0; person < people.count; person++) {
    const seen = look(ground, townships, person)
    const term = termFrom(seen)
    termOf[person] = term
    townshipOf[person] = seen.township
    counts[term]++
    if (term === HUKOU_TERM.none) rowsWithoutHukou += seen.hukouSide
    else surplusRows += Math.max(0, seen.hukouSide - 1)
  }
  return { termOf, townshipOf, people: counts, rowsWithoutHukou, surplusRows }
}

interface Seen {
  hasHukou: boolean
  township: number
  hukouSide: number
  otherRows: number
  atHukouVillage: boolean
  isDead: boolean
  isBornAfter: boolean
  hasForm: boolean
}

function termFrom(person: Seen): number {
  if (!person.hasHukou) return HUKOU_TERM.none
  if (person.hukouSide > 0) return HUKOU_TERM.listed
  if (person.isDead) return HUKOU_TERM.dead
  if (person.isBornAfter) return HUKOU_TERM.bornAfter
  if (person.atHukouVillage) return HUKOU_TERM.answeredOtherwise
  if (person.otherRows > 0) return HUKOU_TERM.elsewhere
  return person.hasForm ? HUKOU_TERM.deathForm : HUKOU_TERM.missing
}

function look(ground: Ground, townships: Townships, person: number): Seen {
  const { table, people, standing, given, places, reference } = ground
  const { starts, columns } = table
  const { area, birth, death, residence, hukouPlace, awayDuration } = columns
  const seen: Seen = {
    hasHukou: false,
    township: 0,
    hukouSide: 0,
    otherRows: 0,
    atHukouVillage: false,
    isDead: false,
    isBornAfter: false,
    hasForm: false,
  }
  const from = people.rowStart[person]
  for (let k = from; k < people.rowStart[person + 1]; k++) {
    const row = people.rows[k]
    if (row < starts[CENSUS]) {
      if (!given[POLICE] || standing[row] !== STANDING.active) continue
      if (area[row] !== 0 && places.loaded[area[row]] === 0) continue
      // The smallest township of several, so that the order of rows has no say.
      const township = townships.of(area[row])
      if (!seen.hasHukou || (township !== 0 && (seen.township === 0 || township < seen.township)))
        seen.township = township
      seen.hasHukou = true
      if (isFrom(birth[row], reference)) seen.isBornAfter = true
    } else if (row < starts[CENSUS_DEATHS]) {
      if (!given[CENSUS]) continue
      const answers = { residence: residence[row], hukouPlace: hukouPlace[row], awayDuration: awayDuration[row] }
      if (IS_HUKOU_SIDE[kindOfRow(answers)]) {
        seen.hukouSide++
        continue
      }
      seen.otherRows++
      if (residence[row] !== 1) continue
      for (let j = from; j < k && people.rows[j] < starts[CENSUS]; j++)
        if (standing[people.rows[j]] === STANDING.active && area[people.rows[j]] === area[row] && area[row] !== 0)
          seen.atHukouVillage = true
    } else if (row < starts[BIRTHS]) {
      if (given[CENSUS_DEATHS]) seen.hasForm = true
    } else if (row >= starts[DEATHS] && given[DEATHS] && isBefore(death[row], reference)) seen.isDead = true
  }
  return seen
}
