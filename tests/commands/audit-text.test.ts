/** What `bidui audit verify` says, in both languages, with the same counts. */
import { expect, test } from 'vitest'
import { reportText } from '../../src/commands/audit.ts'

const intact = {
  isIntact: true,
  events: 1284,
  checkpoints: 1,
  anchor: '1284 9f3c1a2b4d5e6f70',
  mutated: [],
  missing: [],
  inserted: [],
  reordered: [],
  rewritten: [],
}

test('an intact log', () => {
  expect(reportText(intact as never)).toBe(
    '完好 intact: 1,284 条记录、1 处签名 · 1,284 events, 1 checkpoint\n锚点 anchor: 1284 9f3c1a2b4d5e6f70\n',
  )
})

test('one that was changed names the events and what was done to them', () => {
  const text = reportText({ ...intact, isIntact: false, mutated: [3, 8], truncatedFrom: 12 } as never)
  expect(text).toMatch(/^已被改动 changed: /)
  expect(text).toContain('被修改 mutated: 3, 8\n')
  expect(text).toContain('末尾被截 truncated from 12\n')
})
