/**
 * Patterns of pairs that are not one person: random rows of the county, random rows of one village, and members of
 * one police household. From them come the u probabilities.
 *
 * The sampling is a fixed sequence over canonical row numbers: the same rows give the same sample.
 */
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { isInForce } from '../records/versions-in-force.ts'
import { CENSUS, POLICE, REGISTERS } from '../registers/columns.ts'
import type { Kernel } from './kernel.ts'
import { PatternCounts } from './pattern-counts.ts'

const PAIRS_PER_CLASS = 40_000

export interface RandomPatterns {
  readonly random: PatternCounts
  readonly randomLocal: PatternCounts
  readonly household: PatternCounts
}

/** Random rows of two registers: how many pairs are drawn. */
interface RandomClass {
  readonly left: number
  readonly right: number
  readonly pairs: number
}

/** The pairs of registers that are sampled, each by itself: a thread may take any of them. */
export function randomClasses(table: RecordTable): readonly RandomClass[] {
  const sizeOf = (register: number): number => table.starts[register + 1] - table.starts[register]
  const classes: RandomClass[] = []
  for (let left = 0; left <= CENSUS; left++)
    for (let right = left; right < REGISTERS.length; right++) {
      const share = right <= CENSUS ? 1 : 0.1
      // In a small table most random pairs would be the same few, matches among them: better the defaults.
      const pairs = Math.floor(Math.min(PAIRS_PER_CLASS * share, (sizeOf(left) * sizeOf(right)) / 50))
      if (pairs > 0) classes.push({ left, right, pairs })
    }
  return classes
}

/** Counts pairs of random rows of the county. */
export function sampleCounty(table: RecordTable, kernel: Kernel, { left, right, pairs }: RandomClass): PatternCounts {
  const next = sequence(0x5eed1e55 + left * 8 + right)
  const counts = new PatternCounts()
  const draw = (register: number): number =>
    table.starts[register] + Math.floor(next() * (table.starts[register + 1] - table.starts[register]))
  for (let i = 0; i < pairs; i++) {
    const a = draw(left)
    const b = draw(right)
    if (a !== b) counts.add(kernel.compare(Math.min(a, b), Math.max(a, b)))
  }
  return counts
}

/** Counts pairs of random rows of one village, and of members of one household. */
export function sampleNeighbours(table: RecordTable, kernel: Kernel): Omit<RandomPatterns, 'random'> {
  const next = sequence(0x5eed1e55)
  const randomLocal = new PatternCounts()
  const village = rowsByPlace(table, POLICE)
  const villageCensus = rowsByPlace(table, CENSUS)
  for (const { left, right, pairs } of randomClasses(table)) {
    const places = right === POLICE || left === POLICE ? village : villageCensus
    const from = left === POLICE ? right : left
    const size = table.starts[from + 1] - table.starts[from]
    for (let i = 0; i < pairs; i++) {
      const a = table.starts[from] + Math.floor(next() * size)
      const place = table.columns.area[a]
      const neighbours = places.start[place + 1] - places.start[place]
      if (neighbours < 2) continue
      const b = places.rows[places.start[place] + Math.floor(next() * neighbours)]
      if (a !== b) randomLocal.add(kernel.compare(Math.min(a, b), Math.max(a, b)))
    }
  }
  const household = new PatternCounts()
  sampleHouseholds(table, kernel, next, household)
  return { randomLocal, household }
}

/**
 * Pairs of different members of one household of the police register (of the census where there is none).
 *
 * Current versions with valid numbers that differ: an old version beside the current one, or a number mistyped in one of
 * two rows, is one person, and a few of them make "same name" look usual inside a family.
 */
function sampleHouseholds(table: RecordTable, kernel: Kernel, next: () => number, counts: PatternCounts): void {
  const register = table.starts[POLICE + 1] > table.starts[POLICE] ? POLICE : CENSUS
  const members = rowsByHousehold(table, register)
  const { idNo, idKind, household, personNo } = table.columns
  const isMember = (row: number): boolean =>
    idKind[row] === ID_KIND.valid && (register !== POLICE || isInForce(table.columns, row))
  const first = table.starts[register]
  const total = table.starts[register + 1] - first
  if (total === 0) return
  for (let i = 0; i < PAIRS_PER_CLASS / 2; i++) {
    // Drawn by row, not by household number: numbers depend on which thread came first.
    const a = first + Math.floor(next() * total)
    const h = household[a]
    const size = members.start[h + 1] - members.start[h]
    if (h === 0 || size < 2 || size > 20) continue
    const b = members.rows[members.start[h] + Math.floor(next() * size)]
    if (a === b || !isMember(a) || !isMember(b) || idNo[a] === idNo[b]) continue
    if (personNo[a] !== 0 && personNo[a] === personNo[b]) continue
    counts.add(kernel.compare(Math.min(a, b), Math.max(a, b)))
  }
}

export interface RowLists {
  readonly start: Int32Array
  readonly rows: Int32Array
}

function rowsByPlace(table: RecordTable, register: number): RowLists {
  return listRows(table, register, table.columns.area, table.areas.size)
}

function rowsByHousehold(table: RecordTable, register: number): RowLists {
  return listRows(table, register, table.columns.household, table.households.size)
}

/** Rows of a register by a number column, rows ascending; rows with number 0 are left out. */
export function listRows(table: RecordTable, register: number, column: Uint32Array, largest: number): RowLists {
  const from = table.starts[register]
  const to = table.starts[register + 1]
  const start = new Int32Array(largest + 2)
  let total = 0
  for (let row = from; row < to; row++) {
    if (column[row] === 0) continue
    start[column[row] + 1]++
    total++
  }
  for (let i = 0; i <= largest; i++) start[i + 1] += start[i]
  const next = start.slice()
  const rows = new Int32Array(total)
  for (let row = from; row < to; row++) if (column[row] !== 0) rows[next[column[row]]++] = row
  return { start, rows }
}

/** Fixed sequence in [0, 1): mulberry32 (Ettinger 2017). */
export function sequence(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
