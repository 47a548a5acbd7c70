/**
 * The one value the page is drawn from, and what everything on the page needs of it: changing it, sending verdicts,
 * saying what went wrong, knowing since when the question stands on the glass.
 *
 * In:  patches, refusals. Out: a new PageState to those who listen. No DOM here.
 */
import { isWordKey, type WordKey } from '../words/index.ts'
import { keepToken, Outbox, pauseAfter, Refused } from './connection.ts'
import { DWELL_MS } from './keys.ts'
import { type PageState, shownOf, START } from './state.ts'

/** What belongs to the task on the screen and goes with it. */
export const FRESH = {
  candidate: 0,
  rejected: new Set<string>(),
  revealed: undefined,
  weights: undefined,
  note: '',
  notice: undefined,
} as const

const PAINT_WAIT_MS = 1000

export class PageStore {
  state: PageState = START
  readonly outbox: Outbox
  private readonly listeners = new Set<() => void>()
  private paintedAt = 0
  private shown = ''
  private readonly waiting: (() => void)[] = []

  constructor() {
    this.outbox = new Outbox(
      (unsaved, isOffline) => this.set({ unsaved, isOffline }),
      (refused) => this.problem(refused.code),
    )
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
    for (const tell of this.waiting.splice(0)) tell()
  }

  /** When something else has been painted; a page in the background is not, and is not waited for long. */
  async nextPaint(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve)
      setTimeout(resolve, PAINT_WAIT_MS)
    })
  }

  isTooSoon(now: number): boolean {
    const least = this.state.session?.minDwellMs ?? DWELL_MS
    // What is not on the glass yet cannot have been read.
    return least > 0 && (shownOf(this.state) !== this.shown || now - this.paintedAt < least)
  }

  /** Time from the paint to a key. */
  timeTo(now: number): number {
    return Math.max(0, now - this.paintedAt)
  }

  /**
   * Calls that may be refused or cut off: the foot of the page says so, nothing is thrown further.
   *
   * @param isWanted where given, a call that was cut off is made again until it is answered or not wanted any more: what fills
   *        the screen. Without it the person presses the key again.
   */
  async guarded(work: () => Promise<void>, isWanted?: () => boolean): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        await work()
        if (failures > 0 && this.outbox.size === 0) this.set({ isOffline: false })
        return
      } catch (error) {
        if (error instanceof Refused) return this.problem(error.code)
        if (isWanted === undefined) return this.set({ notice: { key: 'cutOff', isProblem: true } })
        this.set({ isOffline: true })
        await pauseAfter(failures)
        if (!isWanted()) return
      }
    }
  }

  problem(code: string): void {
    if (code === 'locked' || code === 'login') {
      this.set({ screen: 'login', isLocked: true, tasks: [], findings: [], ...FRESH, dialog: undefined })
      return this.tellKept()
    }
    if (code === 'session' || code === 'code') {
      // Said already, by the first of several calls that were refused.
      if (this.state.screen !== 'link') this.leave()
      return
    }
    const key = `refused.${code}`
    this.set({
      notice: isWordKey(key) ? { key, isProblem: true } : { key: 'failed', values: { n: code }, isProblem: true },
    })
  }

  /** Nothing of anybody stays on the page; a new link is wanted. Verdicts that are not saved wait for their person. */
  leave(): void {
    keepToken(undefined)
    const { language, session, lockedUser, mode, filter } = this.state
    const waitsFor = this.outbox.size > 0 ? (session?.user ?? lockedUser) : ''
    const unsaved = this.outbox.size
    this.set({ ...START, language, mode, filter, screen: 'link', unsaved, lockedUser: waitsFor })
    this.tellKept()
  }

  /** That what is not saved is kept, and for whom. */
  tellKept(): void {
    const n = this.outbox.size
    if (n > 0) this.set({ notice: { key: 'keptUnsaved', values: { n, user: this.state.lockedUser }, isProblem: true } })
  }
}

export function told(key: WordKey, values?: Readonly<Record<string, string | number>>) {
  return { key, isProblem: false, ...(values === undefined ? {} : { values }) }
}
