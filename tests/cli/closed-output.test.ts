import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const cli = join(import.meta.dirname, '../../src/cli.ts')

function shell(after: string): { status: number | null; stderr: string } {
  const command = `"${process.execPath}" --import tsx "${cli}" --help ${after}`
  return spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '../..'),
  })
}

test('a reader that leaves early is no error', () => {
  expect(shell('| true')).toMatchObject({ status: 0, stderr: '' })
})

test('an output that cannot be written is told, not a stack', () => {
  const { status, stderr } = shell('> /dev/full')
  expect(status).toBe(74)
  expect(stderr).toMatch(/^\[E\d+\] .*ENOSPC.*\n$/)
})
