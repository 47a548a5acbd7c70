/** An open batch when the desk goes over to another run: it goes on, or ends with a reason. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BatchDesk } from '../../../../src/review/server/desks/batch-desk.ts'
import { Desk, type Person } from '../../../../src/review/server/desks/desk.ts'
import { makeRunDatabase } from '../../../support/make-run-database.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const lead: Person = { name: 'zu', role: 'lead', areas: [], hasPassword: true, sess: 's1' }
let folder: string
let desk: Desk
let keys = 0

beforeEach(() => {
  folder = temporaryFolder('batch-carry')
  makeRunDatabase(join(folder, 'run'), 600)
  desk = new Desk({ directory: join(folder, 'run'), decisions: join(folder, 'd', 'decisions.sqlite') })
})
afterEach(() => {
  desk.close()
})

/** The run after, as it would be: pairs that were judged wait no more, and those in `gone` neither. */
function goOver(batches: BatchDesk, gone: readonly string[]): BatchDesk {
  const next = join(folder, 'run-r2')
  cpSync(join(folder, 'run'), next, { recursive: true })
  const database = new Database(join(next, 'run.sqlite'))
  const remove = database.prepare('DELETE FROM review_pair WHERE pair_id = ?')
  for (const pairId of [...desk.projection.pairs.keys(), ...gone]) remove.run(pairId)
  database.close()
  desk.openRun(next)
  return new BatchDesk(desk, batches)
}

function judgeOne(batches: BatchDesk, batch: string, pairId: string) {
  return batches.judge(lead, batch, { ck: `sample-${keys++}-key`, pairId, verdict: 'same', ms: 1 }, [])
}

/** What of a sample is still to be judged. */
function sampleOf(batches: BatchDesk, batch: string): ReadonlySet<string> {
  const sampled = new Set<string>()
  const have: string[] = []
  for (let tasks = batches.tasks(batch, have); tasks.length > 0; tasks = batches.tasks(batch, have))
    for (const task of tasks) {
      sampled.add(task.candidates[0].pairId)
      have.push(task.taskId)
    }
  return sampled
}

function begin() {
  const batches = new BatchDesk(desk)
  const [group] = batches.groups(0.05)
  const drawn = batches.draw(group.pattern, 0.05)
  const first = drawn.tasks[0].candidates[0].pairId
  const { tasks } = judgeOne(batches, drawn.batch, first)
  return { batches, drawn, group, first, nextPair: tasks[0].candidates[0].pairId }
}

/** Whoever was drawn in one of several batches: not all pairs of a group's pattern may be accepted with it. */
function membersOfFirstGroup(): ReadonlySet<string> {
  const batches = new BatchDesk(desk)
  const [{ pattern, size }] = batches.groups(0.001)
  const members = new Set<string>()
  while (members.size < size)
    for (const pairId of sampleOf(batches, batches.draw(pattern, 0.001).batch)) members.add(pairId)
  return members
}

test('the groups are looked up in the run once, and are the same each time', () => {
  const batches = new BatchDesk(desk)
  const first = batches.groups()
  expect(first.length).toBeGreaterThan(0)
  const [record, people] = [vi.spyOn(desk.run, 'record'), vi.spyOn(desk.run, 'peopleIn')]
  expect(batches.groups()).toEqual(first)
  expect([record.mock.calls.length, people.mock.calls.length]).toEqual([0, 0])
  expect(new BatchDesk(desk).groups()).toEqual(first)
  expect(record).toHaveBeenCalled()
  expect(people).toHaveBeenCalled()
})

test('a batch whose sample still waits goes on where it was, and accepts what is left of its group', () => {
  const members = membersOfFirstGroup()
  const { batches, drawn, first } = begin()
  expect(members.size).toBe(drawn.size)
  const sampled = sampleOf(batches, drawn.batch)
  expect(sampled.size).toBe(drawn.sample - 1)
  const undrawn = [...members].find((pairId) => !sampled.has(pairId) && pairId !== first)!
  // One of the group that was not drawn is gone from the new run.
  const after = goOver(batches, [undrawn])
  let left = drawn.sample - 1
  for (let tasks = after.tasks(drawn.batch, []); tasks.length > 0; ) {
    const answer = judgeOne(after, drawn.batch, tasks[0].candidates[0].pairId)
    expect(answer.left).toBe(--left)
    tasks = answer.tasks
  }
  expect(left).toBe(0)
  expect(after.accept(lead, drawn.batch).accepted).toBe(drawn.size - drawn.sample - 1)
})

test('a batch that loses a pair of its sample ends with a reason; verdicts stand, and the group can be drawn again', () => {
  const { batches, drawn, group, first, nextPair } = begin()
  const after = goOver(batches, [nextPair])
  expect(() => judgeOne(after, drawn.batch, nextPair)).toThrow('batch-closed')
  expect(() => after.accept(lead, drawn.batch)).toThrow('batch-closed')
  expect(desk.state.standing(first).verdict).toBe('same')
  expect(after.draw(group.pattern, 0.05).sample).toBeGreaterThan(0)
})

test('a group that a verdict dissolved stays dissolved in the new run', () => {
  const { batches, drawn, group, nextPair } = begin()
  batches.judge(lead, drawn.batch, { ck: 'sample-bad-key', pairId: nextPair, verdict: 'different', ms: 1 }, [])
  const after = goOver(batches, [])
  expect(() => after.draw(group.pattern, 0.05)).toThrow('no-such-group')
})
