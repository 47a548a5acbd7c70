/**
 * The desk: a run, the decisions, and the state that follows from both; all that is said goes through `append`.
 *
 * In:  a run directory and a decisions file; drafts of events. Out: events, durable before anybody hears of them, and
 *      answers to "what is this pair, who holds it, how many are left".
 * What people do with it stands in the files around: pair-desk.ts (verdicts), history-desk.ts (undo), record-desk.ts
 * (single rows), finding-desk.ts, batch-desk.ts, lead-desk.ts. The rules of the queue are in ../queue, the meaning of
 * events in ../decisions, masking in the views, HTTP in app.ts.
 */
import { randomUUID } from 'node:crypto'
import type { Counts, DecideRequest, TaskView } from '../../api.ts'
import {
  type Account,
  DECISIVE,
  type DecidedPair,
  type DecisionEvent,
  DecisionLog,
  type EventDraft,
  judgementsOf,
  noteDigest,
  Projection,
  readEvents,
} from '../../decisions/index.ts'
import { officeDay } from '../../../office-time.ts'
import { maskNumbersInText } from '../../../report/mask.ts'
import { deriveVerdicts, findContradiction, type StandingPair } from '../../queue/deduction.ts'
import { kindText } from '../../queue/control-sample.ts'
import { Leases } from '../../queue/leases.ts'
import { medianTime, remainingHours } from '../../queue/remaining.ts'
import type { QueuePair, Task } from '../../queue/tasks.ts'
import { RunReader } from '../../run-reader.ts'
import { Assignment, isInAreas } from './assignment.ts'
import { DeskState } from './desk-state.ts'
import { Refusal } from '../refusal.ts'
import { RunWatch } from '../run-watch.ts'
import { viewTask } from '../views/task-view.ts'

export interface Person extends Account {
  readonly sess: string
}

export interface DeskOptions {
  readonly directory: string
  readonly decisions: string
  readonly clock?: () => number
  /** Decided pairs re-enter linking here; called after the decision is durable. */
  readonly onDecisions?: (judgements: readonly DecidedPair[]) => void
}

export class Desk {
  run: RunReader
  readonly log: DecisionLog
  state: DeskState
  readonly leases = new Leases()
  assignment: Assignment
  private watch: RunWatch
  /** The run before the last one: pairs of it may still be on somebody's screen. */
  previous: DeskState | undefined
  readonly clock: () => number
  private readonly onDecisions: ((judgements: readonly DecidedPair[]) => void) | undefined

  constructor(options: DeskOptions) {
    this.clock = options.clock ?? Date.now
    this.onDecisions = options.onDecisions
    this.run = new RunReader(options.directory)
    this.log = DecisionLog.open(options.decisions, this.clock)
    this.state = new DeskState(this.run, Projection.of(readEvents(this.log.database, DECISIVE)))
    this.assignment = new Assignment(this.state, this.leases)
    this.watch = new RunWatch(options.directory)
  }

  get projection(): Projection {
    return this.state.projection
  }

  close(): void {
    this.log.close()
    this.run.close()
    this.previous?.run.close()
  }

  /** Goes over to another run of the county. Decisions, undo and leases stay; what is on people's screens stays valid. */
  openRun(directory: string): void {
    const run = new RunReader(directory)
    const state = new DeskState(run, this.projection)
    this.previous?.run.close()
    this.previous = this.state
    this.run = run
    this.state = state
    this.assignment = new Assignment(state, this.leases)
    this.watch = new RunWatch(directory)
  }

  /** True once another run, or none, lies where the one on the desk was opened. */
  get isRunReplaced(): boolean {
    return this.watch.isReplaced(this.clock())
  }

  judgements(): readonly DecidedPair[] {
    return judgementsOf(this.projection)
  }

  /** What is left of somebody's own areas: the rest is not theirs to finish. */
  private remainingFor(person: Person): number {
    const { tasks, openTasks, openCount, deferred } = this.state
    if (person.areas.length === 0) return openCount + deferred.size
    let remaining = 0
    for (let at = 0; at < tasks.length; at++)
      if ((openTasks[at] === 1 || deferred.has(at)) && isInAreas(tasks[at].area, person)) remaining++
    return remaining
  }

  private changedFor(person: Person): number {
    const { tasks, openTasks, changedTasks } = this.state
    let changed = 0
    for (const at of changedTasks) if (openTasks[at] === 1 && isInAreas(tasks[at].area, person)) changed++
    return changed
  }

  counts(person: Person): Counts {
    const record = this.projection.person(person.name)
    const today = record.byDay.get(officeDay(this.clock())) ?? 0
    const remaining = this.remainingFor(person)
    return {
      today,
      remaining,
      hours: remainingHours(record.recentMs, remaining) ?? null,
      seconds: (medianTime(record.recentMs) ?? 0) / 1000,
      conflicts: person.role === 'lead' ? this.state.leadPool.size : 0,
      changed: this.changedFor(person),
      findings: 0,
      isRunReplaced: this.isRunReplaced,
    }
  }

  contradictionOf(pair: {
    readonly pairId: string
    readonly left: string
    readonly right: string
  }): string | undefined {
    return findContradiction(pair, this.standingPairs, this.personOf)
  }

  derivedDrafts(
    pair: { readonly pairId: string; readonly left: string; readonly right: string },
    verdict: 'same' | 'different',
    base: EventDraft,
  ): readonly EventDraft[] {
    return deriveVerdicts({ ...pair, verdict }, this.standingPairs, this.personOf).map((derived) => ({
      ...this.facts(this.pair(derived.pairId)),
      ...originOf(base),
      ev: 'derive',
      verdict: derived.verdict,
      reason: derived.rule,
    }))
  }

  /** Appends, folds into the state, tells the linkage. Returns the events and the tasks they closed. */
  append(
    drafts: readonly EventDraft[],
    note?: string,
  ): { readonly events: readonly DecisionEvent[]; readonly closed: readonly string[] } {
    const count = this.log.anchor.count
    const events = this.log.append([...drafts, ...this.controlDrafts(drafts)], note)
    if (this.log.anchor.count === count) return { events, closed: [] }
    const touched = new Set<string>()
    for (const event of events) {
      if (event.ev === 'undo' && event.batch !== undefined)
        for (const pairId of this.projection.batch(event.batch)?.pairs ?? []) touched.add(pairId)
      this.projection.apply(event)
      if (event.obj !== undefined) touched.add(event.obj)
    }
    const closed = this.state.refresh([...touched])
    for (const pairId of touched) {
      const at = this.state.taskNumberOfPair(this.state.tonight(pairId))
      if (at !== undefined && this.state.openTasks[at] === 1) this.assignment.rewind(at)
    }
    for (const taskId of closed) this.leases.release(taskId)
    if (this.onDecisions !== undefined && events.some((event) => DECISIVE.has(event.ev)))
      this.onDecisions(this.judgements())
    return { events, closed }
  }

  /** What judged pairs of the control sample were when they were drawn: by the next run they are something else. */
  private controlDrafts(drafts: readonly EventDraft[]): readonly EventDraft[] {
    return drafts.flatMap((draft) => {
      const control = draft.obj === undefined ? undefined : this.state.pairById.get(draft.obj)?.control
      if (control === undefined || (draft.verdict !== 'same' && draft.verdict !== 'different')) return []
      const { obj, left, right } = draft
      return [
        {
          ...originOf(draft),
          ev: 'control' as const,
          ...(obj === undefined ? {} : { obj }),
          ...(left === undefined ? {} : { left }),
          ...(right === undefined ? {} : { right }),
          reason: kindText(control),
        },
      ]
    })
  }

  who(person: Person): Pick<EventDraft, 'actor' | 'role' | 'sess' | 'run'> {
    return { actor: person.name, role: person.role, sess: person.sess, run: this.run.runId }
  }

  draft(person: Person, pair: QueuePair, request: Omit<DecideRequest, 'taskId'>): EventDraft {
    const note = cleanNote(request.note)
    return {
      ...this.who(person),
      ...this.facts(pair),
      ev: 'decide',
      verdict: request.verdict,
      ms: Math.max(0, Math.min(3_600_000, Math.round(request.ms))),
      level: 'L1',
      ck: request.ck,
      batch: request.ck,
      ...(request.reason === undefined ? {} : { reason: request.reason }),
      ...(note === undefined ? {} : { note: noteDigest(note) }),
    }
  }

  facts(pair: {
    readonly pairId: string
    readonly left: string
    readonly right: string
  }): Pick<EventDraft, 'obj' | 'left' | 'right' | 'fpA' | 'fpB'> {
    return factsIn(this.run, pair)
  }

  view(task: Task, pairs: readonly QueuePair[], kind: TaskView['kind'], { isBlind = false } = {}): TaskView {
    const view = viewTask(task, pairs, isBlind ? 'adjudicate' : kind, this.run, this.state)
    return { ...view, kind }
  }

  pair(pairId: string): QueuePair {
    const pair = this.state.pairById.get(pairId)
    if (pair === undefined) throw new Refusal(404, 'no-such-pair')
    return pair
  }

  task(taskId: string): Task {
    const at = this.state.taskNumber(taskId)
    if (at === undefined) throw new Refusal(404, 'no-such-task')
    return this.state.taskAt(at)
  }

  taskOf(pairId: string): Task {
    const at = this.state.taskNumberOfPair(pairId)
    if (at === undefined) throw new Refusal(404, 'no-such-pair')
    return this.state.taskAt(at)
  }

  newBatch(): string {
    return randomUUID()
  }

  private readonly standingPairs = (record: string): readonly StandingPair[] =>
    this.state.pairsOf(record).map((pair) => {
      const { verdict } = this.state.isStale(pair) ? { verdict: undefined } : this.state.standing(pair.pairId)
      return { ...pair, verdict: verdict === 'same' || verdict === 'different' ? verdict : undefined }
    })

  private readonly personOf = (record: string): string => this.run.factsOf(record).person
}

/** A pair as a run knew it when it was shown. */
export function factsIn(
  run: RunReader,
  pair: { readonly pairId: string; readonly left: string; readonly right: string },
) {
  return {
    obj: pair.pairId,
    left: pair.left,
    right: pair.right,
    fpA: run.factsOf(pair.left).fingerprint,
    fpB: run.factsOf(pair.right).fingerprint,
  }
}

/** Who and what a derived event belongs to. */
export function originOf(base: EventDraft): Pick<EventDraft, 'actor' | 'role' | 'sess' | 'run' | 'ck' | 'batch'> {
  const { actor, role, sess, run, ck, batch } = base
  return {
    actor,
    role,
    ...(sess === undefined ? {} : { sess }),
    ...(run === undefined ? {} : { run }),
    ...(ck === undefined ? {} : { ck }),
    ...(batch === undefined ? {} : { batch }),
  }
}

/** Notes are for people: numbers of persons are taken out before anything is kept. */
export function cleanNote(note: string | undefined): string | undefined {
  const text = maskNumbersInText((note ?? '').trim()).slice(0, 500)
  return text === '' ? undefined : text
}
