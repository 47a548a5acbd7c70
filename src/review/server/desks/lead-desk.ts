/**
 * What the lead sees and settles: progress by township and person, agreement and drift, error rates from the control
 * sample, conflicts, and the 日报. Counts only; no name of a registered person and no number stands in it.
 */
import type { TaskView } from '../../api.ts'
import {
  findingVerdictsOf,
  type PersonRecord,
  standingOf,
  type ThresholdSign,
  type Verdict,
} from '../../decisions/index.ts'
import { type Agreement, type AgreementTable, measureAgreement } from '../../queue/agreement.ts'
import { estimateControl } from '../../control-rates.ts'
import type { ControlEstimate } from '../../queue/control-estimate.ts'
import { isAlarming } from '../../queue/duty.ts'
import { fractionOf } from '../../queue/hash.ts'
import { medianTime, remainingHours } from '../../queue/remaining.ts'
import { perplexityOf } from '../../queue/tasks.ts'
import { officeDay } from '../../../office-time.ts'
import type { Desk, Person } from './desk.ts'
import type { ComparedNightRemark } from '../../run-remarks.ts'
import { pastDecisions } from './past-decisions.ts'
import { Refusal } from '../refusal.ts'

interface TownshipProgress {
  readonly area: string
  readonly total: number
  readonly done: number
  readonly deferred: number
  readonly field: number
  readonly stale: number
}

interface PersonProgress {
  readonly name: string
  readonly today: number
  readonly total: number
  readonly seconds: number | null
  readonly reveals: number
  readonly checks: number
  readonly checksWrong: number
  readonly agreement: Agreement
  readonly isAlarm: boolean
}

export interface Overview {
  readonly run: string
  readonly day: string
  readonly total: number
  readonly done: number
  readonly remaining: number
  readonly hours: number | null
  readonly today: number
  readonly conflicts: number
  readonly seconds: number
  /** Earlier decisions that this run obeyed, and those on pairs it no longer asks about. */
  readonly taken: number
  readonly withdrawn: number
  readonly perplexity: number
  readonly townships: readonly TownshipProgress[]
  readonly people: readonly PersonProgress[]
  readonly agreement: Agreement
  readonly agreementByDay: readonly { readonly day: string; readonly n: number; readonly percent: number }[]
  readonly verdicts: Readonly<Record<string, number>>
  readonly findingVerdicts: Readonly<Record<string, number>>
  /** What tonight's files lack beside last night's; undefined where the run was not compared. */
  readonly lastNight?: ComparedNightRemark
  readonly control: ControlEstimate
  readonly threshold?: ThresholdSign
  readonly anchor: { readonly count: number; readonly head: string }
}

export function viewOverview(desk: Desk): Overview {
  const { state, projection } = desk
  const day = officeDay(desk.clock())
  const townships = new Map<string, { total: number; done: number; deferred: number; field: number; stale: number }>()
  let stale = 0
  let perplexity = 0
  let doubtful = 0
  for (let at = 0; at < state.tasks.length; at++) {
    const task = state.tasks[at]
    const area = task.area.slice(0, 9)
    let row = townships.get(area)
    if (row === undefined) townships.set(area, (row = { total: 0, done: 0, deferred: 0, field: 0, stale: 0 }))
    row.total++
    // A pair looked at by chance was clear to the engine: it says nothing of the doubts that wait.
    if (task.pairs[0].control === undefined) {
      perplexity += perplexityOf(task.pairs.map((pair) => pair.probability))
      doubtful++
    }
    const touched = task.pairs.some((pair) => projection.pairs.has(pair.pairId) || pair.markedAs !== undefined)
    if (!touched) continue
    if (task.pairs.some((pair) => state.isStale(pair))) {
      row.stale++
      stale++
    }
    const statuses = task.pairs.map((pair) => state.standing(pair.pairId).status)
    if (state.deferred.has(at)) row.deferred++
    else if (statuses.includes('field')) row.field++
    else if (state.openTasks[at] === 0) row.done++
  }
  const doubles = doubleReviews(desk)
  const people = [...projection.people].map(([name, record]) => personProgress(name, record, day, doubles))
  const times = [...projection.people.values()].flatMap((record) => record.recentMs)
  const lastNight = state.run.lastNight()
  const done = [...townships.values()].reduce((sum, row) => sum + row.done, 0)
  return {
    run: state.run.runId,
    day,
    total: state.tasks.length,
    done,
    remaining: state.openCount + state.deferred.size,
    hours: remainingHours(times, state.openCount + state.deferred.size) ?? null,
    today: people.reduce((sum, person) => sum + person.today, 0),
    conflicts: state.leadPool.size,
    seconds: state.secondPool.size,
    ...pastDecisions(state),
    perplexity: doubtful === 0 ? 1 : perplexity / doubtful,
    townships: [...townships].map(([area, row]) => ({ area, ...row })).sort((a, b) => (a.area < b.area ? -1 : 1)),
    people: people.filter((person) => person.total > 0).sort((a, b) => (a.name < b.name ? -1 : 1)),
    agreement: measureAgreement(tableOf(doubles)),
    agreementByDay: byDay(doubles),
    verdicts: verdictCounts(desk),
    findingVerdicts: findingCounts(desk),
    ...(lastNight === undefined ? {} : { lastNight }),
    control: estimateControl(state.run, projection),
    ...(projection.threshold === undefined ? {} : { threshold: projection.threshold }),
    anchor: { count: desk.log.anchor.count, head: desk.log.anchor.head },
  }
}

/** The page of the day: the same counts, the report written down, a checkpoint signed, the anchor printed. */
export function makeDailyReport(desk: Desk, person: Person): Overview {
  desk.append([{ ...desk.who(person), ev: 'report' }])
  desk.log.checkpoint()
  return viewOverview(desk)
}

/** Conflicts and escalated pairs, oldest first; the two verdicts without names and in an order that tells nothing. */
export function nextForLead(desk: Desk, have: readonly string[]): readonly TaskView[] {
  const held = new Set(have)
  const tasks: TaskView[] = []
  for (const pairId of desk.state.leadPool) {
    if (held.size >= 4) break
    const task = desk.taskOf(pairId)
    if (held.has(task.taskId) || tasks.some((other) => other.taskId === task.taskId)) continue
    held.add(task.taskId)
    const { entry, second } = desk.state.standing(pairId)
    const entries = [entry, second].flatMap((one) => (one === undefined ? [] : [one]))
    if (fractionOf(pairId, 'order of verdicts') < 0.5) entries.reverse()
    const verdicts = entries.map(({ verdict, reason, note }) => ({
      verdict,
      reason,
      note: note === '' ? '' : desk.log.noteText(note),
    }))
    tasks.push({ ...desk.view(task, [desk.pair(pairId)], 'adjudicate', { isBlind: true }), verdicts })
  }
  return tasks
}

export function adjudicate(
  desk: Desk,
  person: Person,
  request: {
    readonly ck: string
    readonly pairId: string
    readonly verdict: Verdict
    readonly reason: string
    readonly note?: string
    readonly ms: number
  },
): { readonly saved: number } {
  const earlier = desk.log.eventsOfClientKey(request.ck)
  if (earlier.length > 0) return { saved: earlier[0].seq }
  const pair = desk.pair(request.pairId)
  const { entry, second, status } = desk.state.standing(request.pairId)
  if (status !== 'conflict' && status !== 'escalated') throw new Refusal(409, 'decided')
  if (request.reason === '') throw new Refusal(400, 'reason-wanted')
  // Nobody settles a conflict with himself.
  if (status === 'conflict' && (entry?.actor === person.name || second?.actor === person.name))
    throw new Refusal(403, 'own-verdict')
  if (request.verdict === 'same' && desk.contradictionOf(pair) !== undefined) throw new Refusal(409, 'contradiction')
  const base = { ...desk.draft(person, pair, request), ev: 'adjudicate' as const }
  const derived =
    request.verdict === 'same' || request.verdict === 'different' ? desk.derivedDrafts(pair, request.verdict, base) : []
  return { saved: desk.append([base, ...derived], request.note).events[0].seq }
}

/** The answer is known from the field: it stands, and others are checked by it. */
export function markGold(
  desk: Desk,
  person: Person,
  pairId: string,
  verdict: 'same' | 'different',
  ck: string,
): { readonly saved: number } {
  const pair = desk.pair(pairId)
  const isRepeat = desk.log.eventsOfClientKey(ck).length > 0
  if (!isRepeat && desk.state.standing(pairId).status === 'adjudicated') throw new Refusal(409, 'decided')
  if (verdict === 'same' && desk.contradictionOf(pair) !== undefined) throw new Refusal(409, 'contradiction')
  const who = { ...desk.who(person), ...desk.facts(pair), verdict, ck, batch: ck, reason: 'field' }
  return {
    saved: desk.append([
      { ...who, ev: 'adjudicate' },
      { ...who, ev: 'gold' },
    ]).events[0].seq,
  }
}

/** A reviewer's last hundred verdicts go back to the queue. */
export function reopenLast(desk: Desk, person: Person, reviewer: string, ck: string): { readonly reopened: number } {
  const mine: { pairId: string; seq: number }[] = []
  for (const [pairId, pair] of desk.projection.pairs) {
    const { entry } = standingOf(pair)
    if (entry?.actor === reviewer && entry.kind === 'decide' && desk.state.pairById.has(pairId))
      mine.push({ pairId, seq: entry.seq })
  }
  const last = mine.sort((a, b) => b.seq - a.seq).slice(0, 100)
  if (last.length === 0) return { reopened: 0 }
  const drafts = last.map(({ pairId }) => ({
    ...desk.who(person),
    ...desk.facts(desk.pair(pairId)),
    ev: 'reopen' as const,
    reason: 'drift',
    ck,
    batch: ck,
  }))
  desk.append(drafts)
  return { reopened: last.length }
}

interface DoubleReview {
  readonly first: string
  readonly second: string
  readonly firstVerdict: Verdict
  readonly secondVerdict: Verdict
  readonly day: string
}

function doubleReviews(desk: Desk): readonly DoubleReview[] {
  const found: DoubleReview[] = []
  for (const pair of desk.projection.pairs.values()) {
    const second = pair.entries.findLast((entry) => entry.kind === 'second')
    if (second === undefined) continue
    const first = pair.entries.findLast((entry) => entry.kind === 'decide' && entry.seq < second.seq)
    if (first === undefined) continue
    found.push({
      first: first.actor,
      second: second.actor,
      firstVerdict: first.verdict,
      secondVerdict: second.verdict,
      day: second.t.slice(0, 10),
    })
  }
  return found
}

/** Verdicts that put a pair aside count as `different from the other` only when the other decided. */
function tableOf(doubles: readonly DoubleReview[]): AgreementTable {
  const table = { bothSame: 0, firstSame: 0, secondSame: 0, bothDifferent: 0 }
  for (const { firstVerdict, secondVerdict } of doubles) {
    const a = firstVerdict === 'same'
    const b = secondVerdict === 'same'
    if (a && b) table.bothSame++
    else if (a) table.firstSame++
    else if (b) table.secondSame++
    else table.bothDifferent++
  }
  return table
}

function byDay(doubles: readonly DoubleReview[]): Overview['agreementByDay'] {
  const days = new Map<string, { n: number; agreed: number }>()
  for (const { day, firstVerdict, secondVerdict } of doubles) {
    const row = days.get(day) ?? { n: 0, agreed: 0 }
    row.n++
    if (firstVerdict === secondVerdict) row.agreed++
    days.set(day, row)
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, { n, agreed }]) => ({ day, n, percent: agreed / n }))
}

function personProgress(
  name: string,
  record: PersonRecord,
  day: string,
  doubles: readonly DoubleReview[],
): PersonProgress {
  const own = doubles.filter((double) => double.first === name || double.second === name)
  const agreement = measureAgreement(tableOf(own))
  const median = medianTime(record.recentMs)
  return {
    name,
    today: record.byDay.get(day) ?? 0,
    total: record.decided,
    seconds: median === undefined ? null : median / 1000,
    reveals: record.reveals,
    checks: record.checks.length,
    checksWrong: record.checks.filter((right) => !right).length,
    agreement,
    isAlarm: agreement.isAlarm || isAlarming(record.checks),
  }
}

function verdictCounts(desk: Desk): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const pair of desk.projection.pairs.values()) {
    const { verdict, status } = standingOf(pair)
    const key = status === 'conflict' ? 'conflict' : verdict
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

function findingCounts(desk: Desk): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { verdict } of findingVerdictsOf(desk.projection).values()) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}
