/** Two lists of rows and who shares a key: as an obvious double loop finds them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areTwoByNumber } from '../../../src/linking/conflicts.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { KeyedRows } from '../../../src/linking/leftovers/shared-keys.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable } from '../../support/build-table.ts'
import { census } from '../../support/village-rows.ts'

const NUMBERS = ['', '513027203001010018', '513027203001010034', '513027203001010050']
/** Keys whose order as signed numbers is not the one as unsigned ones. */
const KEYS = [0, 1, 2, -1, -2, 2 ** 31 - 1]

const someRows = fc.array(
  fc.record({
    number: fc.nat(3),
    key: fc.constantFrom(...KEYS),
    isOne: fc.boolean(),
    isOther: fc.boolean(),
    joins: fc.nat(40),
  }),
  { minLength: 1, maxLength: 14 },
)

test('rows of two lists meet under each key that few share, but for two people by their numbers', () => {
  let met = 0
  fc.assert(
    fc.property(someRows, fc.integer({ min: 1, max: 4 }), (rows, sharedMax) => {
      const { table, rowOf } = buildTable(rows.map(({ number }, k) => census(`C${k}`, { id_number: NUMBERS[number] })))
      const lines = new Int32Array(table.rows * LINE_WORDS)
      packRecords(table, lines, 0, table.rows)
      const groups = new Groups(table, lines, new Uint8Array(table.rows))
      const row = (k: number): number => rowOf(`census:C${k}`)
      rows.forEach(({ joins }, k) => {
        if (joins < k) groups.join(row(k), row(joins))
      })
      const keys = new Int32Array(table.rows)
      const isOne = new Uint8Array(table.rows)
      const isOther = new Uint8Array(table.rows)
      rows.forEach((each, k) => {
        keys[row(k)] = each.key
        isOne[row(k)] = Number(each.isOne)
        isOther[row(k)] = Number(each.isOther)
      })
      const expected: number[][] = []
      for (let one = 0; one < table.rows; one++)
        for (let other = 0; other < table.rows; other++) {
          if (isOne[one] === 0 || isOther[other] === 0 || keys[one] === 0 || keys[one] !== keys[other]) continue
          const sharing = keys.filter((key, at) => key === keys[other] && isOther[at] === 1).length
          if (sharing <= sharedMax && !areTwoByNumber(groups, table.columns.idNo, one, other))
            expected.push([one, other])
        }
      const found: number[][] = []
      const ones = new KeyedRows(table, groups, isOne)
      const others = new KeyedRows(table, groups, isOther)
      ones.sortBy((at) => keys[at])
      others.sortBy((at) => keys[at])
      ones.meet(others, sharedMax, (one, other) => found.push([one, other]))
      const inOrder = (pairs: number[][]) => pairs.map(([a, b]) => a * table.rows + b).sort((a, b) => a - b)
      expect(inOrder(found)).toEqual(inOrder(expected))
      met += found.length
    }),
    { numRuns: 300 },
  )
  expect(met).toBeGreaterThan(100)
})
