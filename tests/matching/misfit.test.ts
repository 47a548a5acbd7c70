/** One number under names that resemble each other: whose is it? */
import { expect, test } from 'vitest'
import { isMisfit } from '../../src/matching/anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../src/matching/compare/levels.ts'
import { PAIR_CLASS, SHIFT } from '../../src/matching/kernel.ts'

/** A police row and a census row of one valid number. */
const sameNumber = (name: number, birth: number): number =>
  (name << SHIFT.name) |
  (birth << SHIFT.birth) |
  (ID_LEVEL.sameValid << SHIFT.id) |
  (SEX_LEVEL.equal << SHIFT.sex) |
  (PAIR_CLASS.policeCensus << SHIFT.pairClass)

test('买买提·吐尔逊 under the number of 吐尔逊·买买提 is his son, not his name the other way round', () => {
  expect(isMisfit(sameNumber(NAME_LEVEL.swapped, BIRTH_LEVEL.different))).toBe(true)
  expect(isMisfit(sameNumber(NAME_LEVEL.swapped, BIRTH_LEVEL.nearYear))).toBe(false)
  expect(isMisfit(sameNumber(NAME_LEVEL.exact, BIRTH_LEVEL.different))).toBe(false)
})
