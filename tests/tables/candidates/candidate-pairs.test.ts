import { expect, test } from 'vitest'
import { makeShortRows } from '../../../bench/accuracy/tables/figures-and-short-rows.ts'
import { blockRule } from '../../../src/tables/candidates/blocks.ts'
import { comparePairs, forEachPair } from '../../../src/tables/candidates/candidate-pairs.ts'
import { offerKeys } from '../../../src/tables/candidates/keys.ts'
import { buildComparisons } from '../../../src/tables/compare/comparisons.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

test('candidate pairs are exactly those that share a block, each once, as brute force finds them', () => {
  const made = makeShortRows(908, { people: 60, rowsMost: 4, hardness: 1.5 })
  for (const right of [undefined, tableFromRows('r', made.left)]) {
    const fields = buildFields(tableFromRows('l', made.left), right, completeSpec(made.spec))
    const { rowCount, leftCount } = fields
    const keys = offerKeys(fields.fields)
    const rules = keys
      .slice(0, 12)
      .map((key, i) => ({ name: key.name, keys: i % 3 === 0 ? [key] : [key, keys[(i * 7) % keys.length]] }))
    const blocks = rules.map((rule) => blockRule(rule, { rowCount, leftCount, rowsPerBlockMax: 1e9, splitKeys: [] }))
    const pairs = comparePairs(blocks, buildComparisons(fields.fields, []), rowCount, leftCount)
    const found: string[] = []
    forEachPair(pairs, (a, b) => found.push(`${a} ${b}`))
    expect(found).toHaveLength(pairs.count)
    const wanted: string[] = []
    for (let a = 0; a < (right === undefined ? rowCount : leftCount); a++)
      for (let b = right === undefined ? a + 1 : leftCount; b < rowCount; b++)
        if (
          rules.some((rule) =>
            combinations(rule.keys.map((key) => key.slots)).some((mine) =>
              combinations(rule.keys.map((key) => key.slots)).some((theirs) =>
                mine.every((slot, k) => slot[a] >= 0 && slot[a] === theirs[k][b]),
              ),
            ),
          )
        )
          wanted.push(`${a} ${b}`)
    expect(wanted.length).toBeGreaterThan(100)
    expect(found.sort()).toEqual(wanted.sort())
  }
})

function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((item) => [...one, item])), [[]])
}
