/** The same pair, batch or person open in two tabs: the second word never takes the place of the first unasked. */
import { expect, test } from 'vitest'
import { BatchDesk } from '../../../../src/review/server/desks/batch-desk.ts'
import { adjudicate, markGold } from '../../../../src/review/server/desks/lead-desk.ts'
import { decidePair, nextTasks } from '../../../../src/review/server/desks/pair-desk.ts'
import { personRecords, splitPerson } from '../../../../src/review/server/desks/record-desk.ts'
import { HandsAtDesk, lead, li, zhang } from '../../../support/desk-hands.ts'

const at = new HandsAtDesk()

test.each(['same', 'different', 'field', 'escalate'] as const)(
  'after `%s` in one tab, every other verdict in the other is refused',
  (first) => {
    const { pairId } = at.single().pairs[0]
    at.decide(zhang, pairId, first)
    const { count } = at.desk.log.anchor
    for (const second of ['same', 'different', 'field', 'escalate', 'defer'] as const)
      expect(() => at.decide(zhang, pairId, second)).toThrow('decided')
    expect(at.desk.log.anchor.count).toBe(count)
    expect(at.desk.state.standing(pairId).verdict).toBe(first)
  },
)

test('what was put off in one tab may be judged in the other', () => {
  const { pairId } = at.single().pairs[0]
  at.decide(zhang, pairId, 'defer')
  at.decide(zhang, pairId, 'same')
  expect(at.desk.state.standing(pairId).verdict).toBe('same')
})

test('tasks that the other tab has judged go from this one with its next answer', () => {
  const { tasks } = nextTasks(at.desk, zhang, 'pair', [])
  const held = tasks.map((task) => task.taskId)
  const [mine, theirs] = tasks.map((task) => task.candidates[0].pairId)
  at.decide(zhang, theirs, 'field')
  const { closed } = decidePair(at.desk, zhang, 'pair', held, {
    ck: 'tab-two-1',
    taskId: held[0],
    pairId: mine,
    verdict: 'field',
    ms: 1,
  })
  expect([...closed].sort()).toEqual([held[0], held[1]].sort())
})

test('a task held for a second verdict or a check stays, though it is judged', () => {
  const [second, other] = [at.single(0), at.single(9)]
  at.decide(zhang, second.pairs[0].pairId, 'same')
  const { closed } = decidePair(at.desk, li, 'pair', [second.taskId], {
    ck: 'tab-two-2',
    taskId: other.taskId,
    pairId: other.pairs[0].pairId,
    verdict: 'different',
    ms: 1,
  })
  expect(closed).toEqual([other.taskId])
})

test('a batch sample judged in one tab is not judged or dissolved by the other; a request sent again is answered', () => {
  const batches = new BatchDesk(at.desk)
  const { batch, tasks } = batches.draw(batches.groups(0.05)[0].pattern, 0.05)
  const say = (verdict: 'same' | 'different', ck: string) =>
    batches.judge(lead, batch, { ck, pairId: tasks[0].candidates[0].pairId, verdict, ms: 1 }, [])
  const { left } = say('same', 'sample-key-1')
  expect(() => say('different', 'sample-key-2')).toThrow('decided')
  expect(say('same', 'sample-key-1').left).toBe(left)
})

test('a batch accepted twice, because the answer was lost, is accepted once', () => {
  const batches = new BatchDesk(at.desk)
  const drawn = batches.draw(batches.groups(0.05)[0].pattern, 0.05)
  let n = 0
  for (let { tasks } = drawn; tasks.length > 0; )
    ({ tasks } = batches.judge(
      lead,
      drawn.batch,
      { ck: `sample-key-${++n}`, pairId: tasks[0].candidates[0].pairId, verdict: 'same', ms: 1 },
      [],
    ))
  const { accepted } = batches.accept(lead, drawn.batch)
  const { count } = at.desk.log.anchor
  expect(batches.accept(lead, drawn.batch)).toEqual({ accepted, batch: drawn.batch })
  expect(at.desk.log.anchor.count).toBe(count)
})

test('a conflict that one lead has settled is not settled again as a known answer', () => {
  const { pairId } = at.single().pairs[0]
  at.decide(zhang, pairId, 'same')
  at.decide(li, pairId, 'different')
  adjudicate(at.desk, lead, { pairId, verdict: 'same', reason: '1', ms: 1, ck: 'ruling-1' })
  expect(() => markGold(at.desk, lead, pairId, 'different', 'gold-key-1')).toThrow('decided')
  expect(at.desk.state.standing(pairId).verdict).toBe('same')
})

test('a person taken apart in one tab is not taken apart otherwise in the other; sent again it is one split', () => {
  const household = at.desk.run.household(at.desk.run.factsOf(at.single().pairs[0].left).household)
  const linked = household.find(({ key }) => personRecords(at.desk, key).length === 2)!
  const records = personRecords(at.desk, linked.key).map((record) => record.key)
  const groups = records.map((record, n) => [record, n === 0 ? 1 : 2] as const)
  const split = (ck: string) => splitPerson(at.desk, zhang, { ck, groups, reason: 'split' })
  const { saved } = split('split-key-1')
  expect(split('split-key-1').saved).toBe(saved)
  expect(() => split('split-key-2')).toThrow('split-already')
})
