/** What stands in brackets is left out where other cells of the row say it already. */
import { expect, test } from 'vitest'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { leaveOutSaid } from '../../../src/tables/fields/said-asides.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { type ColumnKind, completeSpec } from '../../../src/tables/spec/spec.ts'

/** The first column of each row as it is compared, in the order of the rows. */
function compared(kinds: Record<string, ColumnKind>, ...rows: Record<string, string>[]): string[] {
  const table = tableFromRows(
    'places',
    rows.map((row, i) => ({ id: `${i}`, ...row })),
  )
  const read = buildFields(table, undefined, completeSpec({ id: 'id', columns: kinds }))
  const [field] = leaveOutSaid(read.fields)
  const names = new Map(read.recordIds.map((id, row) => [id, field.dictionary[field.ids[row]]]))
  return rows.map((_, i) => names.get(`${i}`) as string)
}

test.each(['text', 'full name'] as const)('a %s loses the town in brackets in its own rows only', (kind) => {
  expect(
    compared(
      { name: kind, city: 'text' },
      { name: 'Spago (Las Vegas)', city: 'las vegas' },
      { name: 'Spago (Los Angeles)', city: 'w. hollywood' },
      { name: 'Ritz-Carlton [Atlanta] Cafe', city: 'Atlanta' },
      { name: 'Spago (Las Vegas)', city: '' },
    ),
  ).toEqual(['spago', 'spago los angeles', 'ritz carlton cafe', 'spago las vegas'])
})
test('what is no bracket stays, whatever the other cells say', () => {
  expect(compared({ name: 'text', city: 'text' }, { name: 'Las Vegas Grill', city: 'Las Vegas' })).toEqual([
    'las vegas grill',
  ])
})
test('each word must be of a cell that is in the brackets as a whole', () => {
  const kinds = { name: 'text', city: 'category', state: 'category', about: 'text' } as const
  expect(
    compared(
      kinds,
      { name: 'Palm (Atlanta, GA)', city: 'Atlanta', state: 'GA', about: 'steaks' },
      { name: 'Palm (Atlanta North)', city: 'Atlanta', state: 'GA', about: 'steaks' },
      { name: 'Palm (Atlanta)', city: 'Buckhead', state: 'GA', about: 'the palm of atlanta' },
    ),
  ).toEqual(['palm', 'palm atlanta north', 'palm atlanta'])
})
test('years and numbers of models stay', () => {
  const kinds = { name: 'text', year: 'number', model: 'code' } as const
  expect(
    compared(kinds, { name: 'Heat (1995)', year: '1995', model: '' }, { name: 'Camera (W55)', year: '', model: 'W55' }),
  ).toEqual(['heat 1995', 'camera w55'])
})
test('asides that stay are asides still', () => {
  const row = { id: '1', title: 'Rewind (Monty) remix (live)', artist: 'Monty' }
  const spec = completeSpec({ id: 'id', columns: { title: 'text', artist: 'text' } })
  const [field] = leaveOutSaid(buildFields(tableFromRows('songs', [row]), undefined, spec).fields)
  expect(field.dictionary).toEqual(['', 'rewind remix live'])
  expect(field.asides?.[1]).toBe(0b100)
})
test('two tables opened for comparing have lost them', () => {
  const spec = completeSpec({ id: 'id', columns: { name: 'full name', city: 'text' } })
  const one = tableFromRows('one', [{ id: '1', name: 'Spago (Atlanta)', city: 'Atlanta' }])
  const other = tableFromRows('other', [{ id: '1', name: 'Spago', city: 'Buckhead' }])
  expect(openTables(one, other, spec).fields.fields[0].dictionary).toEqual(['', 'spago'])
})
