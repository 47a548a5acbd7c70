import { expect, test } from 'vitest'
import { type Outcome, outcomeOf, PROGRAM } from '../support/program.ts'

const helpThen = (after: string): Outcome =>
  outcomeOf('bash', ['-o', 'pipefail', '-c', `"$0" "$1" --help ${after}`, ...PROGRAM])

test('a reader that leaves early is no error', () => {
  expect(helpThen('| true')).toMatchObject({ status: 0, err: '' })
})

test('an output that cannot be written is told, not a stack', () => {
  const { status, err } = helpThen('> /dev/full')
  expect(status).toBe(74)
  expect(err).toMatch(/^\[E\d+\] .*ENOSPC.*\n$/)
})
