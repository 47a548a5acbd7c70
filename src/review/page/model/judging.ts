/**
 * Verdicts: a key becomes one, it goes out, the next task stands there already; and taking one back.
 *
 * In:  digits, Enter, Backspace, reasons. Out: requests in the outbox, the next task in the state.
 * A verdict is taken at once; the top bar says until when it is not saved, and with five unsaved ones nothing more is
 * taken. What the server refuses comes back on the screen with the reason.
 */
import type { CandidateView, Counts, DecideResponse, FindingView, TaskView } from '../../api.ts'
import type { FindingVerdict, Verdict } from '../../decisions/event.ts'
import { newClientKey, type Refused } from './connection.ts'
import type { WordKey } from '../words/index.ts'
import type { Looking } from './looking.ts'
import { FRESH, type PageStore, told } from './page-store.ts'
import { NO_FILTER } from './modes.ts'
import type { Mode } from './modes.ts'
import { currentCandidate, isAsked, type PageState, UNSAVED_MAX } from './state.ts'
import { isQueueMode, type WorkQueue } from './work-queue.ts'

const VERDICT_KEYS: readonly (Verdict | undefined)[] = ['defer', 'same', 'different', 'field', 'escalate']
export const FINDING_KEYS: readonly (FindingVerdict | undefined)[] = [
  undefined,
  'true',
  'untrue',
  'field',
  'added',
  'removed',
  'corrected',
  'unverifiable',
]

/** The digit that is no reason but a proof: seen in the field. */
export const GOLD_REASON = '0'

/** Refusals of what was judged meanwhile in another tab or by somebody else: the page says of whom. */
const SKIPPED: ReadonlyMap<string, WordKey> = new Map([
  ['decided', 'skipped.decided'],
  ['taken', 'skipped.taken'],
])

/** What an undo stands for among the tasks on their way: no task. */
const UNDO = ''

interface Undone {
  readonly task: TaskView | null
  readonly counts: Counts
  readonly finding: FindingView | null
}

interface Pending {
  readonly verdict: Verdict
  readonly adjudicates: boolean
}

export class Judging {
  private readonly store: PageStore
  private readonly queue: WorkQueue
  private readonly looking: Looking
  /** A batch sample had another verdict than `same`: the group is gone, others are offered. */
  private readonly onDissolved: (reason: 'verdict' | 'run') => void
  private pendingReason: Pending | undefined

  constructor(store: PageStore, queue: WorkQueue, looking: Looking, onDissolved: (reason: 'verdict' | 'run') => void) {
    this.store = store
    this.queue = queue
    this.looking = looking
    this.onDissolved = onDissolved
  }

  judge(action: { readonly digit: number; readonly withReason: boolean }, now: number): void {
    const { store } = this
    const verdict = VERDICT_KEYS[action.digit]
    if (!isAsked(store.state)) return
    if (store.state.unsaved >= UNSAVED_MAX)
      return store.set({ notice: { ...told('tooManyUnsaved', { n: store.state.unsaved }), isProblem: true } })
    if (store.state.mode === 'findings') return this.judgeFinding(action.digit, now)
    if (verdict === undefined) return
    if (store.state.mode === 'adjudicate') {
      if (verdict !== 'defer' && verdict !== 'escalate') this.askReason({ verdict, adjudicates: true })
    } else if (store.state.mode === 'batch') {
      if (verdict === 'same' || verdict === 'different' || verdict === 'defer') this.judgeSample(verdict, now)
    } else if (action.withReason && verdict === 'same') this.askReason({ verdict, adjudicates: false })
    else this.decide(verdict, undefined, now)
  }

  /** The second digit: why. */
  chooseReason(reason: string, now: number): void {
    const pending = this.pendingReason
    this.forgetReason()
    this.store.set({ dialog: undefined })
    if (pending === undefined) return
    if (reason === GOLD_REASON) {
      if (pending.adjudicates && (pending.verdict === 'same' || pending.verdict === 'different'))
        this.markGold(pending.verdict)
    } else if (pending.adjudicates) this.adjudicate(pending.verdict, reason, now)
    else this.decide(pending.verdict, reason, now)
  }

  forgetReason(): void {
    this.pendingReason = undefined
  }

  confirmHousehold(now: number): void {
    const { store, queue } = this
    const { state } = store
    const task = state.tasks[0]
    const candidate = currentCandidate(state)
    if (state.mode !== 'household' || task === undefined || candidate === undefined || state.unsaved >= UNSAVED_MAX)
      return
    const pairIds = candidate.household.rows.flatMap((row) =>
      row.isTrivial === true && row.pairId !== undefined ? [row.pairId] : [],
    )
    if (pairIds.length === 0) return
    const { filter } = state
    const request = { filter, ck: newClientKey(), taskId: task.taskId, pairIds, ms: store.timeTo(now) }
    store.set({ tasks: pairIds.includes(candidate.pairId) ? state.tasks.slice(1) : state.tasks, ...FRESH })
    store.outbox.send<DecideResponse>(
      task.taskId,
      '/api/household',
      () => ({ ...request, have: queue.held() }),
      (answer) => queue.takeDecided(answer),
      (refused) => this.refusedOne(refused, task),
    )
  }

  /**
   * The last verdict, or that of a batch. It waits its turn behind verdicts on their way, and is repeated like them: pressed
   * again because the answer was lost, it would take back one more.
   */
  undo(batch?: string): void {
    const { store } = this
    if (store.state.unsaved >= UNSAVED_MAX)
      return store.set({ notice: { ...told('tooManyUnsaved', { n: store.state.unsaved }), isProblem: true } })
    const request = { ck: newClientKey(), ...(batch === undefined ? {} : { batch }) }
    store.outbox.send<Undone>(
      UNDO,
      '/api/undo',
      () => request,
      (answer) => this.showUndone(answer),
      (refused) => store.problem(refused.code),
    )
  }

  private showUndone({ task, finding, counts }: Undone): void {
    const { store, queue } = this
    const { state } = store
    this.looking.hide()
    store.set({ last: undefined, dialog: undefined, notice: told('undone') })
    if (finding !== null) {
      const rest = state.findings.filter((one) => one.findingId !== finding.findingId)
      store.set({ ...placeOf(state, 'findings'), findings: [finding, ...rest] })
    } else if (task !== null) {
      const rest = state.tasks.filter((one) => one.taskId !== task.taskId)
      const mode = isQueueMode(state.mode) ? state.mode : 'pair'
      store.set({
        ...placeOf(state, mode),
        tasks: [task, ...rest],
        isQueueEmpty: false,
        ...FRESH,
        notice: told('undone'),
      })
    }
    queue.setCounts(counts)
  }

  private askReason(pending: Pending): void {
    this.pendingReason = pending
    this.store.set({ dialog: 'reason' })
  }

  private decide(verdict: Verdict, reason: string | undefined, now: number): void {
    const { store, queue } = this
    const { state } = store
    const task = state.tasks[0]
    const candidate = currentCandidate(state)
    if (task === undefined || candidate === undefined) return
    const { mode, note, filter } = state
    const request = {
      filter,
      mode: mode === 'household' || mode === 'duplicate' ? mode : 'pair',
      ck: newClientKey(),
      taskId: task.taskId,
      pairId: candidate.pairId,
      verdict,
      ms: store.timeTo(now),
      ...(reason === undefined ? {} : { reason }),
      ...(note === '' ? {} : { note }),
    }
    const next = verdict === 'different' ? this.nextCandidate(task, candidate.pairId) : undefined
    this.looking.hide()
    store.set({ last: { name: nameIn(candidate), verdict: `verdict.${verdict}` } })
    if (next !== undefined)
      store.set({
        rejected: new Set([...state.rejected, candidate.pairId]),
        candidate: next,
        weights: undefined,
        note: '',
        notice: undefined,
      })
    else store.set({ tasks: state.tasks.slice(1), ...FRESH })
    store.outbox.send<DecideResponse>(
      task.taskId,
      '/api/decide',
      () => ({ ...request, have: queue.held() }),
      (answer) => queue.takeDecided(answer),
      (refused) => this.refusedOne(refused, task),
    )
  }

  private judgeFinding(digit: number, now: number): void {
    const { store, queue } = this
    const verdict = FINDING_KEYS[digit]
    const [finding, ...rest] = store.state.findings
    if (verdict === undefined || finding === undefined) return
    const { note, filter } = store.state
    const request = {
      filter,
      ck: newClientKey(),
      findingId: finding.findingId,
      verdict,
      ms: store.timeTo(now),
      ...(note === '' ? {} : { note }),
    }
    store.set({
      findings: rest,
      note: '',
      notice: undefined,
      last: { name: finding.zh, verdict: `finding.${verdict}` },
    })
    store.outbox.send<{ findings: FindingView[]; counts: Counts }>(
      finding.findingId,
      '/api/findings/decide',
      () => ({ ...request, have: queue.heldFindings() }),
      (answer) => queue.takeFindings(answer),
      (refused) => store.problem(refused.code),
    )
  }

  private adjudicate(verdict: Verdict, reason: string, now: number): void {
    const { note } = this.store.state
    this.settle('/api/lead/adjudicate', {
      verdict,
      reason,
      ms: this.store.timeTo(now),
      ...(note === '' ? {} : { note }),
    })
  }

  /** The field has shown what is true: it stands, and others are checked by it without knowing. */
  private markGold(verdict: 'same' | 'different'): void {
    this.settle('/api/lead/gold', { verdict }, () => this.store.set({ notice: told('goldMarked') }))
  }

  /** The lead's word on the pair on the screen. */
  private settle(path: string, said: object, onSaved?: () => void): void {
    const { store, queue } = this
    const [task, ...rest] = store.state.tasks
    const pairId = task?.candidates[0]?.pairId
    if (task === undefined || pairId === undefined) return
    const request = { ck: newClientKey(), pairId, ...said }
    store.set({ tasks: rest, ...FRESH })
    store.outbox.send(
      task.taskId,
      path,
      () => request,
      () => void queue.fetchMore().then(onSaved),
      (refused) => this.refusedOne(refused, task),
    )
  }

  private judgeSample(verdict: 'same' | 'different' | 'defer', now: number): void {
    const { store, queue } = this
    const { batch } = store.state
    const [task, ...rest] = store.state.tasks
    const pairId = task?.candidates[0]?.pairId
    if (batch === undefined || pairId === undefined) return
    const request = { batch: batch.batch, ck: newClientKey(), pairId, verdict, ms: store.timeTo(now) }
    store.set({ tasks: rest, ...FRESH })
    store.outbox.send<{ dissolved: boolean; left: number; tasks: TaskView[] }>(
      task.taskId,
      '/api/lead/batch/judge',
      () => ({ ...request, have: queue.held() }),
      (answer) => {
        if (answer.dissolved) this.onDissolved('verdict')
        else store.set({ batch: { ...batch, left: answer.left }, tasks: queue.merge(answer.tasks) })
      },
      (refused) => (refused.code === 'batch-closed' ? this.onDissolved('run') : store.problem(refused.code)),
    )
  }

  private refusedOne(refused: Refused, task: TaskView): void {
    const { store, queue } = this
    // What cannot stand goes back on the screen; what somebody else did meanwhile is left to them.
    if (refused.code === 'contradiction' || refused.code === 'not-trivial') {
      const rest = store.state.tasks.filter((one) => one.taskId !== task.taskId)
      store.set({ tasks: [task, ...rest], ...FRESH })
    }
    const name = task.candidates[0] === undefined ? '' : nameIn(task.candidates[0])
    const skipped = SKIPPED.get(refused.code)
    if (skipped !== undefined) store.set({ notice: { key: skipped, values: { name }, isProblem: true } })
    else store.problem(refused.code)
    const { mode } = store.state
    void store.guarded(
      () => queue.fetchMore(),
      () => store.state.screen === 'desk' && store.state.mode === mode,
    )
  }

  private nextCandidate(task: TaskView, judged: string): number | undefined {
    const { rejected } = this.store.state
    const at = task.candidates.findIndex(
      (one) => one.pairId !== judged && one.standing === undefined && !rejected.has(one.pairId),
    )
    return at < 0 ? undefined : at
  }
}

/** What is taken back may be of another queue: what was looked at of this one says nothing there. */
function placeOf(state: PageState, mode: Mode): Pick<PageState, 'mode' | 'filter'> {
  return { mode, filter: mode === state.mode ? state.filter : NO_FILTER }
}

function nameIn(candidate: CandidateView): string {
  const name = candidate.fields.find((field) => field.id === 'name')
  return (name?.right ?? []).map(([text]) => text).join('')
}
