import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCustomers } from '../../../bench/accuracy/tables/people-elsewhere.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { valueMeanings } from '../../../src/tables/spec/value-meanings.ts'

/** A table of columns c1, c2 … each given by what its rows hold. */
function bareTable(...columns: ((row: number) => string)[]) {
  const rows = Array.from({ length: 60 }, (_, row) =>
    Object.fromEntries(columns.map((cell, c) => [`c${c + 1}`, cell(row)])),
  )
  return tableFromRows('t', rows)
}
const from =
  (...cells: string[]) =>
  (row: number) =>
    cells[row % cells.length]
const kindsOf = (...columns: ((row: number) => string)[]) =>
  Object.values(proposeSpec(bareTable(...columns)).spec.columns)

const telephone = (row: number) =>
  row % 3 === 0 ? `(0${row % 9}) 55${row} 01${row}` : row % 3 === 1 ? `+61 4 55${row}-01${row}` : `0455${row}01${row}`
const persons = from('Ann Byrd', 'Peter Smith', 'Smith, Bob', 'J. Jones', 'maria garcia', 'Uwe Klein', 'Wilhelmina Ort')
const towns = from('Austin', 'Lincoln', 'Dover', 'Selby', 'Bangor', 'Rugby', 'Truro', 'Whitby')

test('a customer table without headers is understood as the same table with them', () => {
  const kinds = (bare: boolean) =>
    Object.values(
      proposeSpec(tableFromRows('t', makeCustomers(5, { customers: 200, bare }).left), undefined, 'cluster').spec
        .columns,
    )
  expect(kinds(true)).toEqual(kinds(false))
})

test.each<[string, (row: number) => string, string]>([
  ['telephones in three styles', telephone, 'code'],
  ['electronic addresses without digits', from('ann@x.org', 'bob@y.net', 'cy@z.com'), 'code'],
  ['street addresses', (row) => `${row} ${from('Mill St', 'Oak Avenue', 'Elm Rd')(row)}, Selby`, 'address'],
  ['postcodes with a nought', (row) => String(800 + row * 130).padStart(4, '0'), 'code'],
  ['identity numbers', (row) => String(1_234_567 + row * 104_729).slice(0, 7), 'code'],
  ['years', (row) => String(1950 + (row >> 1)), 'number'],
  [
    'years with slips of the pen',
    (row) => from('0195', '0196', ...Array.from({ length: 40 }, (_, i) => `${1940 + i}`))(row),
    'number',
  ],
  ['prices', (row) => `${row * 7}.${10 + row}`, 'number'],
  ['dates', (row) => `${1950 + row}-0${1 + (row % 9)}-11`, 'date'],
  ['persons', persons, 'full name'],
  ['persons in Chinese', from('王小明', '李红', '张建国', '刘洋', '欧阳修', '陈静'), 'full name'],
  ['places in Chinese', (row) => `东垭镇人民路${row}号`, 'address'],
])('of a header that says nothing, cells say: %s', (_, column, kind) =>
  expect(kindsOf(column, telephone)[0]).toBe(kind),
)

test('given and family names are told apart by which of the common ones are among them', () => {
  const given = from('bob', 'Maria', 'ann', 'UWE', 'zoe', 'quilla', 'peter', 'dirk')
  const family = from('smith', 'Garcia', 'nguyen', 'ortwell', 'brindlebury', 'Klein', 'jones')
  expect(kindsOf(family, given)).toEqual(['family name', 'given name'])
})

test('names are believed beside what persons have only: towns, songs and makers are called so too', () => {
  expect(kindsOf(persons, (row) => `${row}.99`)[0]).toBe('text')
  expect(kindsOf(persons, telephone)[0]).toBe('full name')
  // Alone a column of whole names may be one of songs; given and family names beside each other may not.
  expect(kindsOf(persons, from('red', 'blue', 'green'))[0]).toBe('text')
  expect(kindsOf(towns, telephone)[0]).not.toMatch(/name/)
  expect(
    kindsOf(
      from(
        'Sweet Caroline',
        'Hey Jude',
        'Love me do',
        'Help',
        'Yesterday',
        'Hello',
        'Misty',
        'Rain on me',
        'Let it be',
      ),
      telephone,
    )[0],
  ).toBe('text')
})

test('columns of two tables without headers meet by what their cells mean, wherever they stand', () => {
  const [left, right] = [bareTable(persons, telephone), bareTable(telephone, persons)]
  expect(proposeSpec(left, right).spec.columns).toEqual({
    c1: { kind: 'full name', left: 'c1', right: 'c2' },
    c2: { kind: 'code', left: 'c2', right: 'c1' },
  })
})

test('a header that says something is not overruled', () => {
  const rows = Array.from({ length: 60 }, (_, row) => ({ maker: persons(row), phone: telephone(row) }))
  expect(proposeSpec(tableFromRows('t', rows)).spec.columns.maker).toBe('text')
})

test('the order of rows changes nothing of what cells mean', () =>
  fc.assert(
    fc.property(
      fc.shuffledSubarray(
        Array.from({ length: 60 }, (_, row) => row),
        { minLength: 60 },
      ),
      (order) => {
        const columns = [persons, telephone, towns]
        const shuffled = bareTable(...columns.map((cell) => (row: number) => cell(order[row])))
        expect([...valueMeanings(shuffled).values()]).toEqual([...valueMeanings(bareTable(...columns)).values()])
      },
    ),
    { numRuns: 30 },
  ))
