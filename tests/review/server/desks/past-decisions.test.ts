/** Where the decisions of earlier runs went, and what the files of a run lack: what the lead is told. */
import Database from 'better-sqlite3'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NO_FILTER } from '../../../../src/review/queue/filter.ts'
import type { Obeyed } from '../../../../src/review/run-remarks.ts'
import { FindingDesk } from '../../../../src/review/server/desks/finding-desk.ts'
import { undoBatch } from '../../../../src/review/server/desks/history-desk.ts'
import { viewOverview } from '../../../../src/review/server/desks/lead-desk.ts'
import { linkByHand } from '../../../../src/review/server/desks/record-desk.ts'
import { moveToControl } from '../../../support/control-pairs.ts'
import { HandsAtDesk, zhang } from '../../../support/desk-hands.ts'
import { makeRunDatabase } from '../../../support/make-run-database.ts'

const at = new HandsAtDesk()

/** A run that holds the first questions of the first one only, and says of itself what is given. */
function nextRun(remarks: Readonly<Record<string, unknown>>): void {
  const { directory } = makeRunDatabase(join(at.folder, 'run2'), 60)
  const database = new Database(join(directory, 'run.sqlite'))
  for (const [key, value] of Object.entries(remarks))
    database.prepare('INSERT INTO run VALUES (?, ?)').run(key, JSON.stringify(value))
  database.close()
  at.desk.openRun(directory)
}

const past = () => {
  const { taken, withdrawn } = viewOverview(at.desk)
  return { taken, withdrawn }
}

/** Questions of the first run that the second does not ask. */
const later = (skip: number) => at.desk.state.tasks.filter((task) => task.pairs.length === 1).at(-1 - skip)!.pairs[0]

test('decisions that the new run obeyed are taken, not "no longer candidates"; lost and put-aside ones are', () => {
  const [same, different, lost, aside, undone] = [0, 1, 2, 3, 4].map((skip) => later(skip))
  at.decide(zhang, same.pairId, 'same')
  at.decide(zhang, different.pairId, 'different')
  at.decide(zhang, lost.pairId, 'same')
  at.decide(zhang, aside.pairId, 'field')
  at.decide(zhang, undone.pairId, 'same')
  undoBatch(at.desk, zhang, 'undo-key-1')
  const known = at.desk.log.anchor.count
  expect(past()).toEqual({ taken: 0, withdrawn: 0 })
  const obeyed: Obeyed = { upTo: known, lost: [`${lost.left}|${lost.right}`] }
  nextRun({ obeyed })
  expect([same, lost, aside].some(({ pairId }) => at.desk.state.pairById.has(pairId))).toBe(false)
  expect(past()).toEqual({ taken: 2, withdrawn: 2 })
})

test('a run made without decisions took none; what is joined by hand on it was never a candidate', () => {
  at.decide(zhang, later(0).pairId, 'same')
  nextRun({})
  expect(past()).toEqual({ taken: 0, withdrawn: 1 })
  const [one, other] = [at.single(0), at.single(1)].map(({ pairs }) => pairs[0])
  linkByHand(at.desk, zhang, { ck: 'hand-key-1', left: one.left, right: other.right, reason: '9' })
  expect(past()).toEqual({ taken: 0, withdrawn: 1 })
})

test('the overview says what the files lack beside last night, and nothing of a run that was compared with none', () => {
  expect(viewOverview(at.desk).lastNight).toBeUndefined()
  const losses = [{ code: 'E141', register: 'census', township: '513027102', before: 900, now: 0 }]
  nextRun({ previous: { run: 'night-1', losses } })
  expect(viewOverview(at.desk).lastNight).toEqual({ run: 'night-1', losses })
})

test('a control pair judged under the record keys of another night is not asked again, and its verdict counts', () => {
  const { directory } = makeRunDatabase(join(at.folder, 'night1'), 200)
  moveToControl(join(directory, 'run.sqlite'))
  at.desk.openRun(directory)
  const [judged, taken] = at.desk.run.controlPairs
  at.decide(zhang, judged.pairId, 'same')
  at.decide(zhang, taken.pairId, 'same')
  undoBatch(at.desk, zhang, 'undo-key-2')
  const judgedLinks = () => viewOverview(at.desk).control.links.reduce((sum, line) => Math.max(sum, line.judged), 0)
  expect(judgedLinks()).toBe(1)
  const tonight = join(at.folder, 'night2')
  cpSync(directory, tonight, { recursive: true })
  const database = new Database(join(tonight, 'run.sqlite'))
  database.exec(`UPDATE record SET record_key = record_key || 'x';
    UPDATE control_pair SET pair_id = left_key || 'x|' || right_key || 'x', left_key = left_key || 'x', right_key = right_key || 'x'`)
  const renamed = (pair: { readonly left: string; readonly right: string }) => `${pair.left}x|${pair.right}x`
  at.desk.openRun(tonight)
  expect(at.desk.state.pairById.has(renamed(judged))).toBe(true)
  expect(judgedLinks()).toBe(0)
  const decidedAs = { [renamed(judged)]: judged.pairId, [renamed(taken)]: taken.pairId }
  database.prepare("INSERT INTO run VALUES ('decided_as', ?)").run(JSON.stringify(decidedAs))
  database.close()
  at.desk.openRun(tonight)
  expect(at.desk.state.pairById.has(renamed(judged))).toBe(false)
  // Its verdict was taken back: it is a question like any other.
  expect(at.desk.state.pairById.has(renamed(taken))).toBe(true)
  expect(judgedLinks()).toBe(1)
})

test('a finding in a township whose file lacks rows says so to whoever judges it, and no other finding does', () => {
  const losses = [
    { code: 'E141', register: 'census', township: '513027104', before: 900, now: 0 },
    { code: 'E140', register: 'births', township: '', before: 20, now: 0 },
  ]
  nextRun({ previous: { run: 'night-1', losses } })
  const findings = new FindingDesk(at.desk)
  const lackingIn = (township: string) =>
    findings.next(zhang, [], { ...NO_FILTER, township }).findings.map(({ lacking }) => lacking)
  const { townships } = findings.choices(zhang, NO_FILTER)
  expect(townships.map(({ value }) => value)).toEqual(expect.arrayContaining(['513027101', '513027104']))
  for (const { value } of townships)
    expect(new Set(lackingIn(value).map((lacking) => lacking?.join()))).toEqual(
      new Set([value === '513027104' ? 'census' : undefined]),
    )
})
