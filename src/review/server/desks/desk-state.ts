/**
 * The queue of a run laid over what people have said: which tasks are open, which wait for whom.
 *
 * In:  the pairs of the run, the projection of the decisions. Out: answers in constant time to "is this open", "who may
 *      have it", kept right after each event by `refresh`. In memory only: it is rebuilt at every start.
 */
import { type Entry, type Projection, type Standing, standingOf } from '../../decisions/index.ts'
import { needsSecond } from '../../queue/duty.ts'
import type { Sortable } from '../../queue/filter.ts'
import { buildTasks, interleaveControl, QUEUE_SEED, type QueuePair, type Task } from '../../queue/tasks.ts'
import type { RunReader } from '../../run-reader.ts'
import type { StandingSource } from '../views/task-view.ts'

/** A deferred task comes back after half an hour, or when nothing else is left. */
const DEFER_MS = 30 * 60_000

/** Stands that put a pair aside without an answer. */
const ASIDE: ReadonlySet<Standing['status']> = new Set<Standing['status']>([
  'deferred',
  'escalated',
  'field',
  'conflict',
])

export class DeskState implements StandingSource {
  readonly run: RunReader
  readonly projection: Projection
  /** In the order of work. */
  readonly tasks: readonly Task[]
  readonly pairById: ReadonlyMap<string, QueuePair>
  readonly openTasks: Uint8Array
  openCount = 0
  readonly deferred = new Map<number, number>()
  /** Tasks with a pair whose data changed since it was judged: they come first. */
  readonly changedTasks = new Set<number>()
  /** Pairs that wait for a second verdict by somebody else. */
  readonly secondPool = new Set<string>()
  /** Conflicts and escalated pairs: the lead's. */
  readonly leadPool = new Set<string>()
  readonly openByHousehold = new Map<string, number>()
  /** Why a task waits and where, each combination once; and the number of that of every task. */
  readonly cells: readonly { readonly reason: string; readonly area: string }[]
  readonly cellOfTask: Uint32Array
  /** Pairs put aside under other record keys → what they are tonight. */
  private readonly markedTo = new Map<string, string>()
  private readonly taskOfPair = new Map<string, number>()
  private readonly taskById = new Map<string, number>()
  private readonly byRecord = new Map<string, QueuePair[]>()

  constructor(run: RunReader, projection: Projection) {
    this.run = run
    this.projection = projection
    // Judged under the record keys of another night, and the verdict stands: it is not asked again.
    const control = run.controlPairs.filter(
      ({ decidedAs }) => decidedAs === undefined || this.standing(decidedAs).entry === undefined,
    )
    const pairs = [...run.pairs, ...control]
    for (const { pairId, markedAs } of pairs) if (markedAs !== undefined) this.markedTo.set(markedAs, pairId)
    this.tasks = interleaveControl(buildTasks(pairs, QUEUE_SEED), QUEUE_SEED)
    this.pairById = new Map(pairs.map((pair) => [pair.pairId, pair]))
    this.openTasks = new Uint8Array(this.tasks.length)
    const cells = new Map<string, { readonly number: number; readonly reason: string; readonly area: string }>()
    this.cellOfTask = Uint32Array.from(this.tasks, ({ reason, area }) => {
      const key = `${reason} ${area}`
      let cell = cells.get(key)
      if (cell === undefined) cells.set(key, (cell = { number: cells.size, reason, area }))
      return cell.number
    })
    this.cells = [...cells.values()]
    for (const pair of pairs)
      for (const record of [pair.left, pair.right]) {
        const known = this.byRecord.get(record)
        if (known === undefined) this.byRecord.set(record, [pair])
        else known.push(pair)
      }
    for (let at = 0; at < this.tasks.length; at++) {
      this.taskById.set(this.tasks[at].taskId, at)
      for (const pair of this.tasks[at].pairs) this.taskOfPair.set(pair.pairId, at)
      this.setOpen(at, 1)
    }
    const touched = [...projection.pairs.keys()].filter((pairId) => this.pairById.has(pairId))
    const renamed = pairs
      .filter(({ judgedAs, markedAs }) => judgedAs !== undefined || markedAs !== undefined)
      .map(({ pairId }) => pairId)
    this.refresh([...touched, ...renamed])
  }

  /** What stands of a pair; put aside under other record keys and not touched since, it is aside still. */
  standing(pairId: string): Standing {
    const state = this.projection.pairs.get(pairId)
    const before = this.pairById?.get(pairId)?.markedAs
    if (before === undefined || (state !== undefined && state.entries.length > 0)) return standingOf(state)
    const carried = standingOf(this.projection.pairs.get(before))
    return ASIDE.has(carried.status) ? carried : standingOf(state)
  }

  /** The pair as this run knows it: itself, or what one put aside under other record keys is tonight. */
  tonight(pairId: string): string {
    return this.markedTo.get(pairId) ?? pairId
  }

  pairsOf(record: string): readonly QueuePair[] {
    return this.byRecord.get(record) ?? []
  }

  /** True when a compared field changed since the pair was judged: 数据已变化. */
  isStale(pair: QueuePair): boolean {
    return this.staleEntry(pair) !== undefined
  }

  /** The verdict on other data, given under these record keys or under those the pair had then. */
  staleEntry(pair: QueuePair): Entry | undefined {
    const { entry } = this.standing(pair.pairId)
    if (entry !== undefined) return this.isOutdated(pair, entry) ? entry : undefined
    return pair.judgedAs === undefined ? undefined : this.standing(pair.judgedAs).entry
  }

  isOpen(pair: QueuePair): boolean {
    const { status, entry } = this.standing(pair.pairId)
    return status === 'open' || (entry !== undefined && this.isOutdated(pair, entry))
  }

  /** What a filter reads of a task. */
  sortable(at: number): Sortable {
    const { reason, area } = this.tasks[at]
    return sortableOf(reason, area, this.changedTasks.has(at))
  }

  taskAt(at: number): Task {
    return this.tasks[at]
  }

  taskNumber(taskId: string): number | undefined {
    return this.taskById.get(taskId)
  }

  taskNumberOfPair(pairId: string): number | undefined {
    return this.taskOfPair.get(pairId)
  }

  /** Works out anew what the given pairs' tasks are; to be called after every event that touches them. */
  refresh(given: readonly string[]): readonly string[] {
    const touched = new Set<number>()
    const pairIds = new Set(given.map((pairId) => this.tonight(pairId)))
    for (const pairId of pairIds) {
      const at = this.taskOfPair.get(pairId)
      if (at !== undefined) touched.add(at)
      this.refreshPools(pairId)
    }
    const closed: string[] = []
    for (const at of touched) {
      const task = this.tasks[at]
      const wasOpen = this.openTasks[at]
      this.setOpen(at, task.pairs.some((pair) => this.isOpen(pair)) ? 1 : 0)
      if (task.pairs.some((pair) => this.isStale(pair))) this.changedTasks.add(at)
      else this.changedTasks.delete(at)
      const deferred = task.pairs.flatMap((pair) => {
        const { status, entry } = this.standing(pair.pairId)
        return status === 'deferred' && entry !== undefined ? [Date.parse(entry.t) + DEFER_MS] : []
      })
      if (deferred.length > 0 && this.openTasks[at] === 0) this.deferred.set(at, Math.max(...deferred))
      else this.deferred.delete(at)
      if (wasOpen === 1 && this.openTasks[at] === 0) closed.push(task.taskId)
    }
    return closed
  }

  private refreshPools(pairId: string): void {
    const pair = this.pairById.get(pairId)
    const standing = this.standing(pairId)
    this.secondPool.delete(pairId)
    this.leadPool.delete(pairId)
    // A pair of an earlier run: its verdict is kept, nothing is asked of it any more.
    if (pair === undefined) return
    if (standing.status === 'conflict' || standing.status === 'escalated') {
      // Escalating puts all candidates of a task aside; the lead gets the task once, by its first pair.
      if (standing.status === 'conflict' || standing.entry?.kind !== 'derive') this.leadPool.add(pairId)
      return
    }
    if (standing.status !== 'decided' || standing.entry === undefined) return
    const { kind, verdict, ordinal } = standing.entry
    if (kind !== 'decide' || (verdict !== 'same' && verdict !== 'different')) return
    if (this.isOutdated(pair, standing.entry)) return
    const townships = [this.township(pair.left), this.township(pair.right)] as const
    if (needsSecond(pair, { verdict, decidedBefore: ordinal, townships, seed: QUEUE_SEED })) this.secondPool.add(pairId)
  }

  private township(record: string): string {
    return this.run.factsOf(record).area.slice(0, 9)
  }

  private isOutdated(pair: QueuePair, entry: Entry): boolean {
    if (entry.fpA === '' && entry.fpB === '') return false
    const left = this.run.factsOf(pair.left).fingerprint
    const right = this.run.factsOf(pair.right).fingerprint
    if (entry.fpA === left && entry.fpB === right) return false
    // Two rows of one register may have changed sides with their ids.
    return pair.markedAs === undefined || entry.fpA !== right || entry.fpB !== left
  }

  private setOpen(at: number, open: 0 | 1): void {
    if (this.openTasks[at] === open) return
    this.openTasks[at] = open
    const step = open === 1 ? 1 : -1
    this.openCount += step
    const { household, pairs } = this.tasks[at]
    // A pair looked at by chance is no question about its household.
    if (pairs[0].control !== undefined) return
    this.openByHousehold.set(household, (this.openByHousehold.get(household) ?? 0) + step)
  }
}

export function sortableOf(reason: string, area: string, changed: boolean): Sortable {
  return { kind: reason, severity: '', township: area.slice(0, 9), changed }
}
