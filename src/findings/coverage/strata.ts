/**
 * Two lists of one population, stratum by stratum: the census forms and the police register, people with hukou here.
 *
 * In:  the ground. Out: counts for each township × age group × sex, and the census rows that should not be (duplicates,
 * the dead, those born after T0). Only people whose hukou is or is said to be here are counted: of inflow from outside
 * the police have no list. Who stands on both lists is placed by the police register, so that no error of a form
 * moves him between strata.
 */
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { Townships } from '../balance/townships.ts'
import { ageOn, isBefore, isFrom } from '../calendar.ts'
import { type Ground, STANDING } from '../ground.ts'
import type { TwoLists } from './dual-system.ts'

/** First age beyond each group but the last of known ages. */
const AGE_BOUNDS = [5, 15, 25, 45, 65]
const AGE_GROUPS = ['0-4', '5-14', '15-24', '25-44', '45-64', '65+', ''] as const
const SEXES = ['', '男', '女'] as const
/** Strata of one township. */
const WIDTH = AGE_GROUPS.length * SEXES.length

export interface StratumCounts extends TwoLists {
  /** 9 digits; '' not known. */
  readonly township: string
  readonly ages: string
  readonly sex: string
}

export interface Overcount {
  /** Rows beyond those that one person may have: a second present row, a second away row. */
  readonly duplicateRows: number
  readonly dead: number
  readonly bornAfter: number
}

export interface CoverageStrata {
  readonly strata: readonly StratumCounts[]
  readonly overcount: Overcount
}

/** D8: hukou in another county; undetermined. */
const HUKOU_OUTSIDE = 4

export function coverageStrata(ground: Ground): CoverageStrata {
  const townships = new Townships(ground.table)
  const lists = new ListCounts(townships)
  let [duplicateRows, dead, bornAfter] = [0, 0, 0]
  for (let person = 0; person < ground.people.count; person++) {
    const seen = lookAt(ground, townships, person)
    duplicateRows += Math.max(0, seen.present - 1) + Math.max(0, seen.away - 1)
    const isListed = seen.present + seen.away > 0
    if (seen.isDead || seen.isBornAfter) {
      if (isListed && seen.isDead) dead++
      else if (isListed) bornAfter++
    } else
      lists.count(seen, isListed && (seen.onRegister || seen.saysHukouHere), ageGroup(seen.birth, ground.reference))
  }
  return { strata: lists.strata(), overcount: { duplicateRows, dead, bornAfter } }
}

/** How many stand on the first list (forms), the second (register) and both, by township, age group and sex. */
class ListCounts {
  private readonly townships: Townships
  private readonly first: Float64Array
  private readonly second: Float64Array
  private readonly both: Float64Array

  constructor(townships: Townships) {
    this.townships = townships
    const size = townships.count * WIDTH
    this.first = new Float64Array(size)
    this.second = new Float64Array(size)
    this.both = new Float64Array(size)
  }

  count({ onRegister, township, sex }: Seen, onForms: boolean, ages: number): void {
    const at = township * WIDTH + ages * SEXES.length + sex
    if (onForms) this.first[at]++
    if (onRegister) this.second[at]++
    if (onForms && onRegister) this.both[at]++
  }

  /** Those that somebody is counted in. */
  strata(): StratumCounts[] {
    const { townships, first, second, both } = this
    const strata: StratumCounts[] = []
    for (let at = 0; at < first.length; at++) {
      if (first[at] + second[at] === 0) continue
      strata.push({
        township: townships.codes[Math.floor(at / WIDTH)],
        ages: AGE_GROUPS[Math.floor((at % WIDTH) / SEXES.length)],
        sex: SEXES[at % SEXES.length],
        first: first[at],
        second: second[at],
        both: both[at],
      })
    }
    return strata
  }
}

interface Seen {
  onRegister: boolean
  present: number
  away: number
  saysHukouHere: boolean
  isDead: boolean
  isBornAfter: boolean
  township: number
  birth: number
  sex: number
}

function lookAt(ground: Ground, townships: Townships, person: number): Seen {
  const { table, people, standing, given, places, reference } = ground
  const { starts, columns: c } = table
  const seen: Seen = {
    onRegister: false,
    present: 0,
    away: 0,
    saysHukouHere: false,
    isDead: false,
    isBornAfter: false,
    township: 0,
    birth: 0,
    sex: 0,
  }
  // Rows lie police first, then by birth: the first that knows an item gives it.
  const take = (row: number, township: number): void => {
    if (seen.township === 0) seen.township = township
    if (seen.birth === 0) seen.birth = c.birth[row]
    if (seen.sex === 0) seen.sex = c.sex[row]
  }
  for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++) {
    const row = people.rows[k]
    if (row < starts[CENSUS]) {
      if (!given[POLICE] || standing[row] !== STANDING.active) continue
      if (c.area[row] !== 0 && places.loaded[c.area[row]] === 0) continue
      seen.onRegister = true
      if (isFrom(c.birth[row], reference)) seen.isBornAfter = true
      take(row, townships.of(c.area[row]))
    } else if (row < starts[CENSUS_DEATHS]) {
      if (!given[CENSUS]) continue
      if (c.residence[row] === 1) seen.present++
      else seen.away++
      if (isFrom(c.birth[row], reference) && !seen.onRegister) seen.isBornAfter = true
      const isHere = c.residence[row] !== 1 || c.hukouPlace[row] < HUKOU_OUTSIDE
      if (isHere) seen.saysHukouHere = true
      take(row, townships.of(isHere && c.hukouArea[row] !== 0 ? c.hukouArea[row] : c.area[row]))
    } else if (row >= starts[BIRTHS] && row >= starts[DEATHS]) {
      if (given[DEATHS] && isBefore(c.death[row], reference)) seen.isDead = true
    }
  }
  return seen
}

function ageGroup(birth: number, reference: number): number {
  const age = ageOn(birth, reference)
  if (birth === 0) return AGE_GROUPS.length - 1
  const group = AGE_BOUNDS.findIndex((bound) => age < bound)
  return group < 0 ? AGE_BOUNDS.length : group
}
