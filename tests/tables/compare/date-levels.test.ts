/** Levels of dates by their bits beside the same told digit by digit. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DateLevels } from '../../../src/tables/compare/value-levels.ts'
import type { Field } from '../../../src/tables/fields/fields.ts'

const digits = (number: number, length: number) => String(number).padStart(length, '0')

/** Near dates oftener than far ones, and dates of which month or day is not known. */
const date = fc
  .tuple(
    fc.constantFrom(1899, 1949, 1950, 1959, 1960, 2004),
    fc.constantFrom(0, 1, 2, 3, 10, 11, 12),
    fc.constantFrom(0, 1, 2, 3, 11, 12, 20, 21, 31),
  )
  .map(([year, month, day]) => `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`)

function judged(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('-').map(Number))
  const gap = Math.abs(x[0] - y[0])
  const byYears = gap === 0 ? 7 : gap === 1 ? 8 : gap <= 10 ? 9 : 10
  if ([x, y].some(([, month, day]) => month === 0 || day === 0))
    return gap === 0 && (x[1] === y[1] || x[1] === 0 || y[1] === 0) ? 2 : byYears
  const [p, q] = [a, b].map((text) => [...text.replaceAll('-', '')])
  const places = p.flatMap((digit, i) => (digit === q[i] ? [] : [i]))
  const [i, j] = places
  const isSwap = places.length === 2 && j === i + 1 && p[i] === q[j] && p[j] === q[i]
  const slips = isSwap ? 1 : places.length
  if (slips === 1) return 0
  if (gap === 0 && x[1] === y[2] && x[2] === y[1]) return 1
  if (gap === 0 && x[1] === y[1]) return 3
  if (x[1] === y[1] && x[2] === y[2]) return 4
  if (slips === 2) return 5
  return gap === 0 && x[2] === y[2] ? 6 : byYears
}

test('a pair of dates is on the level that its digits say', () => {
  const met = new Set<number>()
  fc.assert(
    fc.property(date, date, (a, b) => {
      fc.pre(a !== b)
      const levels = new DateLevels({ kind: 'date', dictionary: ['', a, b] } as unknown as Field)
      met.add(judged(a, b))
      expect(levels.levelOf(1, 2)).toBe(judged(a, b))
    }),
    { numRuns: 5000, seed: 41 },
  )
  // Two months of one year and day are two digits apart at most: that level comes before.
  expect([...met].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
})
