/**
 * Rows of decided pairs found again: by record id, or where the ids were given anew by what stands in the row.
 *
 * In:  the record table, sides of decided pairs (`register:record_id` and the fingerprint of the row as it was judged).
 * Out: the row, whether it changed since, and whether it was found by its content. A file without record ids counts its rows:
 *      one row more at its head, and every id means somebody else. Where the police register has written a new version of the
 *      person since, it is the version in force tonight, changed or not, that the pair is about.
 */
import type { RecordTable } from '../records/record-table.ts'
import { versionsInForce } from '../records/versions-in-force.ts'
import { REGISTERS } from '../registers/columns.ts'
import { RawRows } from './raw-rows.ts'

export interface DecidedSide {
  /** `register:record_id` */
  readonly key: string
  /** '' where it is not known. */
  readonly print: string
  /** Run on which it was judged; '' where it is not known. */
  readonly run?: string
}

export interface FoundRow {
  readonly row: number
  readonly hasChanged: boolean
  readonly isByContent: boolean
}

const SEVERAL = -1

/** Finds each side; a side whose record is in no file, under no id, is undefined. */
export function findRows(
  table: RecordTable,
  sides: readonly DecidedSide[],
): (side: DecidedSide) => FoundRow | undefined {
  const raw = new RawRows(table)
  const rows = rowsByKey(table, new Set(sides.map(({ key }) => key)))
  const found = new Map<string, FoundRow>()
  for (const side of sides) {
    const row = rows.get(side.key)
    if (row === undefined) continue
    if (side.print !== '') raw.read(row)
    found.set(nameOf(side), {
      row,
      hasChanged: side.print !== '' && raw.fingerprint !== side.print,
      isByContent: false,
    })
  }
  // Reading every row of a register costs seconds in a county: only where a side is missing or another now.
  const lost = sides.filter((side) => side.print !== '' && found.get(nameOf(side))?.hasChanged !== false)
  const taken = new Set(sides.filter(({ print }) => print === '').map(({ key }) => rows.get(key)))
  const runsOf = runsByPrint(sides)
  for (let g = 0; g < REGISTERS.length; g++) {
    const keysOf = keysByPrint(lost.filter(({ key }) => key.startsWith(`${REGISTERS[g]}:`)))
    if (keysOf.size === 0) continue
    const rowOf = rowsByPrint(raw, table.starts[g], table.starts[g + 1], keysOf)
    for (const [print, keys] of keysOf) {
      const row = rowOf.get(print)
      // Rows that look alike, or looked alike when they were judged: nothing says which was meant.
      if (row === undefined || row === SEVERAL || taken.has(row) || areSeveral(runsOf.get(`${g} ${print}`))) continue
      for (const key of keys) found.set(nameOf({ key, print }), { row, hasChanged: false, isByContent: true })
    }
  }
  forgetStrangers(sides, rows, found)
  takeVersionsInForce(table, raw, sides, found)
  return (side) => found.get(nameOf(side))
}

/**
 * Where ids were moved on to other rows (a file that counts its rows), a row that has the id and another content is somebody else,
 * not a row that changed: nobody is to be asked whether a stranger is the person of the old verdict.
 */
function forgetStrangers(
  sides: readonly DecidedSide[],
  rows: ReadonlyMap<string, number>,
  found: Map<string, FoundRow>,
): void {
  const registerOf = ({ key }: DecidedSide) => key.slice(0, key.indexOf(':'))
  const moved = new Set(
    sides.filter((side) => rows.has(side.key) && found.get(nameOf(side))?.isByContent === true).map(registerOf),
  )
  for (const side of sides) {
    const one = found.get(nameOf(side))
    if (one?.hasChanged === true && !one.isByContent && moved.has(registerOf(side))) found.delete(nameOf(side))
  }
}

function takeVersionsInForce(
  table: RecordTable,
  raw: RawRows,
  sides: readonly DecidedSide[],
  found: Map<string, FoundRow>,
): void {
  const inForce = versionsInForce(
    table,
    [...found.values()].map(({ row }) => row),
  )
  for (const side of sides) {
    const old = found.get(nameOf(side))
    if (old === undefined) continue
    const row = inForce(old.row)
    if (row === old.row) continue
    raw.read(old.row)
    const print = side.print === '' ? raw.fingerprint : side.print
    raw.read(row)
    found.set(nameOf(side), { ...old, row, hasChanged: raw.fingerprint !== print })
  }
}

/** One record may have been judged twice, of different data. */
function nameOf({ key, print }: DecidedSide): string {
  return `${key}\u001f${print}`
}

function rowsByKey(table: RecordTable, wanted: ReadonlySet<string>): Map<string, number> {
  const rows = new Map<string, number>()
  for (let g = 0; g < REGISTERS.length; g++)
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++) {
      const key = `${REGISTERS[g]}:${table.recordId(row)}`
      if (wanted.has(key)) rows.set(key, row)
    }
  return rows
}

function keysByPrint(sides: readonly DecidedSide[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>()
  for (const { key, print } of sides) keys.set(print, (keys.get(print) ?? new Set()).add(key))
  return keys
}

/** Register and content → under which keys it was judged, and on which runs. */
function runsByPrint(sides: readonly DecidedSide[]): Map<string, Map<string, Set<string>>> {
  const runsOf = new Map<string, Map<string, Set<string>>>()
  for (const { key, print, run = '' } of sides) {
    const name = `${REGISTERS.findIndex((register) => key.startsWith(`${register}:`))} ${print}`
    const byKey = runsOf.get(name) ?? new Map<string, Set<string>>()
    runsOf.set(name, byKey.set(key, (byKey.get(key) ?? new Set()).add(run)))
  }
  return runsOf
}

/**
 * One content under two keys of one run is two rows that looked alike. Under keys of different nights it is one row whose id was given
 * anew between them, and every verdict is about it.
 */
function areSeveral(keys: ReadonlyMap<string, ReadonlySet<string>> = new Map()): boolean {
  const seen = new Set<string>()
  for (const runs of keys.values()) {
    if (keys.size > 1 && runs.has('')) return true
    for (const run of runs) {
      if (seen.has(run)) return true
      seen.add(run)
    }
  }
  return false
}

function rowsByPrint(
  raw: RawRows,
  from: number,
  to: number,
  wanted: ReadonlyMap<string, unknown>,
): Map<string, number> {
  const rowOf = new Map<string, number>()
  for (let row = from; row < to; row++) {
    raw.read(row)
    const { fingerprint } = raw
    if (wanted.has(fingerprint)) rowOf.set(fingerprint, rowOf.has(fingerprint) ? SEVERAL : row)
  }
  return rowOf
}
