import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { BiduiError } from '../../../src/errors.ts'
import {
  type DecisionEvent,
  DecisionLog,
  type EventDraft,
  loadFindingVerdicts,
  loadDecisions,
  Projection,
  openDecisions,
  readEvents,
  standingOf,
  verifyAudit,
} from '../../../src/review/decisions/index.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

let folder: string
let path: string
let now = Date.UTC(2026, 10, 24, 0, 0, 0)
const clock = () => (now += 37)

beforeEach(() => {
  folder = temporaryFolder('log')
  path = join(folder, 'decisions', 'decisions.sqlite')
})

function draft(n: number, more: Partial<EventDraft> = {}): EventDraft {
  const [left, right] = [`police:P${n}`, `census:C${n}`]
  return {
    actor: 'zhang',
    role: 'reviewer',
    ev: 'decide',
    obj: `${left}|${right}`,
    left,
    right,
    fpA: 'aaaa',
    fpB: 'bbbb',
    verdict: 'same',
    ms: 900,
    ck: `key-${n}`,
    batch: `key-${n}`,
    ...more,
  }
}

function open(): DecisionLog {
  return DecisionLog.open(path, clock)
}

test('a decision is there after the file is opened again, with number, time and hash', () => {
  const log = open()
  const [event] = log.append([draft(1)])
  expect(event.seq).toBe(1)
  expect(event.t).toMatch(/^2026-11-24T08:00:\d\d\.\d{3}\+08:00$/)
  const { text } = log.anchor
  log.close()
  const again = open()
  expect(again.anchor.text).toBe(text)
  expect([...readEvents(again.database)]).toEqual([event])
  again.close()
})

test('the same client key sent twice is one decision', () => {
  const log = open()
  const first = log.append([draft(1)])
  const second = log.append([draft(1, { verdict: 'different' })])
  expect(second).toEqual(first)
  expect(log.anchor.count).toBe(1)
  log.close()
})

test('events cannot be changed or deleted through SQL', () => {
  const log = open()
  log.append([draft(1)])
  expect(() => log.database.exec("UPDATE event SET verdict = 'different'")).toThrow(/append-only/)
  expect(() => log.database.exec('DELETE FROM event')).toThrow(/append-only/)
  log.close()
})

test('a second desk on the same file is refused while the first is open', () => {
  const log = open()
  expect(() => open()).toThrow(/E404/)
  log.close()
  open().close()
})

test('folder, database and key can be read by their owner only, whatever the umask', () => {
  const before = process.umask(0)
  try {
    const log = open()
    log.append([draft(1)])
    for (const [file, mode] of [
      ['', 0o600],
      ['-wal', 0o600],
      ['.key', 0o600],
      ['.lock', 0o600],
    ] as const)
      expect((statSync(path + file).mode & 0o777).toString(8)).toBe(mode.toString(8))
    expect((statSync(join(folder, 'decisions')).mode & 0o777).toString(8)).toBe('700')
    log.close()
  } finally {
    process.umask(before)
  }
})

test('judgements carry record keys, verdict and fingerprints; what was undone or waits is not among them', () => {
  const log = open()
  log.append([draft(1)])
  log.append([draft(2, { verdict: 'different' })])
  log.append([draft(3)])
  log.append([{ actor: 'zhang', role: 'reviewer', ev: 'undo', batch: 'key-3', ck: 'undo-3' }])
  log.append([draft(4, { verdict: 'defer' })])
  log.append([draft(5)])
  log.append([draft(5, { ev: 'second', actor: 'li', verdict: 'different', ck: 'second-5', batch: 'second-5' })])
  expect(loadDecisions(path).judgements).toEqual([
    {
      left: 'police:P1',
      right: 'census:C1',
      verdict: 'same',
      fpLeft: 'aaaa',
      fpRight: 'bbbb',
      isByHand: false,
      seq: 1,
      run: '',
    },
    {
      left: 'police:P2',
      right: 'census:C2',
      verdict: 'different',
      fpLeft: 'aaaa',
      fpRight: 'bbbb',
      isByHand: false,
      seq: 2,
      run: '',
    },
  ])
  log.close()
})

test('judgements can be read while a desk is writing', () => {
  const log = open()
  log.append([draft(1)])
  expect(loadDecisions(path).judgements).toHaveLength(1)
  log.append([draft(2)])
  expect(loadDecisions(path).judgements).toHaveLength(2)
  log.close()
})

test('the ruling of the lead outranks two verdicts, a second verdict makes agreement or conflict', () => {
  const events: DecisionEvent[] = []
  let seq = 0
  const state = () => standingOf(Projection.of(events).pairs.get('police:P1|census:C1'))
  const say = (more: Partial<EventDraft>) =>
    events.push({ ...draft(1, more), seq: ++seq, t: '2026-11-24T08:00:00.000+08:00' })
  expect(state().status).toBe('open')
  say({})
  expect(state()).toMatchObject({ status: 'decided', verdict: 'same' })
  say({ ev: 'second', actor: 'li', verdict: 'different', batch: 'b2' })
  expect(state().status).toBe('conflict')
  say({ ev: 'adjudicate', actor: 'wang', verdict: 'different', batch: 'b3' })
  expect(state()).toMatchObject({ status: 'adjudicated', verdict: 'different' })
  say({ ev: 'undo', actor: 'wang', batch: 'b3' })
  expect(state().status).toBe('conflict')
  say({ ev: 'reopen', actor: 'wang', batch: 'b4' })
  expect(state().status).toBe('open')
})

test('a person’s counts lose what was undone', () => {
  const log = open()
  log.append([draft(1)])
  log.append([draft(2)])
  log.append([{ actor: 'zhang', role: 'reviewer', ev: 'undo', batch: 'key-2', ck: 'u' }])
  const person = Projection.of(readEvents(log.database)).person('zhang')
  expect(person.decided).toBe(1)
  expect(person.byDay.get('2026-11-24')).toBe(1)
  expect(person.batches).toEqual(['key-1'])
  log.close()
})

test('a checkpoint is signed every thousand events and at closing', () => {
  const log = open()
  log.append(Array.from({ length: 2_300 }, (_, n) => draft(n, { ck: 'one', batch: 'one' })))
  log.close()
  const again = open()
  expect(again.database.prepare('SELECT count FROM checkpoint ORDER BY count').pluck().all()).toEqual([
    1000, 2000, 2300,
  ])
  expect(verifyAudit(again.database)).toMatchObject({ isIntact: true, events: 2_300, checkpoints: 3 })
  again.close()
})

test('of each finding the newest verdict is read; one that was taken back is none; a desk may be writing meanwhile', () => {
  const log = DecisionLog.open(path, clock)
  const say = (findingId: string, verdict: 'true' | 'untrue' | 'field', ck: string) =>
    log.append([{ actor: 'zhang', role: 'reviewer', ev: 'finding', obj: findingId, verdict, ck, batch: ck }])
  say('F1', 'field', 'said-1')
  const [newest] = say('F1', 'untrue', 'said-2')
  say('F2', 'true', 'said-3')
  log.append([{ actor: 'zhang', role: 'reviewer', ev: 'undo', batch: 'said-3', ck: 'undo-3' }])
  log.append([draft(1)])
  expect([...loadFindingVerdicts(path).values()]).toEqual([
    { findingId: 'F1', verdict: 'untrue', actor: 'zhang', content: '', t: newest.t, print: '' },
  ])
  log.close()
  expect(() => loadFindingVerdicts(join(folder, 'none.sqlite'))).toThrow('does not exist')
})

describe('what is no decisions file', () => {
  const refusalOf = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      if (error instanceof BiduiError) return error.message
      throw error
    }
    throw new Error('nothing was refused')
  }

  test('is refused by its name, by who reads and by who writes, and is left as it was', () => {
    const text = join(folder, 'police.csv')
    writeFileSync(text, 'XM,GMSFHM\n'.repeat(200))
    const other = join(folder, 'run.sqlite')
    const run = new Database(other)
    run.exec('CREATE TABLE pair (id INTEGER); PRAGMA user_version = 1')
    run.close()
    for (const file of [text, other]) {
      const before = readFileSync(file)
      for (const read of [loadDecisions, loadFindingVerdicts, (log: string) => DecisionLog.open(log)])
        expect(refusalOf(() => read(file))).toMatch(new RegExp(`^\\[E109\\] ${file}: .*no decisions file`))
      expect(readFileSync(file)).toEqual(before)
    }
    expect(refusalOf(() => loadDecisions(join(folder, 'none.sqlite')).judgements)).toContain(
      'none.sqlite: 没有裁决文件',
    )
  })

  test('a log whose making was cut off by a kill is made anew; one of another version is not', () => {
    mkdirSync(join(folder, 'decisions'))
    writeFileSync(path, '')
    open().close()
    rmSync(path)
    rmSync(`${path}.key`)
    const half = new Database(path)
    half.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 0')
    half.close()
    const log = open()
    log.append([draft(1)])
    log.close()
    expect(loadDecisions(path).judgements).toHaveLength(1)
    const later = new Database(path)
    later.pragma('user_version = 9')
    later.close()
    expect(refusalOf(open)).toMatch(/^\[E410\] .*written by a later version \(schema 9\)/)
  })

  test('one that lacks a table or a column is told as none; a kind or verdict unknown here is a later version’s', () => {
    const change = (sql: string) => {
      const log = open()
      log.append([draft(1)])
      log.close()
      const database = new Database(path)
      database.exec(sql)
      database.close()
      const said = [loadDecisions, loadFindingVerdicts, (log: string) => DecisionLog.open(log)].map((read) =>
        refusalOf(() => read(path)),
      )
      rmSync(path)
      rmSync(`${path}.key`)
      expect(new Set(said).size).toBe(1)
      return said[0]
    }
    expect(change('ALTER TABLE event DROP COLUMN fp_b')).toMatch(/^\[E109\] .*no decisions file/)
    expect(change('DROP TABLE account')).toMatch(/^\[E109\] .*no decisions file/)
    const add = (ev: string, verdict: string) =>
      `INSERT INTO event (seq, t, actor, role, ev, verdict, prev, h) VALUES (99, '', 'li', 'lead', '${ev}', '${verdict}', x'', x'')`
    expect(change(add('merge', 'same'))).toMatch(/^\[E410\] .*later version \(merge same\)/)
    expect(change(add('decide', 'maybe'))).toMatch(/^\[E410\] .*later version \(decide maybe\)/)
    open().close()
    const database = new Database(path)
    database.exec(add('merge', 'same'))
    database.close()
    // The audit says that the chain is broken, not that it cannot read it.
    const audited = openDecisions(path, 'audit')
    expect(verifyAudit(audited).isIntact).toBe(false)
    audited.close()
  })

  test('a signing key that is cut short is told by its name', () => {
    open().close()
    writeFileSync(`${path}.key`, '')
    expect(refusalOf(open)).toMatch(/^\[E405\] .*decisions\.sqlite\.key: /)
  })
})
