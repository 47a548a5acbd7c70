/** A glance at two values' outlines beside the look at their letters. */
import { expect, test } from 'vitest'
import { Outlines } from '../../../src/tables/compare/outlines.ts'
import { TextLevels } from '../../../src/tables/compare/text-levels.ts'
import { CodeLevels, type DistinctLevels, NameLevels } from '../../../src/tables/compare/value-levels.ts'
import type { Field } from '../../../src/tables/fields/fields.ts'
import { manyValues } from './values.ts'

const dictionary = ['', ...manyValues()]
const field = (kind: Field['kind']): Field => ({
  name: 'f',
  kind,
  dictionary,
  ids: Int32Array.from(dictionary, (_, i) => i),
  counts: Int32Array.from(dictionary, (_, i) => (i === 0 ? 0 : 1 + (i % 9))),
  known: 5 * dictionary.length,
})

test.each<[string, DistinctLevels]>([
  ['names', new NameLevels(field('given name'), [])],
  ['names with a table of nicknames', new NameLevels(field('given name'), [[dictionary[40], dictionary[90]]])],
  ['codes', new CodeLevels(field('code'))],
  ['texts', new TextLevels(field('text'), [])],
])('%s that differ at a glance differ at a look', (_, levels) => {
  const alike: [string, string][] = []
  let glances = 0
  for (let u = 1; u < dictionary.length; u++)
    for (let v = 1; v < dictionary.length; v++) {
      if (u === v || !levels.plainlyDiffer(u, v)) continue
      glances++
      if (levels.levelOf(u, v) !== levels.levels.length - 1) alike.push([dictionary[u], dictionary[v]])
    }
  expect(alike).toEqual([])
  expect(glances).toBeGreaterThan(0.2 * dictionary.length ** 2)
})

test('an outline spells a short value as its text does, and no other value', () => {
  const values = ['', 'a', 'abcd', 'abcde', 'müller', 'abcdefgh', 'abcdefghi', 'a b', '张三', '1234567']
  const outlines = new Outlines(values, () => false)
  const letters = new Int32Array(64)
  const told = values.map((_, v) => {
    const count = outlines.spell(v, letters)
    return count < 0 ? undefined : String.fromCodePoint(...letters.subarray(0, count))
  })
  expect(told).toEqual(['', 'a', 'abcd', 'abcde', 'müller', 'abcdefgh', undefined, undefined, undefined, '1234567'])
})
