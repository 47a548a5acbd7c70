/**
 * Who gets which task next: the order of work, minus what others hold, with now and then a pair that somebody else
 * judged before or whose answer is known. The reviewer cannot tell which is which.
 *
 * In:  the state of the desk, a person, the time. Out: task numbers or single pairs, leased to that person.
 */
import { GOLD_EVERY, SECOND_EVERY } from '../../queue/duty.ts'
import { NO_FILTER, passes, type QueueFilter, type Sortable } from '../../queue/filter.ts'
import type { Task } from '../../queue/tasks.ts'
import type { Leases } from '../../queue/leases.ts'
import { type DeskState, sortableOf } from './desk-state.ts'

export type QueueMode = 'pair' | 'household' | 'duplicate'

/** What a person was given: a whole task, or one pair to judge as if it were new. */
export interface Assigned {
  readonly task: number
  /** Given alone for a second verdict or a check. */
  readonly pairId?: string
}

export interface Asker {
  readonly name: string
  readonly areas: readonly string[]
}

/** Who asks, and what of the queue they want to see. */
interface Asking {
  readonly asker: Asker
  readonly held: ReadonlySet<string>
  readonly filter: QueueFilter
}

export class Assignment {
  private readonly state: DeskState
  private readonly leases: Leases
  private readonly served = new Map<string, number>()
  /** Per mode: before this place nothing is open. */
  private readonly cursors = new Map<QueueMode, number>()

  constructor(state: DeskState, leases: Leases) {
    this.state = state
    this.leases = leases
  }

  /** An undone decision opens places before the cursors again. */
  rewind(task: number): void {
    for (const [mode, cursor] of this.cursors) if (task < cursor) this.cursors.set(mode, task)
  }

  next(
    asker: Asker,
    mode: QueueMode,
    held: ReadonlySet<string>,
    now: number,
    filter: QueueFilter = NO_FILTER,
  ): Assigned | undefined {
    const asking = { asker, held, filter }
    const served = (this.served.get(asker.name) ?? 0) + 1
    const given =
      (mode === 'pair' && served % GOLD_EVERY === 0 ? this.check(asking) : undefined) ??
      (mode === 'pair' && served % SECOND_EVERY === 0 ? this.second(asking, now) : undefined) ??
      this.due(asking, mode, now, now) ??
      this.changed(asking, mode, now) ??
      this.first(asking, mode, now) ??
      (mode === 'pair' ? this.second(asking, now) : undefined) ??
      this.due(asking, mode, now, Number.POSITIVE_INFINITY)
    if (given !== undefined) this.served.set(asker.name, served)
    return given
  }

  /**
   * How much waits in a queue for this person, held by others or not, by what a filter reads of it. A long queue has few
   * kinds of tasks: they are counted by number, and looked at once each.
   */
  waiting(asker: Asker, mode: QueueMode): readonly (readonly [Sortable, number])[] {
    const { tasks, openTasks, deferred, changedTasks, cells, cellOfTask } = this.state
    const counts = new Uint32Array(2 * cells.length)
    for (let at = 0; at < tasks.length; at++) {
      if (openTasks[at] === 0 && !deferred.has(at)) continue
      if (mode === 'pair' || this.isOfMode(at, mode)) counts[2 * cellOfTask[at]]++
    }
    for (const at of changedTasks) {
      if ((openTasks[at] === 0 && !deferred.has(at)) || !this.isOfMode(at, mode)) continue
      counts[2 * cellOfTask[at]]--
      counts[2 * cellOfTask[at] + 1]++
    }
    return cells.flatMap(({ reason, area }, cell) =>
      isInAreas(area, asker)
        ? [false, true].map(
            (changed) => [sortableOf(reason, area, changed), counts[2 * cell + Number(changed)]] as const,
          )
        : [],
    )
  }

  /** Pairs whose data changed since they were judged: what stands in the run may rest on a verdict on other rows. */
  private changed(asking: Asking, mode: QueueMode, now: number): Assigned | undefined {
    const { openTasks, changedTasks } = this.state
    for (const at of changedTasks)
      if (openTasks[at] === 1 && this.isOfMode(at, mode) && this.lease(at, asking, now)) return { task: at }
    return undefined
  }

  private first(asking: Asking, mode: QueueMode, now: number): Assigned | undefined {
    const { state } = this
    const { tasks, openTasks } = state
    let cursor = this.cursors.get(mode) ?? 0
    while (cursor < tasks.length && (openTasks[cursor] === 0 || !this.isOfMode(cursor, mode))) cursor++
    this.cursors.set(mode, cursor)
    for (let at = cursor; at < tasks.length; at++)
      if (openTasks[at] === 1 && this.isOfMode(at, mode) && this.lease(at, asking, now)) return { task: at }
    return undefined
  }

  private isOfMode(at: number, mode: QueueMode): boolean {
    const task = this.state.tasks[at]
    if (mode === 'duplicate') return task.mode === 'duplicate'
    if (mode === 'household') return isOfHousehold(task) && (this.state.openByHousehold.get(task.household) ?? 0) > 1
    return true
  }

  private lease(at: number, asking: Asking, now: number): boolean {
    const task = this.state.tasks[at]
    const { asker } = asking
    if (!this.isWanted(at, asking)) return false
    return this.leases.take(task.taskId, asker.name, now)
  }

  private isWanted(at: number, { asker, held, filter }: Asking): boolean {
    const task = this.state.tasks[at]
    return (
      !held.has(task.taskId) &&
      isInAreas(task.area, asker) &&
      (filter === NO_FILTER || passes(this.state.sortable(at), filter))
    )
  }

  private due(asking: Asking, mode: QueueMode, now: number, until: number): Assigned | undefined {
    for (const [at, time] of this.state.deferred)
      if (time <= until && this.isOfMode(at, mode) && this.lease(at, asking, now)) return { task: at }
    return undefined
  }

  private second(asking: Asking, now: number): Assigned | undefined {
    const { state } = this
    const { asker } = asking
    for (const pairId of state.secondPool) {
      const task = state.taskNumberOfPair(pairId)
      if (task === undefined || state.standing(pairId).entry?.actor === asker.name) continue
      if (!this.isWanted(task, asking)) continue
      if (this.leases.take(state.tasks[task].taskId, asker.name, now)) return { task, pairId }
    }
    return undefined
  }

  private check(asking: Asking): Assigned | undefined {
    const { state } = this
    const { asker } = asking
    for (const pairId of state.projection.gold.keys()) {
      const task = state.taskNumberOfPair(pairId)
      if (task === undefined || state.projection.checked.has(`${asker.name} ${pairId}`)) continue
      // Who decided it before it became known would only be repeating.
      const entries = state.projection.pairs.get(pairId)?.entries ?? []
      if (entries.some((entry) => entry.actor === asker.name)) continue
      if (this.isWanted(task, asking)) return { task, pairId }
    }
    return undefined
  }
}

function isOfHousehold({ household, mode, pairs }: Task): boolean {
  return household !== '' && mode === 'pair' && pairs[0].control === undefined
}

export function isInAreas(area: string, asker: Asker): boolean {
  return asker.areas.length === 0 || asker.areas.some((prefix) => area.startsWith(prefix))
}
