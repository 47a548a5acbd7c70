/**
 * Four people at once on one desk, and the desk killed under them:
 *   npx tsx bench/review/clients.ts [pairs] [kills]        (default 10,000 pairs, 50 kills)
 *
 * First the queue is worked off by four clients that decide as fast as they are answered; then, on a queue of its own, the
 * desk is killed with SIGKILL at points by chance under the same load, started again, and so on.
 * Checked: every acknowledged verdict is in the log once and stands; no task was given to two people at a time; no pair
 * has two first verdicts, and a second one is somebody else's; the chain of hashes is whole. A figure is printed only then.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DecisionLog, saveAccount, verifyAudit } from '../../src/review/decisions/index.ts'
import { randomOf } from '../../tests/support/random.ts'
import { ensureBuiltPage } from '../../tests/support/built-page.ts'
import { openTestDesk } from '../../tests/support/desk-browser.ts'
import { DeskClient } from '../../tests/support/desk-client.ts'
import { type Acknowledged, decideAll, enterDesk, type LoadClient, spawnDesk } from '../../tests/support/desk-load.ts'
import { watchLeases } from '../../tests/support/lease-watch.ts'
import { makeRunDatabase } from '../../tests/support/make-run-database.ts'

const [pairsWanted = '10000', killsWanted = '50'] = process.argv.slice(2)
const pairs = Number(pairsWanted)
const PEOPLE = ['a', 'b', 'c', 'd'] as const
const PASSWORD = 'a long password'

await workOff()
await kill(Number(killsWanted))

function newLoads(): LoadClient[] {
  return PEOPLE.map(() => ({ acknowledged: [], given: [], refused: [] }))
}

async function workOff(): Promise<void> {
  const users = PEOPLE.map((name) => ({ name, role: 'reviewer' as const, password: PASSWORD }))
  const desk = await openTestDesk({ pairs, pace: 1_000_000, users })
  try {
    const givenToTwo = watchLeases(desk.desk.leases)
    const clients = await Promise.all(PEOPLE.map((name) => DeskClient.enter(desk, { name, password: PASSWORD })))
    const loads = newLoads()
    const start = performance.now()
    await Promise.all(clients.map((client, at) => decideAll(client, PEOPLE[at], loads[at], 1e9, 0)))
    const seconds = (performance.now() - start) / 1000
    const saved = loads.flatMap((load) => load.acknowledged)
    const refused = loads.flatMap((load) => load.refused)
    const { database } = desk.desk.log
    const { lost, doubled } = countLostAndDoubled(database, saved)
    const open = desk.desk.state.openCount
    assertNone({ lost, doubled, givenToTwo: givenToTwo.length, refused: refused.length, open })
    if (!verifyAudit(database).isIntact) throw new Error('the chain is broken')
    process.stdout.write(
      `4 clients, ${pairs.toLocaleString('en')} pairs: ${saved.length.toLocaleString('en')} verdicts, 0 lost, 0 doubled, ` +
        `0 given to two, 0 left; ${Math.round(saved.length / seconds).toLocaleString('en')} verdicts/s\n`,
    )
  } finally {
    await desk.remove()
  }
}

async function kill(kills: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kill-'))
  try {
    const { directory } = makeRunDatabase(join(folder, 'run'), pairs)
    const decisions = join(folder, 'd', 'decisions.sqlite')
    const log = DecisionLog.open(decisions)
    for (const name of PEOPLE)
      saveAccount(log.database, { name, role: 'reviewer', areas: [], password: PASSWORD }, '2026-01-01')
    log.close()
    const page = await ensureBuiltPage()
    const random = randomOf(50)
    const acknowledged: Acknowledged[] = []
    for (let turn = 0; turn < kills; turn++) {
      const desk = await spawnDesk(directory, decisions, page)
      const loads = newLoads()
      const clients = await Promise.all(PEOPLE.map((name) => enterDesk(desk, { name, password: PASSWORD })))
      const working = Promise.all(clients.map((client, at) => decideAll(client, PEOPLE[at], loads[at], 1e9, turn)))
      const until = 1 + Math.floor(random() * 120)
      while (loads.reduce((sum, load) => sum + load.acknowledged.length, 0) < until)
        await new Promise((wait) => setTimeout(wait, 1))
      await new Promise((wait) => setTimeout(wait, random() * 10))
      await desk.kill()
      await working
      acknowledged.push(...loads.flatMap((load) => load.acknowledged))
    }
    const database = new Database(decisions, { readonly: true })
    assertNone(countLostAndDoubled(database, acknowledged))
    const report = verifyAudit(database)
    database.close()
    if (!report.isIntact) throw new Error('the chain is broken')
    process.stdout.write(
      `kill -9 at ${kills} points under 4 clients: ${acknowledged.length.toLocaleString('en')} acknowledged, 0 lost, 0 doubled, chain whole\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countLostAndDoubled(database: Database.Database, acknowledged: readonly Acknowledged[]) {
  const verdicts = database
    .prepare("SELECT seq, ck, obj, ev, actor FROM event WHERE ev IN ('decide', 'second', 'check')")
    .all() as { seq: number; ck: string; obj: string; ev: string; actor: string }[]
  const byKey = new Map<string, number>()
  for (const { ck } of verdicts) byKey.set(ck, (byKey.get(ck) ?? 0) + 1)
  const bySeq = new Map(verdicts.map((one) => [one.seq, one.obj]))
  const lost = acknowledged.filter((one) => !byKey.has(one.ck) || bySeq.get(one.seq) !== one.pairId).length
  const again = [...byKey.values()].filter((count) => count > 1).length
  const kinds = verdicts.length - new Set(verdicts.map((one) => `${one.ev} ${one.obj}`)).size
  const hands = verdicts.length - new Set(verdicts.map((one) => `${one.actor} ${one.obj}`)).size
  return { lost, doubled: again + kinds + hands }
}

function assertNone(counts: Readonly<Record<string, number>>): void {
  for (const [what, count] of Object.entries(counts)) if (count !== 0) throw new Error(`${what}: ${count}`)
}
