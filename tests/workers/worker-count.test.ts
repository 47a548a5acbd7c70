/** Workers by size of the input. */
import { truncateSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workersFor } from '../../src/workers/worker-count.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = temporaryFolder('bidui-workers')

function file(name: string, megabytes: number): string {
  const path = join(root, name)
  writeFileSync(path, '')
  truncateSync(path, megabytes * 2 ** 20)
  return path
}

test('a village needs no thread, a small county has two workers, a large one a worker a core, and a missing file counts nothing', () => {
  const cores = Math.min(8, availableParallelism())
  const small = file('small.csv', 10)
  const two = Math.min(2, cores)
  expect(workersFor([])).toBe(1)
  expect(workersFor([join(root, 'not-there.csv')])).toBe(1)
  expect(workersFor([file('village.csv', 3.5), join(root, 'not-there.csv')])).toBe(1)
  expect(workersFor([file('village.csv', 3.5), file('hamlet.csv', 0.5)])).toBe(two)
  expect(workersFor([small, small])).toBe(two)
  expect(workersFor([file('middle.csv', 80)])).toBe(Math.min(3, cores))
  expect(workersFor([small, small, small, small])).toBe(two)
  expect(workersFor([file('large.csv', 4000)])).toBe(cores)
})
