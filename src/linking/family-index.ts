/**
 * What linking reads of families and no link changes: rows by household, and police rows that share a relative.
 *
 * In:  the record table. Out: shared memory, so that a worker can gather it while the main thread links by number.
 */
import { NUMBER_BASE } from './people.ts'
import { mixTriple } from '../records/triple-dictionary.ts'
import { type RecordTable, yearOf } from '../records/record-table.ts'
import { sharedCopy } from '../records/shared-memory.ts'
import { isInForce } from '../records/versions-in-force.ts'
import type { RowLists } from '../matching/random-pairs.ts'
import { POLICE } from '../registers/columns.ts'
import { Relatives } from './second-hukou/relatives.ts'
import { pairTwiceBorn, type TwiceBornPairs, YEARS_MOVED_MAX } from './second-hukou/twice-born-pairs.ts'

const STATUS_IN_FORCE = 0
const STATUS_DEAD = 1
const STATUS_MOVED = 2
/** Rows under one key; more are a filler in the relative's place. */
const SHARED_KEY_MAX = 4

export interface FamilyIndex {
  /** Rows by household over all registers, rows ascending; old versions of police rows live nowhere. */
  readonly households: RowLists
  /** The name of each ID number in force in the police register; 0 none. */
  readonly nameOf: Uint32Array
  /** Rows that name a spouse by one number: lists one behind the other, each behind its length (2 to 4 rows). */
  readonly bySpouse: Int32Array
  /** Rows of one name with one number of a parent, in the same way. */
  readonly byParent: Int32Array
  /** Rows of one name and one spouse's name. */
  readonly byNames: Int32Array
  /** Pairs that may be second hukou by their families' names and births. */
  readonly twiceBorn: TwiceBornPairs
}

export function indexFamilies(table: RecordTable): FamilyIndex {
  const rows = hukouRows(table)
  const nameOf = namesOfNumbers(table)
  const relatives = new Relatives(table, nameOf)
  return {
    households: rowsOfHouseholds(table),
    nameOf,
    ...sharedRelatives(table, rows, relatives),
    twiceBorn: pairTwiceBorn(table, rows, relatives),
  }
}

/**
 * Effective police rows in force, moved away or of the dead, ascending: where one hukou of a dead person was cancelled, the other one is
 * what was forgotten.
 */
function hukouRows({ columns, starts }: RecordTable): Int32Array {
  const { status } = columns
  const rows = new Int32Array(starts[POLICE + 1] - starts[POLICE])
  let count = 0
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    if (!isInForce(columns, row)) continue
    const isDead = status[row] === STATUS_DEAD
    if (status[row] === STATUS_IN_FORCE || status[row] === STATUS_MOVED || (isDead && !diedYoung(columns, row)))
      rows[count++] = row
  }
  return rows.subarray(0, count)
}

/** A child that died before the next ones were born: they may have its name. */
function diedYoung({ birth, death }: RecordTable['columns'], row: number): boolean {
  return death[row] !== 0 && yearOf(death[row]) - yearOf(birth[row]) <= YEARS_MOVED_MAX
}

/** The lists of bySpouse, byParent or byNames. */
export function* listsIn(packed: Int32Array): Generator<Int32Array> {
  for (let at = 0; at < packed.length; at += 1 + packed[at]) yield packed.subarray(at + 1, at + 1 + packed[at])
}

function sharedRelatives(
  table: RecordTable,
  rows: Int32Array,
  relatives: Relatives,
): Pick<FamilyIndex, 'bySpouse' | 'byParent' | 'byNames'> {
  const c = table.columns
  const bySpouse = new SharedKeys()
  const byNames = new SharedKeys()
  const byParent = new SharedKeys()
  // Twice: what nobody shares is told from the counts alone and never kept.
  for (const isCounting of [true, false])
    for (const row of rows) {
      const name = c.name[row]
      const spouse = relatives.spouse(row)
      const given = (keys: SharedKeys, own: number, other: number): void =>
        isCounting ? keys.count(own, other) : keys.add(own, other, row)
      if (c.spouseId[row] !== 0) given(bySpouse, 0, c.spouseId[row])
      if (name === 0) continue
      if (spouse !== 0) given(byNames, name, spouse)
      if (c.motherId[row] !== 0) given(byParent, name, c.motherId[row])
      if (c.fatherId[row] !== 0) given(byParent, name, c.fatherId[row])
    }
  return { bySpouse: bySpouse.lists(), byParent: byParent.lists(), byNames: byNames.lists() }
}

function namesOfNumbers(table: RecordTable): Uint32Array {
  const { idNo, name } = table.columns
  const names = new Uint32Array(new SharedArrayBuffer((table.ids.size + 1) * 4))
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
    if (isInForce(table.columns, row) && names[idNo[row]] === 0) names[idNo[row]] = name[row]
  names[0] = 0
  return names
}

const BUCKETS = 1 << 22

/** Rows by key, without the keys of a single row: those are most, and a list of each would cost more than the county's names. */
class SharedKeys {
  private readonly counts = new Uint8Array(BUCKETS)
  private readonly rows = new Map<number, number[]>()

  count(own: number, other: number): void {
    const bucket = mixTriple(own, other, 0) & (BUCKETS - 1)
    if (this.counts[bucket] < 2) this.counts[bucket]++
  }

  add(own: number, other: number, row: number): void {
    if (this.counts[mixTriple(own, other, 0) & (BUCKETS - 1)] < 2) return
    const key = own * NUMBER_BASE + other
    const list = this.rows.get(key)
    if (list === undefined) this.rows.set(key, [row])
    else list.push(row)
  }

  /** Lists of 2 to SHARED_KEY_MAX rows, each behind its length, in the order of their first rows. */
  lists(): Int32Array {
    const packed: number[] = []
    for (const rows of this.rows.values())
      if (rows.length >= 2 && rows.length <= SHARED_KEY_MAX) packed.push(rows.length, ...rows)
    return sharedCopy(packed)
  }
}

function rowsOfHouseholds(table: RecordTable): RowLists {
  const { household } = table.columns
  const largest = table.households.size
  const lives = (row: number): boolean =>
    household[row] !== 0 && (row >= table.starts[POLICE + 1] || isInForce(table.columns, row))
  const start = new Int32Array(new SharedArrayBuffer((largest + 2) * 4))
  let total = 0
  for (let row = 0; row < table.rows; row++) {
    if (!lives(row)) continue
    start[household[row] + 1]++
    total++
  }
  for (let i = 0; i <= largest; i++) start[i + 1] += start[i]
  const next = start.slice()
  const rows = new Int32Array(new SharedArrayBuffer(total * 4))
  for (let row = 0; row < table.rows; row++) if (lives(row)) rows[next[household[row]]++] = row
  return { start, rows }
}
