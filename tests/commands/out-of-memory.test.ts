/** A thread that runs out of memory is no bug: there is something to do about it. */
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { systemError } from '../../src/commands/command-line/system-error.ts'
import { EXIT } from '../../src/errors.ts'

test('a thread out of memory is told with how to give it more', async () => {
  const hungry = new Worker('const held = []; for (;;) held.push(new Array(100_000).fill(held.length + 0.5))', {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: 8 },
  })
  const failed = await new Promise((resolve) => hungry.once('error', resolve))
  const told = systemError(failed)
  expect(told).toMatchObject({ code: 'E702', exitStatus: EXIT.data })
  expect((told as Error).message).toContain('NODE_OPTIONS=--max-old-space-size=')
})
