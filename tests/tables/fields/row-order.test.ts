/** The order of the rows of a table: what they hold decides, and only where that is the same the identifier. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import type { TableSpec } from '../../../src/tables/spec/spec.ts'

const SPEC: TableSpec = {
  id: { left: 'id', right: 'id' },
  nicknames: [],
  columns: [
    { name: 'a', kind: 'text', left: 'a', right: 'a' },
    { name: 'b', kind: 'code', left: 'b', right: 'b' },
  ],
}

const cell = fc.constantFrom('', 'x', 'y', 'zeta', '17')
const rows = fc
  .array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 40 })
  .map((cells) => cells.map((row, k) => ({ id: `${(k * 7) % 41}`, ...row })))

test('rows stand as a comparison of their values, column by column, and then of their identifiers has them', () => {
  fc.assert(
    fc.property(rows, rows, (left, right) => {
      const fields = buildFields(tableFromRows('l', left), tableFromRows('r', right), SPEC)
      const inOrder = (written: typeof left) =>
        written
          .toSorted((x, y) => compare(x.a, y.a) || compare(x.b, y.b) || compare(x.id, y.id))
          .map((row) => written.indexOf(row))
      expect(Array.from(fields.fileRow)).toEqual([...inOrder(left), ...inOrder(right)])
    }),
  )
})

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
