import { expect, test } from 'vitest'
import { makeShortRows } from '../../../bench/accuracy/tables/figures-and-short-rows.ts'
import { blockRule } from '../../../src/tables/candidates/blocks.ts'
import { comparePairs } from '../../../src/tables/candidates/candidate-pairs.ts'
import { offerKeys } from '../../../src/tables/candidates/keys.ts'
import { sampleOutside } from '../../../src/tables/candidates/random-pairs.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { fitTables } from '../../../src/tables/model/fit.ts'
import { weigherOf, weigherOfCandidates } from '../../../src/tables/model/weigher.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

test('a candidate pair weighs what it weighs when it is compared again, and any other pair too', () => {
  const made = makeShortRows(411, { people: 80, rowsMost: 4, hardness: 1.2 })
  for (const right of [undefined, tableFromRows('r', made.left)]) {
    const opened = openTables(tableFromRows('l', made.left), right, completeSpec(made.spec))
    const { rowCount, leftCount } = opened.fields
    const blocks = offerKeys(opened.fields.fields)
      .slice(0, 5)
      .map((key) =>
        blockRule({ name: key.name, keys: [key] }, { rowCount, leftCount, rowsPerBlockMax: 1e9, splitKeys: [] }),
      )
    const pairs = comparePairs(blocks, opened.comparisons, rowCount, leftCount)
    const { model } = fitTables(opened, pairs, sampleOutside(opened.comparisons, pairs, opened.fields, 2000))
    const weightOf = weigherOfCandidates(opened, pairs, model)
    const judge = weigherOf(opened, model)
    let others = 0
    for (let a = 0; a < (right === undefined ? rowCount : leftCount); a++)
      for (let b = right === undefined ? a + 1 : leftCount; b < rowCount; b++) {
        others++
        expect(weightOf(a, b)).toBe(judge(a, b))
      }
    expect(pairs.count).toBeGreaterThan(100)
    expect(others).toBeGreaterThan(2 * pairs.count)
  }
})
