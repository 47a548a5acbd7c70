import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkDigit,
  checkNibble,
  formatIdNumber,
  idBirthDate,
  idSex,
  packDigits,
  parseIdNumber,
  truncatedPrefix,
} from '../../src/normalise/id-number.ts'
import { ID_KIND, packDate } from '../../src/records/record-table.ts'
import { anyCharacter } from '../support/any-character.ts'

/** 17 digits of an abolished county code, born after it was abolished: nobody's number. */
const digits17 = fc
  .record({
    area: fc.constantFrom('513027', '332225'),
    year: fc.integer({ min: 1994, max: 2020 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    sequence: fc.integer({ min: 1, max: 995 }),
  })
  .map(({ area, year, month, day, sequence }) => {
    const two = (n: number): string => String(n).padStart(2, '0')
    return `${area}${year}${two(month)}${two(day)}${String(sequence).padStart(3, '0')}`
  })
const number18 = digits17.map((digits) => digits + checkDigit(digits))

function kindOf(text: string): string {
  const { kind } = parseIdNumber(text)
  return Object.entries(ID_KIND).find(([, value]) => value === kind)?.[0] ?? ''
}

test('the check characters of the standard’s own examples are X and 4', () => {
  expect(checkDigit('11010519491231002')).toBe('X')
  expect(checkDigit('44052418800101001')).toBe('4')
})

test('every single wrong digit is detected', () =>
  fc.assert(
    fc.property(number18, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
      const wrong = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1)
      expect(checkDigit(wrong)).not.toBe(wrong[17])
    }),
  ))

test('every swap of neighbouring or alternate digits is detected', () =>
  fc.assert(
    fc.property(number18, fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 2 }), (id, at, apart) => {
      fc.pre(at + apart <= 16 && id[at] !== id[at + apart])
      const digits = Array.from(id)
      ;[digits[at], digits[at + apart]] = [digits[at + apart], digits[at]]
      expect(checkDigit(digits.join(''))).not.toBe(id[17])
    }),
  ))

test('a number parsed and formatted is itself, and its check nibble is its last character', () =>
  fc.assert(
    fc.property(number18, (id) => {
      const { kind, area, birth, tail, text } = parseIdNumber(id)
      expect(formatIdNumber(area, birth, tail)).toBe(id)
      expect([kind, text]).toEqual([ID_KIND.valid, ''])
      expect(checkNibble(area, birth, tail)).toBe(packDigits(id[17]))
    }),
  ))

test('a 15-digit number of this century’s last one hundred years gets its century and check character back', () =>
  fc.assert(
    fc.property(digits17, (digits) => {
      fc.pre(digits[6] === '1')
      const legacy = digits.slice(0, 6) + digits.slice(8)
      const { kind, area, birth, tail } = parseIdNumber(legacy)
      expect(kind).toBe(ID_KIND.legacy)
      expect(formatIdNumber(area, birth, tail)).toBe(digits + checkDigit(digits))
    }),
  ))

test('17 digits get their last character, and stay readable as they stood', () =>
  fc.assert(
    fc.property(digits17, (digits) => {
      const { kind, area, birth, tail, text } = parseIdNumber(digits)
      expect([kind, text]).toEqual([ID_KIND.tailSupplied, digits])
      expect(formatIdNumber(area, birth, tail)).toBe(digits + checkDigit(digits))
    }),
  ))

test.each([
  ['995', 1998],
  ['996', 1898],
  ['999', 1898],
])('sequence %s of a 15-digit number means born in %i: 996–999 were kept for the very old', (sequence, year) => {
  const { birth } = parseIdNumber(`513027980315${sequence}`)
  expect(idBirthDate(birth)).toBe(packDate(year, 3, 15))
})

test.each([
  ['', 'missing'],
  [' \u00a0\u3000\ufeff', 'missing'],
  ['无', 'placeholder'],
  ['不详', 'placeholder'],
  ['没有', 'placeholder'],
  ['N/A', 'placeholder'],
  ['—', 'placeholder'],
  ['000000000000000000', 'placeholder'],
  ['999999999999999', 'placeholder'],
  ['XXXXXXXXXXXXXXXXXX', 'placeholder'],
  ['123456789012345678', 'placeholder'],
  ['51302719980315000X', 'placeholder'],
  ['513027********1234', 'placeholder'],
  ['51302719980315****', 'placeholder'],
  ['513027XXXXXXXX123X', 'placeholder'],
  ['5130271998031512371', 'placeholder'],
  ['51302719980315123701', 'placeholder'],
  ['513027199803151237次女', 'placeholder'],
  ['513027199803151237', 'valid'],
  ['513027199803151238', 'checkFails'],
  ['810000199408230021', 'valid'],
  ['830000199201300022', 'valid'],
  ['513027199802301234', 'dateImpossible'],
  ['513027219803151234', 'dateImpossible'],
  ['513027199813151234', 'dateImpossible'],
  ['513027199803151000', 'truncated'],
  ['5.13E+17', 'truncated'],
  ['5.13027199803151E+17', 'truncated'],
  ['513027199803151', 'truncated'],
  ['5130271998031512', 'malformed'],
  ['51302719980315123A', 'malformed'],
  ['5130271998X3151237', 'malformed'],
  ['H12345678', 'malformed'],
  ['513027199813151', 'malformed'],
])('%j is %s', (text, kind) => expect(kindOf(text)).toBe(kind))

test('every sign that stands for the last X is read as X', () => {
  const { area, birth, tail } = parseIdNumber('11010519491231002X')
  for (const sign of ['X', 'x', 'Ｘ', 'ｘ', '×', 'Х', 'х', '*', 'Ⅹ'])
    expect(parseIdNumber(`11010519491231002${sign}`)).toMatchObject({ kind: ID_KIND.valid, area, birth, tail })
})

test('the sequence digit tells the sex: odd male, even female', () => {
  expect(idSex(parseIdNumber('513027199803151237').tail)).toBe(1)
  expect(idSex(parseIdNumber('810000199408230021').tail)).toBe(2)
})

test('a truncated number tells fifteen digits, or as many as its mantissa', () => {
  expect(truncatedPrefix('513027199803151000')).toBe('513027199803151')
  expect(truncatedPrefix('5.13027199803151E+17')).toBe('513027199803151')
  expect(truncatedPrefix('5.13E+17')).toBe('513')
  expect(truncatedPrefix('513027199803151237')).toBe('')
})

test('no text makes the parser fail, and no kind without a number carries one', () =>
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 24 }), (text) => {
      const { kind, area, birth, tail } = parseIdNumber(text)
      const known: readonly number[] = [
        ID_KIND.valid,
        ID_KIND.legacy,
        ID_KIND.tailSupplied,
        ID_KIND.checkFails,
        ID_KIND.dateImpossible,
      ]
      if (!known.includes(kind)) expect([area, birth, tail]).toEqual([0, 0, 0])
    }),
  ))
