import { expect, test } from 'vitest'
import { rowAsHeader } from '../../../src/tables/spec/missing-header.ts'
import { proposeSpec, readTable } from '../../../src/tables/index.ts'

const tableOf = (...lines: string[]) => readTable(Buffer.from(`${lines.join('\n')}\n`), 'x.csv')

test.each([
  ['a date above dates', ['ann,ash,1980-02-03', 'bob,birch,1971-04-12', 'eva,cedar,1990-01-01'], 3],
  ['an electronic address above such', ['ann ash,ann@example.org', 'bob birch,b@example.com'], 2],
  ['two numbers above numbers', ['1,ann,4223', '2,bob,2600', '3,eva,2913'], 1],
  ['cells of two columns that other rows have too', ['ash,leeds', 'birch,york', 'ash,leeds', 'cedar,hull'], 1],
])('%s: the first line is a row', (_, lines, column) => expect(rowAsHeader(tableOf(...lines))).toBe(column))

test.each([
  ['a name that means something', ['surname,4223', 'ash,2600', 'birch,2913']],
  ['years above numbers', ['land,2010,2011,2012', 'a,5,6,7', 'b,3,2,1']],
  ['columns that a program counted', ['0,1,2', 'ann,4,2600', 'bob,5,2913']],
  ['columns that a program called', ['c1,c2', 'ann@example.org,4', 'bob@example.org,5']],
  ['one number above numbers', ['ann,17', 'bob,18', 'eva,19']],
  ['words above other words', ['beer,brewery of origin', 'amber,fox', 'stout,owl']],
  ['no rows', ['ash,leeds']],
])('%s: the first line is a header', (_, lines) => expect(rowAsHeader(tableOf(...lines))).toBeUndefined())

test('the guess refuses a row for a header and tells its place, not what it says', () => {
  const table = tableOf('ann,ash,1980-02-03', 'bob,birch,1971-04-12')
  expect(() => proposeSpec(table)).toThrow(/E521.*x\.csv: .*line 1 looks like a row \(column 3\)/)
  expect(() => proposeSpec(table)).not.toThrow(/ann|ash|1980/)
})

test('without a header no row is lost, and cells may stand twice in the first line', () => {
  const table = readTable(Buffer.from('ann,ann,1980-02-03\nbob,birch,\n'), 'x.csv', { hasHeader: false })
  expect(table.columns.map(({ name }) => name)).toEqual(['c1', 'c2', 'c3'])
  expect(table.columns.map(({ cells, codes }) => Array.from(codes, (code) => cells[code]))).toEqual([
    ['ann', 'bob'],
    ['ann', 'birch'],
    ['1980-02-03', ''],
  ])
})
