/**
 * What the lead does besides judging: progress, the day's report, running again, batches, returned verdicts; and what
 * the auditor checks.
 *
 * In:  buttons. Out: overview, rerun, groups, batch and audit in the state.
 */
import type { TaskView } from '../../api.ts'
import { call, newClientKey, Refused } from './connection.ts'
import { FRESH, type PageStore, told } from './page-store.ts'

/** How often the page asks whether the new run is there. */
const RERUN_LOOK_MS = 700

export class Leading {
  private readonly store: PageStore

  constructor(store: PageStore) {
    this.store = store
  }

  async showOverview(): Promise<void> {
    this.store.set({ overview: await call('/api/lead/overview'), rerun: await call('/api/lead/rerun/status') })
    await this.watchRerun()
  }

  async showReport(): Promise<void> {
    this.store.set({ overview: await call('/api/lead/report') })
  }

  async showBatches(): Promise<void> {
    this.store.set({ groups: await call('/api/lead/batches') })
  }

  /** 按裁决重算: the county is run again with what was decided; the page watches until the desk has gone over to it. */
  async rerun(): Promise<void> {
    const { store } = this
    await store.outbox.settled()
    await store.guarded(async () => {
      store.set({ rerun: await call('/api/lead/rerun') })
      await this.watchRerun()
    })
  }

  async draw(pattern: string, bound: number): Promise<void> {
    await this.store.guarded(async () => {
      const drawn = await call<{ batch: string; size: number; sample: number; tasks: TaskView[] }>(
        '/api/lead/batch/draw',
        { pattern, bound },
      )
      const { batch, size, sample, tasks } = drawn
      this.store.set({ batch: { batch, size, left: sample }, tasks, ...FRESH })
    })
  }

  /** @returns how many pairs were accepted, or nothing if none could be */
  async acceptBatch(): Promise<number | undefined> {
    const { store } = this
    const { batch } = store.state
    if (batch === undefined) return undefined
    await store.outbox.settled()
    let count: number | undefined
    await store.guarded(async () => {
      const { accepted } = await call<{ accepted: number }>('/api/lead/batch/accept', { batch: batch.batch })
      count = accepted
    })
    return count
  }

  async reopenLast(reviewer: string): Promise<void> {
    await this.store.guarded(async () => {
      const { reopened } = await call<{ reopened: number }>('/api/lead/reopen', { ck: newClientKey(), reviewer })
      this.store.set({ overview: await call('/api/lead/overview'), notice: told('reopenedN', { n: reopened }) })
    })
  }

  /** @param threshold as the page shows it; null withdraws what was signed */
  async signThreshold(threshold: number | null): Promise<void> {
    await this.store.guarded(async () => {
      await call('/api/lead/threshold', { ck: newClientKey(), threshold })
      this.store.set({ overview: await call('/api/lead/overview'), notice: told('thresholdSaved') })
    })
  }

  async verifyAudit(): Promise<void> {
    await this.store.guarded(async () => this.store.set({ audit: await call('/api/audit/verify') }))
  }

  private async watchRerun(): Promise<void> {
    const { store } = this
    let wasRunning = false
    while (store.state.rerun?.state === 'running' && store.state.mode === 'overview' && !store.state.isLocked) {
      wasRunning = true
      await new Promise((resolve) => setTimeout(resolve, RERUN_LOOK_MS))
      try {
        store.set({ rerun: await call('/api/lead/rerun/status') })
      } catch (error) {
        // Away for a moment: the run goes on, and so does the watch.
        if (error instanceof Refused) throw error
      }
    }
    if (wasRunning && store.state.mode === 'overview') store.set({ overview: await call('/api/lead/overview') })
  }
}
