import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readTable, type Table } from '../../../src/tables/read/read-table.ts'
import { readSpec } from '../../../src/tables/spec/spec.ts'

const rowsOf = (table: Table) =>
  Array.from({ length: table.rowCount }, (_, row) => table.columns.map((column) => column.cells[column.codes[row]]))

test('rows are what csv-parse reads, and every distinct cell stands once', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', 'ab', '比对', 'é', '𠮷', ' x '),
    fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '户', '𠮷'), maxLength: 6 }),
  )
  const written = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 400 }),
      fc.constantFrom('\n', '\r\n'),
      (rows, end) => {
        const text = ['x,y,z', ...rows.map((row) => row.map(written).join(','))].join(end)
        const table = readTable(Buffer.from(text), 't.csv')
        const [, ...expected] = parse(text, { record_delimiter: [end] }) as string[][]
        expect(rowsOf(table)).toEqual(expected)
        for (const { cells, codes } of table.columns) {
          expect(new Set(cells).size).toBe(cells.length)
          // In order of first sight.
          expect([...new Set(codes)]).toEqual([...cells.keys()])
        }
      },
    ),
  )
})

test.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 with BOM', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
  ['UTF-16LE with BOM', (text: string) => iconv.encode(text, 'utf-16le', { addBOM: true })],
  ['UTF-16BE with BOM', (text: string) => iconv.encode(text, 'utf-16be', { addBOM: true })],
])('%s is read without being told', (_, encode) => {
  const table = readTable(encode('编号,姓名\n1,欧阳明\n2,"王, ""小"" 明"\n'), 'x.csv')
  expect(table.columns.map((column) => column.name)).toEqual(['编号', '姓名'])
  expect(rowsOf(table)).toEqual([
    ['1', '欧阳明'],
    ['2', '王, "小" 明'],
  ])
})

test('Western text of one byte a letter is read, and UTF-16 without its mark', () => {
  const western = readTable(iconv.encode('id,name\n1,Renée Müller\n2,José\n3,Fußés\n', 'windows-1252'), 'x.csv')
  expect(rowsOf(western)).toEqual([
    ['1', 'Renée Müller'],
    ['2', 'José'],
    ['3', 'Fußés'],
  ])
  expect(rowsOf(readTable(iconv.encode('id,name,address\n1,欧阳明,东街\n', 'utf-16le'), 'x.csv'))).toEqual([
    ['1', '欧阳明', '东街'],
  ])
})

test('empty cells at the end of a line, and of the header, are no cells', () => {
  expect(rowsOf(readTable(Buffer.from('a,b,\n1,2,\n3,4,,\n'), 'x.csv'))).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

test('a column without a header is called by its place, so that a spec can name it', () => {
  const named = (text: string) => readTable(Buffer.from(text), 'x.csv').columns.map(({ name }) => name)
  expect(named('"","name",\n"1","ann"\n')).toEqual(['c1', 'name'])
  expect(named('a,,,c3\n1,2,3,4\n')).toEqual(['a', 'c2', 'c3_', 'c3'])
})

test('tabs and semicolons part cells too, line ends may be of any kind, the last may be missing', () => {
  expect(rowsOf(readTable(Buffer.from('a\tb\r\n1\tx,y\r\n\r\n2\t'), 'x.tsv'))).toEqual([
    ['1', 'x,y'],
    ['2', ''],
  ])
  expect(rowsOf(readTable(Buffer.from('a;b\n"1\n1";2'), 'x.csv'))).toEqual([['1\n1', '2']])
})

test('the line with which Excel says what parts the cells is no header', () => {
  expect(rowsOf(readTable(Buffer.from('sep=;\r\na;b\r\n1,5;2\r\n'), 'x.csv'))).toEqual([['1,5', '2']])
  expect(() => readTable(Buffer.from('sep=;\na;b\n1\n'), 'x.csv')).toThrow(/x\.csv:3: /)
})

test.each([
  ['a,b\n1,2\n3\n', /E505.*x\.csv:3: .*1 cells where the header has 2/],
  ['a,b\n1,"2\n', /E503.*x\.csv:2: .*a quotation mark/],
  ['a,a\n1,2\n', /E504.*columns 1 and 2 have one name/],
  ['', /E501.*empty/],
])('a broken file is refused with its line', (text, message) =>
  expect(() => readTable(Buffer.from(text), 'x.csv')).toThrow(message),
)

test.each([
  ['PK\x03\x04\x14\0', /workbook/],
  ['\xd0\xcf\x11\xe0\xa1\xb1', /old workbook/],
  ['\x1f\x8b\x08\0', /packed/],
  ['%PDF-1.7\n', /PDF/],
])('a file that is no text is refused as what it is', (text, message) =>
  expect(() => readTable(Buffer.from(`${text}a,b\n1,2\n`, 'latin1'), 'x.csv')).toThrow(message),
)

test('kinds are accepted in near spellings, in JSON and YAML', () => {
  const spec = readSpec(
    'id: rec\ncolumns:\n  a: given_name\n  b: Surname\n  c: {kind: dob, left: x, right: y}\n',
    's.yaml',
  )
  expect(spec.columns.map((column) => [column.kind, column.left, column.right])).toEqual([
    ['given name', 'a', 'a'],
    ['family name', 'b', 'b'],
    ['date', 'x', 'y'],
  ])
  expect(readSpec('{"id": {"left": "l", "right": "r"}, "columns": {"a": "text"}}', 's.json').id).toEqual({
    left: 'l',
    right: 'r',
  })
})

test.each([
  [
    '{"id": "a", "columns": {"b": "sirname"}}',
    /E514.*column b: .*there is no kind "sirname".*did you mean "surname"\?/,
  ],
  ['{"id": "a", "colums": {"b": "text"}}', /E512.*s\.json/],
  ['{"id": "a", "columns": {"b": "ignore"}}', /E513.*no column to compare/],
  ['{', /E51[12]/],
])('a wrong spec is refused with the near word', (text, message) =>
  expect(() => readSpec(text, 's.json')).toThrow(message),
)

test('thousands of cells of one length keep their own numbers', () => {
  const texts = Array.from({ length: 6000 }, (_, i) => String(10_000 + ((i * 7919) % 4000)))
  const { cells, codes } = readTable(Buffer.from(['n', ...texts].join('\n')), 't.csv').columns[0]
  expect(Array.from(codes, (code) => cells[code])).toEqual(texts)
  expect(cells).toEqual([...new Set(texts)])
})

test('rows that are taken hundreds together are rows one by one, quoted cells among them', () => {
  const cells = (row: number) => [
    `n${row}`,
    row % 7 === 0 ? `"q, ${row % 5}"` : `q${row % 5}`,
    row % 3 === 0 ? '' : '"x""y"',
  ]
  for (const count of [255, 256, 257, 700]) {
    const text = ['a,b,c', ...Array.from({ length: count }, (_, row) => cells(row).join(','))].join('\n')
    expect(rowsOf(readTable(Buffer.from(text), 't'))).toEqual(parse(text, { from_line: 2 }))
  }
})
