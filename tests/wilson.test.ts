import { expect, test } from 'vitest'
import { wilsonInterval } from '../src/wilson.ts'

// Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i: as published', (count, of, low, high) => {
  const interval = wilsonInterval(count / of, of)
  expect(interval.low).toBeCloseTo(low, 4)
  expect(interval.high).toBeCloseTo(high, 4)
})

test('a share of none or of all keeps its bound to the last bit', () => {
  for (let of = 1; of < 500; of++) {
    expect(wilsonInterval(0, of).low).toBe(0)
    expect(wilsonInterval(1, of).high).toBe(1)
  }
})
