/**
 * Columns of codes that two tables number each in its own way: not one value of the one stands in the other.
 *
 * In: two tables and the completed spec. Out: the spec without such columns, and their names. True pairs never agree
 * on them, so they say nothing; left in, they talk every true pair down and nothing is linked (户号 0010010001 in the
 * police register, 001 on the census form). Small tables are taken as they are: there it may be chance.
 */
import { foldCode, saysNothing } from '../fields/fold.ts'
import type { Table } from '../read/read-table.ts'
import type { TableSpec } from './spec.ts'

const ROWS_MIN = 100

export function withoutUnsharedColumns(
  left: Table,
  right: Table,
  spec: TableSpec,
): { readonly spec: TableSpec; readonly unshared: readonly string[] } {
  if (Math.min(left.rowCount, right.rowCount) < ROWS_MIN) return { spec, unshared: [] }
  const columns = spec.columns.filter((column) => {
    if (column.kind !== 'code' && column.kind !== 'category') return true
    const mine = valuesOf(left, column.left)
    const theirs = valuesOf(right, column.right)
    return mine.size === 0 || theirs.size === 0 || [...mine].some((value) => theirs.has(value))
  })
  const unshared = spec.columns.filter((column) => !columns.includes(column)).map(({ name }) => name)
  return columns.every(({ kind }) => kind === 'ignore')
    ? { spec, unshared: [] }
    : { spec: { ...spec, columns }, unshared }
}

/** Distinct folded values; a column that is not there is left to whoever builds fields. */
function valuesOf(table: Table, name: string): ReadonlySet<string> {
  const column = table.columns.find((each) => each.name === name)
  const cells = (column?.cells ?? []).filter((cell) => !saysNothing(cell))
  return new Set(cells.map((cell) => foldCode(cell.replace(/^(\s*\d+)\.0+\s*$/, '$1'))).filter((value) => value !== ''))
}
