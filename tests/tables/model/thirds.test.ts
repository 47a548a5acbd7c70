import { expect, test } from 'vitest'
import { lookAtThirds } from '../../../src/tables/model/thirds.ts'

const look = (pairs: readonly (readonly [number, number])[], weightOf: (a: number, b: number) => number) =>
  lookAtThirds(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
    10,
    weightOf,
  )

test('two partners of one row that plainly do not match are counted, once for the row they share', () => {
  const pairs = [
    [0, 1],
    [0, 2],
    [2, 3],
  ] as const
  // 1 and 2 share 0; 0 and 3 share 2.
  expect(look(pairs, (a, b) => (a === 1 && b === 2 ? -9000 : 4000))).toEqual({ rows: 10, seen: 2, contradicted: 1 })
  expect(look(pairs, () => -2999)).toEqual({ rows: 10, seen: 2, contradicted: 0 })
})

test('rows that share nobody have no thirds', () =>
  expect(
    look(
      [
        [0, 1],
        [2, 3],
      ],
      () => -9000,
    ),
  ).toEqual({ rows: 10, seen: 0, contradicted: 0 }))

test('of very many thirds every so many rows are looked at', () => {
  // Cliques of four: every row has three partners, three thirds.
  const pairs = Array.from({ length: 20_000 }, (_, k) =>
    [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [4 * k + a, 4 * k + b] as const)),
  ).flat()
  const { rows, seen, contradicted } = lookAtThirds(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
    80_000,
    () => -9000,
  )
  expect(rows).toBeLessThan(20_000)
  expect(seen).toBe(3 * rows)
  expect(contradicted).toBe(seen)
})
