import { expect, test } from 'vitest'
import { officeDay, officeMinute, officeTime } from '../src/office-time.ts'

test('late in the evening of UTC the day of the office has begun', () => {
  const evening = Date.UTC(2026, 10, 23, 16, 5, 9, 7)
  expect([officeTime(evening), officeMinute(evening), officeDay(evening)]).toEqual([
    '2026-11-24T00:05:09.007+08:00',
    '2026-11-24 00:05',
    '2026-11-24',
  ])
})

test('a written time is read back as the same moment', () => {
  const moment = Date.UTC(2024, 1, 29, 23, 59, 59, 999)
  expect(Date.parse(officeTime(moment))).toBe(moment)
})
