/**
 * Who is at the other end: one-time codes, sessions, idle lock, failed passwords, pace.
 *
 * In:  codes, tokens, passwords, the time. Out: sessions. A code stands in the fragment of the address (it is not sent
 *      to any server), lives 60 seconds and works once; the token it buys is kept here as a digest only.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Person } from './desks/desk.ts'
import { Refusal } from './refusal.ts'

export const CODE_MS = 60_000
export const IDLE_MS = 10 * 60_000
export const SESSION_MS = 10 * 3_600_000
const FAILURES_MAX = 5
const FAILURE_PAUSE_MS = 5 * 60_000
/** Requests per second of one session, and how many may come at once. */
const PACE = 50
const BURST = 100

export interface Session {
  readonly id: string
  person: Person | undefined
  readonly opened: number
  seen: number
  isLocked: boolean
  tokens: number
  refilled: number
}

export class Sessions {
  private readonly codes = new Map<string, number>()
  private readonly sessions = new Map<string, Session>()
  private readonly failures = new Map<string, { count: number; until: number }>()
  private readonly clock: () => number
  private readonly pace: number

  constructor(clock: () => number, pace: number = PACE) {
    this.clock = clock
    this.pace = pace
  }

  /** 256 bits, base64url: goes behind the `#t=` of the link on the terminal. */
  newCode(): string {
    const code = randomBytes(32).toString('base64url')
    this.codes.set(digest(code), this.clock() + CODE_MS)
    return code
  }

  /** Exchanges a code for a session token; the code is gone whatever comes of it. */
  open(code: string): { readonly token: string; readonly session: Session } {
    const key = digest(code)
    const until = this.codes.get(key)
    this.codes.delete(key)
    const now = this.clock()
    for (const [old, time] of this.codes) if (time < now) this.codes.delete(old)
    if (until === undefined || until < now) throw new Refusal(401, 'code')
    const token = randomBytes(32).toString('base64url')
    const session: Session = {
      id: digest(token).slice(0, 12),
      person: undefined,
      opened: now,
      seen: now,
      isLocked: false,
      tokens: BURST,
      refilled: now,
    }
    this.sessions.set(digest(token), session)
    return { token, session }
  }

  /** The session of a token, as far as it is still one; counts as activity. */
  use(token: string | undefined): Session {
    const session = this.find(token)
    const now = this.clock()
    session.tokens = Math.min(BURST, session.tokens + ((now - session.refilled) / 1000) * this.pace)
    session.refilled = now
    if (session.tokens < 1) throw new Refusal(429, 'pace')
    session.tokens--
    if (now - session.seen > IDLE_MS) session.isLocked = true
    session.seen = now
    return session
  }

  end(token: string | undefined): void {
    if (token !== undefined) this.sessions.delete(digest(token))
  }

  mayTry(name: string): boolean {
    const failure = this.failures.get(name)
    return failure === undefined || failure.count < FAILURES_MAX || failure.until <= this.clock()
  }

  noteFailure(name: string): void {
    const failure = this.failures.get(name)
    const now = this.clock()
    const count =
      failure === undefined || (failure.count >= FAILURES_MAX && failure.until <= now) ? 1 : failure.count + 1
    this.failures.set(name, { count, until: now + FAILURE_PAUSE_MS })
    if (this.failures.size > 1000) this.failures.clear()
  }

  forgetFailures(name: string): void {
    this.failures.delete(name)
  }

  private find(token: string | undefined): Session {
    if (token === undefined || token.length !== 43) throw new Refusal(401, 'session')
    const key = digest(token)
    const session = this.sessions.get(key)
    // The digests are compared, in constant time, though a map found them: nothing depends on how.
    if (session === undefined || !timingSafeEqual(Buffer.from(key.slice(0, 12)), Buffer.from(session.id)))
      throw new Refusal(401, 'session')
    if (this.clock() - session.opened > SESSION_MS) {
      this.sessions.delete(key)
      throw new Refusal(401, 'session')
    }
    return session
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
