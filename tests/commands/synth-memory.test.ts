/** A county larger than Node's own limit is made without being told how. */
import { getHeapStatistics } from 'node:v8'
import { expect, test } from 'vitest'
import { heapMegabytes } from '../../src/commands/synth/made-county.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { WorkerPool } from '../../src/workers/pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('the thread may take what the people need, never less than usual, and not more than the machine has', () => {
  const usual = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20)
  const machine = 64 * 2 ** 30
  expect(heapMegabytes(20_000, machine)).toBe(usual)
  expect(heapMegabytes(3_000_000, machine)).toBeGreaterThan(8000)
  expect(heapMegabytes(3_000_000, 2 * 2 ** 30)).toBe(1843)
})

test('a thread is given the limit: a county beyond it ends with the error that says so', async () => {
  const pool = new WorkerPool(2, 16)
  try {
    const options: Parameters<typeof synthesizeCounty>[0] = {
      people: 20_000,
      seed: '1',
      out: temporaryFolder('bidui-synth'),
    }
    await expect(pool.run('make-county', options)).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' })
  } finally {
    await pool.close().catch(() => undefined)
  }
})
