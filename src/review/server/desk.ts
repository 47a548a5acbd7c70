/**
 * The desk: everything a person can do to pairs, each as events that are durable before the answer goes out.
 *
 * In:  who asks and what. Out: plain values for the page. The rules of the queue are in ../queue, the meaning of events
 *      in ../decisions, masking in the views; this file puts them together. HTTP is app.ts.
 */
import { randomUUID } from 'node:crypto'
import type { Counts, DecideRequest, DecideResponse, HistoryEntry, NextResponse, TaskView } from '../api.ts'
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
  type Verdict,
} from '../decisions/index.ts'
import { maskNumbersInText } from '../../report/mask.ts'
import { deriveVerdicts, findContradiction, type StandingPair } from '../queue/deduction.ts'
import { Leases } from '../queue/leases.ts'
import { medianTime, remainingHours } from '../queue/remaining.ts'
import type { QueuePair, Task } from '../queue/tasks.ts'
import { RunReader } from '../run-reader.ts'
import { Assignment, isInAreas, type QueueMode } from './assignment.ts'
import { affectedBy } from './affected.ts'
import { DeskState } from './desk-state.ts'
import { Refusal } from './refusal.ts'
import { viewTask } from './task-view.ts'

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

/** Tasks sent ahead, so that the next one is there when the key is pressed. */
const TASKS_AHEAD = 4
const HISTORY_SHOWN = 10

export class Desk {
  run: RunReader
  readonly log: DecisionLog
  state: DeskState
  readonly leases = new Leases()
  assignment: Assignment
  /** The run before the last one: pairs of it may still be on somebody's screen. */
  private previous: DeskState | undefined
  readonly clock: () => number
  private readonly onDecisions: ((judgements: readonly DecidedPair[]) => void) | undefined

  constructor(options: DeskOptions) {
    this.clock = options.clock ?? Date.now
    this.onDecisions = options.onDecisions
    this.run = new RunReader(options.directory)
    this.log = DecisionLog.open(options.decisions, this.clock)
    this.state = new DeskState(this.run, Projection.of(readEvents(this.log.database, DECISIVE)))
    this.assignment = new Assignment(this.state, this.leases)
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
  }

  judgements(): readonly DecidedPair[] {
    return judgementsOf(this.projection)
  }

  next(person: Person, mode: QueueMode, have: readonly string[]): NextResponse {
    return { tasks: this.assign(person, mode, have), counts: this.counts(person) }
  }

  decide(person: Person, mode: QueueMode, have: readonly string[], request: DecideRequest): DecideResponse {
    const earlier = this.log.eventsOfClientKey(request.ck)
    if (earlier.length > 0) return this.answer(person, mode, have, earlier, [])
    if (!this.state.pairById.has(request.pairId)) return this.decideWithdrawn(person, mode, have, request)
    const pair = this.pair(request.pairId)
    const task = this.taskOf(request.pairId)
    if (!isInAreas(task.area, person)) throw new Refusal(403, 'area')
    const holder = this.leases.holder(task.taskId, this.clock())
    if (holder !== undefined && holder !== person.name) throw new Refusal(409, 'taken')
    const { projection } = this
    const standing = this.state.standing(pair.pairId)
    const base = this.draft(person, pair, request)

    if (projection.gold.has(pair.pairId) && !projection.checked.has(`${person.name} ${pair.pairId}`)) {
      if (standing.entry?.actor === person.name) throw new Refusal(409, 'decided')
      return this.commit(person, mode, have, [{ ...base, ev: 'check' }], request.note)
    }
    if (!this.state.isOpen(pair) && standing.status !== 'deferred' && standing.status !== 'field') {
      const isSecond = this.state.secondPool.has(pair.pairId) && standing.entry?.actor !== person.name
      if (!isSecond) throw new Refusal(409, 'decided')
      return this.commit(person, mode, have, [{ ...base, ev: 'second' }], request.note)
    }
    return this.commit(person, mode, have, this.decisionOn(task, pair, base), request.note)
  }

  /** A pair that was on the screen when the desk went over to a new run, and is none of its candidates any more. */
  private decideWithdrawn(
    person: Person,
    mode: QueueMode,
    have: readonly string[],
    request: DecideRequest,
  ): DecideResponse {
    const { previous } = this
    const pair = previous?.pairById.get(request.pairId)
    if (previous === undefined || pair === undefined) throw new Refusal(404, 'no-such-pair')
    if (!isInAreas(pair.area, person)) throw new Refusal(403, 'area')
    if (!previous.isOpen(pair)) throw new Refusal(409, 'decided')
    const base = this.draft(person, pair, request)
    const shown = { run: previous.run.runId, ...factsIn(previous.run, pair) }
    return this.commit(person, mode, have, [{ ...base, ...shown }], request.note)
  }

  /** The verdict, what follows from it, and for verdicts that put a task aside the rest of the task. */
  decisionOn(task: Task, pair: QueuePair, base: EventDraft): readonly EventDraft[] {
    const drafts: EventDraft[] = [base]
    const { verdict } = base
    if (verdict === 'same' || verdict === 'different') {
      if (verdict === 'same' && this.contradictionOf(pair) !== undefined) throw new Refusal(409, 'contradiction')
      drafts.push(...this.derivedDrafts(pair, verdict, base))
    } else
      for (const other of task.pairs)
        if (other.pairId !== pair.pairId && this.state.isOpen(other))
          drafts.push({
            ...this.facts(other),
            ...origin(base),
            ev: 'derive',
            verdict: verdict as Verdict,
            reason: 'task',
          })
    return drafts
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
      ...origin(base),
      ev: 'derive',
      verdict: derived.verdict,
      reason: derived.rule,
    }))
  }

  /** Confirms the trivial members of a household together; the server works out itself which they are. */
  confirmHousehold(
    person: Person,
    have: readonly string[],
    request: { readonly ck: string; readonly taskId: string; readonly pairIds: readonly string[]; readonly ms: number },
  ): DecideResponse {
    const earlier = this.log.eventsOfClientKey(request.ck)
    if (earlier.length > 0) return this.answer(person, 'household', have, earlier, [])
    const task = this.task(request.taskId)
    const trivial = new Set(
      this.view(task, task.pairs, 'household').candidates.flatMap((candidate) =>
        candidate.household.rows.flatMap((row) => (row.isTrivial && row.pairId !== undefined ? [row.pairId] : [])),
      ),
    )
    const drafts: EventDraft[] = []
    for (const pairId of request.pairIds) {
      const pair = this.pair(pairId)
      const isOwn = task.pairs.includes(pair) && task.pairs.length === 1
      if (!trivial.has(pairId) && !isOwn) throw new Refusal(409, 'not-trivial')
      if (!this.state.isOpen(pair)) continue
      const other = this.taskOf(pairId)
      const holder = this.leases.holder(other.taskId, this.clock())
      if (holder !== undefined && holder !== person.name) continue
      const base = this.draft(person, pair, { ...request, pairId, verdict: 'same', reason: 'household' })
      drafts.push(...this.decisionOn(other, pair, base))
    }
    if (drafts.length === 0) throw new Refusal(409, 'decided')
    return this.commit(person, 'household', have, drafts, undefined)
  }

  /** Takes back a batch of one's own, by default the last. The pairs it touched are open again. */
  undo(
    person: Person,
    ck: string,
    batch?: string,
  ): { readonly task: TaskView | null; readonly counts: Counts; readonly batch: string } {
    const earlier = this.log.eventsOfClientKey(ck)
    const id = earlier[0]?.batch ?? batch ?? this.projection.person(person.name).batches.at(-1)
    if (id === undefined) throw new Refusal(409, 'nothing-to-undo')
    const live = this.projection.batch(id)
    if (earlier.length === 0) {
      if (live === undefined || live.actor !== person.name) throw new Refusal(409, 'not-own')
      this.append([{ ...this.who(person), ev: 'undo', batch: id, ck }])
    }
    const pairId = live?.pairs[0]
    const number = pairId === undefined ? undefined : this.state.taskNumberOfPair(pairId)
    if (number === undefined || pairId === undefined) return { task: null, counts: this.counts(person), batch: id }
    const task = this.state.taskAt(number)
    this.leases.take(task.taskId, person.name, this.clock())
    const pair = this.pair(pairId)
    const shown = this.state.isOpen(pair) ? task.pairs : [pair]
    return { task: this.view(task, shown, 'first', !this.state.isOpen(pair)), counts: this.counts(person), batch: id }
  }

  history(person: Person): readonly HistoryEntry[] {
    const batches = this.projection.person(person.name).batches.slice(-HISTORY_SHOWN).reverse()
    return batches.flatMap((id) => {
      const [first] = this.log.eventsOfBatch(id).filter((event) => event.ev !== 'undo')
      if (first === undefined || first.verdict === undefined) return []
      const pairs = this.projection.batch(id)?.pairs ?? []
      const number = first.obj === undefined ? undefined : this.state.taskNumberOfPair(first.obj)
      return [
        {
          batch: id,
          t: first.t,
          verdict: first.verdict,
          label: this.run.record(first.right ?? '')?.raw.name ?? '',
          pairs: pairs.length,
          taskId: number === undefined ? '' : this.state.taskAt(number).taskId,
        },
      ]
    })
  }

  counts(person: Person): Counts {
    const record = this.projection.person(person.name)
    const today = record.byDay.get(officeDay(this.clock())) ?? 0
    const remaining = this.state.openCount + this.state.deferred.size
    return {
      today,
      remaining,
      hours: remainingHours(record.recentMs, remaining) ?? null,
      seconds: (medianTime(record.recentMs) ?? 0) / 1000,
      conflicts: person.role === 'lead' ? this.state.leadPool.size : 0,
      findings: 0,
    }
  }

  /** Appends, folds into the state, tells the linkage. Returns the events and the tasks they closed. */
  append(
    drafts: readonly EventDraft[],
    note?: string,
  ): { readonly events: readonly DecisionEvent[]; readonly closed: readonly string[] } {
    const count = this.log.anchor.count
    const events = this.log.append(drafts, note)
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
      const at = this.state.taskNumberOfPair(pairId)
      if (at !== undefined && this.state.openTasks[at] === 1) this.assignment.rewind(at)
    }
    for (const taskId of closed) this.leases.release(taskId)
    if (this.onDecisions !== undefined && events.some((event) => DECISIVE.has(event.ev)))
      this.onDecisions(this.judgements())
    return { events, closed }
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

  commit(
    person: Person,
    mode: QueueMode,
    have: readonly string[],
    drafts: readonly EventDraft[],
    note: string | undefined,
  ): DecideResponse {
    const { events, closed } = this.append(drafts, cleanNote(note))
    // A second verdict or a check leaves its task as it was: the person is done with it all the same.
    for (const event of events)
      if ((event.ev === 'second' || event.ev === 'check') && event.obj !== undefined)
        this.leases.release(this.taskOf(event.obj).taskId)
    return this.answer(person, mode, have, events, closed)
  }

  view(task: Task, pairs: readonly QueuePair[], kind: TaskView['kind'], isBlind = false): TaskView {
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

  private assign(person: Person, mode: QueueMode, have: readonly string[]): readonly TaskView[] {
    const held = new Set(have)
    const tasks: TaskView[] = []
    while (held.size < TASKS_AHEAD) {
      const given = this.assignment.next(person, mode, held, this.clock())
      if (given === undefined) break
      const task = this.state.taskAt(given.task)
      held.add(task.taskId)
      const pairs = given.pairId === undefined ? this.pairsToShow(task) : [this.pair(given.pairId)]
      tasks.push(this.view(task, pairs, 'first', given.pairId !== undefined))
    }
    return tasks
  }

  /** Candidates that were rejected are not asked again, but stand by for the reader; open ones come first. */
  private pairsToShow(task: Task): readonly QueuePair[] {
    const open = task.pairs.filter((pair) => this.state.isOpen(pair))
    return open.length > 0 ? open : task.pairs
  }

  private answer(
    person: Person,
    mode: QueueMode,
    have: readonly string[],
    events: readonly DecisionEvent[],
    closed: readonly string[],
  ): DecideResponse {
    const [main] = events
    const done = new Set(closed)
    const { tasks, counts } = this.next(
      person,
      mode,
      have.filter((taskId) => !done.has(taskId)),
    )
    return {
      tasks,
      counts,
      saved: main?.seq ?? 0,
      derived: events.filter((event) => event.ev === 'derive' && event.reason !== 'task').length,
      affected: affectedBy(this.run, events),
      closed,
    }
  }

  private readonly standingPairs = (record: string): readonly StandingPair[] =>
    this.state.pairsOf(record).map((pair) => {
      const { verdict } = this.state.isStale(pair) ? { verdict: undefined } : this.state.standing(pair.pairId)
      return { ...pair, verdict: verdict === 'same' || verdict === 'different' ? verdict : undefined }
    })

  private readonly personOf = (record: string): string => this.run.factsOf(record).person
}

function factsIn(run: RunReader, pair: { readonly pairId: string; readonly left: string; readonly right: string }) {
  return {
    obj: pair.pairId,
    left: pair.left,
    right: pair.right,
    fpA: run.factsOf(pair.left).fingerprint,
    fpB: run.factsOf(pair.right).fingerprint,
  }
}

function origin(base: EventDraft): Pick<EventDraft, 'actor' | 'role' | 'sess' | 'run' | 'ck' | 'batch'> {
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

export function officeDay(epochMs: number): string {
  return new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 10)
}
