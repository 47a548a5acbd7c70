import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { makeChineseBook, makeVoters } from '../../../bench/accuracy/tables/people-seen-twice.ts'
import { makePersonalRecords } from '../../../bench/accuracy/tables/personal-records.ts'
import { dedupe, type SpecInput, tableFromRows } from '../../../src/tables/index.ts'
import { proposalLines, proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const records = makePersonalRecords(7, {
  originals: 120,
  duplicates: 80,
  duplicatesMost: 2,
  changesMost: 3,
  changesPerFieldMost: 2,
  apart: false,
})
const kindsOf = (rows: Record<string, unknown>[]) => proposeSpec(tableFromRows('t.csv', rows)).spec.columns

test('columns of a personal file get the kinds a person would give them, and the answer is left out', () =>
  expect(kindsOf(records.left)).toEqual({
    given_name: 'given name',
    surname: 'family name',
    street_number: 'code',
    address_1: 'address',
    address_2: 'address',
    suburb: 'text',
    postcode: 'code',
    // Eight states and their misspellings in a hundred rows: too many for a category.
    state: 'text',
    date_of_birth: 'date',
    soc_sec_id: 'code',
    cluster: 'ignore',
  }))

test('Chinese headers are understood', () =>
  expect(kindsOf(makeChineseBook(8, { people: 60, hardness: 1 }).left)).toEqual({
    姓名: 'full name',
    性别: 'category',
    出生日期: 'date',
    手机: 'code',
    地址: 'address',
    cluster: 'ignore',
  }))

test.each([
  [['1980-02-03', '12.4.1971', '1990/01/01'], 'date'],
  [['12.5', '7', '1,5'], 'number'],
  [['AB-12', 'CD-99', 'XX-01'], 'code'],
  [['red wine', 'white bread', 'blue cheese'], 'text'],
  [['', 'n/a', ''], 'ignore'],
  [['x', 'x', 'x'], 'ignore'],
])('a header that says nothing leaves it to the cells: %j is %s', (cells, kind) => {
  const rows = cells.map((c3, i) => ({ id: `${i}`, c3, remark: `word${i} other` }))
  expect(kindsOf(rows).c3).toBe(kind)
})

test('two tables are paired by headers whatever their case, and may identify rows by different columns', () => {
  const [left, right] = [
    tableFromRows('l.csv', [
      { Rec_ID: '1', Surname: 'ash', remarks: 'a b' },
      { Rec_ID: '2', Surname: 'oak', remarks: 'c d' },
    ]),
    tableFromRows('r.csv', [
      { key: '8', surname: 'ash', other: 'z' },
      { key: '9', surname: 'elm', other: 'z' },
    ]),
  ]
  expect(proposeSpec(left, right).spec).toEqual({
    id: { left: 'Rec_ID', right: 'key' },
    columns: { Surname: { kind: 'family name', left: 'Surname', right: 'surname' } },
  })
})

test('what is printed is a spec that says the same', () => {
  const voters = makeVoters(9, { people: 80, stay: 0.7, hardness: 1 })
  const proposals = [
    proposeSpec(tableFromRows('t', records.left)),
    proposeSpec(tableFromRows('l', voters.left), tableFromRows('r', voters.right ?? [])),
    proposeSpec(
      tableFromRows('odd', [
        { 'no: 1': '1', yes: 'a b' },
        { 'no: 1': '2', yes: 'c d' },
      ]),
    ),
  ]
  for (const proposal of proposals)
    expect(completeSpec(parse(proposalLines(proposal).join('\n')) as SpecInput)).toEqual(completeSpec(proposal.spec))
})

test('a proposed spec finds what the hand-written one finds', () => {
  const table = tableFromRows('t', records.left)
  const linked = (spec: SpecInput) => dedupe(table, spec).links.filter(({ decision }) => decision === 'link').length
  const wanted = linked(records.spec)
  expect(wanted).toBeGreaterThan(25)
  expect(linked(proposeSpec(table).spec)).toBe(wanted)
})

test('an article in one cell is told by its beginning', () => {
  const rows = [1, 2, 3].map((n) => ({
    id: `${n}`,
    body: `word ${n} `.repeat(n === 2 ? 100_000 : 1),
    // Read to their end, so many digits would take the patterns minutes.
    digits: '1234567'.repeat(n === 2 ? 100_000 : 1),
  }))
  expect(kindsOf(rows)).toMatchObject({ body: 'text', digits: 'code' })
})

test('nothing to compare is refused by name', () => {
  const left = tableFromRows('l.csv', [{ id: '1', a: 'x y' }])
  const right = tableFromRows('r.csv', [{ id: '1', b: 'x y' }])
  expect(() => proposeSpec(left, right)).toThrow(/E519.*l\.csv/)
})

test('of one table nobody speaks of two, and a table without rows is called so', () => {
  const alike = tableFromRows('one.csv', [{ a: '' }, { a: '' }])
  expect(() => proposeSpec(alike)).toThrow(/E519.*one\.csv: .*of no column .*2 rows/)
  const none = { ...alike, rowCount: 0 }
  expect(() => proposeSpec(none)).toThrow(/E519.*one\.csv: .*the file has a header and no rows/)
})

test('what is found once in a clean table is not therefore its identifier', () => {
  const persons = twenty((i) => ({ soc_sec_id: `77${i}1`, name: `Ann Ash${'abcdefghijklmnopqrst'[i]}`, uri: `p${i}` }))
  expect(proposeSpec(tableFromRows('t', persons)).spec.id).toBe('uri')
  const titles = twenty((i) => ({ title: `Lamp of oak ${i}`, phone: `0${i}`, true_id: `${i}` }))
  const { spec } = proposeSpec(tableFromRows('t', titles), undefined, 'true_id')
  expect(spec).toEqual({ columns: { title: 'text', phone: 'code', true_id: 'ignore' } })
  expect(proposalLines(proposeSpec(tableFromRows('t', titles)))[0]).toMatch(/^# .*numbered/)
})

test('rows without an identifier are numbered as they stand in the file', () => {
  const rows = ['ann ash', 'bob oak', 'ann ash'].map((name) => ({ name, town: 'derry' }))
  const { links } = dedupe(tableFromRows('t', rows), { columns: { name: 'full name', town: 'text' } })
  expect(links.map(({ leftId, rightId }) => [leftId, rightId])).toEqual([['1', '3']])
})

test('a label of words is no answer, and kinds out of two lists are texts', () => {
  const styles = ['pale ale', 'dark stout', 'wheat beer']
  const rows = (from: readonly string[]) =>
    Array.from({ length: 90 }, (_, i) => ({ id: `${i}`, label: `Oak ${i}`, price: `${i}`, kind: from[i % 3] }))
  const left = tableFromRows('l', rows(styles))
  const kind = (other: readonly string[]) => proposeSpec(left, tableFromRows('r', rows(other))).spec.columns.kind
  expect(kindsOf(rows(styles)).label).toBe('text')
  expect(kind(styles)).toBe('category')
  expect(kind(styles.map((style) => `english ${style}`))).toBe('text')
})

const twenty = (make: (i: number) => Record<string, string>) => Array.from({ length: 20 }, (_, i) => make(i))

test('columns under other headers are paired by what the headers mean, else by the cells they share', () => {
  const left = tableFromRows(
    'l',
    twenty((i) => ({
      idA: `a${i}`,
      title: `Lamp K${i} oak`,
      cost: `${i}.50`,
      maker: `firm ${i % 7}`,
      remarks: `old ${i}`,
    })),
  )
  const right = tableFromRows(
    'r',
    twenty((i) => ({ idB: `b${i}`, brand: `Firm ${i % 7}`, item: `lamp K${i}`, price: `${i}.50`, stock: 'ten' })),
  )
  expect(proposeSpec(left, right).spec).toEqual({
    id: { left: 'idA', right: 'idB' },
    columns: {
      title: { kind: 'text', left: 'title', right: 'item' },
      cost: { kind: 'number', left: 'cost', right: 'price' },
      maker: { kind: 'text', left: 'maker', right: 'brand' },
    },
  })
})

test('the answer is left out under any header that is said to be one, and by headers that look like it', () => {
  const rows = twenty((i) => ({ id: `${i}`, who: `${i >> 1}`, ent_id: `${i >> 1}`, name: `Ann Ash${i % 9}` }))
  expect(proposeSpec(tableFromRows('t', rows), undefined, 'who').spec.columns).toEqual({
    who: 'ignore',
    ent_id: 'ignore',
    name: 'text',
  })
})

test('a second number of the row is left out, unless both tables share its values', () => {
  const rows = (from: number) =>
    twenty((i) => ({
      id: `${from}-${i}`,
      case_id: `c${from + i}`,
      line: `${from + ((i * 7) % 20)}`,
      name: `Ann ${'ABC'[i % 3]}sh`,
    }))
  const ignored = (left: number, right?: number) => {
    const { columns } = proposeSpec(
      tableFromRows('l', rows(left)),
      right === undefined ? undefined : tableFromRows('r', rows(right)),
    ).spec
    return Object.keys(columns).filter((name) => columns[name] === 'ignore')
  }
  expect(ignored(100)).toEqual(['case_id', 'line'])
  expect(ignored(100, 500)).toEqual(['case_id', 'line'])
  expect(ignored(100, 100)).toEqual([])
})

test('a name with numbers in it is a title, the third baronet is not one; addresses of pages are codes', () => {
  const rows = twenty((i) => ({ id: `${i}`, name: `Sony KX${i} lamp`, page: `https://example.org/p?${i % 6}` }))
  expect(kindsOf(rows)).toEqual({ name: 'text', page: 'code' })
  expect(kindsOf(twenty((i) => ({ id: `${i}`, name: `Sir Ann Ash${'abc'[i % 3]}, ${i}th baronet` })))).toEqual({
    name: 'full name',
  })
})

test('a name that ends in a legal form often enough is a company, one of many is not', () => {
  const named = (many: number) =>
    twenty((i) => ({ id: `${i}`, name: `Ann Ash${'abc'[i % 3]}${i < many ? ` ${i} S.p.A.`.replace(/\d/g, 'o') : ''}` }))
  expect(kindsOf(named(6))).toEqual({ name: 'text' })
  expect(kindsOf(named(0))).toEqual({ name: 'full name' })
})

test('of a long column some thousand cells are looked at, whatever the order of rows', () => {
  // Three quarters of 16,000 cells are numbers: neither the first thousands nor the last ones tell.
  const rows = Array.from({ length: 16_000 }, (_, i) => ({
    id: `k${i}`,
    said: i < 12_000 ? `${i * 7}` : `amber ${i} birch`,
    left: i < 4000 ? `cedar ${i} elder` : `${i * 3}`,
  }))
  expect(kindsOf(rows)).toEqual({ said: 'text', left: 'text' })
  expect(kindsOf([...rows].reverse())).toEqual({ said: 'text', left: 'text' })
})

test('points of a map are paired by words that share nothing, and their names are no names of persons', () => {
  const [left, right] = [
    twenty((i) => ({
      place: `p${i}`,
      name: `${'abc'[i % 3]}nn ash bar`,
      lat: `${51 + i / 700}`,
      lng: `${-1 - i / 900}`,
    })),
    twenty((i) => ({
      key: `q${i}`,
      business_name: `${'abc'[i % 3]}nn ash`,
      latitude: `${51 + i / 800}`,
      lon: `${-1 - i / 600}`,
    })),
  ].map((rows, side) => tableFromRows(`t${side}`, rows))
  expect(proposeSpec(left, right).spec.columns).toEqual({
    name: { kind: 'text', left: 'name', right: 'business_name' },
    lat: { kind: 'number', left: 'lat', right: 'latitude' },
    lng: { kind: 'number', left: 'lng', right: 'lon' },
  })
})
