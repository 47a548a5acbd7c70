/** Words in brackets qualify a title; they do not name the thing. */
import { expect, test } from 'vitest'
import { asidesLeft, asidesOf } from '../../../src/tables/fields/asides.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { foldText } from '../../../src/tables/fields/fold.ts'
import { completeSpec, tableFromRows } from '../../../src/tables/index.ts'
import { MOSTLY_SAME, TextLevels } from '../../../src/tables/compare/text-levels.ts'

/** Words of a text that count as asides. */
function asideWords(...ways: string[]): string[] {
  const text = foldText(ways[0])
  const masks = asidesOf(
    ways.map((raw) => [raw, foldText(raw)] as const),
    new Map([[text, 1]]),
    2,
  )
  return text.split(' ').filter((_, place) => (((masks?.[1] ?? 0) >>> place) & 1) === 1)
}

test('what stands in round or square brackets is an aside', () => {
  expect(asideWords('Whateva ( feat. Monty ) [Clean]')).toEqual(['feat', 'monty', 'clean'])
  expect(asideWords('Photoshop Elements (Win/Mac) upgrade')).toEqual(['win', 'mac'])
  expect(asideWords('Whateva feat. Monty')).toEqual([])
})
test('a text that is nothing but an aside has none, nor has one whose bracket is not closed', () => {
  expect(asideWords('(untitled)')).toEqual([])
  expect(asideWords('office 2003 academic version windows )')).toEqual([])
})
test('words that folding runs together are not mistaken for others', () => {
  expect(asideWords("Rock 'n' Roll (Live)")).toEqual(['live'])
})
test('one text written in two ways has an aside where either has it, in whatever order they are read', () => {
  expect(asideWords('Titanium (Spanish Version)', 'Titanium Spanish Version')).toEqual(['spanish', 'version'])
  expect(asideWords('Titanium Spanish Version', 'Titanium (Spanish Version)')).toEqual(['spanish', 'version'])
})
test('a maker that is taken from the title takes its words with it', () => {
  const mask = 0b1100
  expect(asidesLeft(mask, 'adobe photoshop win mac', 'photoshop win mac')).toBe(0b110)
  expect(asidesLeft(mask, 'photoshop cs3 win mac adobe', 'photoshop cs3 win mac')).toBe(mask)
  expect(asidesLeft(0b10110, 'balm noir light 5 new', 'balm light new')).toBe(0b110)
})

test('titles that share their asides only say less the same than those that share their names', () => {
  const titles = ['whateva (feat. monty)', 'rewind (feat. monty)', 'whateva (album version)', 'jugger (clean)']
  const others = Array.from({ length: 16 }, (_, i) => `${'abcdefghijklmnop'[i]}over of nothing`)
  const table = tableFromRows(
    'songs',
    [...titles, ...others].map((title, i) => ({ id: `${i}`, title })),
  )
  const [field] = buildFields(table, undefined, completeSpec({ id: 'id', columns: { title: 'text' } })).fields
  const levels = new TextLevels(field, [])
  const level = (a: number, b: number) =>
    levels.levelOf(field.dictionary.indexOf(foldText(titles[a])), field.dictionary.indexOf(foldText(titles[b])))
  expect(level(0, 2)).toBeLessThan(level(0, 1))
  expect(level(0, 1)).toBeGreaterThan(MOSTLY_SAME)
})
