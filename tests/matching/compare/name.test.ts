import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeName } from '../../../src/matching/compare/describe.ts'
import { NAME_LEVEL } from '../../../src/matching/compare/levels.ts'
import { AnalysedNames } from '../../../src/matching/compare/analysed-names.ts'
import { compareNamesSlow } from '../../../src/matching/compare/long-name.ts'
import { compareNames } from '../../../src/matching/compare/name.ts'
import { misjudged, readCases } from '../../cases/read-cases.ts'
import { featuresOf } from '../../normalise/dictionary-of.ts'
import { anyName, hanName, nearPair } from '../../normalise/name-texts.ts'

const cases = readCases('names')

test('every labelled pair of names has its level, both ways, by the plain judge', () =>
  expect(misjudged(cases, NAME_LEVEL, compareNamesSlow)).toEqual([]))

test('every labelled pair of names has its level, both ways, by the fast comparison', () => {
  const { names, features } = featuresOf(cases.flatMap(({ a, b }) => [a, b]))
  const analysed = new AnalysedNames(names)
  const compare = (a: string, b: string): number =>
    compareNames(features, analysed, names.internText(a), names.internText(b))
  expect(misjudged(cases, NAME_LEVEL, compare)).toEqual([])
})

test('the labelled pairs show every level', () =>
  expect(new Set(cases.map(({ level }) => level))).toEqual(new Set(Object.keys(NAME_LEVEL))))

test('on Han names the fast comparison says what the plain judge says', () =>
  fc.assert(
    fc.property(fc.array(nearPair(hanName), { minLength: 20, maxLength: 60 }), (pairs) => {
      const { names, features } = featuresOf(pairs.flat())
      const analysed = new AnalysedNames(names)
      for (const [a, b] of pairs) {
        const fast = compareNames(features, analysed, names.internText(a), names.internText(b))
        expect([a, b, fast]).toEqual([a, b, compareNamesSlow(a, b)])
      }
    }),
    { numRuns: 80 },
  ))

test('on names of any kind the fast comparison says what the plain judge says', () =>
  fc.assert(
    fc.property(fc.array(nearPair(anyName), { minLength: 20, maxLength: 60 }), (pairs) => {
      const { names, features } = featuresOf(pairs.flat())
      const analysed = new AnalysedNames(names)
      for (const [a, b] of pairs) {
        const fast = compareNames(features, analysed, names.internText(a), names.internText(b))
        expect([a, b, fast]).toEqual([a, b, compareNamesSlow(a, b)])
      }
    }),
    { numRuns: 60 },
  ))

test('comparison of names is symmetric', () =>
  fc.assert(
    fc.property(nearPair(anyName), ([a, b]) => {
      expect([a, b, compareNamesSlow(a, b)]).toEqual([a, b, compareNamesSlow(b, a)])
    }),
    { numRuns: 2000 },
  ))

test('a name agrees with itself as well as it can be read', () =>
  fc.assert(
    fc.property(anyName, (name) => {
      const level = compareNamesSlow(name, name)
      expect([NAME_LEVEL.missing, NAME_LEVEL.exact, NAME_LEVEL.dropped]).toContain(level)
    }),
  ))

test('every level has a sentence in both languages', () => {
  for (const level of Object.values(NAME_LEVEL))
    expect(describeName(level).every((words) => words.length > 2)).toBe(true)
})

test('names that no line of features holds, lost characters and names said twice are compared as the plain judge compares them', () => {
  const long = Array.from({ length: 40 }, (_, i) => String.fromCharCode(0x4e00 + i * 3)).join('')
  const texts = [
    `${long}·买买提`,
    `买买提·${long}`,
    `买提买·${long}`,
    `${long.slice(0, 26)}·买买提`,
    `买买提·${long.slice(0, 26)}`,
    // Of the rare characters, cut to half-words, would be 一 and 丁.
    '\u{24e00}\u{24e01}',
    '一丁',
    '\u{24e00}\u{24e01}·买买提',
    '一丁·买买提',
    '买买提·买买提',
    '买买提·铁木尔',
    '铁木尔·买买提·买买提',
    '买?提·铁木尔',
    '买?提·铁木尔·一丁',
    '铁木尔·买?提',
  ]
  const { names, features } = featuresOf(texts)
  const analysed = new AnalysedNames(names)
  for (const a of texts)
    for (const b of texts) {
      const fast = compareNames(features, analysed, names.internText(a), names.internText(b))
      expect([a, b, fast]).toEqual([a, b, compareNamesSlow(a, b)])
      expect([a, b, fast]).toEqual([a, b, compareNamesSlow(b, a)])
    }
})

test('of a name said twice only one half is the half of another: a father of another name', () => {
  expect(compareNamesSlow('玉努斯·玉努斯', '玉努斯·铁木尔')).toBe(NAME_LEVEL.surnameEqual)
  expect(compareNamesSlow('玉努斯·玉努斯', '玉努斯·热合曼')).toBe(NAME_LEVEL.surnameEqual)
})
