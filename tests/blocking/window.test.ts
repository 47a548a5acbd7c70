import { expect, test } from 'vitest'
import { BlockScratch, walkBlocks, WHOLE_BLOCK_ROWS_MAX, WINDOW_ROWS } from '../../src/blocking/blocks.ts'

test('a block that nothing splits is walked with a window, and what the window leaves out is counted', () => {
  const rows = WHOLE_BLOCK_ROWS_MAX + 1
  const keys = { words: new Int32Array(rows).fill(7), rows }
  const rule = { name: 'one key', parts: [], refineBy: [] }
  const { pairs, largest } = walkBlocks(rule, 0, keys, new BlockScratch(rows), () => {})
  // The last rows have fewer than WINDOW_ROWS after them.
  expect(pairs).toBe((rows - WINDOW_ROWS) * WINDOW_ROWS + (WINDOW_ROWS * (WINDOW_ROWS - 1)) / 2)
  expect(largest).toEqual([{ rule: 'one key', row: 0, rows, pairsLeftOut: (rows * (rows - 1)) / 2 - pairs }])
})

test('a block of 1,600 rows that nothing splits is walked whole', () => {
  const rows = 1600
  const keys = { words: new Int32Array(rows).fill(7), rows }
  const rule = { name: 'one key', parts: [], refineBy: [] }
  expect(walkBlocks(rule, 0, keys, new BlockScratch(rows), () => {}).pairs).toBe((rows * (rows - 1)) / 2)
  expect(WHOLE_BLOCK_ROWS_MAX).toBe(rows)
})
