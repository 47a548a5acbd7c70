import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JointTables, treeOf } from '../../../src/tables/model/trees.ts'

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
