/**
 * Looking closer, and what comes of it: whole numbers while V is held, weights, one's own history, search, linking by
 * hand, taking a person apart.
 *
 * In:  keys and buttons. Out: what the server showed, in the state; each look is written down there before it is shown.
 */
import type { FieldView, HistoryEntry, RecordLine, WeightsView } from '../../api.ts'
import { call, newClientKey } from './connection.ts'
import { FRESH, type PageStore, told } from './page-store.ts'
import { currentCandidate } from './state.ts'
import type { WorkQueue } from './work-queue.ts'

export class Looking {
  private readonly store: PageStore
  private readonly queue: WorkQueue
  private isRevealing = false

  constructor(store: PageStore, queue: WorkQueue) {
    this.store = store
    this.queue = queue
  }

  async reveal(): Promise<void> {
    const { store } = this
    const candidate = currentCandidate(store.state)
    if (candidate === undefined || this.isRevealing) return
    this.isRevealing = true
    await store.guarded(async () => {
      const fields = await call<FieldView[]>('/api/reveal', { pairId: candidate.pairId })
      // The key may be up again, or the task gone, before the answer is here.
      if (this.isRevealing && currentCandidate(store.state)?.pairId === candidate.pairId)
        store.set({ revealed: { pairId: candidate.pairId, fields } })
    })
  }

  /** V is up, the window lost the focus, or another task came: what was shown is gone from the page. */
  hide(): void {
    this.isRevealing = false
    if (this.store.state.revealed !== undefined) this.store.set({ revealed: undefined })
  }

  async showWeights(): Promise<void> {
    const { store } = this
    const candidate = currentCandidate(store.state)
    if (candidate === undefined) return
    if (store.state.weights?.pairId === candidate.pairId) return store.set({ weights: undefined })
    await store.guarded(async () => {
      const weights = await call<WeightsView>('/api/weights', { pairId: candidate.pairId })
      if (currentCandidate(store.state)?.pairId === candidate.pairId) store.set({ weights })
    })
  }

  async showHistory(): Promise<void> {
    const { store } = this
    this.hide()
    await store.outbox.settled()
    await store.guarded(async () =>
      store.set({ history: await call<HistoryEntry[]>('/api/history'), dialog: 'history' }),
    )
  }

  async search(text: string): Promise<void> {
    await this.store.guarded(async () => this.store.set({ found: await call<RecordLine[]>('/api/search', { text }) }))
  }

  async linkByHand(record: string): Promise<void> {
    const { store } = this
    const focal = currentCandidate(store.state)?.rightKey
    if (focal === undefined) return
    await store.guarded(async () => {
      await call('/api/link', { ck: newClientKey(), left: record, right: focal, reason: 'search' })
      store.set({ dialog: undefined, notice: told('linked') })
      store.set({ tasks: store.state.tasks.slice(1), ...FRESH })
      await this.queue.fetchMore()
    })
  }

  async openPerson(record: string): Promise<void> {
    await this.store.guarded(async () =>
      this.store.set({ splitting: await call<RecordLine[]>('/api/person', { record }), dialog: 'split' }),
    )
  }

  async split(groups: readonly (readonly [string, number])[]): Promise<void> {
    await this.store.guarded(async () => {
      await call('/api/split', { ck: newClientKey(), groups, reason: 'split' })
      this.store.set({ dialog: undefined, notice: told('splitDone') })
    })
  }
}
