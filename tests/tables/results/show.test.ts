import { expect, test } from 'vitest'
import type { TableResult } from '../../../src/tables/engine.ts'
import { ruleLines } from '../../../src/tables/results/show.ts'

const rule = (name: string, blocksSplit = 0) => ({
  blocks: { name, pairs: 1200, blocksSplit, rowsLeftOut: 0 },
  coverage: 0.5,
})

function lines(pairsByRule: readonly number[], rules = pairsByRule.map((_, r) => rule(`rule ${r}`))): string[] {
  return ruleLines({ proposal: { rules }, pairsByRule } as unknown as TableResult)
}

test('rules that add no pair are counted below those that do, in one line', () => {
  const [head, ...shown] = lines([1200, 0, 7, 0])
  expect(head).toMatch(/^blocking rule +pairs +new +finds$/)
  expect(shown.map((line) => line.split(/ {2,}/)[0])).toEqual([
    'rule 0',
    'rule 2',
    'and 2 more whose pairs these had: summary.json lists all',
  ])
  expect(lines([5, 5])).toHaveLength(3)
})

test('what happened to the blocks of a rule is told, by its name where the rule itself is not shown', () => {
  expect(lines([9, 0], [rule('a', 1), rule('b', 2)])).toEqual([
    expect.any(String),
    expect.stringMatching(/^a /),
    '    1 blocks were too large and split by a further key',
    '    b: 2 blocks were too large and split by a further key',
    'and 1 more whose pairs these had: summary.json lists all',
  ])
})
