/**
 * The origin–destination matrix: people who left hukou township h for o, as written in h (A rows) and in o (Ro rows).
 *
 * In:  the ground. Out: a cell for each (h, o) inside the loaded area: A rows, Ro rows, and rows of both sides that
 * belong to one person. Rows are taken by what they claim. A township that a row does not name is taken from the same
 * person's only row on the other side, else it stands as ''. Moves inside one township and across the border of the
 * loaded area have no second side here and are left out.
 */
import { CENSUS, CENSUS_DEATHS } from '../../registers/columns.ts'
import type { Ground } from '../ground.ts'
import type { Townships } from './townships.ts'

interface FlowCell {
  /** Township of the hukou; '' if the row does not name it. */
  readonly from: string
  /** Township of residence; '' if the row does not name it. */
  readonly to: string
  /** A rows: the hukou side says so. */
  readonly away: number
  /** Ro rows: the residence side says so. */
  readonly present: number
  /** Pairs of an A row and a Ro row of one person that name the same two townships. */
  readonly pairs: number
}

export interface Flows {
  /** In order of from, to; without empty cells. */
  readonly cells: readonly FlowCell[]
  readonly away: number
  readonly present: number
  readonly pairs: number
  /** Pairs of one person that name different townships: A and Ro met, not in one cell. */
  readonly crossed: number
}

const AWAY_IN_COUNTY = 4
const AWAY_OTHER_COUNTY = 5
const HUKOU_IN_COUNTY = 3
const HUKOU_OTHER_COUNTY = 4

export function measureFlows(ground: Ground, townships: Townships): Flows {
  const { table, people, given } = ground
  const { starts } = table
  const width = townships.count
  const away = new Map<number, number>()
  const present = new Map<number, number>()
  const pairs = new Map<number, number>()
  const totals = { away: 0, present: 0, pairs: 0, crossed: 0 }
  const leaving: number[] = []
  const arriving: number[] = []
  for (let person = 0; given[CENSUS] && person < people.count; person++) {
    leaving.length = arriving.length = 0
    for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++) {
      const row = people.rows[k]
      if (row < starts[CENSUS] || row >= starts[CENSUS_DEATHS]) continue
      const { isAway, isPresent, from, to } = moveOf(ground, townships, row)
      if (isAway) leaving.push(from * width + to)
      if (isPresent) arriving.push(from * width + to)
    }
    fillUnnamed(leaving, arriving, width)
    for (const cell of leaving) add(away, cell)
    for (const cell of arriving) add(present, cell)
    const met = Math.min(leaving.length, arriving.length)
    let same = 0
    for (const cell of leaving) {
      const at = arriving.indexOf(cell)
      if (at < 0) continue
      arriving.splice(at, 1)
      add(pairs, cell)
      same++
    }
    totals.away += leaving.length
    totals.present += arriving.length + same
    totals.pairs += same
    totals.crossed += met - same
  }
  const used = Array.from(new Set([...away.keys(), ...present.keys()])).sort((a, b) => a - b)
  const cells = used.map((cell) => ({
    from: townships.codes[Math.floor(cell / width)],
    to: townships.codes[cell % width],
    away: away.get(cell) ?? 0,
    present: present.get(cell) ?? 0,
    pairs: pairs.get(cell) ?? 0,
  }))
  return { cells, ...totals }
}

/** One row on each side: where a row is silent on a township, the other one is asked. */
function fillUnnamed(leaving: number[], arriving: number[], width: number): void {
  if (leaving.length !== 1 || arriving.length !== 1) return
  const [away, present] = [leaving[0], arriving[0]]
  const from = Math.floor(away / width)
  const to = present % width
  if (away % width === 0) leaving[0] = from * width + to
  if (present < width) arriving[0] = from * width + to
}

interface Move {
  readonly isAway: boolean
  readonly isPresent: boolean
  readonly from: number
  readonly to: number
}

/** The move a row speaks of, if both ends lie in the loaded area. */
function moveOf(ground: Ground, townships: Townships, row: number): Move {
  const { area, residence, residenceArea, hukouPlace, claimedHukouArea } = ground.table.columns
  const here = townships.of(area[row])
  const isAway = isInside(residence[row], AWAY_IN_COUNTY, AWAY_OTHER_COUNTY, residenceArea[row], townships)
  const isPresent =
    residence[row] === 1 &&
    isInside(hukouPlace[row], HUKOU_IN_COUNTY, HUKOU_OTHER_COUNTY, claimedHukouArea[row], townships)
  return isPresent
    ? { isAway, isPresent, from: townships.of(claimedHukouArea[row]), to: here }
    : { isAway, isPresent, from: here, to: townships.of(residenceArea[row]) }
}

/** "Another county" may be a loaded one when several are loaded together. */
function isInside(answer: number, inCounty: number, other: number, area: number, townships: Townships): boolean {
  return answer === inCounty || (answer === other && townships.isInside(area))
}

function add(counts: Map<number, number>, cell: number): void {
  counts.set(cell, (counts.get(cell) ?? 0) + 1)
}
