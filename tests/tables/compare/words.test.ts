import { expect, test } from 'vitest'
import type { Field } from '../../../src/tables/fields/fields.ts'
import { foldText, looksLikeNumber, readNumber } from '../../../src/tables/fields/fold.ts'
import { OTHERS, TextLevels } from '../../../src/tables/compare/text-levels.ts'
import { NameLevels } from '../../../src/tables/compare/value-levels.ts'

function fieldOf(kind: Field['kind'], texts: readonly string[]): Field {
  const dictionary = ['', ...texts.map(foldText)]
  const ids = Int32Array.from(texts, (_, i) => i + 1)
  return {
    name: 'x',
    kind,
    dictionary,
    ids,
    counts: Int32Array.from(dictionary, (_, i) => (i === 0 ? 0 : 1)),
    known: texts.length,
  }
}

function textLevel(first: string, second: string): string {
  const others = Array.from({ length: 60 }, (_, i) => `quay ${String.fromCharCode(97 + (i % 26))}${i}`)
  const levels = new TextLevels(fieldOf('address', [first, second, ...others]), [])
  expect(levels.levelOf(2, 1)).toBe(levels.levelOf(1, 2))
  return levels.levels[levels.levelOf(1, 2)].name.replace(/,.*/, '')
}

test('words run together are the words themselves, whichever text does so', () => {
  expect(textLevel('12 el morado court', '12 elmorado court')).toBe('all words')
  expect(textLevel('tarn qx 881-30 b', 'tarn qx88130b')).toBe('all words')
  // Only a run of neighbours that makes up the whole word counts.
  expect(textLevel('12 el court morado', '12 elmorado court')).not.toBe('all words')
  expect(textLevel('12 el morado', '12 elmoradon')).not.toBe('all words')
})

test('two remixes have no word in common for being remixes, where versions are compared on their own', () => {
  const songs = ['quiet harbour remix', 'brass lantern remix', 'quiet harbour', 'quiet harbour remix radio']
  const others = Array.from(
    { length: 40 },
    (_, i) => `song ${String.fromCharCode(97 + (i % 26))}${i}${i < 6 ? ' live' : ''}`,
  )
  const named = (kind: Field['kind'], u: number, v: number) => {
    const levels = new TextLevels(fieldOf(kind, [...songs, ...others]), [])
    return levels.levels[levels.levelOf(u, v)].name.replace(/,.*/, '')
  }
  expect(named('text', 1, 2)).toBe('differs')
  expect(named('text', 1, 3)).toBe('all words')
  expect(named('address', 1, 2)).toBe('some words')
})

test('an ordinal is its number', () => {
  expect(textLevel('9 42nd lane', '9 42 lane')).toBe('all words')
  expect(textLevel('9 third lane', '9 3rd lane')).toBe('all words')
  expect(textLevel('9 third lane', '9 4th lane')).not.toBe('all words')
})

test('names of one first syllable are somewhat alike', () => {
  const levels = new NameLevels(fieldOf('given name', ['benjamin', 'bennolo', 'bettina']), [])
  const nameOf = (u: number, v: number) => levels.levels[levels.levelOf(u, v)].name
  expect(nameOf(1, 2)).toBe('somewhat alike')
  expect(levels.plainlyDiffer(1, 2)).toBe(false)
  expect(nameOf(1, 3)).toBe('differs')
})

test('amounts are numbers, however they are written', () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['$44.00', 44],
    ['1,234.50', 1234.5],
    ['1.234,50 €', 1234.5],
    ['12,5', 12.5],
    ['1.234.567', 1_234_567],
    ['1,234', 1234],
    ['USD 12', 12],
    ['7.2%', 7.2],
    ['12 oz', 12],
    ['-3.5', -3.5],
    ['1e3', 1000],
    ['12b', undefined],
    ['12 low street', undefined],
    ['', undefined],
  ]
  for (const [cell, number] of cases) expect(readNumber(cell), cell).toBe(number)
  for (let n = -5000; n < 5000; n += 7) expect(readNumber(String(n / 100))).toBe(n / 100)
  expect(['$44.00', '7.2%', '1,234'].every(looksLikeNumber)).toBe(true)
  expect(['12 low', 'USD', '12b'].some(looksLikeNumber)).toBe(false)
})

test('of two texts that are alike it is told whether each has words that the other lacks, and how rare they are', () => {
  const texts = [
    'university of garmore',
    'department of physics university of garmore',
    'department of physics university of lindale',
    'university of garmore lindale',
    'quiet harbour',
    ...Array.from({ length: 120 }, (_, i) => `department of physics college ${String.fromCharCode(97 + (i % 26))}${i}`),
  ]
  const levels = new TextLevels(fieldOf('text', texts), [])
  const others = (u: number, v: number) => {
    // Known or not, and whichever is on the left, it is the same.
    expect(levels.othersOf(v, u)).toBe(levels.othersOf(u, v))
    return OTHERS[levels.othersOf(u, v)].name
  }
  expect(others(1, 2)).toBe('in one at most')
  expect(others(1, 4)).toBe('in one at most')
  expect(others(2, 3)).toBe('middling ones in both')
  expect(others(1, 5)).toBe('missing')
})
