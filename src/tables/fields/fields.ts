/**
 * Fields: the columns of one or two tables as numbers of comparable values, rows in an order that only values decide.
 *
 * In:  tables and the completed spec. Out: for every compared column a dictionary of folded values and the value number
 *      of each row (0: nothing known); left rows first, then right rows, each side sorted by what its rows hold.
 * Sorting makes every later step blind to the order of the files. All given and family names share one dictionary,
 * so that a name in the wrong column can be recognised. Leaves to comparisons.ts: how near two values are.
 */
import { ascending, RadixSorter } from '../../blocking/radix-sort.ts'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import { sharedInts } from '../../records/shared-memory.ts'
import { foldAddressWords } from './addresses.ts'
import { type Asides, asidesOf } from './asides.ts'
import { dateText, type PartOrder, readDates } from './dates.ts'
import { foldCode, foldElectronicAddress, foldText, readNumber, saysNothing } from './fold.ts'
import { foldLegalForms } from './legal-forms.ts'
import { meaningOf, wordsOf } from '../spec/header-words.ts'
import { yearsByCentury } from './years.ts'
import type { Table, TableColumn } from '../read/read-table.ts'
import type { ColumnKind, TableSpec } from '../spec/spec.ts'

/** Folded values in their own order; [0] is ''. */
export type Dictionary = readonly string[]

export interface Field {
  readonly name: string
  readonly kind: ColumnKind
  readonly dictionary: Dictionary
  /** Value number of each row. */
  readonly ids: Int32Array
  /** Rows that hold each value, in this column. */
  readonly counts: Int32Array
  /** Rows where the value is known. */
  readonly known: number
  /** Words that stand in brackets, of texts and full names; see asides.ts. */
  readonly asides?: Asides
}

export interface Fields {
  readonly fields: readonly Field[]
  readonly rowCount: number
  /** Rows before this one are left; equal to rowCount for one table. */
  readonly leftCount: number
  /** Row of the file for each row here, counted per side. */
  readonly fileRow: Int32Array
  /** Record identifier of each row here. */
  readonly recordIds: readonly string[]
  /** How two-part dates were read, per date column, for the summary. */
  readonly dateOrders: Readonly<Record<string, PartOrder>>
  /** Cells that hold something which could not be read as their kind. */
  readonly unread: Readonly<Record<string, number>>
}

export function buildFields(left: Table, right: Table | undefined, spec: TableSpec): Fields {
  const tables = right === undefined ? [left] : [left, right]
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0)
  const recordIds = tables.flatMap((table, side) => recordIdsOf(table, side === 0 ? spec.id.left : spec.id.right))
  const dateOrders: Record<string, PartOrder> = {}
  const unread: Record<string, number> = {}
  const folded = spec.columns
    .filter((column) => column.kind !== 'ignore')
    .map((column): FoldedColumn => {
      const sides = tables.map((table, side) => columnOf(table, side === 0 ? column.left : column.right, column.name))
      const isYear = column.kind === 'number' && conceptOf(column.name) === 'year'
      const asYear = isYear ? yearsByCentury(sides.flatMap(({ cells }) => cells)) : undefined
      const texts = sides.map((side) => foldCells(side, column.kind, column.name, dateOrders, unread, asYear))
      return { column, sides, texts }
    })
  const isPart = (kind: ColumnKind) => kind === 'given name' || kind === 'family name'
  const ofNames = dictionaryOf(folded.flatMap((f) => (isPart(f.column.kind) ? f.texts : [])))
  const unsorted = folded.map((each) =>
    numbered(each, isPart(each.column.kind) ? ofNames : dictionaryOf(each.texts), rowCount),
  )
  const order = contentOrder(
    unsorted.map((field) => field.ids),
    recordIds,
    left.rowCount,
  )
  return {
    fields: unsorted.map((field) => inOrder(field, order)),
    rowCount,
    leftCount: left.rowCount,
    fileRow: order.map((row) => (row < left.rowCount ? row : row - left.rowCount)),
    recordIds: Array.from(order, (row) => recordIds[row]),
    dateOrders,
    unread,
  }
}

/** A column of one or two tables, its distinct cells folded once. */
interface FoldedColumn {
  readonly column: TableSpec['columns'][number]
  readonly sides: readonly TableColumn[]
  /** Per side, the folded text of each distinct cell. */
  readonly texts: readonly (readonly string[])[]
}

type UnsortedField = Omit<Field, 'counts' | 'known'>

/** Identifiers as the rows of the file have them; without a column of them the rows are counted from 1. */
export function recordIdsOf(table: Table, header: string | undefined): string[] {
  if (header === undefined) return Array.from({ length: table.rowCount }, (_, row) => String(row + 1))
  const column = columnOf(table, header, 'id')
  const firstOf = new Int32Array(column.cells.length).fill(-1)
  column.codes.forEach((code, row) => {
    const first = firstOf[code]
    if (first >= 0 || column.cells[code] === '')
      throw new BiduiError(
        'E515',
        EXIT.data,
        `${table.name}: column ${column.name}: ${first < 0 ? `第 ${row + 1} 条没有记录号 · data row ${row + 1} has no identifier` : `第 ${first + 1}、${row + 1} 条记录号相同 · data rows ${first + 1} and ${row + 1} have the same identifier`}.`,
        { advice: '请给每行一个自己的记录号 · give every row an identifier of its own.' },
      )
    firstOf[code] = row
  })
  return Array.from(column.codes, (code) => column.cells[code])
}

/** Value numbers of all rows, those of the left table first, in the order of the files. */
function numbered(
  { column, sides, texts }: FoldedColumn,
  { values, numbers }: ReturnType<typeof dictionaryOf>,
  rowCount: number,
): UnsortedField {
  const ids = new Int32Array(rowCount)
  let row = 0
  sides.forEach((side, s) => {
    const numberOf = texts[s].map((text) => (text === '' ? 0 : (numbers.get(text) as number)))
    for (const code of side.codes) ids[row++] = numberOf[code]
  })
  const cells = sides.flatMap((side, s) => side.cells.map((raw, i) => [raw, texts[s][i]] as const))
  const hasAsides = column.kind === 'text' || column.kind === 'full name'
  const asides = hasAsides ? asidesOf(cells, numbers, values.length) : undefined
  return { name: column.name, kind: column.kind, dictionary: values, ids, asides }
}

/** The field with its rows in the given order, in memory that all threads read. */
function inOrder(field: UnsortedField, order: Int32Array): Field {
  const ids = sharedInts(order.length)
  const counts = sharedInts(field.dictionary.length)
  for (let place = 0; place < order.length; place++) {
    const id = field.ids[order[place]]
    ids[place] = id
    counts[id]++
  }
  return { ...field, ids, counts, known: order.length - counts[0] }
}

export function columnOf(table: Table, header: string, what: string): TableColumn {
  const found = table.columns.find((column) => column.name === header)
  if (found !== undefined) return found
  const near = nearestWord(
    header,
    table.columns.map((column) => column.name),
  )
  throw new BiduiError(
    'E516',
    EXIT.config,
    `${table.name}: 没有这一列 · there is no column ${header} (spec: ${what}).`,
    {
      advice: `${near === undefined ? '' : `是否指 · did you mean ${near}? `}各列 · columns: ${table.columns.map((c) => c.name).join(', ')}.`,
    },
  )
}

function conceptOf(name: string): string | undefined {
  return meaningOf(wordsOf(name), [])?.concept
}

/** Concepts of header-words.ts whose zeros say that nothing is known. */
const NEVER_ZERO: readonly (string | undefined)[] = ['price', 'year']

function foldCells(
  column: TableColumn,
  kind: ColumnKind,
  name: string,
  dateOrders: Record<string, PartOrder>,
  unread: Record<string, number>,
  asYear: (number: number) => number = (number) => number,
): string[] {
  const count = new Int32Array(column.cells.length)
  for (const code of column.codes) count[code]++
  const cells = column.cells.map((cell) => (saysNothing(cell) ? '' : cell))
  if (kind === 'date') {
    const { dates, order } = readDates(cells, count)
    dateOrders[name] = order
    cells.forEach((cell, i) => {
      if (cell !== '' && dates[i] === 0) unread[name] = (unread[name] ?? 0) + count[i]
    })
    // What could not be read is somebody's slip of the pen: it can still be near another date.
    return Array.from(dates, (date, i) =>
      date !== 0 ? dateText(date) : /\d{3}/.test(cells[i]) ? `~${foldCode(cells[i])}` : '',
    )
  }
  // A spreadsheet that took a column of codes for numbers wrote 4223.0 for 4223.
  const isFloated = kind === 'code' && cells.every((cell) => cell === '' || /^\d+\.0$/.test(cell.trim()))
  // Nothing was free, and nothing happened in the year 0: the shop did not know.
  const isNeverZero = kind === 'number' && NEVER_ZERO.includes(conceptOf(name))
  return cells.map((cell, i) => {
    if (cell === '') return ''
    if (isFloated) return cell.trim().slice(0, -2)
    if (kind === 'number') {
      const number = readNumber(cell)
      if (number !== undefined) return number === 0 && isNeverZero ? '' : String(asYear(number))
      unread[name] = (unread[name] ?? 0) + count[i]
      return ''
    }
    if (kind === 'code') return cell.includes('@') ? foldElectronicAddress(cell) : foldCode(cell)
    const text = foldText(cell)
    return kind === 'address' ? foldAddressWords(text) : kind === 'text' ? foldLegalForms(text) : text
  })
}

function dictionaryOf(texts: readonly (readonly string[])[]): { values: string[]; numbers: Map<string, number> } {
  const distinct = new Set<string>()
  for (const side of texts) for (const text of side) if (text !== '') distinct.add(text)
  const values = ['', ...[...distinct].sort()]
  return { values, numbers: new Map(values.map((value, i) => [value, i])) }
}

/** Rows sorted by their values, then by identifier; left and right apart. */
function contentOrder(columns: readonly Int32Array[], recordIds: readonly string[], leftCount: number): Int32Array {
  const order = ascending(recordIds.length)
  for (const side of [order.subarray(0, leftCount), order.subarray(leftCount)]) {
    sortByValues(side, columns)
    sortAlikeById(side, columns, recordIds)
  }
  return order
}

/** By the last column first: a stable sort by an earlier one keeps the order of the later ones. */
function sortByValues(rows: Int32Array, columns: readonly Int32Array[]): void {
  const sorter = new RadixSorter(rows.length)
  const keys = new Int32Array(rows.length)
  for (const ids of columns.toReversed()) {
    for (let k = 0; k < rows.length; k++) keys[k] = ids[rows[k]]
    sorter.sort(keys, rows, rows.length)
  }
}

/** Rows that hold the same values in all columns, which stand together. */
function sortAlikeById(rows: Int32Array, columns: readonly Int32Array[], recordIds: readonly string[]): void {
  const before = (a: number, b: number) => (recordIds[a] < recordIds[b] ? -1 : recordIds[a] > recordIds[b] ? 1 : 0)
  for (let from = 0, to = 1; from < rows.length; from = to++) {
    while (to < rows.length && areAlike(columns, rows[from], rows[to])) to++
    if (to > from + 1) rows.subarray(from, to).sort(before)
  }
}

function areAlike(columns: readonly Int32Array[], a: number, b: number): boolean {
  for (const ids of columns) if (ids[a] !== ids[b]) return false
  return true
}
