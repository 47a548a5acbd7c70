import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteTexts } from '../../../src/store/sqlite/byte-texts.ts'
import { PAGE_BYTES, PageFile, readVarint, varintLength, writeVarint } from '../../../src/store/sqlite/pages.ts'
import { RowPayload } from '../../../src/store/sqlite/row.ts'
import { IndexBuilder, TableBuilder } from '../../../src/store/sqlite/table.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const encoder = new TextEncoder()

interface Row {
  readonly text: string
  readonly number: number
}

/** A file of a moment: no test reads it after a loss of power, and SQLite need not wait for the disk. */
function openUnsynced(path: string): Database.Database {
  const database = new Database(path)
  database.pragma('synchronous = OFF')
  database.pragma('journal_mode = MEMORY')
  return database
}

/** Writes the rows as pages with an index on the text; opens the file with SQLite. Returns rows that were too long. */
function written(rows: readonly Row[]): { database: Database.Database; tooLong: number } {
  const path = join(temporaryFolder('bidui-pages'), 'pages.sqlite')
  const made = openUnsynced(path)
  made.pragma(`page_size = ${PAGE_BYTES}`)
  made.exec('CREATE TABLE t (text TEXT, number INTEGER); CREATE INDEX by_text ON t (text, number)')
  const root = (name: string): number =>
    (made.prepare('SELECT rootpage AS page FROM sqlite_schema WHERE name = ?').get(name) as { page: number }).page
  const roots = { t: root('t'), byText: root('by_text') }
  made.close()
  const file = new PageFile(path)
  const table = new TableBuilder(file, roots.t)
  const payload = new RowPayload(3)
  const kept = rows.filter(({ text, number }) => {
    payload.clear()
    payload.text(encoder.encode(text))
    payload.integer(number)
    return table.add(payload)
  })
  table.finish()
  const sorted = kept
    .map((row, k) => ({ ...row, bytes: Buffer.from(row.text), rowid: k + 1 }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes) || a.number - b.number || a.rowid - b.rowid)
  const index = new IndexBuilder(file, roots.byText, sorted.length)
  for (const { bytes, number, rowid } of sorted) {
    payload.clear()
    payload.text(bytes)
    payload.integer(number)
    payload.integer(rowid)
    index.add(payload)
  }
  index.finish()
  file.close()
  return { database: openUnsynced(path), tooLong: rows.length - kept.length }
}

function check(rows: readonly Row[]): void {
  const { database } = written(rows)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.prepare('SELECT text, number FROM t ORDER BY rowid').all()).toEqual(rows)
  const byIndex = database.prepare('SELECT count(*) AS n FROM t INDEXED BY by_text WHERE text = ? AND number = ?')
  for (const { text, number } of rows.slice(0, 20)) {
    const same = rows.filter((row) => row.text === text && row.number === number).length
    expect(byIndex.get(text, number)).toEqual({ n: same })
  }
  // SQLite goes on where we ended.
  database.prepare('INSERT INTO t VALUES (?, ?)').run('later', 7)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: rows.length + 1 })
  database.close()
}

const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 127, 128, 32_767, 32_768, 8_388_607, 8_388_608, 2_147_483_647),
  fc.nat(),
)

test('what is written as pages SQLite reads, checks and continues', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 600 }))
  const wellFormed = text.map((t) => t.toWellFormed().replaceAll('\0', ''))
  fc.assert(fc.property(fc.array(fc.record({ text: wellFormed, number }), { maxLength: 120 }), check), { numRuns: 40 })
})

/** Numbers of rows around which a leaf, and a level of the tree, is just full. */
test('no number of rows leaves a page empty or a row out', () => {
  const wide = (n: number): Row[] =>
    Array.from({ length: n }, (_, k) => ({ text: String(k).padStart(1800, 'x'), number: k }))
  // Four entries a leaf and four dividers an interior page: levels fill up quickly.
  for (let n = 0; n <= 140; n++) check(wide(n))
})

test('a tree of several levels holds what a short one holds', () => {
  check(Array.from({ length: 30_000 }, (_, k) => ({ text: `P${(k * 7919) % 30_011}`, number: k % 3 })))
})

test('a row longer than a page is refused, so that SQLite can be asked', () => {
  const { database, tooLong } = written([
    { text: 'a', number: 1 },
    { text: 'x'.repeat(9000), number: 2 },
    { text: 'b', number: 3 },
  ])
  expect(tooLong).toBe(1)
  expect(database.prepare('SELECT text FROM t ORDER BY rowid').all()).toEqual([{ text: 'a' }, { text: 'b' }])
  database.close()
})

test('an index entry that does not fit four to a page, or that never comes, is our own fault and thrown', () => {
  const path = join(temporaryFolder('bidui-pages'), 'pages.sqlite')
  const made = new Database(path)
  made.pragma(`page_size = ${PAGE_BYTES}`)
  made.exec('CREATE TABLE t (a)')
  made.close()
  const file = new PageFile(path)
  const payload = new RowPayload(1)
  payload.text(new Uint8Array(2100))
  expect(() => new IndexBuilder(file, 2, 1).add(payload)).toThrow(RangeError)
  expect(() => new IndexBuilder(file, 2, 1).finish()).toThrow(/did not come/)
  expect(() => payload.integer(2 ** 31)).toThrow(RangeError)
  file.abandon()
})

test('texts are ordered by their bytes, the shorter first, ties as they came', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('', '\0', 'a', 'a\0', 'ab', 'b', '记录', 'z'.repeat(200)),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const bytes = new ByteTexts()
      for (const t of texts) bytes.add(encoder.encode(t))
      const expected = texts
        .map((t, k) => [Buffer.from(t), k] as const)
        .sort(([a, i], [b, j]) => Buffer.compare(a, b) || i - j)
        .map(([, k]) => k)
      expect([...bytes.order()]).toEqual(expected)
      texts.forEach((t, i) =>
        texts.forEach((u, j) => expect(bytes.areEqual(i, j)).toBe(t.toWellFormed() === u.toWellFormed())),
      )
    }),
  )
})

test('a variable-length integer is seven bits a byte, the high ones first, and no byte longer than it must be', () => {
  const edges = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1f_ffff, 0x20_0000, 0x0fff_ffff, 0x1000_0000, 0xffff_ffff]
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 0xffff_ffff })), (value) => {
      const slow = value.toString(2)
      const septets = slow.padStart(Math.ceil(slow.length / 7) * 7, '0').match(/.{7}/g) ?? []
      const expected = septets.map((bits, k) => Number.parseInt(bits, 2) + (k < septets.length - 1 ? 128 : 0))
      const bytes = new Uint8Array(12)
      const end = writeVarint(bytes, 3, value)
      expect([...bytes.subarray(3, end)]).toEqual(expected)
      expect([varintLength(value), readVarint(bytes, 3)]).toEqual([end - 3, value])
    }),
  )
})
