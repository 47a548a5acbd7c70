import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { DecisionLog, verifyAudit } from '../../../src/review/decisions/index.ts'
import { dropTriggers, mutate, MUTATIONS } from '../../support/audit-mutations.ts'
import { randomOf } from '../../support/random.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** What a person with the disk in hand can do to the log, and that each is found and called by its name. */
let folder: string
let original: string
let anchor: { count: number; head: string }
const EVENTS = 1_100

beforeAll(() => {
  folder = temporaryFolder('audit')
  original = join(folder, 'decisions.sqlite')
  const log = DecisionLog.open(original, () => Date.UTC(2026, 10, 24))
  for (let n = 0; n < EVENTS; n += 50)
    log.append(
      Array.from({ length: 50 }, (_, k) => ({
        actor: k % 2 === 0 ? 'zhang' : 'li',
        role: 'reviewer' as const,
        ev: 'decide' as const,
        obj: `police:P${n + k}|census:C${n + k}`,
        left: `police:P${n + k}`,
        right: `census:C${n + k}`,
        run: 'abcdef',
        fpA: '00aa',
        fpB: '00bb',
        verdict: k % 3 === 0 ? ('different' as const) : ('same' as const),
        ms: 700 + k,
        level: 'L1',
        ck: `key-${n}`,
        batch: `key-${n}`,
      })),
      `note ${n}`,
    )
  anchor = { count: log.anchor.count, head: log.anchor.head.slice(0, 16) }
  log.close()
})

function changed(change: (database: Database.Database) => void) {
  const path = join(folder, 'changed.sqlite')
  copyFileSync(original, path)
  const database = new Database(path)
  try {
    dropTriggers(database)
    change(database)
    return { alone: verifyAudit(database), printed: verifyAudit(database, anchor) }
  } finally {
    database.close()
  }
}

test('an untouched log is intact, alone and against the printed anchor', () => {
  const { alone, printed } = changed(() => undefined)
  expect(alone.isIntact).toBe(true)
  expect(printed.isIntact).toBe(true)
})

describe('each kind is named', () => {
  test('a changed value is a mutation of that event', () => {
    const { alone } = changed((database) => database.exec("UPDATE event SET verdict = 'different' WHERE seq = 502"))
    expect(alone.mutated).toEqual([502])
    expect(alone.missing).toEqual([])
  })
  test('a deleted event is missing', () => {
    const { alone } = changed((database) => database.exec('DELETE FROM event WHERE seq = 77'))
    expect(alone.missing).toEqual([77])
    expect(alone.mutated).toEqual([])
  })
  test('two events that changed places are reordered', () => {
    const { alone } = changed((database) => {
      database.exec('UPDATE event SET seq = -1 WHERE seq = 300; UPDATE event SET seq = 300 WHERE seq = 301')
      database.exec('UPDATE event SET seq = 301 WHERE seq = -1')
    })
    expect(alone.reordered).toEqual([300, 301])
    expect(alone.mutated).toEqual([])
  })
  test('a tail cut off behind a checkpoint is truncated', () => {
    const { alone } = changed((database) => database.exec('DELETE FROM event WHERE seq > 900'))
    expect(alone.truncatedFrom).toBe(901)
  })
  test('a tail cut off with its checkpoint is seen by the printed anchor', () => {
    const { alone, printed } = changed((database) => {
      database.exec('DELETE FROM event WHERE seq > 1050; DELETE FROM checkpoint WHERE count > 1050')
    })
    expect(alone.isIntact).toBe(true)
    expect(printed.truncatedFrom).toBe(1051)
  })
  test('a whole chain made anew is rewritten: its checkpoints are not those that were signed', () => {
    const { alone } = changed((database) => mutate(database, 'rewrite', randomOf(3)))
    expect(alone.isIntact).toBe(false)
    expect(alone.rewritten.length).toBeGreaterThan(0)
    expect(alone.mutated).toEqual([])
  })
  test('a changed note is found by its digest', () => {
    const { alone } = changed((database) => database.exec("UPDATE note SET text = 'x' WHERE text = 'note 50'"))
    expect(alone.rewritten).toHaveLength(1)
  })
})

test('300 random changes are all found', () => {
  const random = randomOf(20_261_124)
  const missed: string[] = []
  const path = join(folder, 'random.sqlite')
  copyFileSync(original, path)
  const database = new Database(path)
  dropTriggers(database)
  for (let i = 0; i < 300; i++) {
    const kind = MUTATIONS[i % MUTATIONS.length]
    database.exec('SAVEPOINT change')
    mutate(database, kind, random)
    if (verifyAudit(database, anchor).isIntact) missed.push(`${i} ${kind}`)
    database.exec('ROLLBACK TO change; RELEASE change')
  }
  database.close()
  expect(missed).toEqual([])
})
