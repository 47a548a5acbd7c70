/** The machine's clock is set back: while the desk runs nobody is shut out for a day, and at the next start it is told. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clockWarning } from '../../../src/commands/review.ts'
import { steadyClock } from '../../../src/review/server/steady-clock.ts'
import { openTestDesk } from '../../support/desk-browser.ts'
import { DeskClient } from '../../support/desk-client.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const DAY = 86_400_000
const folder = temporaryFolder('bidui-clock')

test('set back by a day, the clock goes on from where it was, and at its pace', () => {
  let now = 1000
  const clock = steadyClock(() => now)
  expect([clock(), ((now += 50), clock())]).toEqual([1000, 1050])
  now -= DAY
  expect([clock(), ((now += 7), clock()), ((now += 7), clock())]).toEqual([1050, 1057, 1064])
})

test('a session works on and its link dies in its minute; after a new start the clock is told (E406)', async () => {
  let now = Date.UTC(2026, 10, 24, 8)
  const desk = await openTestDesk({ pairs: 12, clock: () => now, decisions: join(folder, 'decisions.sqlite') })
  try {
    const client = await DeskClient.enter(desk)
    const unused = new URL(desk.newLink()).hash.slice(3)
    now -= DAY
    // The pace of a session is so many requests a second since the last one: a day less than none.
    for (let n = 0; n < 3; n++) expect((await client.ask('/api/next', { mode: 'pair', have: [] })).status).toBe(200)
    now += 61_000
    expect((await client.ask('/api/open', { code: unused })).status).toBe(401)
  } finally {
    await desk.remove()
  }
  const decisions = join(folder, 'decisions.sqlite')
  expect(clockWarning(decisions, Date.UTC(2026, 10, 24, 8))).toBe('')
  expect(clockWarning(decisions, Date.UTC(2026, 10, 23, 8))).toMatch(
    /^\[E406\] 本机时间早于最后一次裁决\(2026-11-24T16:0/,
  )
})
