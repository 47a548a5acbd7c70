import { expect, test } from 'vitest'
import { makeHouseholds } from '../../bench/accuracy/tables/addresses-and-households.ts'
import { makeFigures, makeShortRows } from '../../bench/accuracy/tables/figures-and-short-rows.ts'
import type { MadeTable } from '../../bench/accuracy/tables/made-table.ts'
import { makePatients } from '../../bench/accuracy/tables/people-seen-twice.ts'
import { Chance, shuffled } from '../../bench/accuracy/tables/words.ts'
import { buildComparisons } from '../../src/tables/compare/comparisons.ts'
import { buildFields } from '../../src/tables/fields/fields.ts'
import { runTables } from '../../src/tables/engine.ts'
import { dedupe, link, tableFromRows } from '../../src/tables/index.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'

test('the order of rows changes nothing', () => {
  const made = makeShortRows(907, { people: 80, rowsMost: 5, hardness: 1 })
  const run = (rows: MadeTable['left']) => dedupe(tableFromRows('t', rows), made.spec)
  const [a, b] = [run(made.left), run(shuffled(new Chance(5), made.left))]
  expect(b.links).toEqual(a.links)
  expect(b.clusters).toEqual(a.clusters)
})

test('every comparison says the same whichever row is on the left', () => {
  for (const made of [
    makeFigures(909, { people: 60, meanRows: 3, hardness: 2 }),
    makeHouseholds(910, { households: 40, hardness: 3, overlap: 1 }),
  ]) {
    const fields = buildFields(tableFromRows('l', made.left), undefined, completeSpec(made.spec))
    for (const comparison of buildComparisons(fields.fields, [['bob', 'robert']]))
      for (let a = 0; a < fields.rowCount; a += 3)
        for (let b = 0; b < fields.rowCount; b += 2) {
          const level = comparison.levelOf(a, b)
          expect(comparison.levelOf(b, a)).toBe(level)
          expect(level).toBeLessThan(comparison.levels.length)
        }
  }
})

function levelName(kind: string, a: string, b: string, nicknames: string[][] = []): string {
  const rows = [a, b, 'zzyzx', 'qwerty'].map((x, i) => ({ id: String(i), x }))
  const fields = buildFields(tableFromRows('t', rows), undefined, completeSpec({ id: 'id', columns: { x: kind } }))
  const [comparison] = buildComparisons(fields.fields, nicknames)
  return comparison.levels[comparison.levelOf(fields.recordIds.indexOf('0'), fields.recordIds.indexOf('1'))]
}

test.each([
  ['given name', 'José', 'JOSE', /^same/],
  ['family name', "O'Neill", 'oneill', /^same/],
  ['given name', 'katherine', 'kathrine', /^one letter off/],
  ['given name', 'j', 'john', /^initial/],
  ['given name', 'mary ann', 'mary', /^one holds the other/],
  ['family name', 'knight', 'nite', /^sounds alike/],
  ['given name', 'anna', '', /^missing/],
  ['given name', '王小明', '王晓明', /^one letter off/],
  ['date', '1980-02-03', '03.02.1980', /^same/],
  ['date', '1980-02-03', '1980-03-02', /^(day and month swapped|one digit off)/],
  ['date', '1980-02-13', '1980-02-31', /^one digit off/],
  ['date', '1980-02-13', '1980', /^parts known agree/],
  ['date', '2022-05-30', '2022-06-02', /^within a week/],
  ['date', '2022-12-28', '2023-01-04', /^within a week/],
  ['date', '2022-02-23', '2022-03-03', /^two digits off/],
  ['date', '2022-05', '2022-06-02', /^same year/],
  ['date', '2022-05-30', '2021-05-30', /^one digit off/],
  ['code', 'AB-1234', 'ab1243', /^one sign off/],
  ['number', '007', '7.0', /^same/],
  ['given name', 'J', 'Karl', /^another initial$/],
  ['given name', 'J', 'K', /^another initial$/],
  ['given name', 'J R', 'James Robert', /^initial$/],
  ['given name', 'J R', 'James Sebastian', /^differs$/],
  ['code', 'a', 'b', /^another sign$/],
  ['code', 'a', 'alice', /^initial$/],
  ['code', '7', '7121', /^differs$/],
  ['code', 'b', 'alice', /^differs$/],
  ['address', '12 N. Main St', '12 north main street', /^same/],
  ['address', '4 St Kilda Rd.', '4 saint kilda road', /^same/],
  ['text', 'st road', 'street road', /^(half|some|most)/],
])('%s: %s against %s', (kind, a, b, expected) => expect(levelName(kind, a, b)).toMatch(expected))

test('codes that a program wrote as numbers of one decimal meet those of the other table', () => {
  const columns = { code: 'code' }
  const left = tableFromRows('l', [
    { id: '1', code: '4223.0' },
    { id: '2', code: '' },
  ])
  const right = tableFromRows('r', [{ id: '1', code: '4223' }])
  const { fields } = buildFields(left, right, completeSpec({ id: 'id', columns }))
  expect([...fields[0].dictionary]).toEqual(['', '4223'])
  const versions = tableFromRows('v', [
    { id: '1', code: '4.0' },
    { id: '2', code: '4.1' },
  ])
  expect(buildFields(versions, undefined, completeSpec({ id: 'id', columns })).fields[0].dictionary).toContain('40')
})

test('English short forms are nicknames of themselves, others where a table gives them, and of given names only', () => {
  expect(levelName('given name', 'bob', 'robert')).toBe('nickname')
  expect(levelName('given name', 'Peggy', 'MARGARET')).toBe('nickname')
  expect(levelName('given name', 'bob', 'william')).toBe('differs')
  expect(levelName('family name', 'bob', 'robert')).toBe('differs')
  expect(levelName('full name', 'bob thornley', 'robert thornley')).toMatch(/^(all|most) words/)
  expect(levelName('text', 'bob', 'robert')).toBe('differs')
  expect(levelName('given name', 'pepe', 'jose')).toBe('differs')
  expect(levelName('given name', 'pepe', 'jose', [['pepe', 'jose']])).toBe('nickname')
})

test('given and family name in each other’s column are recognised', () => {
  const rows = [
    { id: '1', g: 'anna', f: 'thornley' },
    { id: '2', g: 'thornley', f: 'anna' },
    { id: '3', g: 'peter', f: 'marsh' },
  ]
  const fields = buildFields(
    tableFromRows('t', rows),
    undefined,
    completeSpec({ id: 'id', columns: { g: 'given name', f: 'family name' } }),
  )
  const [given, family] = buildComparisons(fields.fields, [])
  const [a, b, c] = ['1', '2', '3'].map((id) => fields.recordIds.indexOf(id))
  expect(given.levels[given.levelOf(a, b)]).toBe('swapped with the family name')
  expect(family.levels[family.levelOf(a, b)]).toMatch(/^same/)
  expect(given.levels[given.levelOf(a, c)]).toBe('differs')
})

test('an initial in the other’s column is a swap where the other name is the very same', () => {
  const rows = [
    { id: '1', g: 'j', f: 'thornley' },
    { id: '2', g: 'thornley', f: 'james' },
    { id: '3', g: 'thornly', f: 'james' },
    { id: '4', g: 'thornley', f: 'peter' },
  ]
  const columns = { g: 'given name', f: 'family name' }
  const fields = buildFields(tableFromRows('t', rows), undefined, completeSpec({ id: 'id', columns }))
  const [given, family] = buildComparisons(fields.fields, [])
  const [a, b, c, d] = ['1', '2', '3', '4'].map((id) => fields.recordIds.indexOf(id))
  for (const [x, y] of [
    [a, b],
    [b, a],
  ]) {
    expect(given.levels[given.levelOf(x, y)]).toBe('swapped, nearly')
    expect(family.levels[family.levelOf(x, y)]).toMatch(/^same/)
  }
  for (const other of [c, d]) expect(given.levels[given.levelOf(a, other)]).not.toMatch(/^swapped/)
})

test('rows that say the same word for word are one, though a housemate might have left out as much', () => {
  const made = makePatients(915, { families: 120, hardness: 1 })
  const shared = { street: '31 Colder Mews', city: 'Brinwick', phone: '0771930044', sex: '', ssn: '' }
  const nameless = { ...shared, first: '', last: 'Ostervane', dob: '' }
  const rows = [
    ...made.left,
    { ...nameless, mrn: 'x1', cluster: 'x' },
    { ...nameless, mrn: 'x2', cluster: 'x' },
    { ...nameless, first: 'Maud', dob: '1961-03-02', mrn: 'x3', cluster: 'y' },
  ]
  const { clusters } = dedupe(tableFromRows('t', rows), made.spec)
  const clusterOf = (id: string) => clusters.findIndex((one) => one.some(({ recordId }) => recordId === id))
  expect(clusterOf('x1')).toBe(clusterOf('x2'))
  expect(clusterOf('x3')).not.toBe(clusterOf('x1'))
})

test('an empty table, a single row and tables that share nothing give no links and no crash', () => {
  const spec = { id: 'id', columns: { name: 'full name', born: 'date' } }
  const one = tableFromRows('a', [{ id: '1', name: 'ann byrd', born: '1980-01-02' }])
  const none = tableFromRows('b', [{ id: '9', name: '', born: '' }])
  expect(dedupe(one, spec).links).toEqual([])
  expect(link(one, none, spec).links).toEqual([])
})

test('a column that is not there and an identifier given twice are refused by name', () => {
  const table = tableFromRows('people.csv', [
    { id: '1', surname: 'a' },
    { id: '1', surname: 'b' },
  ])
  expect(() => dedupe(table, { id: 'id', columns: { surnane: 'family name' } })).toThrow(/E515|E516/)
  expect(() => dedupe(table, { id: 'surname', columns: { surnane: 'family name' } })).toThrow(
    /E516.*surnane.*did you mean surname/,
  )
  expect(() => dedupe(table, { id: 'id', columns: { surname: 'family name' } })).toThrow(
    /E515.*rows 1 and 2 have the same identifier/,
  )
})

test('a table of a few hundred rows is compared whole', () => {
  const made = makeShortRows(41, { people: 60, rowsMost: 5, hardness: 1 })
  const { pairsCompared, fields } = runTables(tableFromRows('t', made.left), undefined, completeSpec(made.spec))
  expect(pairsCompared).toBe((fields.rowCount * (fields.rowCount - 1)) / 2)
})
