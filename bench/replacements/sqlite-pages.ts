/** A table of an SQLite file with one index: its pages written directly, beside better-sqlite3 row by row in one transaction. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ascending, RadixSorter } from '../../src/blocking/radix-sort.ts'
import { PAGE_BYTES, PageFile } from '../../src/store/sqlite/pages.ts'
import { RowPayload } from '../../src/store/sqlite/row.ts'
import { IndexBuilder, TableBuilder } from '../../src/store/sqlite/table.ts'
import { Chance } from '../accuracy/tables/words.ts'
import type { Contest } from './contest.ts'

const ROWS = 300_000
const SCHEMA = 'CREATE TABLE t (id TEXT, text TEXT, number INTEGER); CREATE INDEX by_number ON t (number)'

/** Rows as a run has them: texts are bytes of the files that were read, and lie one after another. */
interface Rows {
  readonly bytes: Buffer
  /** Where the texts of each row end, two a row. */
  readonly ends: Int32Array
  readonly numbers: Int32Array
}

export function sqlitePages(): readonly Contest[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-pages-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const chance = new Chance(7)
  const texts = Array.from({ length: ROWS }, (_, k) => [
    Buffer.from(`F${String(k).padStart(13, '0')}`),
    Buffer.from(`普查中查无此人 ${chance.below(1e9)}`),
  ]).flat()
  let end = 0
  const rows: Rows = {
    bytes: Buffer.concat(texts),
    ends: Int32Array.from(texts, ({ length }) => (end += length)),
    // As findings come: not by township, so that the index asks for a sort.
    numbers: Int32Array.from({ length: ROWS }, () => chance.below(300)),
  }
  return [
    {
      part: 'store/sqlite/pages.ts and its table and index',
      instead: 'better-sqlite3, one transaction, the index made afterwards',
      work: 'rows',
      units: ROWS,
      byHand: () => writePages(join(folder, 'pages.sqlite'), rows),
      byLibrary: () => insertRows(join(folder, 'rows.sqlite'), rows),
      digest: (path) => contentsOf(path as string),
    },
  ]
}

function writePages(path: string, rows: Rows): string {
  rmSync(path, { force: true })
  const made = new Database(path)
  made.pragma(`page_size = ${PAGE_BYTES}`)
  made.exec(SCHEMA)
  const rootOf = made.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck()
  const [table, index] = [rootOf.get('t') as number, rootOf.get('by_number') as number]
  made.close()
  const file = new PageFile(path)
  const builder = new TableBuilder(file, table)
  const payload = new RowPayload(3)
  const { bytes, ends, numbers } = rows
  for (let row = 0, from = 0; row < ROWS; row++) {
    const [middle, end] = [ends[2 * row], ends[2 * row + 1]]
    payload.clear()
    payload.text(bytes, from, middle - from)
    payload.text(bytes, middle, end - middle)
    payload.integer(numbers[row])
    builder.add(payload)
    from = end
  }
  builder.finish()
  const order = ascending(ROWS)
  new RadixSorter(ROWS).sort(numbers.slice(), order, ROWS)
  const entries = new IndexBuilder(file, index, ROWS)
  for (const row of order) {
    payload.clear()
    payload.integer(numbers[row])
    payload.integer(row + 1)
    entries.add(payload)
  }
  entries.finish()
  file.close()
  return path
}

function insertRows(path: string, rows: Rows): string {
  rmSync(path, { force: true })
  const database = new Database(path)
  database.pragma(`page_size = ${PAGE_BYTES}`)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  const [table, index] = SCHEMA.split(';')
  database.exec(table)
  const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)')
  const { bytes, ends, numbers } = rows
  database.transaction(() => {
    for (let row = 0, from = 0; row < ROWS; row++) {
      const [middle, end] = [ends[2 * row], ends[2 * row + 1]]
      insert.run(bytes.toString('utf8', from, middle), bytes.toString('utf8', middle, end), numbers[row])
      from = end
    }
  })()
  database.exec(index)
  database.close()
  return path
}

/** What SQLite reads of a file, by the table and by its index; and that it finds the file whole. */
function contentsOf(path: string): string {
  const database = new Database(path, { readonly: true })
  const one = (query: string): string => String(database.prepare(query).pluck().get())
  const contents = [
    one('PRAGMA integrity_check'),
    one("SELECT count(*) || ' ' || min(id) || ' ' || max(text) || ' ' || sum(number * rowid) FROM t"),
    one('SELECT sum(number * rowid) FROM t INDEXED BY by_number WHERE number >= 150'),
  ]
  database.close()
  return contents.join('\n')
}
