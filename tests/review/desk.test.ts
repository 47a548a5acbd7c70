import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TaskView } from '../../src/review/api.ts'
import { type DecidedPair, verifyAudit } from '../../src/review/decisions/index.ts'
import { BatchDesk } from '../../src/review/server/batch-desk.ts'
import { Desk, type Person } from '../../src/review/server/desk.ts'
import { FindingDesk } from '../../src/review/server/finding-desk.ts'
import { historyOf, undoBatch } from '../../src/review/server/history-desk.ts'
import {
  adjudicate,
  makeDailyReport,
  markGold,
  nextForLead,
  reopenLast,
  viewOverview,
} from '../../src/review/server/lead-desk.ts'
import { confirmHousehold, decidePair, nextTasks } from '../../src/review/server/pair-desk.ts'
import {
  linkByHand,
  personRecords,
  revealPair,
  searchRecords,
  showWeights,
  splitPerson,
} from '../../src/review/server/record-desk.ts'
import { makeRunDatabase } from '../support/make-run-database.ts'

/** What the desk does with verdicts, one at a time. */
let folder: string
let desk: Desk
let now: number
let keys = 0
let told: readonly DecidedPair[] = []

const person = (name: string, role: Person['role'] = 'reviewer'): Person => ({
  name,
  role,
  areas: [],
  hasPassword: true,
  sess: 's',
})
const zhang = person('zhang')
const li = person('li')
const lead = person('wang', 'lead')

function open(): void {
  desk = new Desk({
    directory: join(folder, 'run'),
    decisions: join(folder, 'decisions', 'decisions.sqlite'),
    clock: () => now,
    onDecisions: (judgements) => {
      told = judgements
    },
  })
}

beforeEach(() => {
  now = Date.UTC(2026, 10, 24)
  folder = mkdtempSync(join(tmpdir(), 'desk-'))
  makeRunDatabase(join(folder, 'run'), 200)
  open()
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function decide(
  who: Person,
  pairId: string,
  verdict: 'same' | 'different' | 'field' | 'escalate' | 'defer',
  more: object = {},
) {
  const task = desk.taskOf(pairId)
  return decidePair(desk, who, 'pair', [], {
    ck: `key-${String(++keys).padStart(6, '0')}`,
    taskId: task.taskId,
    pairId,
    verdict,
    ms: 1000,
    ...more,
  })
}

function first(who: Person): TaskView {
  return nextTasks(desk, who, 'pair', []).tasks[0]
}

const withCandidates = () => desk.state.tasks.find((task) => task.pairs.length > 1)!
const single = (skip = 0) => desk.state.tasks.filter((task) => task.pairs.length === 1 && task.mode === 'pair')[skip]

test('a decision closes its task, counts for its person, and is told to the linkage', () => {
  const task = first(zhang)
  const before = desk.state.openCount
  const answer = decide(zhang, task.candidates[0].pairId, 'same')
  expect(answer.saved).toBeGreaterThan(0)
  expect(answer.closed).toEqual([task.taskId])
  expect(answer.tasks.map((one) => one.taskId)).not.toContain(task.taskId)
  expect(answer.counts.today).toBe(1)
  expect(desk.state.openCount).toBe(before - 1)
  expect(told.map(({ left, right, verdict }) => ({ left, right, verdict }))).toContainEqual({
    left: desk.pair(task.candidates[0].pairId).left,
    right: desk.pair(task.candidates[0].pairId).right,
    verdict: 'same',
  })
})

test('choosing one candidate rejects the others, and one undo takes all of it back', () => {
  const task = withCandidates()
  const [chosen, rival] = task.pairs
  expect(decide(zhang, chosen.pairId, 'same').derived).toBe(1)
  expect(desk.state.standing(rival.pairId)).toMatchObject({ status: 'decided', verdict: 'different' })
  expect(desk.projection.person('zhang').decided).toBe(1)
  const undone = undoBatch(desk, zhang, 'undo-key-1')
  expect(undone.task?.taskId).toBe(task.taskId)
  expect(undone.task?.candidates).toHaveLength(2)
  expect(desk.state.standing(chosen.pairId).status).toBe('open')
  expect(desk.state.standing(rival.pairId).status).toBe('open')
  expect(desk.projection.person('zhang').decided).toBe(0)
})

test('any earlier own decision can be undone, nobody else’s', () => {
  decide(zhang, single(0).pairs[0].pairId, 'same')
  decide(zhang, single(1).pairs[0].pairId, 'same')
  const [, older] = historyOf(desk, zhang)
  expect(undoBatch(desk, zhang, 'undo-key-2', older.batch).task?.candidates[0].pairId).toBe(single(0).pairs[0].pairId)
  expect(() => undoBatch(desk, li, 'undo-key-3', historyOf(desk, zhang)[0].batch)).toThrow('not-own')
  expect(() => undoBatch(desk, li, 'undo-key-4')).toThrow('nothing-to-undo')
})

test('a second `same` for a census row with another person is refused in words, and leaves no event', () => {
  const task = withCandidates()
  decide(zhang, task.pairs[0].pairId, 'different')
  decide(zhang, task.pairs[1].pairId, 'same')
  const { count } = desk.log.anchor
  undoBatch(desk, zhang, 'undo-key-5', historyOf(desk, zhang)[1].batch)
  expect(() => decide(zhang, task.pairs[0].pairId, 'same')).toThrow('contradiction')
  expect(desk.log.anchor.count).toBe(count + 1)
})

test('the same request twice is one decision, also after a restart', () => {
  const { pairId } = single().pairs[0]
  const request = { ck: 'the-same-key', taskId: single().taskId, pairId, verdict: 'same' as const, ms: 10 }
  const once = decidePair(desk, zhang, 'pair', [], request)
  expect(decidePair(desk, zhang, 'pair', [], request).saved).toBe(once.saved)
  desk.close()
  open()
  expect(decidePair(desk, zhang, 'pair', [], request).saved).toBe(once.saved)
  expect(desk.projection.person('zhang').decided).toBe(1)
})

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

test('state after a restart is the state before it', () => {
  for (let i = 0; i < 30; i++) {
    // What the other was given ahead is free again by then.
    now += 11 * 60_000
    const verdict = (['same', 'different', 'field', 'escalate', 'defer'] as const)[i % 5]
    decide(i % 3 === 0 ? li : zhang, single(i).pairs[0].pairId, verdict)
  }
  undoBatch(desk, zhang, 'undo-key-6')
  const shot = () => ({
    open: [...desk.state.openTasks],
    seconds: [...desk.state.secondPool].sort(byText),
    lead: [...desk.state.leadPool].sort(byText),
    deferred: [...desk.state.deferred].sort((a, b) => a[0] - b[0]),
    judgements: desk.judgements(),
    people: [...desk.projection.people].sort((a, b) => byText(a[0], b[0])),
  })
  const before = shot()
  desk.close()
  open()
  expect(shot()).toEqual(before)
})

test('a task is given to one person at a time', () => {
  const mine = nextTasks(desk, zhang, 'pair', []).tasks
  const theirs = nextTasks(desk, li, 'pair', []).tasks
  expect(mine.length).toBeGreaterThan(2)
  expect(theirs.filter((task) => mine.some((one) => one.taskId === task.taskId))).toEqual([])
  expect(() => decide(li, mine[0].candidates[0].pairId, 'same')).toThrow('taken')
  now += 11 * 60_000
  expect(nextTasks(desk, li, 'pair', []).tasks[0].taskId).toBe(mine[0].taskId)
})

test('deferring puts the whole task aside and brings it back after half an hour', () => {
  const task = withCandidates()
  decide(zhang, task.pairs[0].pairId, 'defer')
  expect(desk.state.openTasks[desk.state.taskNumber(task.taskId)!]).toBe(0)
  expect(desk.counts(zhang).remaining).toBe(desk.state.openCount + 1)
  expect(nextTasks(desk, zhang, 'pair', []).tasks.map((one) => one.taskId)).not.toContain(task.taskId)
  now += 31 * 60_000
  expect(nextTasks(desk, zhang, 'pair', []).tasks[0].taskId).toBe(task.taskId)
  decide(zhang, task.pairs[0].pairId, 'same')
  expect(desk.state.standing(task.pairs[0].pairId).verdict).toBe('same')
})

test('a second reviewer sees the pair as new; agreement and conflict follow from the two', () => {
  const { pairId } = single(0).pairs[0]
  const other = single(1).pairs[0].pairId
  decide(zhang, pairId, 'same')
  decide(zhang, other, 'same')
  expect(desk.state.secondPool.has(pairId)).toBe(true)
  expect(() => decide(zhang, pairId, 'same')).toThrow('decided')
  decide(li, pairId, 'same')
  decide(li, other, 'different')
  expect(desk.state.standing(pairId).status).toBe('agreed')
  expect(desk.state.standing(other).status).toBe('conflict')
  expect(desk.judgements().map((one) => `${one.left}|${one.right}`)).toEqual([pairId])
  expect(viewOverview(desk).agreement).toMatchObject({ n: 2, percent: { value: 0.5 } })
})

test('the lead settles a conflict without names, with a reason, and not their own', () => {
  const { pairId } = single().pairs[0]
  decide(zhang, pairId, 'same', { note: 'saw the book' })
  decide(li, pairId, 'different')
  const [task] = nextForLead(desk, [])
  expect(task.verdicts?.map((one) => one.verdict).sort()).toEqual(['different', 'same'])
  const text = JSON.stringify(task)
  expect(text).toContain('saw the book')
  expect(text).not.toMatch(/zhang|"li"/)
  const ruling = { pairId, verdict: 'same' as const, ms: 1 }
  expect(() => adjudicate(desk, lead, { ...ruling, ck: 'ruling-1', reason: '' })).toThrow('reason-wanted')
  expect(() => adjudicate(desk, { ...zhang, role: 'lead' }, { ...ruling, ck: 'ruling-2', reason: '1' })).toThrow(
    'own-verdict',
  )
  adjudicate(desk, lead, { ...ruling, ck: 'ruling-3', reason: '1' })
  expect(desk.state.standing(pairId)).toMatchObject({ status: 'adjudicated', verdict: 'same' })
  expect(nextForLead(desk, [])).toEqual([])
})

test('changed data bring a decided pair back with the old verdict beside it; the decision is kept', () => {
  const pair = single().pairs[0]
  decide(zhang, pair.pairId, 'same')
  desk.close()
  const run = new Database(join(folder, 'run', 'run.sqlite'))
  run.prepare("UPDATE record SET fingerprint = 'ffffffffffffffff' WHERE record_key = ?").run(pair.right)
  run.close()
  open()
  const at = desk.state.taskNumberOfPair(pair.pairId)!
  expect(desk.state.openTasks[at]).toBe(1)
  const view = desk.view(desk.state.taskAt(at), [desk.pair(pair.pairId)], 'first')
  expect(view.why.isStale).toBe(true)
  expect(view.candidates[0].stale).toMatchObject({ verdict: 'same', actor: 'zhang' })
  expect(desk.judgements()).toHaveLength(1)
  expect(desk.judgements()[0].fpRight).not.toBe(desk.run.factsOf(pair.right).fingerprint)
  decide(li, pair.pairId, 'different')
  expect(desk.state.isStale(desk.pair(pair.pairId))).toBe(false)
})

test('a decision on a pair that is no candidate any more is kept and counted as withdrawn', () => {
  const { pairId } = single().pairs[0]
  decide(zhang, pairId, 'same')
  desk.close()
  const run = new Database(join(folder, 'run', 'run.sqlite'))
  run.prepare('DELETE FROM review_pair WHERE pair_id = ?').run(pairId)
  run.close()
  open()
  expect(viewOverview(desk).withdrawn).toBe(1)
  expect(desk.judgements()).toHaveLength(1)
})

test('gold pairs measure a reviewer and change nothing', () => {
  const { pairId } = single().pairs[0]
  markGold(desk, lead, pairId, 'different', 'gold-key-1')
  decide(zhang, pairId, 'same')
  expect(desk.state.standing(pairId)).toMatchObject({ status: 'adjudicated', verdict: 'different' })
  expect(desk.projection.person('zhang').checks).toEqual([false])
  expect(() => decide(zhang, pairId, 'same')).toThrow('decided')
})

test('known answers come every fiftieth time, and look like any other task', () => {
  const gold = single(80).pairs[0].pairId
  markGold(desk, lead, gold, 'same', 'gold-key-2')
  let seen = 0
  for (let i = 0; i < 120; i++) {
    const task = nextTasks(desk, zhang, 'pair', []).tasks.find((one) => one.candidates[0].pairId === gold)
    if (task !== undefined) {
      seen++
      expect(Object.keys(task).sort()).toEqual(Object.keys(desk.view(single(81), single(81).pairs, 'first')).sort())
      expect(task.candidates[0].standing).toBeUndefined()
      break
    }
    const [next] = nextTasks(desk, zhang, 'pair', []).tasks
    decide(zhang, next.candidates[0].pairId, 'same')
  }
  expect(seen).toBe(1)
})

test('two rows of one household are shown in one list, both marked', () => {
  const task = desk.state.tasks.find((one) => one.mode === 'duplicate')!
  const [{ household, leftKey, rightKey }] = desk.view(task, task.pairs, 'first').candidates
  expect(household.isOne).toBe(true)
  const asked = household.rows.filter((row) => row.state === 'focal')
  expect(new Set(asked.map((row) => row.left?.key))).toEqual(new Set([leftKey, rightKey]))
  expect(asked).toHaveLength(2)
  expect(household.rows.every((row) => row.right === undefined)).toBe(true)
})

test('a household is confirmed as one batch and undone as one', () => {
  const task = desk.state.tasks.find((one) => {
    const [candidate] = desk.view(one, one.pairs, 'household').candidates
    return candidate.household.rows.some((row) => row.isTrivial)
  })!
  const rows = desk.view(task, task.pairs, 'household').candidates[0].household.rows.filter((row) => row.isTrivial)
  const pairIds = rows.map((row) => row.pairId!)
  confirmHousehold(desk, zhang, [], { ck: 'household-1', taskId: task.taskId, pairIds, ms: 500 })
  for (const pairId of pairIds) expect(desk.state.standing(pairId).verdict).toBe('same')
  undoBatch(desk, zhang, 'undo-key-7')
  for (const pairId of pairIds) expect(desk.state.standing(pairId).status).toBe('open')
})

test('a household cannot smuggle in a member who is not trivial', () => {
  const task = withCandidates()
  const request = { ck: 'household-2', taskId: task.taskId, pairIds: [task.pairs[0].pairId], ms: 1 }
  expect(() => confirmHousehold(desk, zhang, [], request)).toThrow('not-trivial')
})

test('showing a number and the weights is written down before the value is there', () => {
  const { pairId } = single().pairs[0]
  const { count } = desk.log.anchor
  const { run } = desk
  const record = run.record.bind(run)
  const fields = revealPair(desk, zhang, pairId)
  expect(
    fields
      .find((field) => field.id === 'id')
      ?.left.map(([text]) => text)
      .join(''),
  ).toMatch(/^\d{17}[\dX]$/)
  expect(desk.log.anchor.count).toBe(count + 1)
  const weights = showWeights(desk, zhang, pairId)
  expect(desk.log.anchor.count).toBe(count + 2)
  expect(weights.prior + weights.rows.reduce((sum, row) => sum + row.weight, 0)).toBe(weights.total)
  expect(record(desk.pair(pairId).left)).toBeDefined()
})

test('a reveal that cannot be written down shows nothing', () => {
  const { pairId } = single().pairs[0]
  desk.log.database.exec("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END")
  expect(() => revealPair(desk, zhang, pairId)).toThrow('disk full')
})

test('search finds whole names and numbers, masks them, and keeps no word of the question', () => {
  const record = desk.run.record(single().pairs[0].right)!
  const found = searchRecords(desk, zhang, record.raw.name)
  expect(found.map((line) => line.key)).toContain(record.key)
  const police = desk.run.record(single().pairs[0].left)!
  expect(searchRecords(desk, zhang, police.raw.id_number).map((line) => line.key)).toContain(police.key)
  expect(JSON.stringify(found)).not.toContain(police.raw.id_number)
  expect(searchRecords(desk, zhang, '%%')).toEqual([])
  const events = desk.log.database.prepare("SELECT * FROM event WHERE ev = 'search'").all()
  expect(events).toHaveLength(3)
  expect(JSON.stringify(events)).not.toContain(record.raw.name)
})

test('rows the engine never paired can be linked by hand, a person can be taken apart; both are logged as such', () => {
  const [a, b] = [single(0).pairs[0], single(3).pairs[0]]
  linkByHand(desk, zhang, { ck: 'link-key-1', left: b.left, right: a.right, reason: 'search' })
  expect(desk.judgements()).toContainEqual(expect.objectContaining({ left: b.left, right: a.right, verdict: 'same' }))
  const linked = desk.run
    .household(desk.run.factsOf(a.left).household)
    .find((one) => personRecords(desk, one.key).length === 2)!
  const groups = personRecords(desk, linked.key).map((line, at) => [line.key, at + 1] as const)
  splitPerson(desk, zhang, { ck: 'split-key-1', groups, reason: 'split' })
  expect(desk.judgements()).toContainEqual(
    expect.objectContaining({ verdict: 'different', left: groups[1][0], right: groups[0][0] }),
  )
  const kinds = desk.log.database
    .prepare("SELECT DISTINCT ev FROM event WHERE ev IN ('link', 'split') ORDER BY ev")
    .pluck()
    .all()
  expect(kinds).toEqual(['link', 'split'])
})

test('a batch is accepted only after its whole sample was judged same; one other verdict dissolves it', () => {
  const batches = new BatchDesk(desk)
  const [group, other] = batches.groups(0.05)
  const drawn = batches.draw(group.pattern, 0.05)
  expect(() => batches.accept(lead, drawn.batch)).toThrow('sample-incomplete')
  for (let tasks = drawn.tasks; tasks.length > 0; ) {
    const [task] = tasks
    const answer = batches.judge(
      lead,
      drawn.batch,
      { ck: `sample-${++keys}-key`, pairId: task.candidates[0].pairId, verdict: 'same', ms: 1 },
      [],
    )
    tasks = answer.tasks
  }
  const before = desk.state.openCount
  const { accepted } = batches.accept(lead, drawn.batch)
  expect(accepted).toBe(drawn.size - drawn.sample)
  expect(desk.state.openCount).toBe(before - accepted)
  undoBatch(desk, lead, 'undo-key-8', drawn.batch)
  expect(desk.state.openCount).toBe(before)
  const second = batches.draw(other.pattern, 0.05)
  const judged = batches.judge(
    lead,
    second.batch,
    { ck: 'sample-bad-key', pairId: second.tasks[0].candidates[0].pairId, verdict: 'different', ms: 1 },
    [],
  )
  expect(judged.dissolved).toBe(true)
  expect(() => batches.draw(other.pattern, 0.05)).toThrow('no-such-group')
})

test('findings are judged heaviest first, one person at a time, and can be taken back', () => {
  const findings = new FindingDesk(desk)
  const before = findings.remaining()
  const [one] = findings.next(zhang, []).findings
  expect(one.severity).toBe('S1')
  expect(findings.next(li, []).findings.map((other) => other.findingId)).not.toContain(one.findingId)
  findings.decide(zhang, [], { ck: 'finding-key-1', findingId: one.findingId, verdict: 'added', ms: 5 })
  expect(findings.remaining()).toBe(before - 1)
  undoBatch(desk, zhang, 'undo-key-9')
  findings.reopened(one.findingId)
  expect(findings.remaining()).toBe(before)
  expect(findings.next(zhang, []).findings[0].findingId).toBe(one.findingId)
})

test('a reviewer’s last verdicts can be sent back to the queue', () => {
  for (let i = 0; i < 5; i++) decide(zhang, single(i).pairs[0].pairId, 'same')
  const before = desk.state.openCount
  expect(reopenLast(desk, lead, 'zhang', 'reopen-key-1').reopened).toBe(5)
  expect(desk.state.openCount).toBe(before + 5)
})

test('the report of the day carries the anchor of a log that verifies against it', () => {
  decide(zhang, single().pairs[0].pairId, 'same')
  const report = makeDailyReport(desk, lead)
  expect(report.done).toBe(1)
  decide(zhang, single(1).pairs[0].pairId, 'same')
  expect(verifyAudit(desk.log.database, report.anchor)).toMatchObject({ isIntact: true })
  const text = JSON.stringify(report)
  for (const pair of desk.run.pairs.slice(0, 20)) expect(text).not.toContain(desk.run.record(pair.left)?.raw.name)
})

test('notes lose numbers of persons before they are kept', () => {
  decide(zhang, single().pairs[0].pairId, 'same', { note: '电话核实 513027199803151234 本人' })
  expect(desk.log.database.prepare('SELECT text FROM note').pluck().all()).toEqual(['电话核实 513027************ 本人'])
})
