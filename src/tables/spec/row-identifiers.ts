/**
 * Columns that number the rows: the one a spec calls `id`, and second ones that would only talk every pair down.
 *
 * In:  tables. Out: the identifying column, or none where no column looks like one: then rows are numbered as they stand.
 * That a cell is found in one row only is not enough: titles, telephones and identity numbers of a clean table are such,
 * and taking one of them for the identifier would keep it from being compared.
 */
import { saysNothing } from '../fields/fold.ts'
import { meaningOf, wordsOf } from './header-words.ts'
import type { Table, TableColumn } from '../read/read-table.ts'
import type { ValueMeanings } from './value-meanings.ts'

const ROW_HEADER =
  /^((rec(ord)?|row|unique|tuple|instance|source|item|product|entity|party) ?(id|key|no|number)|id|key|pk|rec|recid|row|record|uid|uuid|guid|uri|url|index|idx|编号|序号|主键)$/
const ID_HEADER = /\b(id|key|pk|uri)$|^id\b/

/**
 * @param answer a column that says who is who identifies nothing
 * @param values what cells mean: telephones identify persons, not rows
 */
export function identifierOf(table: Table, answer: string | undefined, values: ValueMeanings): TableColumn | undefined {
  const columns = table.columns
    .filter((column) => (values.get(column)?.concept ?? 'number') === 'number')
    .filter(({ name, cells }) => name !== answer && cells.length === table.rowCount && !cells.some(saysNothing))
    .map((column) => ({ column, header: wordsOf(column.name) }))
  const find = (test: (header: string, column: TableColumn, concept: string | undefined) => boolean) =>
    columns.find(({ column, header }) => test(header, column, meaningOf(header, [])?.concept))?.column
  return (
    find((header) => ROW_HEADER.test(header)) ??
    find((header, _, concept) => concept === undefined && ID_HEADER.test(header)) ??
    find((_, column, concept) => concept === undefined && (isCountedUp(column) || isOfSigns(column)))
  )
}

/**
 * A second identifier of the row: different everywhere, called so or counted up. No two rows agree on it, so it would
 * only talk every pair down. Two tables that share values of it mean something by them.
 */
export function isRowNumber(sides: readonly TableColumn[], ...rowCounts: readonly (number | undefined)[]): boolean {
  if (sides.some((side, s) => side.cells.length !== rowCounts[s] || side.cells.length < ROW_NUMBERS_LEAST)) return false
  const header = wordsOf(sides[0].name)
  const isCalledSo = ROW_HEADER.test(header) || ID_HEADER.test(header)
  if (!isCalledSo && (meaningOf(header, []) !== undefined || !sides.every(isCountedUp))) return false
  if (sides.length === 1) return true
  const mine = new Set(sides[0].cells)
  return sides[1].cells.filter((cell) => mine.has(cell)).length < SHARED_LEAST * sides[1].cells.length
}

const ROW_NUMBERS_LEAST = 10
const SHARED_LEAST = 0.05

/** Whole numbers without a gap, in any order. */
function isCountedUp({ cells }: TableColumn): boolean {
  const numbers = cells.map(Number)
  const least = numbers.reduce((low, number) => Math.min(low, number), Infinity)
  return numbers.every((number) => Number.isInteger(number) && number - least < cells.length)
}

/** One word each with a digit in it: rec-17-org, b000jz4hqo, http://…/17. Not a day on which few things happened. */
function isOfSigns({ cells }: TableColumn): boolean {
  if (cells.every((cell) => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(cell.trim()))) return false
  return cells.every((cell) => /^\S*\d\S*$/.test(cell.trim()) && !/^[-+]?\d+[.,]\d+$/.test(cell.trim()))
}
