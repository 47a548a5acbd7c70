import { expect, test } from 'vitest'
import { buildFields, type Field } from '../../../src/tables/fields/fields.ts'
import { looksLikeNumber, readNumber } from '../../../src/tables/fields/fold.ts'
import { NumberLevels } from '../../../src/tables/compare/number-levels.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

/** What a pair of numbers is called in a column that holds each of these once, and the two. */
function nameOf(column: readonly number[], x: number, y: number): string {
  const values = ['', ...[...new Set([...column, x, y].map(String))].sort()]
  const counts = Int32Array.from(values, (_, v) => Math.min(v, 1))
  const known = values.length - 1
  const levels = new NumberLevels({
    name: 'n',
    kind: 'number',
    dictionary: values,
    counts,
    known,
    ids: counts,
  } as Field)
  const [u, v] = [values.indexOf(String(x)), values.indexOf(String(y))]
  expect(levels.levelOf(v, u)).toBe(levels.levelOf(u, v))
  return levels.levels[levels.levelOf(u, v)].name
}

test('nearness is measured against how far apart the numbers of a column lie', () => {
  const longitudes = Array.from({ length: 100 }, (_, i) => -120 + i / 2)
  expect(nameOf(longitudes, -97.1234, -97.15)).toBe('nearly the same')
  expect(nameOf(longitudes, -97.1234, -97.9)).toBe('one more or less')
  expect(nameOf(longitudes, -93.1, -82.4)).toBe('within a third')
  expect(nameOf(longitudes, -93.1, -52.4)).toBe('differs')
  const ages = Array.from({ length: 90 }, (_, i) => i)
  expect(nameOf(ages, 41, 42)).toBe('one more or less')
  expect(nameOf(ages, 41, 61)).toBe('one digit off')
})

test('one more or less is little where things are counted, not where one is as far as the column reaches', () => {
  const ofOneTown = Array.from({ length: 100 }, (_, i) => 51 + i / 1000)
  expect(nameOf(ofOneTown, 51.01234, 51.01281)).toBe('near')
  expect(nameOf(ofOneTown, 51.01234, 51.08712)).not.toBe('one more or less')
  expect(nameOf([1, 2, 2, 3], 1, 2)).toBe('one more or less')
})

test('milliseconds and seconds, minutes and seconds are the same in another unit', () => {
  const lengths = Array.from({ length: 100 }, (_, i) => 150 + 2 * i)
  expect(nameOf(lengths, 219, 219_431)).toBe('the same in another unit')
  expect(nameOf(lengths, 219, 3.65)).toBe('the same in another unit')
  expect(nameOf(lengths, 219, 5.1)).toBe('differs')
})

test('of prices a tenth and a third more or less are two answers', () => {
  const prices = Array.from({ length: 100 }, (_, i) => 10 * 1.06 ** i)
  expect(nameOf(prices, 413, 441)).toBe('within a tenth')
  expect(nameOf(prices, 413, 552)).toBe('within a third')
  expect(nameOf(prices, 413, 837)).toBe('differs')
})

test.each([
  ['3:46', 226],
  ['1:02:03', 3723],
  ['3m 39sec', 219],
  ['3 min 5 s', 185],
  ['1h 2m 3s', 3723],
])('%s is a duration', (cell, seconds) => {
  expect(readNumber(cell)).toBe(seconds)
  expect(looksLikeNumber(cell)).toBe(true)
})

test.each(['3:75', '12 main', '4:3', 'm 3 s 4'])('%s is none', (cell) => {
  expect(looksLikeNumber(cell)).toBe(false)
})

test('a price or a year of 0 says that nobody knew it; a count or an age of 0 says so much', () => {
  const rows = [
    { id: 'a', price: '0', year: '0', age: '0' },
    { id: 'b', price: '12.5', year: '1999', age: '7' },
  ]
  const spec = completeSpec({ id: 'id', columns: { price: 'number', year: 'number', age: 'number' } })
  const { fields, recordIds } = buildFields(tableFromRows('shop', rows), undefined, spec)
  const row = recordIds.indexOf('a')
  const cells = fields.map(({ name, dictionary, ids }) => [name, dictionary[ids[row]]])
  expect(Object.fromEntries(cells)).toEqual({ price: '', year: '', age: '0' })
})
