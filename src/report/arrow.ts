/**
 * records.arrow, people.arrow and links.arrow: the bulk of a run as columns (Arrow IPC), to reopen at once or read with
 * any tool. Line n of people.arrow belongs to line n of records.arrow; they are two, because what was read can be written
 * while people are still being made.
 *
 * In: record table, people, links. Out: files written batch by batch, so that memory stays at a few megabytes; and the
 * readers. No names and no ID numbers of persons are in them: a record is its register, record id and row number.
 * Dates are decimal yyyymmdd (unknown parts 0), codes as in docs/registers.md with 0 for unknown.
 */
import { openSync, readFileSync, writeSync } from 'node:fs'
import {
  type Data,
  type DataType,
  Dictionary,
  Field,
  Int8,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  type Table,
  tableFromIPC,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { LAYERS, type Links, type People } from '../linking/people.ts'
import { dayOf, monthOf, type RecordColumn, type RecordTable, yearOf } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import { compareText } from '../text-order.ts'
import { RecordIds, ROW_NUMBER_BYTES } from '../ids/record-ids.ts'
import { closeFlushing } from './run-directory/flush.ts'
import { damagedFile } from './run-directory/read-run-json.ts'

const BATCH_ROWS = 1 << 14

/** Small codes copied as they are. */
const CODE_COLUMNS = [
  'sex',
  'ethnicity',
  'relation',
  'householdType',
  'residence',
  'hukouPlace',
  'awayDuration',
  'awayReason',
  'status',
] as const satisfies readonly RecordColumn[]

/** Packed dates written as yyyymmdd. */
const DATE_COLUMNS = ['birth', 'death', 'movedIn', 'movedOut'] as const satisfies readonly RecordColumn[]

/** One column: its field and how a range of rows becomes data. */
interface ArrowColumn {
  readonly field: Field
  readonly data: (from: number, to: number) => Data
}

export async function writeRecordsArrow(path: string, table: RecordTable, afterBatch?: () => void): Promise<number> {
  const { columns } = table
  const areas = areaDictionary(table)
  const registers = vectorFromArray([...REGISTERS], new Utf8())
  const columnsOut = [
    dictionaryColumn('register', 0, registers, (into, from, to) => {
      let register = 0
      for (let row = from; row < to; row++) {
        while (row >= table.starts[register + 1]) register++
        into[row - from] = register
      }
    }),
    recordIdColumn(table),
    numberColumn('file_no', columns.fileNo),
    numberColumn('row_no', columns.rowNo),
    areaColumn('area_code', 1, columns.area, areas),
    numberColumn('block_plus_1', columns.block),
    areaColumn('hukou_area_code', 2, columns.hukouArea, areas),
    ...DATE_COLUMNS.map((name) => dateColumn(snake(name), columns[name])),
    ...CODE_COLUMNS.map((name) => numberColumn(snake(name), columns[name])),
  ]
  return await writeArrow(path, table.rows, columnsOut, afterBatch)
}

/** The person of each row of records.arrow, and how firmly the row belongs there (ATTACHMENT). */
export async function writePeopleArrow(
  path: string,
  { personOf, attachment }: Pick<People, 'personOf' | 'attachment'>,
  afterBatch?: () => void,
): Promise<number> {
  const columns = [numberColumn('person', personOf), numberColumn('attachment', attachment)]
  return await writeArrow(path, personOf.length, columns, afterBatch)
}

/** `left` and `right` are row numbers of records.arrow. */
export async function writeLinksArrow(path: string, links: Links, afterBatch?: () => void): Promise<number> {
  const layers = vectorFromArray([...LAYERS], new Utf8())
  const decisions = vectorFromArray(['link', 'review'], new Utf8())
  const copyOf = (values: Uint8Array) => (into: Int8Array | Int32Array, from: number, to: number) =>
    into.set(values.subarray(from, to))
  const columns = [
    numberColumn('left', links.left),
    numberColumn('right', links.right),
    numberColumn('match_weight_millibits', links.weight),
    dictionaryColumn('decision', 0, decisions, copyOf(links.decision)),
    dictionaryColumn('layer', 1, layers, copyOf(links.layer)),
  ]
  return await writeArrow(path, links.count, columns, afterBatch)
}

/** With what a file of Arrow ends; without it the library would take the file for a stream, and read some of it. */
const LAST_BYTES = Buffer.from('ARROW1')

/** Opens one of the files as an Arrow table; one that a broken copy cut short is told. */
export function readArrow(path: string): Table {
  const bytes = readFileSync(path)
  if (!bytes.subarray(-LAST_BYTES.length).equals(LAST_BYTES)) throw damagedFile(path, undefined)
  try {
    return tableFromIPC(bytes)
  } catch (error) {
    throw damagedFile(path, error)
  }
}

/** Index into LAYERS of each link, in the order of links.csv. */
export function readLinkLayers(path: string): Uint8Array {
  const table = readArrow(path)
  const layers = new Uint8Array(table.numRows)
  let at = 0
  for (const data of table.getChild('layer')?.data ?? []) {
    // The buffer is padded to whole words.
    layers.set((data.values as Int8Array).subarray(0, data.length), at)
    at += data.length
  }
  return layers
}

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array

/** A column as it lies in memory. The copy leaves shared memory, which file writing does not take. */
function numberColumn(name: string, values: NumberArray): ArrowColumn {
  const type = typeOf(values)
  return {
    field: new Field(name, type, false),
    data: (from, to) => makeData({ type, length: to - from, nullCount: 0, data: values.slice(from, to) } as never),
  }
}

function typeOf(values: NumberArray): DataType {
  if (values instanceof Uint8Array) return new Uint8()
  if (values instanceof Uint16Array) return new Uint16()
  return values instanceof Uint32Array ? new Uint32() : new Int32()
}

function dateColumn(name: string, packed: Int32Array): ArrowColumn {
  const type = new Int32()
  return {
    field: new Field(name, type, false),
    data: (from, to) => {
      const data = new Int32Array(to - from)
      writeDates(data, packed, from)
      return makeData({ type, length: to - from, nullCount: 0, data })
    },
  }
}

// Loops over a batch stand in functions of their own: inside `data`, where arrays of all types follow each other, the
// compiler gave them up at the end of every batch (529 times a county).

/** Packed dates from row `from` on as yyyymmdd. */
function writeDates(into: Int32Array, packed: Int32Array, from: number): void {
  for (let k = 0; k < into.length; k++) {
    const date = packed[from + k]
    if (date !== 0) into[k] = yearOf(date) * 10_000 + monthOf(date) * 100 + dayOf(date)
  }
}

/** Values from row `from` on, each by its index in a dictionary. */
function writeIndices(into: Int8Array | Int32Array, values: Uint32Array, from: number, indexOf: Int32Array): void {
  for (let k = 0; k < into.length; k++) into[k] = indexOf[values[from + k]]
}

/**
 * @param id the dictionary's number within its file
 * @param fill writes the indices of rows [from, to) into an array that starts at `from`
 */
function dictionaryColumn(
  name: string,
  id: number,
  texts: Vector<Utf8>,
  fill: (into: Int8Array | Int32Array, from: number, to: number) => void,
): ArrowColumn {
  const isSmall = texts.length < 128
  // Left to itself the package counts dictionaries over everything that the thread has written.
  const type = new Dictionary(new Utf8(), isSmall ? new Int8() : new Int32(), id)
  return {
    field: new Field(name, type, false),
    data: (from, to) => {
      const data = isSmall ? new Int8Array(to - from) : new Int32Array(to - from)
      fill(data, from, to)
      return makeData({ type, length: to - from, nullCount: 0, data, dictionary: texts } as never)
    },
  }
}

function areaColumn(name: string, id: number, areas: Uint32Array, dictionary: AreaDictionary): ArrowColumn {
  const { indexOf } = dictionary
  return dictionaryColumn(name, id, dictionary.texts, (into, from) => {
    writeIndices(into, areas, from, indexOf)
  })
}

function recordIdColumn(table: RecordTable): ArrowColumn {
  const ids = new RecordIds(table)
  const type = new Utf8()
  return {
    field: new Field('record_id', type, false),
    data: (from, to) => {
      const valueOffsets = new Int32Array(to - from + 1)
      const data = new Uint8Array(roomOfIds(table.columns.recordIdLength, from, to))
      const end = writeIds(ids, data, valueOffsets, from)
      return makeData({ type, length: to - from, nullCount: 0, valueOffsets, data: data.subarray(0, end) })
    },
  }
}

/** Bytes that the ids of rows [from, to) take at most: a row without one is known by its number. */
function roomOfIds(lengths: Uint8Array | Uint16Array, from: number, to: number): number {
  let bytes = 0
  for (let row = from; row < to; row++) bytes += lengths[row] || ROW_NUMBER_BYTES
  return bytes
}

/** Writes the ids of the rows from `from` on and where each ends; returns the bytes written. */
function writeIds(ids: RecordIds, into: Uint8Array, offsets: Int32Array, from: number): number {
  let at = 0
  for (let k = 1; k < offsets.length; k++) {
    at = ids.writeBytes(from + k - 1, into, at)
    offsets[k] = at
  }
  return at
}

/** Area texts in their own order: the numbers in the table depend on which thread met an area first. */
interface AreaDictionary {
  readonly texts: Vector<Utf8>
  /** By area number of the table. */
  readonly indexOf: Int32Array
}

function areaDictionary(table: RecordTable): AreaDictionary {
  const texts = Array.from({ length: table.areas.size + 1 }, (_, area) => table.areaText(area))
  const sorted = [...new Set(texts)].sort(compareText)
  const place = new Map(sorted.map((text, k) => [text, k]))
  return {
    texts: vectorFromArray(sorted, new Utf8()),
    indexOf: Int32Array.from(texts, (text) => place.get(text) ?? 0),
  }
}

async function writeArrow(
  path: string,
  rows: number,
  columns: readonly ArrowColumn[],
  afterBatch?: () => void,
): Promise<number> {
  const fields = columns.map((column) => column.field)
  const schema = new Schema(fields)
  const struct = new Struct(fields)
  const writer = new RecordBatchFileWriter()
  writer.reset(undefined, schema)
  const fd = openSync(path, 'wx', 0o600)
  let bytes = 0
  try {
    const drained = (async () => {
      for await (const chunk of writer) bytes += writeWhole(fd, chunk as Uint8Array)
    })()
    for (let from = 0; from === 0 || from < rows; from += BATCH_ROWS) {
      const to = Math.min(rows, from + BATCH_ROWS)
      const children = columns.map((column) => column.data(from, to))
      writer.write(new RecordBatch(schema, makeData({ type: struct, length: to - from, nullCount: 0, children })))
      // Lets what was written so far reach the file before the next batch is made.
      await new Promise((resolve) => setImmediate(resolve))
      if (rows > BATCH_ROWS) afterBatch?.()
    }
    writer.finish()
    await drained
  } finally {
    closeFlushing(fd)
  }
  return bytes
}

function writeWhole(fd: number, bytes: Uint8Array): number {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done)
  return done
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
