/** What another thread opens of a table: the comparisons made from shared memory say what those of the first thread say. */
import { expect, test } from 'vitest'
import { openTables } from '../../src/tables/open-tables.ts'
import { tableFromRows } from '../../src/tables/read/read-table.ts'
import { openComparisons, shareTables } from '../../src/tables/shared-tables.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'

test.each([
  ['Latin', ['Johanna', 'Johana', '', 'Zoë', 'Zoey']],
  ['Chinese beside Latin', ['王小明', '王晓明', 'Johanna', '', 'Johana']],
])('%s values come out of shared memory as they went in', (_, names) => {
  const rows = names.map((name, k) => ({ id: String(k), name, born: `19${60 + k}-03-0${k + 1}` }))
  const spec = completeSpec({ id: 'id', columns: { name: 'given name', born: 'date' } })
  const opened = openTables(tableFromRows('t', rows), undefined, spec)
  const handle = shareTables(opened.fields, opened.cells, spec.nicknames)
  const { encoding } = handle.texts[handle.fields[0].dictionary]
  expect(encoding).toBe(names.includes('王小明') ? 'utf16le' : 'latin1')
  const again = openComparisons(handle)
  expect(again.map(({ name, levels }) => [name, levels])).toEqual(
    opened.comparisons.map(({ name, levels }) => [name, levels]),
  )
  for (let a = 0; a < rows.length; a++)
    for (let b = 0; b < rows.length; b++)
      expect(again.map((each) => each.levelOf(a, b))).toEqual(opened.comparisons.map((each) => each.levelOf(a, b)))
})
