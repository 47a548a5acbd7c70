import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterRecords, rowsByCluster } from '../../../src/tables/decide/clusters.ts'

/** Clusters from a full table of weights; every pair above `edge` asks to be joined. */
function cluster(weights: readonly (readonly number[])[], options = {}) {
  const pairs: { left: number[]; right: number[]; weight: number[] } = { left: [], right: [], weight: [] }
  weights.forEach((row, a) =>
    row.forEach((weight, b) => {
      if (a >= b || weight < -3000) return
      pairs.left.push(a)
      pairs.right.push(b)
      pairs.weight.push(weight)
    }),
  )
  return clusterRecords(weights.length, { ...pairs, count: pairs.left.length }, (a, b) => weights[a][b], options)
}

/** Two groups of `size`, firm inside, contradicting each other but for one pair. */
function bridged(size: number, bridge: number): number[][] {
  return Array.from({ length: 2 * size }, (_, a) =>
    Array.from({ length: 2 * size }, (_, b) => {
      if (Math.floor(a / size) === Math.floor(b / size)) return 12_000
      return Math.min(a, b) === 0 && Math.max(a, b) === size ? bridge : -11_000
    }),
  )
}

test('one strong pair does not make one cluster of two groups that contradict each other, and the reason is given', () => {
  const { clusterOf, refused } = cluster(bridged(5, 9000))
  expect(Array.from(clusterOf)).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 5, 5])
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({ left: 0, right: 5, leftSize: 5, rightSize: 5 })
  expect(refused[0].reason).toMatch(/the 25 pairs between the groups .* contradict it/)
})

test('a chain of bridges makes no giant', () => {
  const groups = 40
  const size = 4
  const weights = Array.from({ length: groups * size }, (_, a) =>
    Array.from({ length: groups * size }, (_, b) => {
      const [x, y] = [Math.floor(a / size), Math.floor(b / size)]
      if (x === y) return 11_000
      return Math.abs(a - b) === 1 ? 8000 : -12_000
    }),
  )
  expect(new Set(cluster(weights).clusterOf).size).toBe(groups)
})

test('a poor record that fits one member well and the others badly, without contradiction, is kept', () => {
  const weights = bridged(4, 0)
    .slice(0, 5)
    .map((row) => row.slice(0, 5))
  for (const [a, weight] of [9000, -1000, -2000, 500].entries()) {
    weights[a][4] = weight
    weights[4][a] = weight
  }
  expect(new Set(cluster(weights).clusterOf).size).toBe(1)
})

test('every member of a cluster has its say, in whatever order they came to it', () => {
  // 0, 1 and 2 are one; 3 fits two of them a little, and contradicts the third.
  for (const contradicted of [0, 1, 2]) {
    const weights = [0, 1, 2, 3].map(() => [12_000, 12_000, 12_000, 1000])
    for (const [member, row] of weights.entries()) row[3] = member === contradicted ? -10_000 : 1000
    weights[3] = weights.map((row) => row[3])
    weights[0][2] = 11_000
    weights[1][2] = 11_500
    expect(Array.from(cluster(weights).clusterOf), `against ${contradicted}`).toEqual([0, 0, 0, 3])
  }
})

test('a pair whose groups have become less firm waits until firmer ones have joined', () => {
  // 1 wants 2, but 0, who is 1, does not; 3, who is 2, contradicts both.
  const weights = [
    [0, 9000, -5000, -12_000],
    [9000, 0, 8000, -12_000],
    [-5000, 8000, 0, 7000],
    [-12_000, -12_000, 7000, 0],
  ]
  const { clusterOf, refused } = cluster(weights)
  expect(Array.from(clusterOf)).toEqual([0, 0, 2, 2])
  expect(refused.map(({ left, right }) => [left, right])).toEqual([[1, 2]])
})

test('two records are joined exactly when their weight reaches the threshold', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 9000 }), fc.integer({ min: -2, max: 2 }), (weight, above) => {
      const threshold = weight + above
      const { clusterOf } = cluster(
        [
          [0, weight],
          [weight, 0],
        ],
        { threshold },
      )
      expect(clusterOf[1] === 0).toBe(weight >= threshold)
    }),
  )
})

test('the order in which pairs arrive changes nothing', () => {
  const symmetric = fc
    .tuple(
      fc.integer({ min: 3, max: 9 }),
      fc.array(fc.integer({ min: -12_000, max: 14_000 }), { minLength: 81, maxLength: 81 }),
    )
    .map(([n, values]) =>
      Array.from({ length: n }, (_, a) =>
        Array.from({ length: n }, (_, b) => values[Math.min(a, b) * 9 + Math.max(a, b)]),
      ),
    )
  fc.assert(
    fc.property(symmetric, (weights) => {
      const pairs: [number, number][] = []
      weights.forEach((row, a) => row.forEach((_, b) => a < b && pairs.push([a, b])))
      const run = (order: [number, number][]) =>
        Array.from(
          clusterRecords(
            weights.length,
            {
              count: order.length,
              left: order.map((p) => p[0]),
              right: order.map((p) => p[1]),
              weight: order.map(([a, b]) => weights[a][b]),
            },
            (a, b) => weights[a][b],
          ).clusterOf,
        )
      expect(run([...pairs].reverse())).toEqual(run(pairs))
    }),
  )
})

test('rows cluster by cluster: as a map of lists gathers them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 40 }), (names) => {
      const clusterOf = Int32Array.from(names, (name) => names.indexOf(name))
      const lists = new Map<number, number[]>()
      clusterOf.forEach((cluster, row) => lists.set(cluster, [...(lists.get(cluster) ?? []), row]))
      const { rows, ends } = rowsByCluster(clusterOf)
      expect(Array.from(ends, (end, c) => [...rows.subarray(c === 0 ? 0 : ends[c - 1], end)])).toEqual([
        ...lists.values(),
      ])
    }),
  )
})
