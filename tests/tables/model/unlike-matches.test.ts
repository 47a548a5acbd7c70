/** What too many matches differ in says that they are no matches. */
import { expect, test } from 'vitest'
import { shapeOf } from '../../../src/tables/compare/comparisons.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { areKinds, marksMostlyDiffer, titlesOftenDiffer } from '../../../src/tables/model/unlike-matches.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const STYLES = ['pale ale', 'stout', 'lager']
// A title and a maker are each row's own; a style and a year are shared by many.
const beers = tableFromRows(
  'beers',
  Array.from({ length: 30 }, (_, i) => ({
    id: `b${i}`,
    title: `Golden Harvest ${'abcdefghijklmnopqrstuvwxyzäöüß'[i]}${i + 10}`,
    maker: `Brewers of ${'zyxwvutsrqponmlkjihgfedcbaßüöä'[i]}town`,
    style: STYLES[i % 3],
    brewed: `in ${2001 + (i % 3)}`,
  })),
)
const opened = openTables(
  beers,
  undefined,
  completeSpec({ id: 'id', columns: { title: 'text', maker: 'text', style: 'text', brewed: 'text' } }),
)
const { comparisons } = opened
const { areTitles } = shapeOf(comparisons)

/** Matches of which this part wholly differs in the comparisons of a column and kind, and none in any other. */
function differing(column: string, kind: string, part: number) {
  const levelCounts = comparisons.map(({ levels }) => levels.length)
  const isMeant = comparisons.map(
    (comparison) => opened.fields.fields[comparison.field].name === column && comparison.kind === kind,
  )
  expect(isMeant).toContain(true)
  const marginals = levelCounts.map((count, c) =>
    Float64Array.from({ length: count }, (_, level) =>
      level === count - 1 ? (isMeant[c] ? part : 0) : level === 1 ? (isMeant[c] ? 1 - part : 1) : 0,
    ),
  )
  return { levelCounts, matches: { marginals } }
}

test('groups whose titles wholly differ now and then are kinds of things', () => {
  expect(areKinds(opened, areTitles, differing('title', 'text', 0.11))).toBe(true)
  expect(areKinds(opened, areTitles, differing('title', 'text', 0.09))).toBe(false)
})

test('so are those whose numbers in titles do', () => {
  expect(areKinds(opened, areTitles, differing('title', 'marks', 0.11))).toBe(true)
  expect(areKinds(opened, areTitles, differing('title', 'marks', 0.09))).toBe(false)
})

test("another text that is as much a row's own may differ in half of them, one that many share in all", () => {
  expect(areKinds(opened, areTitles, differing('maker', 'text', 0.45))).toBe(false)
  expect(areKinds(opened, areTitles, differing('maker', 'text', 0.55))).toBe(true)
  expect(areKinds(opened, areTitles, differing('style', 'text', 1))).toBe(false)
})

test('matches of two tables whose titles differ in more than a quarter are siblings', () => {
  expect(titlesOftenDiffer(comparisons, differing('title', 'text', 0.26))).toBe(true)
  expect(titlesOftenDiffer(comparisons, differing('title', 'text', 0.24))).toBe(false)
})

test('matches whose marks mostly differ are variants', () => {
  expect(marksMostlyDiffer(opened, differing('title', 'marks', 0.51))).toBe(true)
  expect(marksMostlyDiffer(opened, differing('title', 'marks', 0.49))).toBe(false)
})

test('numbers in what many rows share may differ in all: two stores write a year in two ways', () => {
  expect(marksMostlyDiffer(opened, differing('brewed', 'marks', 1))).toBe(false)
})
