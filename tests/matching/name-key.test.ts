/** The number under which rows of one name meet, however it is written. */
import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { Kernel } from '../../src/matching/kernel.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { buildTable } from '../support/build-table.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { census } from '../support/village-rows.ts'

test('a name with blanks has the key of the name without them, and another name another', async () => {
  const rows = ['王翠巧', '王 翠 巧', '王翠芬'].map((name, k) => census(`C${k}`, { name, sex: '2' }))
  const { table, memory, rowOf } = buildTable(rows, { extraBytes: workspaceBytes(10_000) })
  const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const kernel = new Kernel(table, names, lines)
  const [plain, spaced, other] = [0, 1, 2].map((k) => kernel.nameKey(table.columns.name[rowOf(`census:C${k}`)]))
  expect(spaced).toBe(plain)
  expect(other).not.toBe(plain)
})
