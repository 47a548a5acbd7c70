/** Rows that nobody claims are compared with each other, whatever blocking said; each pair once. */
import { expect, test } from 'vitest'
import { linkOneToOne } from '../../../src/tables/decide/decide.ts'

/** Two rows on the left (0, 1), two on the right (2, 3). */
function linkedBy(
  edges: { left: number[]; right: number[]; weight: number[] },
  weightOf: (a: number, b: number) => number,
) {
  const opened = { fields: { rowCount: 4, leftCount: 2 }, comparisons: [] }
  const decisions = linkOneToOne(opened as never, edges, weightOf as never, {
    prior: -5000,
    threshold: 0,
    areOddsKept: false,
  })
  return {
    links: decisions.links.map(({ left, right }) => [left, right]),
    pairs: edges.left.map((a, i) => [a, edges.right[i]]),
  }
}

test('a pair that blocking has not proposed is found among those who are left over', () => {
  const { links } = linkedBy({ left: [0], right: [2], weight: [9000] }, (a, b) => (a === 1 && b === 3 ? 7000 : -9000))
  expect(links).toContainEqual([1, 3])
  expect(links).toContainEqual([0, 2])
})

test('a pair that blocking has proposed already stands among the edges once', () => {
  const { pairs } = linkedBy({ left: [1, 0], right: [3, 2], weight: [-100, 9000] }, () => -100)
  expect(pairs.filter(([a, b]) => a === 1 && b === 3)).toHaveLength(1)
})
