import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WordLikeness } from '../../../src/tables/compare/word-likeness.ts'
import { Nicknames } from '../../../src/tables/fields/nicknames.ts'
import { manyValues } from './values.ts'

test('how like two words are is the same by their outlines, from memory and letter by letter', () => {
  const words = [...manyValues(), '12345', '12346', '123', 'morelind', 'motelink', 'margaret', 'peggy']
  const nicknames = new Nicknames(words, [['margaret', 'peggy']])
  const likeness = new WordLikeness(words, nicknames)
  const shown = new Set<number>()
  const otherwise: [string, string][] = []
  for (const _round of ['first look', 'remembered'])
    for (let x = 0; x < words.length; x++)
      for (let y = 0; y < words.length; y++) {
        if (x === y) continue
        const spelled = likeness.spelled(x, y)
        shown.add(spelled)
        if (likeness.of(x, y) !== spelled) otherwise.push([words[x], words[y]])
      }
  expect(otherwise).toEqual([])
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
