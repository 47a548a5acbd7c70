import { expect, test } from 'vitest'
import { makeRolls } from '../../../bench/accuracy/tables/few-columns.ts'
import { runTables, type TableResult } from '../../../src/tables/engine.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { explanationLines, ruleLines } from '../../../src/tables/results/show.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const rule = (name: string, blocksSplit = 0) => ({
  blocks: { name, pairs: 1200, blocksSplit, rowsLeftOut: 0 },
  coverage: 0.5,
})

function lines(pairsByRule: readonly number[], rules = pairsByRule.map((_, r) => rule(`rule ${r}`))): string[] {
  return ruleLines({ proposal: { rules }, pairsByRule } as unknown as TableResult)
}

test('rules that add no pair are counted below those that do, in one line', () => {
  const [head, ...shown] = lines([1200, 0, 7, 0])
  expect(head).toMatch(/^blocking rule 分组规则 +pairs 对数 +new 新增 +finds 找到$/)
  expect(shown.map((line) => line.split(/ {2,}/)[0])).toEqual([
    'rule 0',
    'rule 2',
    '另有 2 条规则没有新增，见 summary.json · and 2 more whose pairs these had: summary.json lists all',
  ])
  expect(lines([5, 5])).toHaveLength(3)
})

test('what happened to the blocks of a rule is told, by its name where the rule itself is not shown', () => {
  expect(lines([9, 0], [rule('a', 1), rule('b', 2)])).toEqual([
    expect.any(String),
    expect.stringMatching(/^a /),
    '    1 个组过大，已再分 · 1 blocks were too large and split by a further key',
    '    b: 2 个组过大，已再分 · 2 blocks were too large and split by a further key',
    '另有 1 条规则没有新增，见 summary.json · and 1 more whose pairs these had: summary.json lists all',
  ])
})

test('the rows of an explanation add up to its total, which is the weight of the pair', () => {
  const made = makeRolls(31, { families: 60, hardness: 1 })
  const [left, right] = [made.left, made.right ?? []].map((rows, side) => tableFromRows(side === 0 ? 'l' : 'r', rows))
  const tables = { left, right, spec: completeSpec(made.spec) }
  const result = runTables(left, right, tables.spec)
  const { recordIds, leftCount, rowCount } = result.fields
  const parts = new Set<string>()
  for (let a = 0; a < 12; a++)
    for (let b = leftCount; b < rowCount; b++) {
      const rows = explanationLines(result, tables, recordIds[a], recordIds[b])
      const bitsOf = (line: string) => Number(/(\S+)$/.exec(line)?.[1].replace('−', '-'))
      const total = rows.findIndex((line) => line.startsWith('total '))
      const sum = rows.slice(0, total).reduce((so, line) => so + bitsOf(line), 0)
      // Each line is rounded to a tenth of a bit.
      expect(Math.abs(sum - bitsOf(rows[total]))).toBeLessThan(0.05 * (total + 1))
      expect(Math.abs(bitsOf(rows[total]) - result.weightOf(a, b) / 1000)).toBeLessThan(0.06)
      expect(rows[0]).toMatch(/^prior 先验 +每 [\d,]+ 对有一对为真 one true pair in [\d,]+ +−/)
      for (const line of rows.slice(0, total)) parts.add(line.split(' ')[0])
    }
  expect([...parts]).toEqual(expect.arrayContaining(['prior', 'companions', 'bound']))
})
