/**
 * `audit verify`: whether the log is what was written, and if not, in which way it was changed.
 *
 * In:  the database, and if given the count and head of a printed 日报. Out: a report that names mutated, missing,
 *      inserted, reordered, truncated and rewritten events apart. A chain alone cannot see a cut tail or a chain made
 *      anew: the signed checkpoints can as far as they reach, the printed anchor always.
 */
import { createPublicKey, verify } from 'node:crypto'
import type Database from 'better-sqlite3'
import { CHECKPOINT_EVERY, checkpointBytes, noteDigest } from './decision-log.ts'
import { anchorText, canonicalRow, EVENT_FIELDS, GENESIS, hashEvent } from './event.ts'
import { EVENT_COLUMNS } from './schema.ts'

export interface AuditReport {
  readonly events: number
  readonly anchor: string
  readonly checkpoints: number
  readonly isIntact: boolean
  /** Numbers of events, at most 20 of each kind. */
  readonly mutated: readonly number[]
  readonly missing: readonly number[]
  readonly inserted: readonly number[]
  readonly reordered: readonly number[]
  readonly truncatedFrom: number | undefined
  readonly rewritten: readonly string[]
}

interface Row {
  readonly values: unknown[]
  readonly seq: number
  readonly prev: Buffer
  readonly h: Buffer
}

const LISTED_MAX = 20

/** @param against an anchor that was printed or kept elsewhere: how many events there were, and how the last hash began */
export function verifyAudit(database: Database.Database, against?: { count: number; head: string }): AuditReport {
  const marks = checkpointRows(database)
  const wanted = new Set<number>(marks.map((mark) => mark.count))
  if (against !== undefined) wanted.add(against.count)
  const chain = readChain(database, wanted)
  const { last, heads, mutated, missing, inserted, reordered } = chain

  const rewritten = missingCheckpoints(marks, last)
  const missedBy: number[] = []
  const key = publicKey(database)
  for (const mark of marks) {
    const isSigned =
      key !== undefined && verify(null, checkpointBytes(mark.count, mark.head, mark.t), key, mark.signature)
    if (!isSigned) rewritten.push(`checkpoint ${mark.count} is not signed by this desk`)
    else if (mark.count > last) missedBy.push(mark.count)
    else if (heads.has(mark.count) && heads.get(mark.count) !== mark.head.toString('hex'))
      rewritten.push(`checkpoint ${mark.count} has another head`)
  }
  if (against !== undefined) {
    if (against.count > last) missedBy.push(against.count)
    else if (against.count > 0 && !(heads.get(against.count) ?? '').startsWith(against.head.toLowerCase()))
      rewritten.push(`the printed head of event ${against.count} is another one`)
  }
  for (const digest of alteredNotes(database)) rewritten.push(`note ${digest.slice(0, 8)} has another text`)
  const truncatedFrom = missedBy.length > 0 ? last + 1 : undefined
  const isIntact =
    mutated.length + missing.length + inserted.length + reordered.length + rewritten.length === 0 &&
    truncatedFrom === undefined
  return {
    events: chain.count,
    anchor: anchorText(last, chain.head),
    checkpoints: marks.length,
    isIntact,
    mutated: mutated.slice(0, LISTED_MAX),
    missing,
    inserted: inserted.slice(0, LISTED_MAX),
    reordered: reordered.slice(0, LISTED_MAX),
    truncatedFrom,
    rewritten: rewritten.slice(0, LISTED_MAX),
  }
}

/** What walking over the events shows by itself. */
interface Chain {
  readonly count: number
  /** Number and hash of the last event; 0 and the first hash of all where there is none. */
  readonly last: number
  readonly head: Buffer
  /** Hashes of the events that were asked for, in hex. */
  readonly heads: ReadonlyMap<number, string>
  readonly mutated: readonly number[]
  /** At most LISTED_MAX. */
  readonly missing: readonly number[]
  readonly inserted: readonly number[]
  readonly reordered: readonly number[]
}

function readChain(database: Database.Database, wanted: ReadonlySet<number>): Chain {
  const mutated: number[] = []
  const missing: number[] = []
  const inserted: number[] = []
  const reordered: number[] = []
  const heads = new Map<number, string>()
  const suspects: Row[] = []
  let expected = 1
  let head: Buffer = GENESIS
  let count = 0
  for (const row of eventRows(database)) {
    count++
    for (; expected < row.seq && missing.length < LISTED_MAX; expected++) missing.push(expected)
    const gap = expected !== row.seq && missing.length >= LISTED_MAX
    if (gap || row.seq < 1) expected = row.seq
    const isWhole = hashEvent(row.prev, canonicalRow(row.values)).equals(row.h)
    if (!isWhole) suspects.push(row)
    else if (!row.prev.equals(head) && missing.at(-1) !== row.seq - 1) {
      // The event is what was once written, but not after the one that stands before it.
      if (suspects.at(-1)?.seq !== row.seq - 1) inserted.push(row.seq)
    }
    head = row.h
    expected = row.seq + 1
    if (wanted.has(row.seq)) heads.set(row.seq, row.h.toString('hex'))
  }
  for (const row of suspects) (isMoved(database, row) ? reordered : mutated).push(row.seq)
  return { count, last: expected - 1, head, heads, mutated, missing, inserted, reordered }
}

/** A checkpoint is signed every so many events: a line for each that is not there. */
function missingCheckpoints(marks: readonly { readonly count: number }[], last: number): string[] {
  const lines: string[] = []
  for (let at = CHECKPOINT_EVERY, k = 0; at <= last; at += CHECKPOINT_EVERY) {
    while (k < marks.length && marks[k].count < at) k++
    if (marks[k]?.count !== at) lines.push(`checkpoint ${at} is missing`)
  }
  return lines
}

function* eventRows(database: Database.Database): Generator<Row> {
  const rows = database.prepare(`SELECT ${EVENT_COLUMNS}, prev, h FROM event ORDER BY seq`).raw().iterate()
  const width = EVENT_FIELDS.length
  for (const cells of rows as IterableIterator<unknown[]>) {
    const prev = bytesOf(cells[width])
    const h = bytesOf(cells[width + 1])
    cells.length = width
    yield { values: cells, seq: Number(cells[0]), prev, h }
  }
}

function bytesOf(value: unknown): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value))
}

/** True when the row would be whole under the number that its own chain gives it: it was moved, not edited. */
function isMoved(database: Database.Database, row: Row): boolean {
  if (row.prev.equals(GENESIS)) return isWholeAs(row, 1)
  const before = database.prepare('SELECT seq FROM event WHERE h = ?').pluck().all(row.prev) as number[]
  const after = database.prepare('SELECT seq FROM event WHERE prev = ?').pluck().all(row.h) as number[]
  const candidates = new Set<number>([...before.map((seq) => seq + 1), ...after.map((seq) => seq - 1)])
  for (let step = -3; step <= 3; step++) candidates.add(row.seq + step)
  for (const seq of candidates) if (seq !== row.seq && isWholeAs(row, seq)) return true
  return false
}

function isWholeAs(row: Row, seq: number): boolean {
  return hashEvent(row.prev, canonicalRow([seq, ...row.values.slice(1)])).equals(row.h)
}

interface Mark {
  readonly count: number
  readonly head: Buffer
  readonly t: string
  readonly signature: Buffer
}

function checkpointRows(database: Database.Database): readonly Mark[] {
  const rows = database.prepare('SELECT count, head, t, signature FROM checkpoint ORDER BY count').all() as Mark[]
  return rows.map((row) => ({ ...row, head: bytesOf(row.head), signature: bytesOf(row.signature) }))
}

function publicKey(database: Database.Database) {
  const row = database.prepare("SELECT value FROM setting WHERE key = 'public-key'").get() as
    | { value: string }
    | undefined
  try {
    return row === undefined ? undefined : createPublicKey(row.value)
  } catch {
    return undefined
  }
}

function alteredNotes(database: Database.Database): readonly string[] {
  const rows = database.prepare('SELECT digest, text FROM note').all() as { digest: string; text: string }[]
  return rows.filter((row) => noteDigest(row.text) !== row.digest).map((row) => row.digest)
}
