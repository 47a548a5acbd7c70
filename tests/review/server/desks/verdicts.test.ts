/** What a verdict does: it closes, follows, is undone, is kept, comes back. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../../../src/review/decisions/index.ts'
import { historyOf, undoBatch } from '../../../../src/review/server/desks/history-desk.ts'
import { viewOverview } from '../../../../src/review/server/desks/lead-desk.ts'
import { decidePair, nextTasks } from '../../../../src/review/server/desks/pair-desk.ts'
import { HandsAtDesk, li, zhang } from '../../../support/desk-hands.ts'

const at = new HandsAtDesk()

test('a decision closes its task, counts for its person, and is told to the linkage', () => {
  const task = at.first(zhang)
  const before = at.desk.state.openCount
  const answer = at.decide(zhang, task.candidates[0].pairId, 'same')
  expect(answer.saved).toBeGreaterThan(0)
  expect(answer.closed).toEqual([task.taskId])
  expect(answer.tasks.map((one) => one.taskId)).not.toContain(task.taskId)
  expect(answer.counts.today).toBe(1)
  expect(at.desk.state.openCount).toBe(before - 1)
  expect(at.told.map(({ left, right, verdict }) => ({ left, right, verdict }))).toContainEqual({
    left: at.desk.pair(task.candidates[0].pairId).left,
    right: at.desk.pair(task.candidates[0].pairId).right,
    verdict: 'same',
  })
})

test('choosing one candidate rejects the others, and one undo takes all of it back', () => {
  const task = at.withCandidates()
  const [chosen, rival] = task.pairs
  expect(at.decide(zhang, chosen.pairId, 'same').derived).toBe(1)
  expect(at.desk.state.standing(rival.pairId)).toMatchObject({ status: 'decided', verdict: 'different' })
  expect(at.desk.projection.person('zhang').decided).toBe(1)
  const undone = undoBatch(at.desk, zhang, 'undo-key-1')
  expect(undone.task?.taskId).toBe(task.taskId)
  expect(undone.task?.candidates).toHaveLength(2)
  expect(at.desk.state.standing(chosen.pairId).status).toBe('open')
  expect(at.desk.state.standing(rival.pairId).status).toBe('open')
  expect(at.desk.projection.person('zhang').decided).toBe(0)
})

test('any earlier own decision can be undone, nobody else’s', () => {
  at.decide(zhang, at.single(0).pairs[0].pairId, 'same')
  at.decide(zhang, at.single(1).pairs[0].pairId, 'same')
  const [, older] = historyOf(at.desk, zhang)
  expect(undoBatch(at.desk, zhang, 'undo-key-2', older.batch).task?.candidates[0].pairId).toBe(
    at.single(0).pairs[0].pairId,
  )
  expect(() => undoBatch(at.desk, li, 'undo-key-3', historyOf(at.desk, zhang)[0].batch)).toThrow('not-own')
  expect(() => undoBatch(at.desk, li, 'undo-key-4')).toThrow('nothing-to-undo')
})

test('a second `same` for a census row with another person is refused in words, and leaves no event', () => {
  const task = at.withCandidates()
  at.decide(zhang, task.pairs[0].pairId, 'different')
  at.decide(zhang, task.pairs[1].pairId, 'same')
  const { count } = at.desk.log.anchor
  undoBatch(at.desk, zhang, 'undo-key-5', historyOf(at.desk, zhang)[1].batch)
  expect(() => at.decide(zhang, task.pairs[0].pairId, 'same')).toThrow('contradiction')
  expect(at.desk.log.anchor.count).toBe(count + 1)
})

test('the same request twice is one decision, also after a restart', () => {
  const { pairId } = at.single().pairs[0]
  const request = { ck: 'the-same-key', taskId: at.single().taskId, pairId, verdict: 'same' as const, ms: 10 }
  const once = decidePair(at.desk, zhang, 'pair', [], request)
  expect(decidePair(at.desk, zhang, 'pair', [], request).saved).toBe(once.saved)
  at.desk.close()
  at.open()
  expect(decidePair(at.desk, zhang, 'pair', [], request).saved).toBe(once.saved)
  expect(at.desk.projection.person('zhang').decided).toBe(1)
})

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

test('state after a restart is the state before it', () => {
  for (let i = 0; i < 30; i++) {
    // What the other was given ahead is free again by then.
    at.now += 11 * 60_000
    const verdict = (['same', 'different', 'field', 'escalate', 'defer'] as const)[i % 5]
    at.decide(i % 3 === 0 ? li : zhang, at.single(i).pairs[0].pairId, verdict)
  }
  undoBatch(at.desk, zhang, 'undo-key-6')
  const shot = () => ({
    open: [...at.desk.state.openTasks],
    seconds: [...at.desk.state.secondPool].sort(byText),
    lead: [...at.desk.state.leadPool].sort(byText),
    deferred: [...at.desk.state.deferred].sort((a, b) => a[0] - b[0]),
    judgements: at.desk.judgements(),
    people: [...at.desk.projection.people].sort((a, b) => byText(a[0], b[0])),
  })
  const before = shot()
  at.desk.close()
  at.open()
  expect(shot()).toEqual(before)
})

test('a task is given to one person at a time', () => {
  const mine = nextTasks(at.desk, zhang, 'pair', []).tasks
  const theirs = nextTasks(at.desk, li, 'pair', []).tasks
  expect(mine.length).toBeGreaterThan(2)
  expect(theirs.filter((task) => mine.some((one) => one.taskId === task.taskId))).toEqual([])
  expect(() => at.decide(li, mine[0].candidates[0].pairId, 'same')).toThrow('taken')
  at.now += 11 * 60_000
  expect(nextTasks(at.desk, li, 'pair', []).tasks[0].taskId).toBe(mine[0].taskId)
})

test('deferring puts the whole task aside and brings it back after half an hour', () => {
  const task = at.withCandidates()
  at.decide(zhang, task.pairs[0].pairId, 'defer')
  expect(at.desk.state.openTasks[at.desk.state.taskNumber(task.taskId)!]).toBe(0)
  expect(at.desk.counts(zhang).remaining).toBe(at.desk.state.openCount + 1)
  expect(nextTasks(at.desk, zhang, 'pair', []).tasks.map((one) => one.taskId)).not.toContain(task.taskId)
  at.now += 31 * 60_000
  expect(nextTasks(at.desk, zhang, 'pair', []).tasks[0].taskId).toBe(task.taskId)
  at.decide(zhang, task.pairs[0].pairId, 'same')
  expect(at.desk.state.standing(task.pairs[0].pairId).verdict).toBe('same')
})

test('changed data bring a decided pair back with the old verdict beside it; the decision is kept', () => {
  const pair = at.single().pairs[0]
  at.decide(zhang, pair.pairId, 'same')
  at.desk.close()
  const run = new Database(join(at.folder, 'run', 'run.sqlite'))
  run.prepare("UPDATE record SET fingerprint = 'ffffffffffffffff' WHERE record_key = ?").run(pair.right)
  run.close()
  at.open()
  const place = at.desk.state.taskNumberOfPair(pair.pairId)!
  expect(at.desk.state.openTasks[place]).toBe(1)
  const view = at.desk.view(at.desk.state.taskAt(place), [at.desk.pair(pair.pairId)], 'first')
  expect(view.why.isStale).toBe(true)
  expect(at.desk.counts(zhang).changed).toBe(1)
  expect(view.candidates[0].stale).toMatchObject({ verdict: 'same', actor: 'zhang' })
  expect(at.desk.judgements()).toHaveLength(1)
  expect(at.desk.judgements()[0].fpRight).not.toBe(at.desk.run.factsOf(pair.right).fingerprint)
  at.decide(li, pair.pairId, 'different')
  expect(at.desk.state.isStale(at.desk.pair(pair.pairId))).toBe(false)
})

test('a decision on a pair that is no candidate any more is kept and counted as withdrawn', () => {
  const { pairId } = at.single().pairs[0]
  at.decide(zhang, pairId, 'same')
  at.desk.close()
  const run = new Database(join(at.folder, 'run', 'run.sqlite'))
  run.prepare('DELETE FROM review_pair WHERE pair_id = ?').run(pairId)
  run.close()
  at.open()
  expect(viewOverview(at.desk).withdrawn).toBe(1)
  expect(at.desk.judgements()).toHaveLength(1)
})

test('a batch made before the clock was set back is undone after it, by the desk that runs and by one started anew', () => {
  const pairs = [0, 1, 2].map((skip) => at.single(skip).pairs[0].pairId)
  for (const pairId of pairs) at.decide(zhang, pairId, 'same')
  at.now -= 86_400_000
  expect(undoBatch(at.desk, zhang, 'undo-clock-1').task?.candidates[0].pairId).toBe(pairs[2])
  at.desk.close()
  at.open()
  undoBatch(at.desk, zhang, 'undo-clock-2')
  at.decide(zhang, pairs[1], 'different')
  undoBatch(at.desk, zhang, 'undo-clock-3')
  expect(pairs.map((pairId) => at.desk.state.standing(pairId).status)).toEqual(['decided', 'open', 'open'])
  expect(at.desk.projection.person('zhang').decided).toBe(1)
  expect(verifyAudit(at.desk.log.database).isIntact).toBe(true)
})
