import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SMALL_CELL, suppressSmallCells } from '../../../src/report/page/suppression.ts'

const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(fc.array(fc.oneof(fc.nat(12), fc.nat(3000)), { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 6,
  }),
)

test('no count from 1 to 9 is printed, in a cell or in a margin', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const { counts, hidden } = suppressSmallCells(rows)
      counts.forEach((row, r) =>
        row.forEach((count, c) => {
          const isGrandTotal = r === counts.length - 1 && c === row.length - 1
          if (count > 0 && count < SMALL_CELL && !isGrandTotal) expect(hidden[r][c]).toBe(true)
        }),
      )
    }),
  )
})

test('no subtraction gives a hidden cell back: each row and column hides none, or two and more with ten people, or all', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const { counts, hidden } = suppressSmallCells(rows)
      const columns = counts[0].map((_, c) => counts.map((row, r) => ({ count: row[c], shut: hidden[r][c] })))
      const lines = [...counts.map((row, r) => row.map((count, c) => ({ count, shut: hidden[r][c] }))), ...columns]
      for (const line of lines) {
        const shut = line.filter((cell) => cell.shut)
        if (shut.length === 0 || shut.length === line.length) continue
        expect(shut.length).toBeGreaterThan(1)
        expect(shut.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(SMALL_CELL)
      }
    }),
  )
})

test('a table without small cells is printed whole, with its totals', () => {
  expect(
    suppressSmallCells([
      [10, 20],
      [0, 30],
    ]),
  ).toEqual({
    counts: [
      [10, 20, 30],
      [0, 30, 30],
      [10, 50, 60],
    ],
    hidden: [
      [false, false, false],
      [false, false, false],
      [false, false, false],
    ],
  })
})

test('one small cell takes others with it, so that its total does not give it away', () => {
  const { hidden } = suppressSmallCells([
    [3, 40, 50],
    [60, 70, 80],
    [90, 100, 110],
  ])
  expect(hidden[0][0]).toBe(true)
  expect(hidden[0].filter(Boolean).length).toBeGreaterThan(1)
  expect(hidden.map((row) => row[0]).filter(Boolean).length).toBeGreaterThan(1)
})
