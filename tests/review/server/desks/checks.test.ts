/** Who looks at whose verdicts: second review, settling, known answers, batches, returned verdicts, the report. */
import { expect, test } from 'vitest'
import { verifyAudit } from '../../../../src/review/decisions/index.ts'
import { BatchDesk } from '../../../../src/review/server/desks/batch-desk.ts'
import { undoBatch } from '../../../../src/review/server/desks/history-desk.ts'
import {
  adjudicate,
  makeDailyReport,
  markGold,
  nextForLead,
  reopenLast,
  viewOverview,
} from '../../../../src/review/server/desks/lead-desk.ts'
import { nextTasks } from '../../../../src/review/server/desks/pair-desk.ts'
import { HandsAtDesk, lead, li, zhang } from '../../../support/desk-hands.ts'

const at = new HandsAtDesk()
let keys = 0

test('a second reviewer sees the pair as new; agreement and conflict follow from the two', () => {
  const { pairId } = at.single(0).pairs[0]
  const other = at.single(1).pairs[0].pairId
  at.decide(zhang, pairId, 'same')
  at.decide(zhang, other, 'same')
  expect(at.desk.state.secondPool.has(pairId)).toBe(true)
  expect(() => at.decide(zhang, pairId, 'same')).toThrow('decided')
  at.decide(li, pairId, 'same')
  at.decide(li, other, 'different')
  expect(at.desk.state.standing(pairId).status).toBe('agreed')
  expect(at.desk.state.standing(other).status).toBe('conflict')
  expect(at.desk.judgements().map((one) => `${one.left}|${one.right}`)).toEqual([pairId])
  expect(viewOverview(at.desk).agreement).toMatchObject({ n: 2, percent: { value: 0.5 } })
})

test('the lead settles a conflict without names, with a reason, and not their own', () => {
  const { pairId } = at.single().pairs[0]
  at.decide(zhang, pairId, 'same', { note: 'saw the book' })
  at.decide(li, pairId, 'different')
  const [task] = nextForLead(at.desk, [])
  expect(task.verdicts?.map((one) => one.verdict).sort()).toEqual(['different', 'same'])
  const text = JSON.stringify(task)
  expect(text).toContain('saw the book')
  expect(text).not.toMatch(/zhang|"li"/)
  const ruling = { pairId, verdict: 'same' as const, ms: 1 }
  expect(() => adjudicate(at.desk, lead, { ...ruling, ck: 'ruling-1', reason: '' })).toThrow('reason-wanted')
  expect(() => adjudicate(at.desk, { ...zhang, role: 'lead' }, { ...ruling, ck: 'ruling-2', reason: '1' })).toThrow(
    'own-verdict',
  )
  adjudicate(at.desk, lead, { ...ruling, ck: 'ruling-3', reason: '1' })
  expect(at.desk.state.standing(pairId)).toMatchObject({ status: 'adjudicated', verdict: 'same' })
  expect(nextForLead(at.desk, [])).toEqual([])
})

test('gold pairs measure a reviewer and change nothing', () => {
  const { pairId } = at.single().pairs[0]
  markGold(at.desk, lead, pairId, 'different', 'gold-key-1')
  at.decide(zhang, pairId, 'same')
  expect(at.desk.state.standing(pairId)).toMatchObject({ status: 'adjudicated', verdict: 'different' })
  expect(at.desk.projection.person('zhang').checks).toEqual([false])
  expect(() => at.decide(zhang, pairId, 'same')).toThrow('decided')
})

test('known answers come every fiftieth time, and look like any other task', () => {
  const gold = at.single(80).pairs[0].pairId
  markGold(at.desk, lead, gold, 'same', 'gold-key-2')
  let seen = 0
  for (let i = 0; i < 120; i++) {
    const task = nextTasks(at.desk, zhang, 'pair', []).tasks.find((one) => one.candidates[0].pairId === gold)
    if (task !== undefined) {
      seen++
      expect(Object.keys(task).sort()).toEqual(
        Object.keys(at.desk.view(at.single(81), at.single(81).pairs, 'first')).sort(),
      )
      expect(task.candidates[0].standing).toBeUndefined()
      break
    }
    const [next] = nextTasks(at.desk, zhang, 'pair', []).tasks
    at.decide(zhang, next.candidates[0].pairId, 'same')
  }
  expect(seen).toBe(1)
})

test('a batch is accepted only after its whole sample was judged same; one other verdict dissolves it', () => {
  const batches = new BatchDesk(at.desk)
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
  const before = at.desk.state.openCount
  const { accepted } = batches.accept(lead, drawn.batch)
  expect(accepted).toBe(drawn.size - drawn.sample)
  expect(at.desk.state.openCount).toBe(before - accepted)
  undoBatch(at.desk, lead, 'undo-key-8', drawn.batch)
  expect(at.desk.state.openCount).toBe(before)
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

test('a reviewer’s last verdicts can be sent back to the queue', () => {
  for (let i = 0; i < 5; i++) at.decide(zhang, at.single(i).pairs[0].pairId, 'same')
  const before = at.desk.state.openCount
  expect(reopenLast(at.desk, lead, 'zhang', 'reopen-key-1').reopened).toBe(5)
  expect(at.desk.state.openCount).toBe(before + 5)
})

test('the report of the day carries the anchor of a log that verifies against it', () => {
  at.decide(zhang, at.single().pairs[0].pairId, 'same')
  const report = makeDailyReport(at.desk, lead)
  expect(report.done).toBe(1)
  at.decide(zhang, at.single(1).pairs[0].pairId, 'same')
  expect(verifyAudit(at.desk.log.database, report.anchor)).toMatchObject({ isIntact: true })
  const text = JSON.stringify(report)
  for (const pair of at.desk.run.pairs.slice(0, 20)) expect(text).not.toContain(at.desk.run.record(pair.left)?.raw.name)
})
