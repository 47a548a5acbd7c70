/**
 * The tasks on the page: the first is on the screen, the others wait behind it, more are fetched as they go.
 *
 * In:  answers of the server. Out: tasks, findings and counts in the state. Leaves to judging.ts: what is said of them.
 */
import type { Counts, DecideResponse, FindingView, NextResponse, QueueChoices, TaskView } from '../../api.ts'
import type { QueueFilter } from '../../queue/filter.ts'
import { say } from '../words/index.ts'
import { call } from './connection.ts'
import { canFilter, isFiltered, isPartOfPairs } from './modes.ts'
import { type PageStore, told } from './page-store.ts'
import type { Mode } from './modes.ts'

export class WorkQueue {
  private readonly store: PageStore
  private isFetching = false

  constructor(store: PageStore) {
    this.store = store
  }

  async fetchMore(): Promise<void> {
    if (this.isFetching) return
    this.isFetching = true
    try {
      const { mode, filter } = this.store.state
      if (mode === 'findings')
        this.takeFindings(await call('/api/findings/next', { have: this.heldFindings(), filter }))
      else if (mode === 'adjudicate') {
        const answer = await call<{ tasks: TaskView[]; remaining: number }>('/api/lead/next', { have: this.held() })
        this.add(answer.tasks)
        const { counts } = this.store.state
        if (counts !== undefined) this.store.set({ counts: { ...counts, conflicts: answer.remaining } })
      } else if (isQueueMode(mode)) this.takeNext(await call('/api/next', { mode, have: this.held(), filter }))
      this.recount()
    } finally {
      this.isFetching = false
    }
  }

  takeNext(answer: NextResponse): void {
    this.add(answer.tasks)
    this.setCounts(answer.counts)
  }

  /** What came back for a verdict: tasks to go on with, tasks that are finished, what the verdict bears on. */
  takeDecided(answer: DecideResponse): void {
    const { state, outbox } = this.store
    const closed = new Set(answer.closed)
    const kept = state.tasks.filter((task, at) => at === 0 || !closed.has(task.taskId))
    const { affected } = answer
    const notice =
      affected.people === 0
        ? undefined
        : told('affected', {
            derived: answer.derived,
            people: affected.people,
            records: affected.records,
            findings:
              affected.findings.map((one) => (state.language === 'zh' ? one.zh : one.code)).join(' · ') ||
              say('affectedNone'),
          })
    this.store.set({
      tasks: merged(kept, this.unjudged(answer.tasks)),
      // That somebody else was quicker is not covered by what the next verdict bears on.
      notice: state.notice?.isProblem === true ? state.notice : notice,
      // While verdicts are on their way the desk holds back tasks: the last answer tells.
      isQueueEmpty: kept.length + answer.tasks.length + outbox.size === 0,
    })
    this.setCounts(answer.counts)
    this.recount()
  }

  takeFindings(answer: { readonly findings: readonly FindingView[]; readonly counts: Counts }): void {
    const { state, outbox } = this.store
    // What was judged here and is still on its way must not come back: it would be judged twice.
    const known = new Set([...state.findings.map((one) => one.findingId), ...outbox.judged])
    const findings = [...state.findings, ...answer.findings.filter((one) => !known.has(one.findingId))]
    this.store.set({ findings, counts: answer.counts, isQueueEmpty: findings.length + outbox.size === 0 })
    this.recount()
  }

  /** What can be chosen beside the filter given, and how much there is of each. */
  async choicesFor(filter: QueueFilter): Promise<QueueChoices> {
    return call<QueueChoices>('/api/choices', { mode: this.store.state.mode, filter })
  }

  /** How much is left of the queue, or of the part of it, that is looked at; asked anew when all that was judged is saved. */
  private recount(): void {
    const { state, outbox } = this.store
    const { mode, filter } = state
    const isCounted = isPartOfPairs(mode) || (canFilter(mode) && isFiltered(filter))
    if (!isCounted || outbox.size > 0) return
    void this.choicesFor(filter).then(
      (choices) => {
        const now = this.store.state
        if (now.filter === filter && now.mode === mode) this.store.set({ choices })
      },
      // The desk that is away says so elsewhere; the next answer counts again.
      () => undefined,
    )
  }

  heldFindings(): readonly string[] {
    const { state, outbox } = this.store
    return [...state.findings.map((one) => one.findingId), ...outbox.judged].slice(0, 16)
  }

  /** Tasks that the server must not send: they are here, or judged here and not yet known there. */
  held(): readonly string[] {
    const { state, outbox } = this.store
    return [...state.tasks.map((task) => task.taskId), ...outbox.judged].slice(0, 16)
  }

  merge(tasks: readonly TaskView[]): readonly TaskView[] {
    return merged(this.store.state.tasks, this.unjudged(tasks))
  }

  setCounts(counts: Counts): void {
    const { findings } = this.store.state.counts ?? counts
    this.store.set({ counts: { ...counts, findings: counts.findings || findings } })
  }

  private add(more: readonly TaskView[]): void {
    const tasks = this.merge(more)
    this.store.set({ tasks, isQueueEmpty: tasks.length === 0 })
  }

  private unjudged(tasks: readonly TaskView[]): readonly TaskView[] {
    const judged = new Set(this.store.outbox.judged)
    return tasks.filter((task) => !judged.has(task.taskId))
  }
}

export function isQueueMode(mode: Mode): mode is 'pair' | 'household' | 'duplicate' {
  return mode === 'pair' || mode === 'household' || mode === 'duplicate'
}

function merged(tasks: readonly TaskView[], more: readonly TaskView[]): readonly TaskView[] {
  const known = new Set(tasks.map((task) => task.taskId))
  return [...tasks, ...more.filter((task) => !known.has(task.taskId))]
}
