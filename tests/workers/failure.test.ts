import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BiduiError, EXIT } from '../../src/errors.ts'
import { describeFailure, restoreError } from '../../src/workers/failure.ts'
import { WorkerPool } from '../../src/workers/pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The way through a worker: structured clone. */
function carry(error: unknown): Error {
  return restoreError(structuredClone(describeFailure(error)))
}

test('an error for people arrives with its code, exit status and words', () => {
  const error = carry(new BiduiError('E127', EXIT.tryAgain, 'census.csv: changed.', { advice: 'Try again.' }))
  expect(error).toBeInstanceOf(BiduiError)
  expect(error).toMatchObject({
    code: 'E127',
    exitStatus: EXIT.tryAgain,
    message: '[E127] census.csv: changed. Try again.',
  })
})

test('an error of the operating system arrives with its code, a bug as a bug with its stack', () => {
  expect(carry(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toMatchObject({ message: 'full', code: 'ENOSPC' })
  const bug = carry(new TypeError('x is undefined'))
  expect(bug).not.toBeInstanceOf(BiduiError)
  expect(bug.name).toBe('TypeError')
  expect(bug.stack).toContain('failure.test.ts')
})

const NOTHING = new Int32Array()
const NO_LINKS = {
  file: 'links.arrow',
  links: {
    count: 0,
    left: NOTHING,
    right: NOTHING,
    weight: NOTHING,
    decision: new Uint8Array(),
    layer: new Uint8Array(),
  },
}

const WITH_A_THREAD_AND_WITHOUT = [2, 1]

test.each(WITH_A_THREAD_AND_WITHOUT)('a worker that cannot write its file says why (%i)', async (size) => {
  const pool = new WorkerPool(size)
  try {
    const path = join(temporaryFolder('bidui-workers'), 'missing', 'links.arrow')
    await expect(pool.run('write-bulk', { ...NO_LINKS, path })).rejects.toMatchObject({ code: 'ENOENT' })
  } finally {
    await pool.close()
  }
})

test.each(WITH_A_THREAD_AND_WITHOUT)(
  'a task that fails before anybody waits for it is heard of by who waits later, and by nobody else (%i)',
  async (size) => {
    const unheard: unknown[] = []
    const hear = (reason: unknown): void => void unheard.push(reason)
    process.on('unhandledRejection', hear)
    const pool = new WorkerPool(size)
    try {
      const failing = pool.run('no-such-job', {})
      // The same worker does the next task after it.
      await pool.run('collect-garbage', 0).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(unheard).toEqual([])
      await expect(failing).rejects.toThrow('no-such-job')
    } finally {
      process.removeListener('unhandledRejection', hear)
      await pool.close()
    }
  },
)

test('a pool that closes waits for what it was given, without a thread too', async () => {
  const pool = new WorkerPool(1)
  const path = join(temporaryFolder('bidui-workers'), 'links.arrow')
  const task = pool.run('write-bulk', { ...NO_LINKS, path })
  expect(existsSync(path)).toBe(false)
  await pool.close()
  expect(existsSync(path)).toBe(true)
  await task
})
