/** What the terminal says when a verdict could not be written: the disk by its name, once a minute, and bugs as bugs. */
import { expect, test } from 'vitest'
import { tellErrors } from '../../../src/commands/review.ts'

test('a full disk is told as full, not as a bug, and not again with every try of the page', () => {
  let now = 0
  const told: string[] = []
  const tell = tellErrors(
    (text) => told.push(text),
    () => now,
  )
  const full = Object.assign(new Error('database or disk is full'), { name: 'SqliteError', code: 'SQLITE_FULL' })
  for (let n = 0; n < 5; n++) tell(full)
  expect(told).toEqual([expect.stringMatching(/^\[E403\].*磁盘.*未保存的判断会自动重试/)])
  now = 61_000
  tell(full)
  tell(new TypeError('x is undefined'))
  expect(told).toHaveLength(3)
  expect(told[2]).toBe('[E700] TypeError in the desk\n')
})
