import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JointTables, silenced, spanningTree, treeOf } from '../../../src/tables/model/trees.ts'

test('a tree asks for no more pairs of comparisons than it joins', () => {
  const levelCounts = [3, 4, 2, 3]
  const levels = fc.tuple(...levelCounts.map((count) => fc.nat(count - 1)))
  const parents = fc.tuple(
    fc.constant(-1),
    fc.constantFrom(-1, 0, 3),
    fc.constantFrom(-1, 0, 1),
    fc.constantFrom(-1, 0),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(levels, fc.nat(50)), { minLength: 1 }), parents, (list, joined) => {
      const patterns = {
        width: 4,
        levels: Uint8Array.from(list.flatMap(([pattern]) => pattern)),
        count: list.length,
        counts: Float64Array.from(list, ([, count]) => count),
      }
      const [all, few] = [new JointTables(levelCounts), new JointTables(levelCounts)]
      all.addAll(patterns, patterns.counts)
      few.addJoined(patterns, patterns.counts, Int32Array.from(joined))
      const tree = (tables: JointTables) => treeOf(tables, Int32Array.from(joined), undefined, [2], 5)
      expect(tree(few)).toEqual(tree(all))
    }),
  )
})

test('what looks at a column once more hangs on it and on nothing else, and may be left without a word', () => {
  const levelCounts = [3, 3, 3]
  // The first two go together; the third goes with the second, but looks at the first.
  const list = [1, 2].flatMap((a) => [1, 2].map((b) => ({ levels: [a, a, b], count: 40 + (a === b ? 30 : 0) })))
  const patterns = {
    width: 3,
    levels: Uint8Array.from(list.flatMap(({ levels }) => levels)),
    count: list.length,
    counts: Float64Array.from(list, ({ count }) => count),
  }
  const tables = new JointTables(levelCounts)
  tables.addAll(patterns, patterns.counts)
  const parents = spanningTree(tables, tables, 0, undefined, [-1, -1, 0])
  expect([...parents]).toEqual([-1, 0, 0])
  expect(spanningTree(tables, tables, 0, (i, j) => i + j === 2, [-1, -1, 1])[2]).toBe(1)
  const tree = silenced(treeOf(tables, parents, undefined, [2], 5), [false, false, true])
  expect(tree.tables[2].every((bits) => bits === 0)).toBe(true)
  expect(tree.logMarginals[2].every((bits) => bits === 0)).toBe(true)
  expect(tree.tables[1].some((bits) => bits !== 0)).toBe(true)
})

test('strangers who share the one are not less likely to share the other, though the pairs that share both passed for matches', () => {
  // Given name and town: same, near, or another. Pairs with both the same are hardly met among what is left of strangers.
  const counts = [
    [1, 5, 1000],
    [5, 10, 2000],
    [2000, 3000, 90_000],
  ]
  const patterns = {
    width: 2,
    levels: Uint8Array.from(counts.flatMap((row, a) => row.flatMap((_, b) => [a + 1, b + 1]))),
    count: 9,
    counts: Float64Array.from(counts.flat()),
  }
  const tables = new JointTables([4, 4])
  tables.addAll(patterns, patterns.counts)
  const tree = (exactCounts?: number[]) => treeOf(tables, Int32Array.from([-1, 0]), undefined, [1], 20, exactCounts)
  const shareSame = (of: ReturnType<typeof tree>) => 2 ** of.tables[1][1 * 4 + 1]
  expect(shareSame(tree())).toBeLessThan(0.5 * tree().marginals[1][1])
  expect(shareSame(tree([1, 1]))).toBeCloseTo(tree().marginals[1][1], 10)
  // Near ones and others fall as they are counted.
  expect([...tree([1, 1]).tables[1]].filter((_, at) => at !== 5)).toEqual(
    [...tree().tables[1]].filter((_, at) => at !== 5),
  )
})
