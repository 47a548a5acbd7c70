import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  BlockScratch,
  expectedPairs,
  refineBuckets,
  refineOversizeBlocks,
  walkBlocks,
} from '../../src/blocking/blocks.ts'
import type { RuleKeys } from '../../src/blocking/keys.ts'
import { RadixSorter } from '../../src/blocking/radix-sort.ts'
import type { BlockingRule } from '../../src/blocking/rules.ts'

const rules: BlockingRule[] = Array.from({ length: 4 }, (_, r) => ({ name: `rule ${r}`, parts: [], refineBy: [] }))

/** Keys of a few rows under four rules; few values, so that blocks are large, and 0 = no key. */
const tables = fc.array(fc.tuple(...rules.map(() => fc.integer({ min: -3, max: 4 }))), { minLength: 0, maxLength: 40 })

function packKeys(rows: readonly (readonly number[])[]): RuleKeys {
  const words = new Int32Array(rows.length * rules.length)
  rows.forEach((row, i) => {
    row.forEach((key, r) => {
      words[r * rows.length + i] = key
    })
  })
  return { words, rows: rows.length }
}

function proposeAll(rows: readonly (readonly number[])[]): string[] {
  const keys = packKeys(rows)
  const scratch = new BlockScratch(rows.length)
  const pairs: string[] = []
  rules.forEach((rule, r) => {
    walkBlocks(rule, r, keys, scratch, (a, b) => pairs.push(`${a}–${b} by ${r}`))
  })
  return pairs
}

/** The plain judge: every row with every row, first rule on which both agree. */
function bruteForce(rows: readonly (readonly number[])[]): string[] {
  const pairs: string[] = []
  for (let a = 0; a < rows.length; a++)
    for (let b = a + 1; b < rows.length; b++) {
      const first = rows[a].findIndex((key, r) => key !== 0 && key === rows[b][r])
      if (first >= 0) pairs.push(`${a}–${b} by ${first}`)
    }
  return pairs
}

test('proposes exactly the pairs that comparing every key with every key would, each once, under the first rule', () => {
  fc.assert(
    fc.property(tables, (rows) => {
      expect(proposeAll(rows).sort()).toEqual(bruteForce(rows).sort())
    }),
  )
})

test('a rule counts its blocks, its pairs and what it adds', () => {
  const rows = [
    [1, 5, 0, 0],
    [1, 5, 0, 0],
    [2, 5, 0, 0],
  ]
  const keys = packKeys(rows)
  const census = walkBlocks(rules[1], 1, keys, new BlockScratch(3), () => {})
  expect(census).toMatchObject({ rows: 3, blocks: 1, pairs: 3, pairsAdded: 2 })
})

test('a rule whose rows share one key is expected to cost more than one whose rows share none, whatever rule was counted before', () => {
  const rows = 50
  const counts = refineBuckets(rows)
  const expected = (keys: readonly number[]): number => {
    const rule: BlockingRule = { name: 'any', parts: [], refineBy: ['sex'] }
    // No block is too large, so no further part is read.
    refineOversizeBlocks(rule, 0, undefined as never, { words: Int32Array.from(keys), rows }, counts)
    return expectedPairs(counts)
  }
  const alone = Array.from({ length: rows }, (_, row) => row + 1)
  const apart = expected(alone)
  expect(apart).toBeLessThan(rows * 2)
  expect(expected(alone.fill(7))).toBe(rows * rows)
  expect(expected(Array.from({ length: rows }, (_, row) => row + 1))).toBe(apart)
  expect(expected(alone.fill(0))).toBe(0)
})

test('radix sorting orders unsigned keys and keeps rows of one key in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (values) => {
      const keys = Int32Array.from(values)
      const rows = Int32Array.from(values, (_, i) => i)
      new RadixSorter(4).sort(keys, rows, values.length)
      const wanted = values.map((key, row) => ({ key: key >>> 0, row })).sort((a, b) => a.key - b.key || a.row - b.row)
      expect([...rows]).toEqual(wanted.map((w) => w.row))
      expect([...keys].map((k) => k >>> 0)).toEqual(wanted.map((w) => w.key))
    }),
  )
})
