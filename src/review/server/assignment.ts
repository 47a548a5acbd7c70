/**
 * Who gets which task next: the order of work, minus what others hold, with now and then a pair that somebody else
 * judged before or whose answer is known. The reviewer cannot tell which is which.
 *
 * In:  the state of the desk, a person, the time. Out: task numbers or single pairs, leased to that person.
 */
import { GOLD_EVERY, SECOND_EVERY } from '../queue/duty.ts'
import type { Task } from '../queue/tasks.ts'
import type { Leases } from '../queue/leases.ts'
import type { DeskState } from './desk-state.ts'

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

  next(asker: Asker, mode: QueueMode, held: ReadonlySet<string>, now: number): Assigned | undefined {
    const served = (this.served.get(asker.name) ?? 0) + 1
    const given =
      (mode === 'pair' && served % GOLD_EVERY === 0 ? this.check(asker, held) : undefined) ??
      (mode === 'pair' && served % SECOND_EVERY === 0 ? this.second(asker, held, now) : undefined) ??
      this.due(asker, mode, held, now, now) ??
      this.first(asker, mode, held, now) ??
      (mode === 'pair' ? this.second(asker, held, now) : undefined) ??
      this.due(asker, mode, held, now, Number.POSITIVE_INFINITY)
    if (given !== undefined) this.served.set(asker.name, served)
    return given
  }

  private first(asker: Asker, mode: QueueMode, held: ReadonlySet<string>, now: number): Assigned | undefined {
    const { state } = this
    const { tasks, openTasks } = state
    let cursor = this.cursors.get(mode) ?? 0
    while (cursor < tasks.length && (openTasks[cursor] === 0 || !this.isOfMode(cursor, mode))) cursor++
    this.cursors.set(mode, cursor)
    for (let at = cursor; at < tasks.length; at++)
      if (openTasks[at] === 1 && this.isOfMode(at, mode) && this.lease(at, asker, held, now)) return { task: at }
    return undefined
  }

  private isOfMode(at: number, mode: QueueMode): boolean {
    const task = this.state.tasks[at]
    if (mode === 'duplicate') return task.mode === 'duplicate'
    if (mode === 'household') return isOfHousehold(task) && (this.state.openByHousehold.get(task.household) ?? 0) > 1
    return true
  }

  private lease(at: number, asker: Asker, held: ReadonlySet<string>, now: number): boolean {
    const task = this.state.tasks[at]
    if (held.has(task.taskId) || !isInAreas(task.area, asker)) return false
    return this.leases.take(task.taskId, asker.name, now)
  }

  private due(
    asker: Asker,
    mode: QueueMode,
    held: ReadonlySet<string>,
    now: number,
    until: number,
  ): Assigned | undefined {
    for (const [at, time] of this.state.deferred)
      if (time <= until && this.isOfMode(at, mode) && this.lease(at, asker, held, now)) return { task: at }
    return undefined
  }

  private second(asker: Asker, held: ReadonlySet<string>, now: number): Assigned | undefined {
    const { state } = this
    for (const pairId of state.secondPool) {
      const task = state.taskNumberOfPair(pairId)
      if (task === undefined || state.standing(pairId).entry?.actor === asker.name) continue
      const { taskId, area } = state.tasks[task]
      if (held.has(taskId) || !isInAreas(area, asker)) continue
      if (this.leases.take(taskId, asker.name, now)) return { task, pairId }
    }
    return undefined
  }

  private check(asker: Asker, held: ReadonlySet<string>): Assigned | undefined {
    const { state } = this
    for (const pairId of state.projection.gold.keys()) {
      const task = state.taskNumberOfPair(pairId)
      if (task === undefined || state.projection.checked.has(`${asker.name} ${pairId}`)) continue
      // Who decided it before it became known would only be repeating.
      const entries = state.projection.pairs.get(pairId)?.entries ?? []
      if (entries.some((entry) => entry.actor === asker.name)) continue
      if (!held.has(state.tasks[task].taskId) && isInAreas(state.tasks[task].area, asker)) return { task, pairId }
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
