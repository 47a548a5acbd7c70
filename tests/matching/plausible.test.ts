import { expect, test } from 'vitest'
import { BIRTH_LEVEL } from '../../src/matching/compare/levels.ts'
import { COMPARISONS } from '../../src/matching/comparisons.ts'
import { ADDRESS_LEVEL, isPlausible, PLACE_LEVEL } from '../../src/matching/kernel.ts'

/** A pattern of rows without a name to compare. */
const nameless = (birth: number, place: number, address: number): number =>
  COMPARISONS.reduce((pattern, { name, shift }) => {
    const level = { birth, place, address }[name as string] ?? 0
    return pattern | (level << shift)
  }, 0)

test('a row without a name is met by its month in its house, or in its village where no house is said', () => {
  const { monthKnown, yearEqual } = BIRTH_LEVEL
  const { village, sameVillageHere } = PLACE_LEVEL
  expect(isPlausible(nameless(monthKnown, sameVillageHere, ADDRESS_LEVEL.equal), false)).toBe(true)
  expect(isPlausible(nameless(monthKnown, village, ADDRESS_LEVEL.missing), false)).toBe(true)
  expect(isPlausible(nameless(monthKnown, village, ADDRESS_LEVEL.differ), false)).toBe(false)
  expect(isPlausible(nameless(monthKnown, sameVillageHere, ADDRESS_LEVEL.missing), false)).toBe(false)
  expect(isPlausible(nameless(yearEqual, village, ADDRESS_LEVEL.equal), false)).toBe(false)
  expect(isPlausible(nameless(BIRTH_LEVEL.missing, village, ADDRESS_LEVEL.equal), false)).toBe(false)
})
