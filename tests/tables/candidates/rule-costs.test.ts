import { expect, test } from 'vitest'
import { makeShortRows } from '../../../bench/accuracy/tables/figures-and-short-rows.ts'
import { blockRule } from '../../../src/tables/candidates/blocks.ts'
import { offerKeys } from '../../../src/tables/candidates/keys.ts'
import { ruleCost, sampleForCosts } from '../../../src/tables/candidates/rule-costs.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const made = makeShortRows(41, { people: 60, rowsMost: 5, hardness: 1 })
const fields = buildFields(tableFromRows('t', made.left), undefined, completeSpec(made.spec))

test('a rule costs what its blocks hold, whole or one block in three', () => {
  const keys = offerKeys(fields.fields)
  const { rowCount, leftCount } = fields
  const costs = sampleForCosts(keys, { rowCount, leftCount, rowSample: 1 })
  for (const sample of [1, 3])
    for (const rowsPerBlockMax of [3, 1000])
      for (const [i, key] of keys.entries()) {
        const other = keys[(i * 5 + 3) % keys.length]
        const rule = { name: key.name, keys: i % 2 === 0 || other === key ? [key] : [key, other] }
        const { pairs, rowsLeftOut } = blockRule(rule, { rowCount, leftCount, rowsPerBlockMax, splitKeys: [], sample })
        const [first, second] = [i, rule.keys.length === 1 ? -1 : keys.indexOf(other)]
        expect(ruleCost(first, second, costs, { rowsPerBlockMax, sample })).toEqual({
          pairs,
          rowsLeftOut,
        })
      }
})

test('one row in five tells what a rule costs, though alike rows lie side by side', () => {
  const rowCount = 60_000
  const slots = [Int32Array.from({ length: rowCount }, (_, row) => row >> 2)]
  const rule = { name: 'fours', keys: [{ name: 'fours', fields: [0], slots, isWhole: true }] }
  const cost = (rowSample: number) =>
    ruleCost(0, -1, sampleForCosts(rule.keys, { rowCount, leftCount: rowCount, rowSample }), { rowsPerBlockMax: 100 })
  const whole = cost(1).pairs
  expect(whole).toBe(6 * 15_000)
  expect(cost(5).pairs / whole).toBeCloseTo(1, 1)
})
