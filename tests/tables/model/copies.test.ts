/** Where nobody is there twice, likeness of siblings is no reason to link; where things are there twice, it is none against. */
import { expect, test } from 'vitest'
import { ALL } from '../../../bench/accuracy/tables/shapes.ts'
import { copiesAmong } from '../../../src/tables/model/copies.ts'
import { NO_COPIES, runTables } from '../../../src/tables/engine.ts'
import { dedupe, tableFromRows } from '../../../src/tables/index.ts'
import { proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { PatternInterner } from '../../../src/tables/compare/patterns.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { summaryOf } from '../../../src/tables/results/write-result.ts'

const shop = tableFromRows('shop', [
  { id: 'a', title: 'Blue Harvest Moon Over Silver Rivers 12', code: 'x1', album: 'Rivers' },
  { id: 'b', title: 'Blue Harvest Moon Over Silver Rivers 12', code: 'x2', album: 'Rivers' },
  { id: 'c', title: 'Blue Harvest Moon Over Silver Rivers 40', code: 'x3', album: 'Rivers' },
  { id: 'd', title: 'Quiet Lantern Seven', code: 'x4', album: 'Rivers' },
  { id: 'e', title: 'Another Window', code: 'x4', album: 'Rivers' },
  { id: 'f', title: 'Stone Garden', code: 'x5', album: 'Hills' },
])
const opened = openTables(
  shop,
  undefined,
  completeSpec({ id: 'id', columns: { title: 'text', code: 'code', album: 'text' } }),
)

/** The part that looks like copies when just these two rows are a likely pair. */
function copiesOf(one: string, other: string, weight = 9000): number {
  const { comparisons, fields } = opened
  const rowOf = (id: string) => fields.recordIds.indexOf(id)
  const interner = new PatternInterner(comparisons.length)
  const levels = Uint8Array.from(comparisons, (comparison) => comparison.levelOf(rowOf(one), rowOf(other)))
  interner.add(levels, 0, 1)
  return copiesAmong(interner.patterns(), Int32Array.of(weight), comparisons, fields.fields)
}

test('a pair of one title looks like copies, a pair of two titles on one album does not', () => {
  expect(copiesOf('a', 'b')).toBe(1)
  expect(copiesOf('b', 'd')).toBe(0)
})

test('titles that share all words but their number are siblings', () => {
  expect(copiesOf('a', 'c')).toBe(0)
})

test('one code makes copies of two titles', () => {
  expect(copiesOf('d', 'e')).toBe(1)
})

test('a pair that is not likely says nothing', () => {
  expect(copiesOf('b', 'd', -1)).toBe(1)
})

test('a table of persons is not asked for titles', () => {
  const people = openTables(shop, undefined, completeSpec({ id: 'id', columns: { title: 'full name', album: 'text' } }))
  const interner = new PatternInterner(people.comparisons.length)
  interner.add(
    Uint8Array.from(people.comparisons, ({ levels }) => levels.length - 1),
    0,
    1,
  )
  expect(copiesAmong(interner.patterns(), Int32Array.of(9000), people.comparisons, people.fields.fields)).toBe(1)
})

test('hundreds of programs of which none is there twice are not asked a second time for less', () => {
  const table = tableFromRows('shop', ALL['software-left'](1021).left.slice(0, 380))
  const { spec } = proposeSpec(table, undefined, 'cluster')
  const links = runTables(table, undefined, completeSpec(spec)).links.filter(({ decision }) => decision === 'link')
  expect(links.length).toBeLessThan(5)
})

test.each(['album-tracks-small-left'])(
  'tracks of which none is there twice are not linked with the others of their album, and it is said why: %s',
  (shape) => {
    const made = ALL[shape](63)
    const table = tableFromRows('tracks', made.left)
    const said: string[] = []
    const { spec } = proposeSpec(table, undefined, 'cluster')
    const result = runTables(table, undefined, completeSpec(spec), { onPhase: (line) => said.push(line) })
    expect(result.links).toEqual([])
    expect(result.areCopies).toBe(false)
    expect(said).toContainEqual(expect.stringContaining(NO_COPIES))
    expect(summaryOf(result, table.rowCount)).toMatchObject({ links: 0, warning: NO_COPIES })
  },
)

test('things that are there twice are linked as before, and nothing is said', () => {
  const made = ALL['listings-one-table'](63)
  const table = tableFromRows('shops', made.left)
  const { detail } = dedupe(table, made.spec)
  expect(detail.areCopies).toBe(true)
  expect(summaryOf(detail, 1)).not.toHaveProperty('warning')
  expect(measureTruth(detail, table, undefined, 'cluster').f1).toBeGreaterThan(0.7)
})
