import { expect, test } from 'vitest'
import { tableFromRows } from '../../../src/tables/index.ts'
import { proposeSpec } from '../../../src/tables/spec/propose-spec.ts'

const WORDS = 'amber birch cedar dahlia elder fennel ginger hazel iris juniper kale lilac maple nettle olive'.split(' ')
const parties = new Map([
  ['dem', 'democratic'],
  ['rep', 'republican'],
  ['una', 'unaffiliated'],
])
const many = (row: (i: number) => Record<string, string>, count = 90) =>
  Array.from({ length: count }, (_, i) => ({
    id: `r-${i}`,
    title: `${WORDS[i % 15]} ${WORDS[(i * 7 + 3) % 13]} ${i}`,
    ...row(i),
  }))
const kindsOf = (rows: Record<string, string>[]) => proposeSpec(tableFromRows('t.csv', rows)).spec.columns

test('a copy of a column is not compared a second time, whatever its case and stops', () => {
  const rows = many((i) => {
    const authors = `${WORDS[i % 11]} ${WORDS[(i * 3) % 14]}`
    return { authors, authors_original: i % 30 === 0 ? `${authors.toUpperCase()}.` : authors }
  })
  expect(kindsOf(rows)).toMatchObject({ authors: 'full name', authors_original: 'ignore' })
})

test('a column that gives other names to the values of another one is not compared', () => {
  const codes = [...parties.keys()]
  const rows = many((i) => ({ party: codes[(i * i) % 3], party_desc: parties.get(codes[(i * i) % 3]) ?? '' }))
  expect(kindsOf(rows)).toMatchObject({ party: 'category', party_desc: 'ignore' })
})

test('two columns that go together in most rows only are both compared', () => {
  const codes = [...parties.keys()]
  const rows = many((i) => ({
    party: codes[i % 3],
    party_desc: parties.get(codes[i % 20 === 0 ? (i + 1) % 3 : i % 3]) ?? '',
  }))
  expect(kindsOf(rows)).toMatchObject({ party: 'category', party_desc: 'category' })
})

test('columns whose values stand once each go together by chance: both are compared', () =>
  expect(kindsOf(many((i) => ({ phone: `0551-${700_000 + i * 37}`, mail: `who${i}@example.org` })))).toMatchObject({
    phone: 'code',
    mail: 'code',
  }))

test('two tables: a column is left out only where both repeat it', () => {
  const left = many((i) => ({
    authors: `${WORDS[i % 11]} ${WORDS[(i * 3) % 14]}`,
    editors: `${WORDS[i % 11]} ${WORDS[(i * 3) % 14]}`,
  }))
  const right = many((i) => ({
    authors: `${WORDS[i % 11]} ${WORDS[(i * 3) % 14]}`,
    editors: `${WORDS[i % 9]} ${WORDS[i % 4]}`,
  }))
  const [a, b] = [tableFromRows('a.csv', left), tableFromRows('b.csv', right)]
  expect(proposeSpec(a, b).spec.columns).toMatchObject({ authors: 'full name', editors: 'text' })
  expect(proposeSpec(a, a).spec.columns).toMatchObject({ authors: 'full name', editors: 'ignore' })
})

test('what is the same in nearly every row is no other name of what is so too', () => {
  const rows = many((i) => ({ deceased: i % 45 === 7 ? 'yes' : 'no', moved: i % 40 === 3 ? 'away' : 'here' }))
  expect(kindsOf(rows)).toMatchObject({ deceased: 'category', moved: 'category' })
})

test('who is deceased has not moved either, as nearly nobody has: no other name of it', () => {
  const rows = many((i) => ({ deceased: i % 100 === 7 ? 'yes' : 'no', moved: i % 100 === 3 ? 'away' : 'here' }), 5000)
  expect(kindsOf(rows)).toMatchObject({ deceased: 'category', moved: 'category' })
})

test('five rows that go together are no proof that two columns do', () => {
  const rows = many((i) => ({ deceased: i % 18 === 7 ? 'yes' : 'no', moved: i % 18 === 7 ? 'away' : 'here' }))
  expect(kindsOf(rows)).toMatchObject({ deceased: 'category', moved: 'category' })
})

test('kinds and kinds of these kinds are both compared', () => {
  const rows = many((i) => ({ ward: i % 9 < 5 ? 'w0' : `w${(i % 2) + 1}`, part: i % 9 < 5 ? 'town' : 'edge' }))
  expect(kindsOf(rows)).toMatchObject({ ward: 'category', part: 'category' })
})

test('what fifteen rows say twice may be chance', () => {
  const rows = many((i) => ({ authors: `${WORDS[i]} ${WORDS[14 - i]}`, editors: `${WORDS[i]} ${WORDS[14 - i]}` }), 15)
  expect(kindsOf(rows)).toMatchObject({ authors: 'full name', editors: 'text' })
})

test('other names for every second cell leave the other half to be compared', () => {
  const codes = [...parties.keys()]
  const rows = many(
    (i) => ({
      party: codes[(i * i) % 3],
      party_desc: i % 2 === 0 ? (parties.get(codes[(i * i) % 3]) ?? '') : '',
    }),
    300,
  )
  expect(kindsOf(rows)).toMatchObject({ party: 'category', party_desc: 'category' })
})

test('where the rarer values do not go together, that the commonest do says nothing', () => {
  const code = (i: number) => (i % 25 === 3 ? 'rep' : i % 25 === 9 ? 'dem' : 'una')
  const rows = many((i) => ({ party: code(i), party_desc: parties.get(i % 200 === 3 ? 'dem' : code(i)) ?? '' }), 1000)
  expect(kindsOf(rows)).toMatchObject({ party: 'category', party_desc: 'category' })
})

test('one row in fifty of the commonest value that has another name is too many', () => {
  const rows = many((i) => ({ party: i % 51 < 31 ? 'una' : 'rep', party_desc: i % 51 < 30 ? 'free' : 'green' }), 1020)
  expect(kindsOf(rows)).toMatchObject({ party: 'category', party_desc: 'category' })
})
