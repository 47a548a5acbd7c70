/** A birth as it is compared: what a form writes where nobody has told it a date is none. */
import { expect, test } from 'vitest'
import { comparableBirth } from '../../src/blocking/keys.ts'
import { ID_KIND, packDate } from '../../src/records/record-table.ts'

test('1900-01-01 and 1900-01 are no births', () => {
  for (const day of [0, 1]) {
    expect(comparableBirth(packDate(1900, 1, day), ID_KIND.missing, 0)).toBe(0)
    expect(comparableBirth(packDate(1900, 1, day), ID_KIND.valid, 0x19560712)).toBe(0)
  }
})

test('unless a valid number bears the date', () => {
  const birth = packDate(1900, 1, 1)
  expect(comparableBirth(birth, ID_KIND.valid, 0x19000101)).toBe(birth)
})

test('other days of that year, and other first days of a year, are births', () => {
  for (const birth of [packDate(1900, 1, 2), packDate(1900, 2, 1), packDate(1901, 1, 1), packDate(1956, 1, 1)])
    expect(comparableBirth(birth, ID_KIND.missing, 0)).toBe(birth)
})

test('a year alone takes the month of a valid number that bears the same year', () => {
  expect(comparableBirth(packDate(1956, 0, 0), ID_KIND.valid, 0x19560712)).toBe(packDate(1956, 7, 0))
  expect(comparableBirth(packDate(1956, 0, 0), ID_KIND.valid, 0x19570712)).toBe(packDate(1956, 0, 0))
})
