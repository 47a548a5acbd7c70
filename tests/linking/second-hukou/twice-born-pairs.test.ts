/** Births that two children of one mother do not have. */
import { expect, test } from 'vitest'
import { isOnDay, isTooNear } from '../../../src/linking/second-hukou/twice-born-pairs.ts'
import { parseDate } from '../../../src/normalise/date.ts'

test.each([
  ['1998-03-01', '1998-03-20', false],
  ['1998-03-01', '1998-03-21', true],
  ['1998-12-20', '1999-01-15', true],
  ['1998-03-01', '1998-09-05', true],
  ['1998-03-01', '1998-10-01', false],
  ['1998-03', '1998-05-01', false],
])('births on %s and %s are too near for one mother: %s', (a, b, isNear) => {
  expect(isTooNear(parseDate(a), parseDate(b))).toBe(isNear)
  expect(isTooNear(parseDate(b), parseDate(a))).toBe(isNear)
})

test.each([
  ['1998-03-15', '1998-03-15', true],
  ['1998-03-15', '2003-03-15', true],
  ['1998-03-15', '2004-03-15', false],
  ['1998-03-15', '1999-03-16', false],
  ['1998-03', '1999-03', false],
])('births on %s and %s are on one day of years not far apart: %s', (a, b, onDay) => {
  expect(isOnDay(parseDate(a), parseDate(b))).toBe(onDay)
  expect(isOnDay(parseDate(b), parseDate(a))).toBe(onDay)
})
