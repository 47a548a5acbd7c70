import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Chance, madeWord, slip } from '../../bench/accuracy/tables/words.ts'
import { blockRule, groupRows } from '../../src/tables/candidates/blocks.ts'
import { buildComparisons } from '../../src/tables/compare/comparisons.ts'
import { buildFields, type Field } from '../../src/tables/fields/fields.ts'
import { offerKeys } from '../../src/tables/candidates/keys.ts'
import { runTables } from '../../src/tables/engine.ts'
import { tableFromRows } from '../../src/tables/index.ts'
import { ruleCost, sampleForCosts } from '../../src/tables/candidates/rule-costs.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'
import { TextLevels } from '../../src/tables/compare/text-levels.ts'
import { CodeLevels, type DistinctLevels, NameLevels } from '../../src/tables/compare/value-levels.ts'
import { Nicknames } from '../../src/tables/fields/nicknames.ts'
import { WordLikeness } from '../../src/tables/compare/word-likeness.ts'
import { makeShortRows } from '../../bench/accuracy/tables/figures-and-short-rows.ts'

/** Words, their slips, initials, pairs of words, numbers, addresses, signs without spaces. */
function values(): string[] {
  const chance = new Chance(77)
  const words = Array.from({ length: 90 }, () => madeWord(chance))
  const slips = words.slice(0, 60).map((word) => slip(chance, chance.happens(0.5) ? slip(chance, word) : word))
  const pairs = words.slice(0, 15).map((word, i) => `${word} ${words[i + 20]}`)
  const starts = words.slice(0, 20).map((word) => word.slice(0, chance.between(1, 4)))
  const codes = Array.from({ length: 60 }, () => String(chance.between(1_000_000, 9_999_999)))
  const halves = codes.slice(0, 20).map((code) => `${code.slice(0, 4)}ab`)
  const odd = [
    'a@b.com',
    'ab@b.com',
    'ab12@c.com',
    '王小明',
    '王晓明',
    'émile',
    '𠮷野',
    '𠮷田',
    'x'.repeat(70),
    '7',
    '12b',
    'abc',
    'abcdefghijklmnopqrstuvwxyz',
  ]
  return [...new Set([...words, ...slips, ...pairs, ...starts, ...codes, ...halves, ...odd])].sort()
}

const dictionary = ['', ...values()]
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
  let glances = 0
  for (let u = 1; u < dictionary.length; u++)
    for (let v = 1; v < dictionary.length; v++) {
      if (u === v || !levels.plainlyDiffer(u, v)) continue
      glances++
      expect([dictionary[u], dictionary[v], levels.levelOf(u, v)]).toEqual([
        dictionary[u],
        dictionary[v],
        levels.levels.length - 1,
      ])
    }
  expect(glances).toBeGreaterThan(0.2 * dictionary.length ** 2)
})

test('how like two words are is the same by their outlines, from memory and letter by letter', () => {
  const words = [...dictionary.slice(1), '12345', '12346', '123', 'morelind', 'motelink', 'margaret', 'peggy']
  const nicknames = new Nicknames(words, [['margaret', 'peggy']])
  const likeness = new WordLikeness(words, nicknames)
  const shown = new Set<number>()
  for (const _round of ['first look', 'remembered'])
    for (let x = 0; x < words.length; x++)
      for (let y = 0; y < words.length; y++) {
        if (x === y) continue
        const spelled = likeness.spelled(x, y)
        shown.add(spelled)
        expect([words[x], words[y], likeness.of(x, y)]).toEqual([words[x], words[y], spelled])
      }
  expect([...shown].sort((p, q) => p - q)).toEqual([0, 0.4, 0.5, 0.7, 0.8, 0.9])
})

test('words a few edits apart, or one the beginning of the other, are told apart the same by outlines and by letters', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdeé1'), minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(word, word, fc.nat(12), (one, more, at) => {
      const words = [...new Set([one, one.slice(0, at) + more, one.slice(0, at) + one.slice(at + 1), more])].filter(
        (text) => text !== '',
      )
      const likeness = new WordLikeness(words, new Nicknames(words, []))
      words.forEach((x, i) => {
        words.forEach((y, k) => {
          if (i !== k) expect([x, y, likeness.of(i, k)]).toEqual([x, y, likeness.spelled(i, k)])
        })
      })
    }),
    { numRuns: 500 },
  )
})

const made = makeShortRows(41, { people: 60, rowsMost: 5, hardness: 1 })
const fields = buildFields(tableFromRows('t', made.left), undefined, completeSpec(made.spec))

test('what a row comparison says is what its two values say, remembered or not', () => {
  const [once, again] = [buildComparisons(fields.fields, []), buildComparisons(fields.fields, [])]
  const distinct = new CodeLevels(fields.fields[4])
  for (let a = 0; a < fields.rowCount; a++)
    for (let b = 0; b < fields.rowCount; b++) {
      again.forEach((comparison, c) => expect(comparison.levelOf(b, a)).toBe(once[c].levelOf(a, b)))
      const [u, v] = [fields.fields[4].ids[a], fields.fields[4].ids[b]]
      if (u !== v && u * v !== 0) expect(once[4].levelOf(a, b)).toBe(once[4].exactCount + 1 + distinct.levelOf(u, v))
    }
})

test('a rule costs what its blocks hold, whole or one block in three', () => {
  const keys = offerKeys(fields.fields)
  const { rowCount, leftCount } = fields
  const costs = sampleForCosts(keys, { rowCount, leftCount, rowSample: 1 })
  for (const sample of [1, 3])
    for (const rowsPerBlockMax of [3, 1000])
      for (const [i, key] of keys.entries()) {
        const other = keys[(i * 5 + 3) % keys.length]
        const rule = { name: key.name, keys: i % 2 === 0 || other === key ? [key] : [key, other] }
        const { pairs, rowsLeftOut } = blockRule(rule, { rowCount, leftCount, rowsPerBlockMax, splitKeys: [], sample })
        const [first, second] = [i, rule.keys.length === 1 ? -1 : keys.indexOf(other)]
        expect(ruleCost(first, second, costs, { rowsPerBlockMax, sample })).toEqual({
          pairs,
          rowsLeftOut,
        })
      }
})

test('one row in five tells what a rule costs, though alike rows lie side by side', () => {
  const rowCount = 60_000
  const slots = [Int32Array.from({ length: rowCount }, (_, row) => row >> 2)]
  const rule = { name: 'fours', keys: [{ name: 'fours', fields: [0], slots, isWhole: true }] }
  const cost = (rowSample: number) =>
    ruleCost(0, -1, sampleForCosts(rule.keys, { rowCount, leftCount: rowCount, rowSample }), { rowsPerBlockMax: 100 })
  const whole = cost(1).pairs
  expect(whole).toBe(6 * 15_000)
  expect(cost(5).pairs / whole).toBeCloseTo(1, 1)
})

test('rows are grouped as a map of their keys groups them, and nobody alone', () => {
  const key = fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, key), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 40),
      (lists, times) => {
        // Repeated so often that several partitions are needed.
        const rowCount = 12 * times * 30
        const stretch = (list: number[]) =>
          Int32Array.from({ length: rowCount }, (_, row) => list[row % 12] * 1000 + (row % 97))
        const combos = lists.map(([a, b]) => [stretch(a), stretch(b)])
        const { slots, groupCount } = groupRows(combos, rowCount, 1)
        const plain = new Map<string, string[]>()
        combos.forEach(([a, b], combo) => {
          for (let row = 0; row < rowCount; row++) {
            if (a[row] < 0 || b[row] < 0) continue
            const text = `${a[row]} ${b[row]}`
            plain.set(text, [...(plain.get(text) ?? []), `${combo} ${row}`])
          }
        })
        const found = new Map<number, string[]>()
        slots.forEach((slot, combo) => {
          slot.forEach((group, row) => {
            if (group >= 0) found.set(group, [...(found.get(group) ?? []), `${combo} ${row}`])
          })
        })
        expect(found.size).toBe(groupCount)
        const sorted = (groups: Iterable<string[]>) => [...groups].map((group) => group.join(',')).sort()
        expect(sorted(found.values())).toEqual(sorted([...plain.values()].filter((group) => group.length > 1)))
      },
    ),
    { numRuns: 30 },
  )
})

test('a table of a few hundred rows is compared whole', () => {
  const { pairsCompared } = runTables(tableFromRows('t', made.left), undefined, completeSpec(made.spec))
  expect(pairsCompared).toBe((fields.rowCount * (fields.rowCount - 1)) / 2)
})
