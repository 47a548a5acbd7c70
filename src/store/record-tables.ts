/**
 * The tables `record` and `household` of run.sqlite with their indices, written as pages.
 *
 * In: which rows are wanted (run-database-writer.ts). Out: the tables in the file. A row too long for a page is named and left
 * to SQLite. Runs in a worker thread while the main thread walks the findings.
 */
import { ascending, RadixSorter } from '../blocking/radix-sort.ts'
import { READ_AHEAD_BYTES } from '../ingest/source-rows.ts'
import { RecordTable, type RecordTableHandle } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import { ID_BYTES } from '../ids/hash-ids.ts'
import { RecordIds, ROW_NUMBER_BYTES, ROWS_AHEAD } from '../ids/record-ids.ts'
import { type PersonIds, writePersonId } from '../ids/person-ids.ts'
import { ByteTexts } from './sqlite/byte-texts.ts'
import { writeTextIndex } from './sqlite/text-index.ts'
import { RawRows } from './raw-rows.ts'
import { PageFile } from './sqlite/pages.ts'
import { RowPayload } from './sqlite/row.ts'
import { IndexBuilder, TableBuilder } from './sqlite/table.ts'

/** Root pages by table or index name, as the schema has them. */
export type RootPages = Readonly<Record<string, number>>

export interface RecordTablesMessage {
  readonly path: string
  readonly roots: RootPages
  readonly handle: RecordTableHandle
  readonly personOf: Int32Array
  readonly personIds: PersonIds
  readonly rowIsWanted: Uint8Array
  readonly householdIsWanted: Uint8Array
}

export interface RecordTablesResult {
  readonly records: number
  /** Rows that SQLite must put in. */
  readonly tooLong: readonly number[]
}

/** Keys longer than this are left to SQLite: an index entry must fit four to a page. */
export const KEY_BYTES_MAX = 1000

/** More than a register's word and the colon behind it. */
export const KEY_ROOM = 32

const encoder = new TextEncoder()
const REGISTER_WORDS = REGISTERS.map((register) => encoder.encode(register))
const NOTHING = new Uint8Array()

export function writeRecordTables(message: RecordTablesMessage): RecordTablesResult {
  const file = new PageFile(message.path)
  try {
    const result = new RecordTables(message, file).write()
    file.close()
    return result
  } catch (error) {
    file.abandon()
    throw error
  }
}

class RecordTables {
  private readonly message: RecordTablesMessage
  private readonly file: PageFile
  private readonly table: RecordTable
  private readonly ids: RecordIds
  private readonly raw: RawRows
  private readonly row = new RowPayload(9)
  /** By record in the table, rowid − 1. */
  private readonly keys = new ByteTexts()
  private persons = new Int32Array()
  private householdOf = new Int32Array()
  private records = 0
  private readonly households: Households
  private readonly areas: Uint8Array[] = []
  /** By area and block. */
  private readonly blocks = new Map<number, Uint8Array>()
  private readonly personId = new Uint8Array(ID_BYTES)
  private readonly tooLong: number[] = []
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(message: RecordTablesMessage, file: PageFile) {
    this.message = message
    this.file = file
    this.table = new RecordTable(message.handle)
    this.ids = new RecordIds(this.table)
    this.raw = new RawRows(this.table, READ_AHEAD_BYTES)
    this.households = new Households(this.table)
  }

  write(): RecordTablesResult {
    const { message } = this
    const builder = new TableBuilder(this.file, message.roots.record)
    const wanted = REGISTERS.map((_, register) => this.wantedRows(register))
    this.expect(wanted)
    wanted.forEach((rows, register) => {
      rows.forEach((row, k) => {
        if (k % ROWS_AHEAD === 0) this.readAhead(rows, k, Math.min(rows.length, k + ROWS_AHEAD))
        if (!this.addRecord(builder, row, register)) this.tooLong.push(row)
      })
    })
    builder.finish()
    writeTextIndex(this.file, this.message.roots.record_by_key, this.keys)
    this.writePersonIndex()
    const { area, block } = this.table.columns
    const order = this.households.write(this.file, message.roots, (row) => {
      const bytes = this.areaBytes(area[row])
      return [bytes, this.blockBytes(area[row], bytes, block[row])]
    })
    this.writeHouseholdIndex(order)
    return { records: this.records, tooLong: this.tooLong }
  }

  private expect(wanted: readonly Int32Array[]): void {
    const { recordIdLength } = this.table.columns
    let records = 0
    let bytes = KEY_ROOM
    wanted.forEach((rows, register) => {
      records += rows.length
      bytes += rows.length * (REGISTER_WORDS[register].length + 1)
      // A row without an id of its own is known by its number.
      for (const row of rows) bytes += recordIdLength[row] || ROW_NUMBER_BYTES
    })
    this.keys.expect(records, bytes)
    this.persons = new Int32Array(records)
    this.householdOf = new Int32Array(records)
  }

  /** In the order of the files: they are read once from start to end, and households stand together. */
  private wantedRows(register: number): Int32Array {
    const { table, message } = this
    const { fileNo, rowAt, household } = table.columns
    const from = table.starts[register]
    const rows = new Int32Array(table.starts[register + 1] - from)
    let count = 0
    for (let row = from; row < from + rows.length; row++)
      if (message.rowIsWanted[row] + message.householdIsWanted[household[row]] > 0) rows[count++] = row
    const keys = new Int32Array(count)
    for (let k = 0; k < count; k++) keys[k] = rowAt[rows[k]]
    const sorter = new RadixSorter(count)
    sorter.sort(keys, rows, count)
    for (let k = 0; k < count; k++) keys[k] = fileNo[rows[k]]
    sorter.sort(keys, rows, count)
    return rows.subarray(0, count)
  }

  /** What addRecord will read of rows[from, to): the columns lie by birth, the rows come as the files have them. */
  private readAhead(rows: Int32Array, from: number, to: number): void {
    const { personOf, personIds } = this.message
    const { fileNo, rowAt, area, block, household } = this.table.columns
    let touched = 0
    for (let k = from; k < to; k++) {
      const row = rows[k]
      touched ^= fileNo[row] ^ rowAt[row] ^ area[row] ^ block[row] ^ household[row] ^ personOf[row]
    }
    for (let k = from; k < to; k++) touched ^= personIds.high[personOf[rows[k]]] ^ personIds.low[personOf[rows[k]]]
    this.touched = touched
    this.ids.readAhead(rows, from, to)
  }

  private addRecord(builder: TableBuilder, row: number, register: number): boolean {
    const { table, ids, raw, keys, personId, message, households } = this
    const id = ids.bytes(row)
    if (id.length > KEY_BYTES_MAX) return false
    raw.read(row)
    const area = this.areaBytes(table.columns.area[row])
    const block = this.blockBytes(table.columns.area[row], area, table.columns.block[row])
    const household = households.of(row, register, area, block, raw)
    if (household === TOO_LONG) return false
    const keyAt = keys.reserve(KEY_ROOM + id.length)
    const keyEnd = ids.writeKey(row, register, keys.heap, keyAt)
    writePersonId(message.personIds, message.personOf[row], personId, 0)
    const { texts } = households
    const payload = this.row
    payload.clear()
    payload.text(keys.heap, keyAt, keyEnd - keyAt)
    payload.text(REGISTER_WORDS[register])
    payload.text(keys.heap, keyEnd - id.length, id.length)
    payload.text(personId)
    if (household < 0) payload.text(NOTHING)
    else payload.text(texts.heap, texts.at[household], texts.length[household])
    payload.text(area)
    payload.text(block)
    payload.text(raw.bytes, 0, raw.length)
    payload.text(raw.fingerprintBytes)
    if (!builder.add(payload)) return false
    keys.take(keyEnd)
    this.persons[this.records] = message.personOf[row]
    this.householdOf[this.records++] = household
    return true
  }

  private blockBytes(areaNo: number, area: Uint8Array, block: number): Uint8Array {
    if (block === 0) return NOTHING
    const key = areaNo * 65_536 + block
    let bytes = this.blocks.get(key)
    if (bytes === undefined) this.blocks.set(key, (bytes = blockBytes(area, block)))
    return bytes
  }

  private areaBytes(area: number): Uint8Array {
    this.areas[area] ??= encoder.encode(this.table.areaText(area))
    return this.areas[area]
  }

  /** Order of person ids is order of their numbers. */
  private writePersonIndex(): void {
    const { persons, records, personId } = this
    const { personIds, roots } = this.message
    const order = ascending(records)
    const keys = new Int32Array(records)
    const sorter = new RadixSorter(records)
    for (const half of [personIds.low, personIds.high]) {
      for (let k = 0; k < records; k++) keys[k] = half[persons[order[k]]]
      sorter.sort(keys, order, records)
    }
    const index = new IndexBuilder(this.file, roots.record_by_person, records)
    const entry = new RowPayload(2)
    for (const record of order) {
      entry.clear()
      writePersonId(personIds, persons[record], personId, 0)
      entry.text(personId)
      entry.integer(record + 1)
      index.add(entry)
    }
    index.finish()
  }

  /** Records by household, those without one first: a counting sort over the households' own order. */
  private writeHouseholdIndex(order: Int32Array): void {
    const { texts } = this.households
    const rank = new Int32Array(texts.count)
    let ranks = 0
    order.forEach((text, k) => {
      if (k === 0 || !texts.areEqual(text, order[k - 1])) ranks++
      rank[text] = ranks
    })
    const { records, householdOf } = this
    const rankOf = (record: number): number => (householdOf[record] < 0 ? 0 : rank[householdOf[record]])
    const starts = new Int32Array(ranks + 2)
    for (let record = 0; record < records; record++) starts[rankOf(record) + 1]++
    for (let k = 0; k <= ranks; k++) starts[k + 1] += starts[k]
    const sorted = new Int32Array(records)
    for (let record = 0; record < records; record++) sorted[starts[rankOf(record)]++] = record
    const index = new IndexBuilder(this.file, this.message.roots.record_by_household, records)
    const entry = new RowPayload(2)
    for (const record of sorted) {
      const household = householdOf[record]
      entry.clear()
      if (household < 0) entry.text(NOTHING)
      else entry.text(texts.heap, texts.at[household], texts.length[household])
      entry.integer(record + 1)
      index.add(entry)
    }
    index.finish()
  }
}

const NO_HOUSEHOLD = -1
const TOO_LONG = -2

/** `census:513027001002003/00012`: register, place, household number as written; and the rows of table `household`. */
class Households {
  readonly texts = new ByteTexts()
  private readonly numberOf: Int32Array
  private readonly members: Uint32Array
  /** By text: the first row of the household, and how many bytes at the end are its number. */
  private readonly rowOf: Int32Array
  private readonly numberBytes: Uint16Array
  private readonly table: RecordTable

  constructor(table: RecordTable) {
    this.table = table
    this.numberOf = new Int32Array(table.households.size + 1).fill(-1)
    this.members = new Uint32Array(table.households.size + 1)
    this.rowOf = new Int32Array(table.households.size)
    this.numberBytes = new Uint16Array(table.households.size)
    const { household } = table.columns
    for (let row = 0; row < table.rows; row++) this.members[household[row]]++
  }

  /** Number of the row's household among `texts`; NO_HOUSEHOLD or TOO_LONG. `raw` holds the row. */
  of(row: number, register: number, area: Uint8Array, block: Uint8Array, raw: RawRows): number {
    const household = this.table.columns.household[row]
    if (household === 0) return NO_HOUSEHOLD
    if (this.numberOf[household] !== -1) return this.numberOf[household]
    const number = raw.householdBytes()
    if (number.length > KEY_BYTES_MAX) {
      this.numberOf[household] = TOO_LONG
      return TOO_LONG
    }
    const { texts } = this
    let at = texts.reserve(64 + number.length)
    for (const part of [REGISTER_WORDS[register], COLON, block.length === 0 ? area : block, SLASH, number]) {
      texts.heap.set(part, at)
      at += part.length
    }
    const text = texts.take(at)
    this.numberOf[household] = text
    this.rowOf[text] = row
    this.numberBytes[text] = number.length
    return text
  }

  /**
   * Writes the table in key order, so that its primary key needs no further sorting; returns that order.
   * @param placeOf bytes of a row's area and block
   */
  write(
    file: PageFile,
    roots: RootPages,
    placeOf: (row: number) => readonly [area: Uint8Array, block: Uint8Array],
  ): Int32Array {
    const { texts, rowOf, numberBytes, members, table } = this
    const order = texts.order()
    const builder = new TableBuilder(file, roots.household)
    const row = new RowPayload(6)
    // Two numbers that differ in outer white space only are one key: the first one has the row.
    const kept = order.slice()
    let count = 0
    for (let k = 0; k < order.length; k++)
      if (k === 0 || !texts.areEqual(order[k], order[k - 1])) kept[count++] = order[k]
    for (let k = 0; k < count; k++) {
      const text = kept[k]
      const first = rowOf[text]
      const [area, block] = placeOf(first)
      const end = texts.at[text] + texts.length[text]
      row.clear()
      row.text(texts.heap, texts.at[text], texts.length[text])
      row.text(REGISTER_WORDS[table.registerOf(first)])
      row.text(area)
      row.text(block)
      row.text(texts.heap, end - numberBytes[text], numberBytes[text])
      row.integer(members[table.columns.household[first]])
      builder.add(row)
    }
    builder.finish()
    const index = new IndexBuilder(file, roots.sqlite_autoindex_household_1, count)
    for (let k = 0; k < count; k++) {
      const text = kept[k]
      row.clear()
      row.text(texts.heap, texts.at[text], texts.length[text])
      row.integer(k + 1)
      index.add(row)
    }
    index.finish()
    return order
  }
}

const COLON = encoder.encode(':')
const SLASH = encoder.encode('/')

/** 15 digits, or nothing where the register knows no block. */
export function blockBytes(area: Uint8Array, block: number): Uint8Array {
  if (block === 0) return NOTHING
  const bytes = new Uint8Array(area.length + 3)
  bytes.set(area)
  let rest = block - 1
  for (let k = bytes.length - 1; k >= area.length; k--) {
    bytes[k] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
  return bytes
}
