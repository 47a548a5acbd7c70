/**
 * What happens on the page: keys become verdicts, verdicts go out, the next task stands there already.
 *
 * In:  actions (from keys and buttons), answers of the server. Out: a new PageState for the view. No DOM here.
 * A verdict is taken at once and the next task shown; the top bar says until when it is not saved, and with five
 * unsaved ones nothing more is taken.
 */
import type {
  CandidateView,
  Counts,
  DecideResponse,
  FieldView,
  FindingView,
  HistoryEntry,
  NextResponse,
  RecordLine,
  SessionView,
  TaskView,
  WeightsView,
} from '../../api.ts'
import type { FindingVerdict, Verdict } from '../../decisions/event.ts'
import { isWordKey, type Language, say, setLanguage, type WordKey } from '../words/index.ts'
import { call, keepToken, newClientKey, Outbox, Refused } from './connection.ts'
import { type Action, DWELL_MS } from './keys.ts'
import { currentCandidate, type Dialog, type Mode, type PageState, shownOf, START, UNSAVED_MAX } from './state.ts'

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

/** How often the page asks whether the new run is there. */
const RERUN_LOOK_MS = 700

/** The digit that is no reason but a proof: seen in the field. */
export const GOLD_REASON = '0'

type Pending = { readonly verdict: Verdict; readonly adjudicates: boolean }

export class DeskModel {
  state: PageState = START
  private readonly listeners = new Set<() => void>()
  private readonly outbox: Outbox
  private paintedAt = 0
  private shown = ''
  private pendingReason: Pending | undefined
  private isRevealing = false
  private isFetching = false

  constructor() {
    this.outbox = new Outbox((unsaved, isOffline) => this.set({ unsaved, isOffline }))
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set(patch: Partial<PageState>): void {
    this.state = { ...this.state, ...patch }
    for (const listener of this.listeners) listener()
  }

  /** Called by the view once what is on the screen has been painted: from here the time to the key counts. */
  painted(what: string, now: number): void {
    if (what === this.shown) return
    this.shown = what
    this.paintedAt = now
  }

  enter(session: SessionView): void {
    const mode: Mode = session.rights.includes('/api/next')
      ? 'pair'
      : session.rights.includes('/api/audit/verify')
        ? 'audit'
        : 'overview'
    this.set({ screen: 'desk', session, isLocked: false, lockedUser: session.user, notice: undefined })
    void this.choose(this.state.mode === 'pair' ? mode : this.state.mode)
  }

  choosesLanguage(language: Language): void {
    setLanguage(language)
    this.set({ language })
  }

  async choose(mode: Mode): Promise<void> {
    await this.outbox.settled()
    this.set({
      mode,
      tasks: [],
      findings: [],
      isQueueEmpty: false,
      batch: undefined,
      dialog: undefined,
      ...FRESH,
    })
    await this.guarded(async () => {
      if (mode === 'overview') await this.showOverview()
      else if (mode === 'report') this.set({ overview: await call('/api/lead/report') })
      else if (mode === 'batch') this.set({ groups: await call('/api/lead/batches') })
      else if (mode !== 'audit') await this.fetchMore()
    })
  }

  handle(action: Action, now: number): void {
    const { state } = this
    if (state.screen !== 'desk' || state.isLocked) return
    if (state.dialog !== undefined) return this.handleInDialog(action)
    switch (action.do) {
      case 'digit':
        if (this.isTooSoon(now)) return
        return state.mode === 'findings' ? this.judgeFinding(action.digit, now) : this.judge(action, now)
      case 'undo':
        void this.undo()
        return
      case 'confirm':
        if (!this.isTooSoon(now)) this.confirmHousehold(now)
        return
      case 'up':
        return this.move(-1)
      case 'down':
        return this.move(1)
      case 'reveal':
        void this.reveal()
        return
      case 'weights':
        void this.showWeights()
        return
      case 'history':
        void this.showHistory()
        return
      case 'lock':
        void this.lock()
        return
      case 'note':
      case 'search':
      case 'help':
        return this.open(action.do)
      default:
        return
    }
  }

  open(dialog: Dialog): void {
    this.hide()
    this.set({ dialog, found: undefined })
  }

  close(): void {
    this.pendingReason = undefined
    this.set({ dialog: undefined })
  }

  keepNote(note: string): void {
    this.set({ note, dialog: undefined })
  }

  /** V is up, the window lost the focus, or another task came: what was shown is gone from the page. */
  hide(): void {
    this.isRevealing = false
    if (this.state.revealed !== undefined) this.set({ revealed: undefined })
  }

  move(step: number): void {
    const count = this.state.tasks[0]?.candidates.length ?? 0
    if (count > 1) {
      this.hide()
      this.set({ candidate: (this.state.candidate + step + count) % count, weights: undefined })
    }
  }

  async undo(batch?: string): Promise<void> {
    await this.outbox.settled()
    await this.guarded(async () => {
      const answer = await call<{ task: TaskView | null; counts: Counts; finding: FindingView | null }>('/api/undo', {
        ck: newClientKey(),
        ...(batch === undefined ? {} : { batch }),
      })
      const { task, finding } = answer
      this.hide()
      this.set({ last: undefined })
      if (finding !== null) {
        const rest = this.state.findings.filter((one) => one.findingId !== finding.findingId)
        this.set({ mode: 'findings', findings: [finding, ...rest], dialog: undefined, notice: told('undone') })
      } else if (task !== null) {
        const rest = this.state.tasks.filter((one) => one.taskId !== task.taskId)
        const mode = isQueueMode(this.state.mode) ? this.state.mode : 'pair'
        this.set({
          mode,
          tasks: [task, ...rest],
          isQueueEmpty: false,
          dialog: undefined,
          ...FRESH,
          notice: told('undone'),
        })
      } else this.set({ dialog: undefined, notice: told('undone') })
      this.setCounts(answer.counts)
    })
  }

  async search(text: string): Promise<void> {
    await this.guarded(async () => this.set({ found: await call<RecordLine[]>('/api/search', { text }) }))
  }

  async linkByHand(record: string): Promise<void> {
    const candidate = currentCandidate(this.state)
    const focal = candidate === undefined ? undefined : candidate.rightKey
    if (focal === undefined) return
    await this.guarded(async () => {
      await call('/api/link', { ck: newClientKey(), left: record, right: focal, reason: 'search' })
      this.set({ dialog: undefined, notice: told('linked') })
      const [, ...tasks] = this.state.tasks
      this.set({ tasks, ...FRESH })
      await this.fetchMore()
    })
  }

  async openPerson(record: string): Promise<void> {
    await this.guarded(async () =>
      this.set({ splitting: await call<RecordLine[]>('/api/person', { record }), dialog: 'split' }),
    )
  }

  async split(groups: readonly (readonly [string, number])[]): Promise<void> {
    await this.guarded(async () => {
      await call('/api/split', { ck: newClientKey(), groups, reason: 'split' })
      this.set({ dialog: undefined, notice: told('splitDone') })
    })
  }

  async lock(): Promise<void> {
    this.set({
      isLocked: true,
      tasks: [],
      findings: [],
      ...FRESH,
      overview: undefined,
      history: [],
      found: undefined,
      last: undefined,
    })
    await this.outbox.settled()
    try {
      await call('/api/lock')
    } catch {
      // The server locks by itself when nothing comes any more.
    }
    this.set({ screen: 'login' })
  }

  async login(name: string, password: string): Promise<void> {
    await this.guarded(async () => {
      const { session } = await call<{ session: SessionView }>('/api/login', { name, password })
      this.enter(session)
    })
  }

  async logout(): Promise<void> {
    await this.outbox.settled()
    try {
      await call('/api/logout')
    } finally {
      keepToken(undefined)
      this.set({ ...START, language: this.state.language, screen: 'link' })
    }
  }

  async draw(pattern: string, bound: number): Promise<void> {
    await this.guarded(async () => {
      const drawn = await call<{ batch: string; size: number; sample: number; tasks: TaskView[] }>(
        '/api/lead/batch/draw',
        {
          pattern,
          bound,
        },
      )
      this.set({ batch: { batch: drawn.batch, size: drawn.size, left: drawn.sample }, tasks: drawn.tasks, ...FRESH })
    })
  }

  async acceptBatch(): Promise<void> {
    const { batch } = this.state
    if (batch === undefined) return
    await this.outbox.settled()
    await this.guarded(async () => {
      const { accepted } = await call<{ accepted: number }>('/api/lead/batch/accept', { batch: batch.batch })
      await this.choose('batch')
      this.set({ notice: told('batchAccepted', { n: accepted }) })
    })
  }

  async reopenLast(reviewer: string): Promise<void> {
    await this.guarded(async () => {
      const { reopened } = await call<{ reopened: number }>('/api/lead/reopen', { ck: newClientKey(), reviewer })
      this.set({ overview: await call('/api/lead/overview'), notice: told('reopenedN', { n: reopened }) })
    })
  }

  /** 按裁决重算: the county is run again with what was decided; the page watches until the desk has gone over to it. */
  async rerun(): Promise<void> {
    await this.outbox.settled()
    await this.guarded(async () => {
      this.set({ rerun: await call('/api/lead/rerun') })
      await this.watchRerun()
    })
  }

  async verifyAudit(): Promise<void> {
    await this.guarded(async () => this.set({ audit: await call('/api/audit/verify') }))
  }

  /** The next pair of verdict and reason: reasons are chosen by a second digit. */
  chooseReason(reason: string, now: number): void {
    const pending = this.pendingReason
    this.close()
    if (pending === undefined) return
    if (reason === GOLD_REASON) {
      if (pending.adjudicates && (pending.verdict === 'same' || pending.verdict === 'different'))
        this.markGold(pending.verdict)
    } else if (pending.adjudicates) this.adjudicate(pending.verdict, reason, now)
    else this.decide(pending.verdict, reason, now)
  }

  private async showOverview(): Promise<void> {
    this.set({ overview: await call('/api/lead/overview'), rerun: await call('/api/lead/rerun/status') })
    await this.watchRerun()
  }

  private async watchRerun(): Promise<void> {
    let wasRunning = false
    while (this.state.rerun?.state === 'running' && this.state.mode === 'overview' && !this.state.isLocked) {
      wasRunning = true
      await new Promise((resolve) => setTimeout(resolve, RERUN_LOOK_MS))
      this.set({ rerun: await call('/api/lead/rerun/status') })
    }
    if (wasRunning && this.state.mode === 'overview') this.set({ overview: await call('/api/lead/overview') })
  }

  private handleInDialog(action: Action): void {
    if (action.do === 'escape') this.close()
    else if (action.do === 'digit' && this.state.dialog === 'reason')
      this.chooseReason(String(action.digit), performance.now())
    else if (action.do === 'help' && this.state.dialog === 'help') this.close()
  }

  private judge(action: { readonly digit: number; readonly withReason: boolean }, now: number): void {
    const verdict = VERDICT_KEYS[action.digit]
    if (verdict === undefined || this.state.tasks.length === 0) return
    if (this.state.unsaved >= UNSAVED_MAX)
      return this.set({ notice: { ...told('tooManyUnsaved', { n: this.state.unsaved }), isProblem: true } })
    if (this.state.mode === 'adjudicate') {
      if (verdict === 'defer' || verdict === 'escalate') return
      this.pendingReason = { verdict, adjudicates: true }
      this.set({ dialog: 'reason' })
    } else if (this.state.mode === 'batch') {
      if (verdict === 'same' || verdict === 'different' || verdict === 'defer') this.judgeSample(verdict, now)
    } else if (action.withReason && verdict === 'same') {
      this.pendingReason = { verdict, adjudicates: false }
      this.set({ dialog: 'reason' })
    } else this.decide(verdict, undefined, now)
  }

  private decide(verdict: Verdict, reason: string | undefined, now: number): void {
    const { state } = this
    const task = state.tasks[0]
    const candidate = currentCandidate(state)
    if (task === undefined || candidate === undefined) return
    const { mode, note } = state
    const request = {
      mode: mode === 'household' || mode === 'duplicate' ? mode : 'pair',
      ck: newClientKey(),
      taskId: task.taskId,
      pairId: candidate.pairId,
      verdict,
      ms: Math.max(0, now - this.paintedAt),
      ...(reason === undefined ? {} : { reason }),
      ...(note === '' ? {} : { note }),
    }
    const next = verdict === 'different' ? this.nextCandidate(task, candidate.pairId) : undefined
    this.hide()
    this.set({ last: { name: nameIn(candidate), verdict: `verdict.${verdict}` } })
    if (next !== undefined)
      this.set({
        rejected: new Set([...state.rejected, candidate.pairId]),
        candidate: next,
        weights: undefined,
        note: '',
        notice: undefined,
      })
    else this.set({ tasks: state.tasks.slice(1), ...FRESH })
    this.outbox.send<DecideResponse>(
      task.taskId,
      '/api/decide',
      () => ({ ...request, have: this.held() }),
      (answer) => this.take(answer),
      (refused) => this.refusedOne(refused, task),
    )
  }

  private judgeFinding(digit: number, now: number): void {
    const verdict = FINDING_KEYS[digit]
    const [finding, ...rest] = this.state.findings
    if (verdict === undefined || finding === undefined || this.state.unsaved >= UNSAVED_MAX) return
    const { note } = this.state
    const request = {
      ck: newClientKey(),
      findingId: finding.findingId,
      verdict,
      ms: Math.max(0, now - this.paintedAt),
      ...(note === '' ? {} : { note }),
    }
    this.set({ findings: rest, note: '', notice: undefined, last: { name: finding.zh, verdict: `finding.${verdict}` } })
    this.outbox.send<{ findings: FindingView[]; remaining: number }>(
      finding.findingId,
      '/api/findings/decide',
      () => ({ ...request, have: this.state.findings.map((one) => one.findingId) }),
      (answer) => this.takeFindings(answer),
      (refused) => this.problem(refused.code),
    )
  }

  private adjudicate(verdict: Verdict, reason: string, now: number): void {
    const [task, ...rest] = this.state.tasks
    const pairId = task?.candidates[0]?.pairId
    if (task === undefined || pairId === undefined) return
    const { note } = this.state
    const request = {
      ck: newClientKey(),
      pairId,
      verdict,
      reason,
      ms: Math.max(0, now - this.paintedAt),
      ...(note === '' ? {} : { note }),
    }
    this.set({ tasks: rest, ...FRESH })
    this.outbox.send(
      task.taskId,
      '/api/lead/adjudicate',
      () => request,
      () => void this.fetchMore(),
      (refused) => this.refusedOne(refused, task),
    )
  }

  /** The field has shown what is true: it stands, and others are checked by it without knowing. */
  private markGold(verdict: 'same' | 'different'): void {
    const [task, ...rest] = this.state.tasks
    const pairId = task?.candidates[0]?.pairId
    if (task === undefined || pairId === undefined) return
    const request = { ck: newClientKey(), pairId, verdict }
    this.set({ tasks: rest, ...FRESH })
    this.outbox.send(
      task.taskId,
      '/api/lead/gold',
      () => request,
      () => void this.fetchMore().then(() => this.set({ notice: told('goldMarked') })),
      (refused) => this.refusedOne(refused, task),
    )
  }

  private judgeSample(verdict: 'same' | 'different' | 'defer', now: number): void {
    const { batch } = this.state
    const [task, ...rest] = this.state.tasks
    const pairId = task?.candidates[0]?.pairId
    if (batch === undefined || pairId === undefined) return
    const request = { batch: batch.batch, ck: newClientKey(), pairId, verdict, ms: Math.max(0, now - this.paintedAt) }
    this.set({ tasks: rest, ...FRESH })
    this.outbox.send<{ dissolved: boolean; left: number; tasks: TaskView[] }>(
      task.taskId,
      '/api/lead/batch/judge',
      () => ({ ...request, have: this.held() }),
      (answer) => {
        if (answer.dissolved) void this.choose('batch').then(() => this.set({ notice: told('batchDissolved') }))
        else this.set({ batch: { ...batch, left: answer.left }, tasks: this.merge(answer.tasks) })
      },
      (refused) => this.problem(refused.code),
    )
  }

  private confirmHousehold(now: number): void {
    const { state } = this
    const task = state.tasks[0]
    const candidate = currentCandidate(state)
    if (state.mode !== 'household' || task === undefined || candidate === undefined || state.unsaved >= UNSAVED_MAX)
      return
    const pairIds = candidate.household.rows.flatMap((row) =>
      row.isTrivial === true && row.pairId !== undefined ? [row.pairId] : [],
    )
    if (pairIds.length === 0) return
    const request = { ck: newClientKey(), taskId: task.taskId, pairIds, ms: Math.max(0, now - this.paintedAt) }
    this.set({ tasks: pairIds.includes(candidate.pairId) ? state.tasks.slice(1) : state.tasks, ...FRESH })
    this.outbox.send<DecideResponse>(
      task.taskId,
      '/api/household',
      () => ({ ...request, have: this.held() }),
      (answer) => this.take(answer),
      (refused) => this.refusedOne(refused, task),
    )
  }

  private take(answer: DecideResponse): void {
    const closed = new Set(answer.closed)
    const kept = this.state.tasks.filter((task, at) => at === 0 || !closed.has(task.taskId))
    const { affected } = answer
    const notice =
      affected.people === 0
        ? undefined
        : told('affected', {
            derived: answer.derived,
            people: affected.people,
            records: affected.records,
            findings:
              affected.findings.map((one) => (this.state.language === 'zh' ? one.zh : one.code)).join(' · ') ||
              say('affectedNone'),
          })
    this.set({
      tasks: merged(kept, this.unjudged(answer.tasks)),
      notice,
      // While verdicts are on their way the desk holds back tasks: the last answer tells.
      isQueueEmpty: kept.length + answer.tasks.length + this.outbox.size === 0,
    })
    this.setCounts(answer.counts)
  }

  private takeFindings(answer: { readonly findings: readonly FindingView[]; readonly remaining: number }): void {
    const known = new Set(this.state.findings.map((one) => one.findingId))
    const findings = [...this.state.findings, ...answer.findings.filter((one) => !known.has(one.findingId))]
    this.set({ findings, isQueueEmpty: findings.length + this.outbox.size === 0 })
    const { counts } = this.state
    if (counts !== undefined) this.set({ counts: { ...counts, findings: answer.remaining } })
  }

  private async fetchMore(): Promise<void> {
    if (this.isFetching) return
    this.isFetching = true
    try {
      const { mode } = this.state
      if (mode === 'findings')
        this.takeFindings(await call('/api/findings/next', { have: this.state.findings.map((one) => one.findingId) }))
      else if (mode === 'adjudicate') {
        const answer = await call<{ tasks: TaskView[]; remaining: number }>('/api/lead/next', { have: this.held() })
        const tasks = this.merge(answer.tasks)
        this.set({ tasks, isQueueEmpty: tasks.length === 0 })
        const { counts } = this.state
        if (counts !== undefined) this.set({ counts: { ...counts, conflicts: answer.remaining } })
      } else if (isQueueMode(mode)) {
        const answer = await call<NextResponse>('/api/next', { mode, have: this.held() })
        const tasks = this.merge(answer.tasks)
        this.set({ tasks, isQueueEmpty: tasks.length === 0 })
        this.setCounts(answer.counts)
      }
    } finally {
      this.isFetching = false
    }
  }

  private async reveal(): Promise<void> {
    const candidate = currentCandidate(this.state)
    if (candidate === undefined || this.isRevealing) return
    this.isRevealing = true
    await this.guarded(async () => {
      const fields = await call<FieldView[]>('/api/reveal', { pairId: candidate.pairId })
      // The key may be up again, or the task gone, before the answer is here.
      if (this.isRevealing && currentCandidate(this.state)?.pairId === candidate.pairId)
        this.set({ revealed: { pairId: candidate.pairId, fields } })
    })
  }

  private async showWeights(): Promise<void> {
    const candidate = currentCandidate(this.state)
    if (candidate === undefined) return
    if (this.state.weights?.pairId === candidate.pairId) return this.set({ weights: undefined })
    await this.guarded(async () => {
      const weights = await call<WeightsView>('/api/weights', { pairId: candidate.pairId })
      if (currentCandidate(this.state)?.pairId === candidate.pairId) this.set({ weights })
    })
  }

  private async showHistory(): Promise<void> {
    this.hide()
    await this.outbox.settled()
    await this.guarded(async () => this.set({ history: await call<HistoryEntry[]>('/api/history'), dialog: 'history' }))
  }

  private refusedOne(refused: Refused, task: TaskView): void {
    // What cannot stand goes back on the screen; what somebody else did meanwhile is left to them.
    if (refused.code === 'contradiction' || refused.code === 'not-trivial') {
      const rest = this.state.tasks.filter((one) => one.taskId !== task.taskId)
      this.set({ tasks: [task, ...rest], ...FRESH })
    }
    this.problem(refused.code)
    void this.guarded(() => this.fetchMore())
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof Refused) this.problem(error.code)
      else this.set({ notice: { key: 'disconnected', isProblem: true } })
    }
  }

  private problem(code: string): void {
    if (code === 'locked' || code === 'login') {
      this.set({ screen: 'login', isLocked: true, tasks: [], findings: [], ...FRESH, dialog: undefined })
      return
    }
    if (code === 'session' || code === 'code') {
      keepToken(undefined)
      this.set({ ...START, language: this.state.language, screen: 'link' })
      return
    }
    const key = `refused.${code}`
    this.set({
      notice: isWordKey(key) ? { key, isProblem: true } : { key: 'failed', values: { n: code }, isProblem: true },
    })
  }

  private isTooSoon(now: number): boolean {
    const least = this.state.session?.minDwellMs ?? DWELL_MS
    // What is not on the glass yet cannot have been read.
    return least > 0 && (shownOf(this.state) !== this.shown || now - this.paintedAt < least)
  }

  private nextCandidate(task: TaskView, judged: string): number | undefined {
    const at = task.candidates.findIndex(
      (one) => one.pairId !== judged && one.standing === undefined && !this.state.rejected.has(one.pairId),
    )
    return at < 0 ? undefined : at
  }

  private held(): readonly string[] {
    return [...this.state.tasks.map((task) => task.taskId), ...this.outbox.judged].slice(0, 16)
  }

  private merge(tasks: readonly TaskView[]): readonly TaskView[] {
    return merged(this.state.tasks, this.unjudged(tasks))
  }

  private unjudged(tasks: readonly TaskView[]): readonly TaskView[] {
    const judged = new Set(this.outbox.judged)
    return tasks.filter((task) => !judged.has(task.taskId))
  }

  private setCounts(counts: Counts): void {
    const { findings } = this.state.counts ?? counts
    this.set({ counts: { ...counts, findings: counts.findings || findings } })
  }
}

const FRESH = {
  candidate: 0,
  rejected: new Set<string>(),
  revealed: undefined,
  weights: undefined,
  note: '',
  notice: undefined,
} as const

function merged(tasks: readonly TaskView[], more: readonly TaskView[]): readonly TaskView[] {
  const known = new Set(tasks.map((task) => task.taskId))
  return [...tasks, ...more.filter((task) => !known.has(task.taskId))]
}

function nameIn(candidate: CandidateView): string {
  const name = candidate.fields.find((field) => field.id === 'name')
  return (name?.right ?? []).map(([text]) => text).join('')
}

function told(key: WordKey, values?: Readonly<Record<string, string | number>>) {
  return { key, isProblem: false, ...(values === undefined ? {} : { values }) }
}

function isQueueMode(mode: Mode): mode is 'pair' | 'household' | 'duplicate' {
  return mode === 'pair' || mode === 'household' || mode === 'duplicate'
}
