/** Links and rejections of the engine in the queue of the desk, looked at by chance; the lead's sign on the threshold. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeSignedThreshold } from '../../../src/commands/run/signed-threshold.ts'
import { verifyAudit } from '../../../src/review/decisions/index.ts'
import { perplexityOf } from '../../../src/review/queue/tasks.ts'
import { Desk, type Person } from '../../../src/review/server/desks/desk.ts'
import { undoBatch } from '../../../src/review/server/desks/history-desk.ts'
import { viewOverview } from '../../../src/review/server/desks/lead-desk.ts'
import { decidePair, nextTasks } from '../../../src/review/server/desks/pair-desk.ts'
import { signThreshold } from '../../../src/review/server/desks/threshold-desk.ts'
import { completeSettings, linkThresholds, promotionRate } from '../../../src/settings.ts'
import { CHECKED, moveToControl } from '../../support/control-pairs.ts'
import { makeRunDatabase } from '../../support/make-run-database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder('control-desk')
const decisions = join(folder, 'd', 'decisions.sqlite')
const zhang: Person = { name: 'zhang', role: 'reviewer', areas: [], hasPassword: false, sess: 's1' }
const lead: Person = { name: 'li', role: 'lead', areas: [], hasPassword: false, sess: 's2' }
let desk: Desk
let keys = 0
let waiting: number

beforeAll(() => {
  const { directory } = makeRunDatabase(join(folder, 'run'), 400, { askedPerHousehold: 2 })
  moveToControl(join(directory, 'run.sqlite'))
  desk = new Desk({ directory, decisions })
  waiting = desk.run.pairs.length
})
afterAll(() => {
  desk.close()
})

function judge(pairId: string, verdict: 'same' | 'different'): string {
  const ck = `control-desk-${keys++}`
  decidePair(desk, zhang, 'pair', [], { ck, taskId: desk.taskOf(pairId).taskId, pairId, verdict, ms: 900 })
  return ck
}

test('a link is asked about like any other pair: nothing tells that it is one', () => {
  expect(desk.run.controlPairs).toHaveLength(CHECKED)
  const [pair] = desk.run.controlPairs
  const view = desk.view(desk.taskOf(pair.pairId), [pair], 'first')
  expect(view.why.reason).toBe('control')
  expect(JSON.stringify(view)).not.toMatch(/accepted|rejected|statistical|stratum/)
  // Nor does it make the doubts that wait look smaller.
  const waitingTasks = desk.state.tasks.filter((task) => task.pairs[0].control === undefined)
  const doubts = waitingTasks.map((task) => perplexityOf(task.pairs.map(({ probability }) => probability)))
  expect(viewOverview(desk).perplexity).toBeCloseTo(doubts.reduce((sum, one) => sum + one) / doubts.length, 9)
})

test('one task in twenty is one of them, and none stands in the queue of households', () => {
  const first = desk.state.tasks.slice(0, 200).filter((task) => task.isControl)
  expect(first.length).toBeGreaterThanOrEqual(9)
  expect(first.length).toBeLessThanOrEqual(11)
  const { tasks } = nextTasks(desk, zhang, 'household', [])
  expect(tasks.length).toBeGreaterThan(0)
  const control = new Set(desk.run.controlPairs.map((pair) => pair.pairId))
  expect(tasks.some((task) => task.candidates.some(({ pairId }) => control.has(pairId)))).toBe(false)
  desk.leases.releaseAll(zhang.name)
})

test('what the pair was when it was drawn is written with the verdict, and undo takes the verdict back', () => {
  const { pairId } = desk.run.controlPairs[0]
  const ck = judge(pairId, 'different')
  const written = desk.log.eventsOfClientKey(ck)
  expect(written.map(({ ev, obj, reason }) => ({ ev, obj, reason }))).toContainEqual({
    ev: 'control',
    obj: pairId,
    reason: 'accepted:statistical',
  })
  const decided = () => desk.judgements().find((one) => `${one.left}|${one.right}` === pairId)
  expect(decided()).toMatchObject({ verdict: 'different', control: 'accepted:statistical' })
  undoBatch(desk, zhang, `undo-control-${keys++}`, undefined)
  expect(decided()).toBeUndefined()
  expect(viewOverview(desk).control.links.at(-1)).toMatchObject({ judged: 0 })
})

test('verdicts on links give the false-link rate of their layer; pairs that wait are counted apart', () => {
  const pairs = desk.run.controlPairs
  for (const { pairId } of pairs.slice(0, 30)) judge(pairId, 'same')
  for (const { pairId } of pairs.slice(30, 50)) judge(pairId, 'different')
  const { control } = viewOverview(desk)
  expect(control.links.find(({ layer }) => layer === 'statistical')).toMatchObject({
    pairs: 94_000,
    judged: 50,
    wrong: 20,
  })
  expect(control.bands.reduce((sum, band) => sum + band.waiting, 0)).toBe(waiting)
  expect(control.proposal).toMatchObject({ links: 'fewer' })
})

test('the lead signs what the sample proposes and nothing else; a withdrawn sign is none', () => {
  const proposed = viewOverview(desk).control.proposal!.threshold
  expect(() => signThreshold(desk, lead, 'sign-000001', 0.5)).toThrow('no-proposal')
  expect(() => signThreshold(desk, lead, 'sign-000002', undefined)).toThrow('no-proposal')
  signThreshold(desk, lead, 'sign-000003', proposed)
  expect(viewOverview(desk).threshold).toMatchObject({ probability: proposed, signed_by: 'li', wanted: 0.0005 })
  const taken = take()
  expect(taken.settings.threshold).toMatchObject({ probability: proposed, signed_by: 'li' })
  expect(linkThresholds(0.0005, taken.settings.threshold).link).toBe(proposed)
  // The model's own word let these links in: it lets in no more.
  expect(promotionRate(taken.settings)).toBe(0)
  signThreshold(desk, lead, 'sign-000004', undefined)
  expect(take()).toMatchObject({ said: expect.stringContaining('no threshold is signed') as string })
  expect(take().settings.threshold).toBeUndefined()
  expect(verifyAudit(desk.log.database).isIntact).toBe(true)
})

test('a lower threshold is not taken for a stricter rate than it was proved for, and never unasked', () => {
  const sign = (reason: string) => desk.append([{ ...desk.who(lead), ev: 'threshold', reason }])
  sign('0.8 0.003')
  expect(take(0.0005)).toMatchObject({ said: expect.stringContaining('proved for 0.003 only') as string })
  expect(take(0.0005).settings.threshold).toBeUndefined()
  expect(take(0.003).settings.threshold).toMatchObject({ probability: 0.8 })
  expect(promotionRate(take(0.003).settings)).toBe(0.003)
  expect(takeSignedThreshold(settingsOf(0.003, false)).settings.threshold).toBeUndefined()
})

function take(rate = 0.0005) {
  return takeSignedThreshold(settingsOf(rate, true))
}

function settingsOf(maxFalseLinkRate: number, signedThreshold: boolean) {
  return completeSettings(
    { registers: { police: ['p.csv'] }, out: 'out', decisions, maxFalseLinkRate, signedThreshold },
    () => 2,
  )
}
