import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, expect, test } from 'vitest'
import { DecisionLog, saveAccount, verifyAudit } from '../../../src/review/decisions/index.ts'
import { ensureBuiltPage } from '../../support/built-page.ts'
import { openTestDesk } from '../../support/desk-browser.ts'
import { DeskClient } from '../../support/desk-client.ts'
import { type Acknowledged, decideAll, enterDesk, type LoadClient, spawnDesk } from '../../support/desk-load.ts'
import { watchLeases } from '../../support/lease-watch.ts'
import { makeRunDatabase } from '../../support/make-run-database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Nothing that the page called saved is ever lost. The full 50 points of death are in bench/review. */
let folder: string
const PEOPLE = ['a', 'b', 'c', 'd']

beforeAll(() => {
  folder = temporaryFolder('durable')
})

function prepare(decisions: string): void {
  const log = DecisionLog.open(decisions)
  for (const name of PEOPLE)
    saveAccount(log.database, { name, role: 'reviewer', areas: [], password: 'a long password' }, '2026-01-01')
  log.close()
}

test('four clients at once: nothing lost, nothing doubled, nothing given to two', async () => {
  const desk = await openTestDesk({
    pairs: 600,
    pace: 1_000_000,
    users: PEOPLE.map((name) => ({ name, role: 'reviewer' as const, password: 'a long password' })),
  })
  const loads: LoadClient[] = PEOPLE.map(() => ({ acknowledged: [], given: [], refused: [] }))
  const givenToTwo = watchLeases(desk.desk.leases)
  const clients = await Promise.all(PEOPLE.map((name) => DeskClient.enter(desk, { name, password: 'a long password' })))
  await Promise.all(clients.map((client, at) => decideAll(client, PEOPLE[at], loads[at], 90, 0)))
  expect(givenToTwo).toEqual([])
  expect(loads.flatMap((load) => load.refused)).toEqual([])
  const saved = loads.flatMap((load) => load.acknowledged)
  expect(saved).toHaveLength(360)
  // A pair that comes twice comes for a second verdict: by another person, never as a first one again.
  const verdicts = desk.desk.log.database
    .prepare("SELECT obj, ev, actor FROM event WHERE ev IN ('decide', 'second')")
    .all() as { readonly obj: string; readonly ev: string; readonly actor: string }[]
  expect(verdicts).toHaveLength(360)
  expect(verdicts.filter((one) => one.ev === 'second').length).toBeGreaterThan(0)
  expect(new Set(verdicts.map((one) => `${one.ev} ${one.obj}`)).size).toBe(360)
  expect(new Set(verdicts.map((one) => `${one.actor} ${one.obj}`)).size).toBe(360)
  for (const one of saved) expect(desk.desk.state.standing(one.pairId).verdict).toBe('same')
  await desk.remove()
})

test('kill -9 under load, three times: every acknowledged decision is there once, and the chain is whole', async () => {
  const { directory } = makeRunDatabase(join(folder, 'run'), 900)
  const decisions = join(folder, 'd', 'decisions.sqlite')
  prepare(decisions)
  const page = await ensureBuiltPage()
  const acknowledged: Acknowledged[] = []
  for (let turn = 0; turn < 3; turn++) {
    const desk = await spawnDesk(directory, decisions, page)
    const loads: LoadClient[] = PEOPLE.map(() => ({ acknowledged: [], given: [], refused: [] }))
    const clients = await Promise.all(PEOPLE.map((name) => enterDesk(desk, { name, password: 'a long password' })))
    const working = Promise.all(clients.map((client, at) => decideAll(client, PEOPLE[at], loads[at], 1e9, turn)))
    while (loads.reduce((sum, load) => sum + load.acknowledged.length, 0) < 40 + turn * 13)
      await new Promise((wait) => setTimeout(wait, 5))
    await desk.kill()
    await working
    acknowledged.push(...loads.flatMap((load) => load.acknowledged))
  }
  const database = new Database(decisions, { readonly: true })
  const count = database
    .prepare("SELECT count(*) FROM event WHERE ck = ? AND ev IN ('decide', 'second', 'check')")
    .pluck()
  for (const one of acknowledged) expect(count.get(one.ck), one.ck).toBe(1)
  const [first] = acknowledged
  expect(database.prepare('SELECT obj FROM event WHERE seq = ?').pluck().get(first.seq)).toBe(first.pairId)
  expect(verifyAudit(database)).toMatchObject({ isIntact: true })
  database.close()
  expect(acknowledged.length).toBeGreaterThan(100)
}, 180_000)
