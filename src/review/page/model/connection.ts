/**
 * Calls to the desk, and the verdicts on their way to it.
 *
 * In:  path and body. Out: the answer, or a Refused with the server's code. The session token is the only thing kept in
 *      the browser (sessionStorage of this origin and port). Verdicts go out one after another, are repeated with the
 *      same client key until answered, and count as saved only when the server said so. Where the desk knows nobody (started
 *      anew, locked) they are held until the same person is let in again.
 */
const TOKEN = 'bidui-session'

export class Refused extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number) {
    super(code)
    this.code = code
    this.status = status
  }
}

export function keepToken(token: string | undefined): void {
  if (token === undefined) sessionStorage.removeItem(TOKEN)
  else sessionStorage.setItem(TOKEN, token)
}

export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN) !== null
}

export async function call<T>(path: string, body: object = {}): Promise<T> {
  const token = sessionStorage.getItem(TOKEN)
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { 'X-Session': token }) },
    body: JSON.stringify(body),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
  })
  if (response.ok) return (await response.json()) as T
  let code = `http-${response.status}`
  try {
    code = ((await response.json()) as { refused?: string }).refused ?? code
  } catch {
    // An empty refusal: the status says enough.
  }
  throw new Refused(code, response.status)
}

/** A key of one's own for every request that writes: sent twice, it counts once. */
export function newClientKey(): string {
  return crypto.randomUUID()
}

interface Outgoing {
  readonly taskId: string
  readonly path: string
  readonly body: () => object
  readonly onAnswer: (answer: unknown) => void
  readonly onRefused: (refused: Refused) => void
}

/** Refusals that are about who is there, not about what was said: locked, no person, no session (the desk was started anew). */
const NOBODY: ReadonlySet<string> = new Set(['locked', 'login', 'session'])

const RETRY_MS = [300, 1000, 2000, 5000]

/** Before a call that was cut off is made again; longer from time to time. */
export async function pauseAfter(failures: number): Promise<void> {
  const pause = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]
  await new Promise((resolve) => setTimeout(resolve, pause))
}

export class Outbox {
  private readonly waiting: Outgoing[] = []
  private isSending = false
  private isOffline = false
  private isHeld = false
  private idle: (() => void)[] = []
  private readonly onChange: (unsaved: number, isOffline: boolean) => void
  private readonly onHeld: (refused: Refused) => void

  /** @param onHeld called when the desk knows nobody: what waits goes out after `resume` */
  constructor(onChange: (unsaved: number, isOffline: boolean) => void, onHeld: (refused: Refused) => void) {
    this.onChange = onChange
    this.onHeld = onHeld
  }

  get size(): number {
    return this.waiting.length
  }

  /**
   * @param taskId '' where no task is judged
   * @param body made when it is sent, so that it tells which tasks are held then
   */
  send<T>(
    taskId: string,
    path: string,
    body: () => object,
    onAnswer: (answer: T) => void,
    onRefused: (refused: Refused) => void,
  ): void {
    this.waiting.push({ taskId, path, body, onAnswer: onAnswer as (answer: unknown) => void, onRefused })
    this.tell(this.isOffline)
    void this.run()
  }

  /** Gives up what is not saved: somebody else was let in. Returns how many verdicts that were. */
  abandon(): number {
    const lost = this.waiting.splice(0).length
    this.isHeld = false
    this.tell(false)
    for (const resolve of this.idle.splice(0)) resolve()
    return lost
  }

  /** Sends what was held; resolves when it is answered. */
  async resume(): Promise<void> {
    this.isHeld = false
    void this.run()
    await this.settled()
  }

  /** Tasks judged here that the server does not know of yet: it must not send them again. */
  get judged(): readonly string[] {
    return this.waiting.slice(this.isSending ? 1 : 0).flatMap(({ taskId }) => (taskId === '' ? [] : [taskId]))
  }

  /** Resolves when everything sent before is answered. */
  settled(): Promise<void> {
    return this.waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve))
  }

  private tell(isOffline: boolean): void {
    this.isOffline = isOffline
    this.onChange(this.waiting.length, isOffline)
  }

  private async run(): Promise<void> {
    if (this.isSending || this.isHeld) return
    this.isSending = true
    let failures = 0
    while (this.waiting.length > 0) {
      const [next] = this.waiting
      try {
        const answer = await call(next.path, next.body())
        this.waiting.shift()
        failures = 0
        this.tell(false)
        next.onAnswer(answer)
      } catch (error) {
        if (error instanceof Refused && NOBODY.has(error.code)) {
          this.isHeld = true
          this.isSending = false
          this.tell(false)
          return this.onHeld(error)
        }
        if (error instanceof Refused && error.status !== 429 && error.status < 500) {
          this.waiting.shift()
          this.tell(false)
          next.onRefused(error)
        } else {
          this.tell(true)
          await pauseAfter(failures++)
        }
      }
    }
    this.isSending = false
    for (const resolve of this.idle.splice(0)) resolve()
  }
}
