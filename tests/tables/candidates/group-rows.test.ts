import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupRows } from '../../../src/tables/candidates/group-rows.ts'

test('rows are grouped as a map of their keys groups them, and nobody alone', () => {
  const key = fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, key), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(1, 40),
      (lists, times) => {
        // Repeated so often that several partitions are needed.
        const rowCount = 12 * times * 30
        const stretch = (list: number[]) =>
          Int32Array.from({ length: rowCount }, (_, row) => list[row % 12] * 1000 + (row % 97))
        const combos = lists.map(([a, b]): [Int32Array, Int32Array] => [stretch(a), stretch(b)])
        const { slots, groupCount } = groupRows(combos, rowCount, 1)
        const plain = new Map<string, string[]>()
        combos.forEach(([a, b], combo) => {
          for (let row = 0; row < rowCount; row++) {
            if (a[row] < 0 || b[row] < 0) continue
            const text = `${a[row]} ${b[row]}`
            plain.set(text, [...(plain.get(text) ?? []), `${combo} ${row}`])
          }
        })
        const found = new Map<number, string[]>()
        slots.forEach((slot, combo) => {
          slot.forEach((group, row) => {
            if (group >= 0) found.set(group, [...(found.get(group) ?? []), `${combo} ${row}`])
          })
        })
        expect(found.size).toBe(groupCount)
        const sorted = (groups: Iterable<string[]>) => [...groups].map((group) => group.join(',')).sort()
        expect(sorted(found.values())).toEqual(sorted([...plain.values()].filter((group) => group.length > 1)))
      },
    ),
    { numRuns: 30 },
  )
})
