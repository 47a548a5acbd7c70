import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SharedMemory } from '../../src/records/shared-memory.ts'
import { hashUnits, reserveTexts, TextDictionary } from '../../src/records/text-dictionary.ts'
import {
  reserveSlots,
  reserveTriples,
  TripleDictionary,
  tripleDictionaryBytes,
} from '../../src/records/triple-dictionary.ts'

const MAX = 500
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
/** Few values, so that many come again; negative words, as hashes are. */
const triples = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, -7),
    word.map((w) => (w % 5) | 0),
    fc.constantFrom(1, 2 ** 31 - 1),
  ),
  {
    maxLength: 200,
  },
)
const texts = fc.array(fc.string({ unit: fc.constantFrom('李', '静', '·', 'A', '𠮷'), minLength: 1, maxLength: 6 }), {
  maxLength: 200,
})

test('many values at once get the numbers that one at a time gets', () => {
  fc.assert(
    fc.property(triples, fc.integer({ min: 0, max: 200 }), (values, alone) => {
      const memory = SharedMemory.allocate(tripleDictionaryBytes(MAX) + 4096)
      const pieces = { ...reserveTriples(memory, MAX), slots: reserveSlots(memory, MAX) }
      const dictionary = new TripleDictionary(memory.memory, pieces)
      const first = values.slice(0, alone).map(([a, b, c]) => dictionary.intern(a, b, c))
      const numbers = new Int32Array(values.length)
      dictionary.internAll(Int32Array.from(values.flat()), values.length, numbers)
      expect([...numbers.subarray(0, first.length)]).toEqual(first)
      const known = new Map<string, number>()
      values.forEach(([a, b, c], k) => {
        const number = numbers[k]
        expect(number).toBeGreaterThan(0)
        expect([dictionary.first(number), dictionary.second(number), dictionary.third(number)]).toEqual([a, b, c])
        expect(known.get(`${a} ${b} ${c}`) ?? number).toBe(number)
        known.set(`${a} ${b} ${c}`, number)
      })
      expect(new Set(known.values()).size).toBe(known.size)
    }),
  )
})

test('many texts at once get the numbers that one at a time gets', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 200 }), (values, alone) => {
      const memory = SharedMemory.allocate(tripleDictionaryBytes(MAX) + 16_384)
      const pieces = { ...reserveTexts(memory, MAX, 4000), slots: reserveSlots(memory, MAX) }
      const dictionary = new TextDictionary(memory.memory, pieces)
      const first = values.slice(0, alone).map((text) => dictionary.internText(text))
      const units = values.flatMap((text) => Array.from({ length: text.length }, (_, k) => text.charCodeAt(k)))
      let end = 0
      const ends = Int32Array.from(values, (text) => (end += text.length))
      const numbers = new Int32Array(values.length)
      dictionary.internAll(Uint16Array.from(units), ends, values.length, numbers)
      expect([...numbers.subarray(0, first.length)]).toEqual(first)
      values.forEach((text, k) => {
        const number = numbers[k]
        expect(dictionary.text(number)).toBe(text)
        expect([dictionary.length(number), dictionary.firstUnit(number), dictionary.lastUnit(number)]).toEqual([
          text.length,
          text.charCodeAt(0),
          text.charCodeAt(text.length - 1),
        ])
        const codes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
        expect(dictionary.hash(number)).toBe(hashUnits(codes, codes.length))
      })
      expect(new Set(numbers).size).toBe(new Set(values).size)
    }),
  )
})
