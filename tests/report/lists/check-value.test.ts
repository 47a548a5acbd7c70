import { expect, test } from 'vitest'
import { checkValue, listNumber, openListKey } from '../../../src/report/lists/check-value.ts'

const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const SHOWN = ['彭某', '513027001002003']

test('a check value is what another program makes of the same key and cells', () => {
  // Python: hmac.new(key, '\x1f'.join(['bidui-list-1', id, *cells]).encode(), 'sha256'), two bytes a character.
  // Lists that are out in the townships bear such values: another form would refuse every answer.
  expect(checkValue(KEY, 'F0A1B2C3', SHOWN)).toBe('4BXAKSZN7JKM')
})

test('blanks at the ends of a cell are no tampering; the id, any cell, their order and the key are', () => {
  const sent = checkValue(KEY, 'F0A1B2C3', SHOWN)
  expect(checkValue(KEY, 'F0A1B2C3', [' 彭某', '513027001002003 '])).toBe(sent)
  const others = [
    checkValue(KEY, 'F0A1B2C4', SHOWN),
    checkValue(KEY, 'F0A1B2C3', ['彭某某', '513027001002003']),
    checkValue(KEY, 'F0A1B2C3', [...SHOWN].reverse()),
    checkValue(Buffer.alloc(32), 'F0A1B2C3', SHOWN),
  ]
  expect(new Set([sent, ...others]).size).toBe(5)
})

test('a list has one number in whatever order its rows stand', () => {
  const number = listNumber(KEY, ['4BXAKSZN7JKM', '23456789ABCD'])
  expect(number).toMatch(/^L[2-9A-HJKMNP-TV-Z]{9}$/)
  expect(listNumber(KEY, ['23456789ABCD', '4BXAKSZN7JKM'])).toBe(number)
  expect(listNumber(KEY, ['4BXAKSZN7JKM'])).not.toBe(number)
})

test('where no key can be made it is told that one may lie elsewhere', () => {
  expect(() => openListKey('/dev/null/list.key', 'send')).toThrow(/\[E405\].*--key/)
})
