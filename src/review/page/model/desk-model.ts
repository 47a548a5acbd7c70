/**
 * What happens on the page: who is there, which queue is open, which key means what. The parts do the work.
 *
 * In:  actions (from keys and buttons). Out: a new PageState for the view, by way of the parts: work-queue.ts (tasks),
 *      judging.ts (verdicts), looking.ts (reveal, weights, history, search), leading.ts (the lead's views).
 */
import type { QueueFilter } from '../../queue/filter.ts'
import type { Entrance, NextResponse, SessionView } from '../../api.ts'
import { type Arrival, arrive } from './arrival.ts'
import { type Language, setLanguage } from '../words/index.ts'
import { setTownships } from '../words/places.ts'
import { call } from './connection.ts'
import { Judging } from './judging.ts'
import type { Action } from './keys.ts'
import { Leading } from './leading.ts'
import { Looking } from './looking.ts'
import { type Address, canFilter, isFiltered, modesFor, NO_FILTER } from './modes.ts'
import { FRESH, PageStore, told } from './page-store.ts'
import type { Mode } from './modes.ts'
import type { Dialog, PageState } from './state.ts'
import { WorkQueue } from './work-queue.ts'

export class DeskModel {
  readonly store = new PageStore()
  readonly looking: Looking
  readonly leading: Leading
  readonly judging: Judging
  private readonly queue: WorkQueue

  constructor() {
    const { store } = this
    this.queue = new WorkQueue(store)
    this.looking = new Looking(store, this.queue)
    this.leading = new Leading(store)
    this.judging = new Judging(store, this.queue, this.looking, (why) => void this.reopenBatches(why))
  }

  get state(): PageState {
    return this.store.state
  }

  /** The view that the address names, before anybody is let in. */
  wants({ mode, filter }: Address): void {
    this.store.set({ mode, filter })
  }

  /** Somebody came by a link, a password or a token kept; for those who judge, the first task comes with them. */
  enter({ entrance, user }: Arrival): void {
    const { store } = this
    if (entrance === undefined) {
      store.set({ screen: 'link' })
      return store.tellKept()
    }
    const { session, first } = entrance
    const waits = store.outbox.size
    if (session === null) {
      const lockedUser = waits > 0 ? store.state.lockedUser : user
      return store.set({ screen: 'login', lockedUser, isLocked: user !== '' })
    }
    setTownships(session.townships)
    const modes = modesFor(session.rights)
    const wanted = store.state.mode
    const mode = modes.includes(wanted) ? wanted : firstMode(session)
    const isSamePerson = waits === 0 || store.state.lockedUser === session.user
    store.set({ screen: 'desk', session, isLocked: false, lockedUser: session.user, notice: undefined })
    const filter = mode === wanted ? store.state.filter : NO_FILTER
    // What one person said is never sent as another's.
    if (!isSamePerson) store.outbox.abandon()
    if (waits > 0 && isSamePerson) void this.saveKept(mode, filter, waits)
    else if (mode === 'pair' && first !== null && !isFiltered(filter)) this.begin(first)
    else void this.choose(mode, filter)
    if (!isSamePerson) store.set({ notice: { key: 'lostUnsaved', values: { n: waits }, isProblem: true } })
  }

  /** A new link over a page that is open: the desk was started anew, or somebody else sits down. */
  async comeBack(fragment: string): Promise<void> {
    this.store.leave()
    this.enter(await arrive(fragment))
  }

  /** First what was judged before the desk was away, then the queue as it stands after it. */
  private async saveKept(mode: Mode, filter: QueueFilter, kept: number): Promise<void> {
    const { store } = this
    store.set({ mode, filter, choices: undefined, tasks: [], findings: [], isQueueEmpty: false, ...FRESH })
    await store.outbox.resume()
    const { notice, screen } = store.state
    // Locked again, or gone again, in the middle of it.
    if (screen !== 'desk') return
    await this.choose(mode, filter)
    store.set({ notice: notice?.isProblem === true ? notice : told('savedKept', { n: kept }) })
  }

  choosesLanguage(language: Language): void {
    setLanguage(language)
    this.store.set({ language })
  }

  /** @param filter what of the queue is looked at; all of it where nothing is said */
  async choose(mode: Mode, filter: QueueFilter = NO_FILTER): Promise<void> {
    const { store, leading } = this
    await store.outbox.settled()
    const chosen = { mode, filter, choices: undefined }
    store.set({
      ...chosen,
      tasks: [],
      findings: [],
      isQueueEmpty: false,
      batch: undefined,
      dialog: undefined,
      ...FRESH,
    })
    await store.guarded(
      async () => {
        if (mode === 'overview') await leading.showOverview()
        else if (mode === 'report') await leading.showReport()
        else if (mode === 'batch') await leading.showBatches()
        else if (mode !== 'audit') await this.queue.fetchMore()
      },
      this.isStillAt(mode, filter),
    )
  }

  private isStillAt(mode: Mode, filter: QueueFilter): () => boolean {
    return () => this.state.screen === 'desk' && this.state.mode === mode && this.state.filter === filter
  }

  handle(action: Action, now: number): void {
    const { state } = this
    if (state.screen !== 'desk' || state.isLocked) return
    if (state.dialog !== undefined) return this.handleInDialog(action)
    switch (action.do) {
      case 'digit':
        if (!this.store.isTooSoon(now)) this.judging.judge(action, now)
        return
      case 'undo':
        this.judging.undo()
        return
      case 'confirm':
        if (!this.store.isTooSoon(now)) this.judging.confirmHousehold(now)
        return
      case 'next-queue':
        return this.turn(1)
      case 'previous-queue':
        return this.turn(-1)
      case 'up':
        return this.move(-1)
      case 'down':
        return this.move(1)
      case 'reveal':
        void this.looking.reveal()
        return
      case 'weights':
        void this.looking.showWeights()
        return
      case 'history':
        void this.looking.showHistory()
        return
      case 'lock':
        void this.lock()
        return
      case 'filter':
        void this.openFilter()
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
    this.looking.hide()
    this.store.set({ dialog, found: undefined })
  }

  /** What there is to choose from is asked first: the dialog opens with its counts. */
  async openFilter(): Promise<void> {
    const { store } = this
    if (!canFilter(this.state.mode)) return
    await store.outbox.settled()
    await store.guarded(async () => {
      const choices = await this.queue.choicesFor(this.state.filter)
      store.set({ choices })
      this.open('filter')
    })
  }

  /** While the dialog is open: what there would be to choose from. */
  async countFor(filter: QueueFilter): Promise<void> {
    await this.store.guarded(async () => this.store.set({ choices: await this.queue.choicesFor(filter) }))
  }

  close(): void {
    this.judging.forgetReason()
    this.store.set({ dialog: undefined })
  }

  keepNote(note: string): void {
    this.store.set({ note, dialog: undefined })
  }

  /** The queue or view to the right or left of this one in the top bar; from the last to the first. */
  private turn(step: 1 | -1): void {
    const modes = modesFor(this.state.session?.rights ?? [])
    const at = modes.indexOf(this.state.mode)
    if (at >= 0 && modes.length > 1) void this.choose(modes[(at + step + modes.length) % modes.length])
  }

  /** Another candidate of the same row. */
  move(step: number): void {
    const count = this.state.tasks[0]?.candidates.length ?? 0
    if (count <= 1) return
    this.looking.hide()
    this.store.set({ candidate: (this.state.candidate + step + count) % count, weights: undefined })
  }

  async acceptBatch(): Promise<void> {
    const accepted = await this.leading.acceptBatch()
    if (accepted === undefined) return
    await this.choose('batch')
    this.store.set({ notice: told('batchAccepted', { n: accepted }) })
  }

  async lock(): Promise<void> {
    const { store } = this
    store.set({
      isLocked: true,
      tasks: [],
      findings: [],
      ...FRESH,
      overview: undefined,
      history: [],
      found: undefined,
      last: undefined,
    })
    // Nobody waits for the desk to be back before the screen is locked; verdicts on their way go on trying.
    store.set({ screen: 'login' })
    await store.outbox.settled()
    if (!store.state.isLocked) return
    try {
      await call('/api/lock')
    } catch {
      // The server locks by itself when nothing comes any more.
    }
  }

  async login(name: string, password: string): Promise<void> {
    await this.store.guarded(async () =>
      this.enter({ entrance: await call<Entrance>('/api/login', { name, password }), user: name }),
    )
  }

  async logout(): Promise<void> {
    await this.store.outbox.settled()
    try {
      await call('/api/logout')
    } finally {
      this.store.leave()
      this.store.set({ mode: 'pair', filter: NO_FILTER })
    }
  }

  /** The first task is shown at once, the ones behind it come after. */
  private begin(first: NextResponse): void {
    this.store.set({ mode: 'pair', tasks: [], ...FRESH })
    this.queue.takeNext(first)
    // What comes behind the first task is not needed before that one is seen, and would be drawn into its frame.
    if (first.tasks.length > 0)
      void this.store
        .nextPaint()
        .then(() => this.store.guarded(() => this.queue.fetchMore(), this.isStillAt('pair', NO_FILTER)))
  }

  private async reopenBatches(why: 'verdict' | 'run'): Promise<void> {
    await this.choose('batch')
    this.store.set({ notice: told(why === 'run' ? 'refused.batch-closed' : 'batchDissolved') })
  }

  private handleInDialog(action: Action): void {
    if (action.do === 'escape') this.close()
    else if (action.do === 'digit' && this.state.dialog === 'reason')
      this.judging.chooseReason(String(action.digit), performance.now())
    else if (action.do === 'help' && this.state.dialog === 'help') this.close()
  }
}

function firstMode(session: SessionView): Mode {
  if (session.rights.includes('/api/next')) return 'pair'
  return session.rights.includes('/api/audit/verify') ? 'audit' : 'overview'
}
