/**
 * Changes to a log of decisions as somebody with the disk could make them, for the audit's tests and bench.
 * In: an open database without its triggers, a kind, a random source. Out: the database is another one than it was.
 */
import type Database from 'better-sqlite3'
import { canonicalRow, GENESIS, hashEvent } from '../../src/review/decisions/event.ts'
import { EVENT_COLUMNS } from '../../src/review/decisions/schema.ts'

export const MUTATIONS = ['edit', 'delete', 'insert', 'swap', 'truncate', 'rewrite', 'rehash', 'checkpoint'] as const
export type Mutation = (typeof MUTATIONS)[number]

export function dropTriggers(database: Database.Database): void {
  for (const name of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
    database.exec(`DROP TRIGGER ${String(name)}`)
}

const TEXT_COLUMNS = [
  't',
  'actor',
  'role',
  'ev',
  'obj',
  'left_key',
  'right_key',
  'run',
  'fp_a',
  'fp_b',
  'verdict',
  'level',
  'ck',
  'batch',
]

export function mutate(database: Database.Database, kind: Mutation, random: () => number): void {
  const count = database.prepare('SELECT max(seq) FROM event').pluck().get() as number
  const any = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const seq = any(1, count)
  switch (kind) {
    case 'edit': {
      const at = any(0, TEXT_COLUMNS.length + 2)
      if (at >= TEXT_COLUMNS.length) return editBytes(database, seq, at - TEXT_COLUMNS.length, random)
      const column = TEXT_COLUMNS[at]
      const text = String(database.prepare(`SELECT ${column} FROM event WHERE seq = ?`).pluck().get(seq))
      const place = any(0, text.length - 1)
      const other = text[place] === 'x' ? 'y' : 'x'
      database
        .prepare(`UPDATE event SET ${column} = ? WHERE seq = ?`)
        .run(text.slice(0, place) + other + text.slice(place + 1), seq)
      return
    }
    case 'delete':
      database.prepare('DELETE FROM event WHERE seq = ?').run(seq)
      return
    case 'insert':
      database
        .prepare(
          `INSERT INTO event (${EVENT_COLUMNS}, prev, h) SELECT ${EVENT_COLUMNS.replace('seq', String(count + 1))}, prev, h
           FROM event WHERE seq = ?`,
        )
        .run(seq)
      return
    case 'swap': {
      const other = seq === count ? 1 : any(seq + 1, count)
      const place = database.prepare('UPDATE event SET seq = ? WHERE seq = ?')
      place.run(-1, seq)
      place.run(seq, other)
      place.run(other, -1)
      return
    }
    case 'truncate':
      database.prepare('DELETE FROM event WHERE seq >= ?').run(any(2, count))
      return
    case 'rewrite':
      // The whole chain from one event on made anew with a lie in it, hashes and all.
      database
        .prepare("UPDATE event SET verdict = CASE verdict WHEN 'same' THEN 'different' ELSE 'same' END WHERE seq = ?")
        .run(seq)
      rehash(database, seq, count)
      return
    case 'rehash':
      database.prepare("UPDATE event SET actor = actor || 'x' WHERE seq = ?").run(seq)
      rehash(database, seq, seq)
      return
    case 'checkpoint': {
      const mark = database.prepare('SELECT count FROM checkpoint LIMIT 1').pluck().get() as number
      database.prepare('UPDATE checkpoint SET head = ? WHERE count = ?').run(Buffer.alloc(32, any(1, 255)), mark)
      return
    }
  }
}

function editBytes(database: Database.Database, seq: number, which: number, random: () => number): void {
  const column = ['prev', 'h', 'ms'][which]
  if (column === 'ms') {
    database.prepare('UPDATE event SET ms = ms + 1 WHERE seq = ?').run(seq)
    return
  }
  const bytes = Buffer.from(database.prepare(`SELECT ${column} FROM event WHERE seq = ?`).pluck().get(seq) as Buffer)
  bytes[Math.floor(random() * bytes.length)] ^= 1 << Math.floor(random() * 8)
  database.prepare(`UPDATE event SET ${column} = ? WHERE seq = ?`).run(bytes, seq)
}

function rehash(database: Database.Database, from: number, to: number): void {
  const read = database.prepare(`SELECT ${EVENT_COLUMNS} FROM event WHERE seq = ?`).raw()
  const write = database.prepare('UPDATE event SET prev = ?, h = ? WHERE seq = ?')
  let head =
    (database
      .prepare('SELECT h FROM event WHERE seq = ?')
      .pluck()
      .get(from - 1) as Buffer | undefined) ?? GENESIS
  for (let seq = from; seq <= to; seq++) {
    const h = hashEvent(head, canonicalRow(read.get(seq) as unknown[]))
    write.run(head, h, seq)
    head = h
  }
}
