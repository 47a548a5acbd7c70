/**
 * Pairs: which are shown next, and what a verdict on one of them makes.
 *
 * In:  the desk, a person, what they hold or say. Out: tasks for the page; events, durable before the answer goes out.
 * Leaves to assignment.ts: who gets what. Leaves to lead-desk.ts and batch-desk.ts: what only the lead may say.
 */
import type { DecideRequest, DecideResponse, NextResponse, QueueChoices, TaskView } from '../../api.ts'
import type { DecisionEvent, EventDraft, Verdict } from '../../decisions/index.ts'
import { countChoices, type QueueFilter } from '../../queue/filter.ts'
import type { QueuePair, Task } from '../../queue/tasks.ts'
import { affectedBy } from '../views/affected.ts'
import { isInAreas, type QueueMode } from './assignment.ts'
import { cleanNote, type Desk, factsIn, originOf, type Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

/** What a person wants to see of a queue; nothing said is all of it. */
export interface Wish {
  readonly filter?: QueueFilter | undefined
}

/** Where a person is: the queue, what they hold of it. */
interface Place extends Wish {
  readonly mode: QueueMode
  readonly have: readonly string[]
}

/** Tasks sent ahead, so that the next one is there when the key is pressed. */
const TASKS_AHEAD = 4

export function nextTasks(
  desk: Desk,
  person: Person,
  mode: QueueMode,
  have: readonly string[],
  { ahead = TASKS_AHEAD, filter }: { readonly ahead?: number } & Wish = {},
): NextResponse {
  const held = new Set(have)
  const tasks: TaskView[] = []
  while (held.size < ahead) {
    const given = desk.assignment.next(person, mode, held, desk.clock(), filter)
    if (given === undefined) break
    const task = desk.state.taskAt(given.task)
    held.add(task.taskId)
    const pairs = given.pairId === undefined ? pairsToShow(desk, task) : [desk.pair(given.pairId)]
    tasks.push(desk.view(task, pairs, 'first', { isBlind: given.pairId !== undefined }))
  }
  return { tasks, counts: desk.counts(person) }
}

/** What a person can choose from in a queue of pairs, and how much there is of each. */
export function pairChoices(desk: Desk, person: Person, mode: QueueMode, filter: QueueFilter): QueueChoices {
  return { ...countChoices(desk.assignment.waiting(person, mode), filter), words: {} }
}

export function decidePair(
  desk: Desk,
  person: Person,
  mode: QueueMode,
  have: readonly string[],
  request: DecideRequest & Wish,
): DecideResponse {
  const place: Place = { mode, have, filter: request.filter }
  const earlier = desk.log.eventsOfClientKey(request.ck)
  if (earlier.length > 0) return answer(desk, person, place, earlier, [])
  const drafts = desk.state.pairById.has(request.pairId)
    ? draftsOf(desk, person, request)
    : draftsOfWithdrawn(desk, person, request)
  return commit(desk, person, place, drafts, request.note)
}

/** Confirms the trivial members of a household together; the server works out itself which they are. */
export function confirmHousehold(
  desk: Desk,
  person: Person,
  have: readonly string[],
  request: {
    readonly ck: string
    readonly taskId: string
    readonly pairIds: readonly string[]
    readonly ms: number
  } & Wish,
): DecideResponse {
  const earlier = desk.log.eventsOfClientKey(request.ck)
  const place: Place = { mode: 'household', have, filter: request.filter }
  if (earlier.length > 0) return answer(desk, person, place, earlier, [])
  const task = desk.task(request.taskId)
  const trivial = new Set(
    desk
      .view(task, task.pairs, 'household')
      .candidates.flatMap((candidate) =>
        candidate.household.rows.flatMap((row) => (row.isTrivial && row.pairId !== undefined ? [row.pairId] : [])),
      ),
  )
  const drafts: EventDraft[] = []
  for (const pairId of request.pairIds) {
    const pair = desk.pair(pairId)
    const isOwn = task.pairs.includes(pair) && task.pairs.length === 1
    if (!trivial.has(pairId) && !isOwn) throw new Refusal(409, 'not-trivial')
    if (!desk.state.isOpen(pair)) continue
    const other = desk.taskOf(pairId)
    const holder = desk.leases.holder(other.taskId, desk.clock())
    if (holder !== undefined && holder !== person.name) continue
    const base = desk.draft(person, pair, { ...request, pairId, verdict: 'same', reason: 'household' })
    drafts.push(...decisionOn(desk, other, pair, base))
  }
  if (drafts.length === 0) throw new Refusal(409, 'decided')
  return commit(desk, person, place, drafts, undefined)
}

/** A first verdict, a second one by somebody who does not know, or a check by a pair whose answer is known. */
function draftsOf(desk: Desk, person: Person, request: DecideRequest): readonly EventDraft[] {
  const pair = desk.pair(request.pairId)
  const task = desk.taskOf(request.pairId)
  if (!isInAreas(task.area, person)) throw new Refusal(403, 'area')
  const holder = desk.leases.holder(task.taskId, desk.clock())
  if (holder !== undefined && holder !== person.name) throw new Refusal(409, 'taken')
  const { projection, state } = desk
  const standing = state.standing(pair.pairId)
  const base = desk.draft(person, pair, request)
  if (projection.gold.has(pair.pairId) && !projection.checked.has(`${person.name} ${pair.pairId}`)) {
    if (standing.entry?.actor === person.name) throw new Refusal(409, 'decided')
    return [{ ...base, ev: 'check' }]
  }
  // Put aside for the field, too, is somebody's word: in another tab it may have been given a minute ago.
  if (!state.isOpen(pair) && standing.status !== 'deferred') {
    const isSecond = state.secondPool.has(pair.pairId) && standing.entry?.actor !== person.name
    if (!isSecond) throw new Refusal(409, 'decided')
    return [{ ...base, ev: 'second' }]
  }
  return decisionOn(desk, task, pair, base)
}

/** A pair that was on the screen when the desk went over to a new run, and is none of its candidates any more. */
function draftsOfWithdrawn(desk: Desk, person: Person, request: DecideRequest): readonly EventDraft[] {
  const { previous } = desk
  const pair = previous?.pairById.get(request.pairId)
  if (previous === undefined || pair === undefined) throw new Refusal(404, 'no-such-pair')
  if (!isInAreas(pair.area, person)) throw new Refusal(403, 'area')
  if (!previous.isOpen(pair)) throw new Refusal(409, 'decided')
  const shown = { run: previous.run.runId, ...factsIn(previous.run, pair) }
  return [{ ...desk.draft(person, pair, request), ...shown }]
}

/** The verdict, what follows from it, and for verdicts that put a task aside the rest of the task. */
function decisionOn(desk: Desk, task: Task, pair: QueuePair, base: EventDraft): readonly EventDraft[] {
  const drafts: EventDraft[] = [base]
  const { verdict } = base
  if (verdict === 'same' || verdict === 'different') {
    if (verdict === 'same' && desk.contradictionOf(pair) !== undefined) throw new Refusal(409, 'contradiction')
    drafts.push(...desk.derivedDrafts(pair, verdict, base))
  } else
    for (const other of task.pairs)
      if (other.pairId !== pair.pairId && desk.state.isOpen(other))
        drafts.push({
          ...desk.facts(other),
          ...originOf(base),
          ev: 'derive',
          verdict: verdict as Verdict,
          reason: 'task',
        })
  return drafts
}

function commit(
  desk: Desk,
  person: Person,
  place: Place,
  drafts: readonly EventDraft[],
  note: string | undefined,
): DecideResponse {
  const { events, closed } = desk.append(drafts, cleanNote(note))
  // A second verdict or a check leaves its task as it was: the person is done with it all the same.
  for (const event of events)
    if ((event.ev === 'second' || event.ev === 'check') && event.obj !== undefined)
      desk.leases.release(desk.taskOf(event.obj).taskId)
  return answer(desk, person, place, events, closed)
}

function answer(
  desk: Desk,
  person: Person,
  { mode, have, filter }: Place,
  events: readonly DecisionEvent[],
  closed: readonly string[],
): DecideResponse {
  const [main] = events
  const done = new Set([...closed, ...have.filter((taskId) => isDone(desk, person, taskId))])
  const { tasks, counts } = nextTasks(
    desk,
    person,
    mode,
    have.filter((taskId) => !done.has(taskId)),
    { filter },
  )
  return {
    tasks,
    counts,
    saved: main?.seq ?? 0,
    derived: events.filter((event) => event.ev === 'derive' && event.reason !== 'task').length,
    affected: affectedBy(desk.run, events),
    closed: [...done],
  }
}

/** Judged meanwhile, in another tab or by somebody else, and not wanted for a second verdict or as a check. */
function isDone({ state }: Desk, person: Person, taskId: string): boolean {
  const at = state.taskNumber(taskId)
  if (at === undefined || state.openTasks[at] === 1 || state.deferred.has(at)) return false
  const isWanted = (pairId: string) =>
    state.projection.gold.has(pairId) ||
    (state.secondPool.has(pairId) && state.standing(pairId).entry?.actor !== person.name)
  return !state.taskAt(at).pairs.some(({ pairId }) => isWanted(pairId))
}

/** Candidates that were rejected are not asked again, but stand by for the reader; open ones come first. */
function pairsToShow(desk: Desk, task: Task): readonly QueuePair[] {
  const open = task.pairs.filter((pair) => desk.state.isOpen(pair))
  return open.length > 0 ? open : task.pairs
}
