import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSongs } from '../../../bench/accuracy/tables/firms-and-songs.ts'
import { makeProducts } from '../../../bench/accuracy/tables/publications.ts'
import { makePersonalRecords } from '../../../bench/accuracy/tables/personal-records.ts'
import type { MadeTable } from '../../../bench/accuracy/tables/made-table.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { markLevels, numbersOf } from '../../../src/tables/compare/marks.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { weighVariants } from '../../../src/tables/model/variants.ts'

function marksOf(titles: readonly string[]) {
  const table = tableFromRows(
    'titles',
    titles.map((title, i) => ({ id: String(i), title })),
  )
  const { fields } = buildFields(table, undefined, completeSpec({ id: 'id', columns: { title: 'text' } }))
  const [field] = fields
  return { field, marks: markLevels(field) }
}

function levelBetween(name: string, titles: readonly [string, string, ...string[]]): string {
  const { field, marks } = marksOf(titles)
  const found = marks.find((one) => one.name === `title: ${name}`)
  const [u, v] = [titles[0], titles[1]].map((title) => field.dictionary.indexOf(title))
  return found === undefined ? 'none' : found.levels[found.levelOf(u, v)]
}

test('numbers of a title are words with a digit, numerals from II on, and runs in text without spaces', () => {
  expect(numbersOf('sony dsc w55 7 2 megapixel')).toEqual(['2', '7', 'w55'])
  expect(numbersOf('henry iv part ii i')).toEqual(['2', '4'])
  expect(numbersOf('西游记第3版2004年')).toEqual(['2004', '3'])
  expect(numbersOf('track 007')).toEqual(['7'])
  // A version is its number, however it is written; a nought elsewhere is a nought.
  for (const version of ['8', 'v8', 'v 8', '8 0', 'v8 0']) expect(numbersOf(`acrobat ${version}`)).toEqual(['8'])
  expect(numbersOf('windows 2000 0')).toEqual(['0', '2000'])
  expect(numbersOf('model v800')).toEqual(['v800'])
})
test('a code written in parts is the code, and none of its parts is another number', () => {
  expect(levelBetween('numbers', ['belt guard qx88130b', 'qx 881 30 b guard'])).toMatch(/^same/)
  expect(levelBetween('numbers', ['010 20231 01 case', 'case 0102023101'])).toMatch(/^same/)
  expect(levelBetween('numbers', ['belt guard qx88130b', 'qx 881 31 b guard'])).toBe('differ')
  expect(levelBetween('numbers', ['stick 4gb', 'stick 4 gb'])).toMatch(/^same/)
  expect(levelBetween('numbers', ['stick 4gb', 'stick 8 gb'])).toBe('differ')
})
test('a code is known again where a hyphen parted it; another edition is another number', () => {
  expect(levelBetween('numbers', ['sony ps lx350h turntable', 'turntable pslx350h'])).toMatch(/^same/)
  expect(levelBetween('numbers', ['office 2003', 'office 2007'])).toBe('differ')
  expect(levelBetween('numbers', ['office 2003', 'office'])).toBe('in one only')
  expect(levelBetween('numbers', ['tv 46 kdl46', 'tv 46'])).toMatch(/^more in one/)
})
test('where many titles have a code, another code in both tells two things, and one code shared is more than sizes shared', () => {
  const others = ['drive zx77120 2tb', 'drive zx77121 4tb', 'fan 9050013', 'case']
  const kits = ['kit cmk16gx 8gb 2400mhz', 'kit cmk32gx 8gb 2400mhz']
  expect(levelBetween('numbers', [kits[0], kits[1], ...others])).toBe('another code in both')
  expect(levelBetween('numbers', ['fan 9050013 12v', 'fan ln68469 9050013 14v', ...others])).toBe(
    'others in both, code shared',
  )
  // Sizes are no codes, and a code that only one of them has tells nothing.
  expect(levelBetween('numbers', ['kit 8gb 2400mhz', 'kit 8gb 3200mhz', ...others])).toMatch(/^others in both(, rare)?/)
  expect(levelBetween('numbers', ['kit cmk16gx 8gb', 'kit 16 8gb', ...others])).toMatch(/^others in both/)
  const { marks } = marksOf(kits)
  expect(marks[0].contradicting.map((level) => marks[0].levels[level])).toEqual(['another code in both'])
})
test('a sign more at the end is no other code', () => {
  const others = ['drive zx77120 2tb', 'drive zx77121 4tb', 'fan 9050013', 'case']
  expect(levelBetween('numbers', ['nas wd0060hwt 6tb', 'nas wd0060hwtb 6tb', ...others])).not.toBe(
    'another code in both',
  )
})
test('beside another column of words, numbers of titles are compared without codes', () => {
  const rows = ['drive zx77120 2tb', 'drive zx77121 4tb'].map((title, i) => ({
    id: `${i}`,
    title,
    maker: `Maker ${'ab'[i]}`,
  }))
  const levelsOf = (columns: Record<string, string>) => {
    const { comparisons } = openTables(tableFromRows('titles', rows), undefined, completeSpec({ id: 'id', columns }))
    return comparisons.find(({ name }) => name === 'title: numbers')?.levels
  }
  expect(levelsOf({ title: 'text' })).toContain('another code in both')
  expect(levelsOf({ title: 'text', maker: 'text' })).not.toContain('another code in both')
})
test('where few titles have a code, numbers are compared without', () => {
  const { marks } = marksOf(['office 2003', 'office 2007', 'office 2007 mac', 'works 8', 'works 9 4410215'])
  expect(marks[0].levels.filter((name) => name.includes('code'))).toEqual([])
  expect(marks[0].contradicting).toEqual([])
})
test('a colour left out says little, another colour or a live version contradicts', () => {
  expect(levelBetween('variant', ['ipod nano black', 'ipod nano'])).toBe('colour or edition in one only')
  expect(levelBetween('variant', ['ipod nano black', 'ipod nano white'])).toBe('differ')
  expect(levelBetween('variant', ['river road live', 'river road'])).toBe('version in one only')
  expect(levelBetween('variant', ['river road live', 'river road gold live'])).toBe('colour or edition in one only')
})
test('another edition contradicts, one left out says little, and pro is professional', () => {
  const between = (a: string, b: string) => levelBetween('variant', [a, b, 'x home', 'x student', 'x deluxe', 'x pro'])
  expect(between('works home 8', 'works professional 8')).toBe('differ')
  expect(between('works pro 8', 'works professional 8')).toBe('same')
  expect(between('works deluxe 8', 'works 8')).toBe('colour or edition in one only')
  expect(between('office home student', 'office student')).toBe('colour or edition in one only')
  expect(between('case deluxe black', 'case deluxe white')).toBe('differ')
})
test('a word that is no edition of several is a word like others', () => {
  expect(levelBetween('variant', ['river home live', 'basic river live', 'old town'])).toBe('same')
})
test('a column in which marks are seldom gets no comparison of them', () => {
  const titles = Array.from({ length: 100 }, (_, i) => `query ${String.fromCharCode(97 + (i % 26))}x model`)
  expect(marksOf([...titles, 'query 2 model']).marks).toEqual([])
})
test('marks compare the same way round', () => {
  const word = fc.constantFrom(
    'sony',
    'black',
    'white',
    'live',
    'ii',
    '46',
    'kdl46',
    'l46',
    '7',
    '07',
    'tv',
    'kdl46ex',
    'kdl40ex',
    '4002440',
  )
  const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(title, title, (a, b) => {
      const { field, marks } = marksOf([a, b])
      const [u, v] = [a, b].map((text) => field.dictionary.indexOf(text))
      for (const one of marks) expect(one.levelOf(u, v)).toBe(one.levelOf(v, u))
    }),
  )
})

test('variants per match bound the weight however much else agrees', () => {
  const variants = [new Float64Array(0), Float64Array.of(0, 0, 7)]
  expect(weighVariants(30, variants, Uint8Array.of(1, 2), 0)).toBeCloseTo(-Math.log2(7), 6)
  expect(weighVariants(30, variants, Uint8Array.of(1, 1), 0)).toBe(30)
})

const linksOf = (made: MadeTable) => {
  const left = tableFromRows('left', made.left)
  const right = made.right === undefined ? undefined : tableFromRows('right', made.right)
  const result = runTables(left, right, completeSpec(made.spec))
  return { result, truth: measureTruth(result, left, right, 'cluster') }
}
test('the live version of a song is another song', () => {
  expect(linksOf(makeSongs(921, { songs: 150 })).truth.f1).toBeGreaterThan(0.97)
})
test('where nobody lists a song twice, a live version is not taken for the song', () => {
  const made = makeSongs(922, { songs: 300 })
  const seen = new Set<string>()
  const left = made.left.filter(({ cluster }) => !seen.has(cluster) && seen.add(cluster))
  expect(linksOf({ ...made, left }).truth.linkedPairs).toBeLessThan(8)
})
test('one model in two colours is told apart and does not hide that two shops are one to one', () => {
  const { result, truth } = linksOf(makeProducts(923, { products: 400 }))
  expect(result.oneToOne).toBe(true)
  expect(truth.f1).toBeGreaterThan(0.915)
})
test('remarks of which each is another do not hide who stands twice', () => {
  const made = makePersonalRecords(924, {
    originals: 220,
    duplicates: 80,
    duplicatesMost: 1,
    changesMost: 1,
    changesPerFieldMost: 1,
    apart: false,
  })
  const left = made.left.map((row, i) => ({ ...row, remarks: `entered by hand, sheet ${i}` }))
  const names = ['given_name', 'surname', 'date_of_birth', 'postcode']
  const kinds = Object.entries(made.spec.columns).filter(([name]) => names.includes(name))
  const columns = { ...Object.fromEntries(kinds), remarks: 'text' }
  expect(linksOf({ left, right: undefined, spec: { ...made.spec, columns } }).truth.recall).toBeGreaterThan(0.95)
})
