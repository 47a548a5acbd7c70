/**
 * The web side of the desk: guard, sessions, roles, then the table of routes.
 *
 * In:  requests. Out: JSON with a code for what was refused, never a stack or a value. Static files are read once at the
 *      start into memory and found by exact name: no path of a request ever reaches the file system.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Entrance } from '../api.ts'
import { type Account, checkPassword, listAccounts } from '../decisions/index.ts'
import type { Person } from './desk.ts'
import { BODY_BYTES_MAX, guardRequests, HEADERS } from './guard.ts'
import { Refusal } from './refusal.ts'
import { type Desks, firstTask, ROUTES, rightsOf } from './routes.ts'
import { IDLE_MS, type Session, type Sessions } from './sessions.ts'
import type { StaticFiles } from './static-files.ts'

export interface AppOptions {
  readonly desks: Desks
  readonly sessions: Sessions
  readonly files: StaticFiles
  readonly hosts: () => ReadonlySet<string>
  readonly scheme: 'http' | 'https'
  readonly minDwellMs?: number
  /** Called with the code of an unexpected error; the page only gets `internal`. */
  readonly onError?: (error: unknown) => void
}

const OUTSIDE: Entrance = { session: null, first: null }
const OPEN_BODY = z.strictObject({ code: z.string().length(43) })
const LOGIN_BODY = z.strictObject({ name: z.string().min(1).max(32), password: z.string().min(1).max(200) })

export function createApp(options: AppOptions): Hono {
  const { desks, sessions } = options
  const { desk } = desks
  const app = new Hono()
  app.use('*', guardRequests({ hosts: options.hosts, scheme: options.scheme }))
  app.use(
    '/api/*',
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: () => new Response(null, { status: 413, headers: HEADERS }) }),
  )

  app.post('/api/open', async (context) => {
    const { code } = parse(OPEN_BODY, await context.req.text())
    const { token, session } = sessions.open(code)
    const only = soleAccount(listAccounts(desk.log.database))
    if (only !== undefined) enter(session, only)
    return context.json({ token, ...entrance(session) })
  })

  app.post('/api/login', async (context) => {
    const session = sessions.use(context.req.header('x-session'))
    const { name, password } = parse(LOGIN_BODY, await context.req.text())
    if (!sessions.mayTry(name)) throw new Refusal(429, 'too-many-failures')
    // The lock of a session is opened by its own person only.
    if (session.person !== undefined && session.person.name !== name) throw new Refusal(403, 'other-person')
    const account = checkPassword(desk.log.database, name, password)
    if (account === undefined) {
      sessions.noteFailure(name)
      desk.append([{ actor: '-', role: 'reviewer', ev: 'login-failed', sess: session.id }])
      throw new Refusal(401, 'password')
    }
    sessions.forgetFailures(name)
    enter(session, account)
    return context.json(entrance(session))
  })

  app.post('/api/session', (context) => {
    const session = sessions.use(context.req.header('x-session'))
    return context.json({
      user: session.person?.name ?? '',
      ...(session.isLocked ? OUTSIDE : entrance(session)),
    })
  })

  app.post('/api/lock', (context) => {
    sessions.use(context.req.header('x-session')).isLocked = true
    return context.json({})
  })

  app.post('/api/logout', (context) => {
    const token = context.req.header('x-session')
    const { person } = sessions.use(token)
    if (person !== undefined) {
      desk.append([{ ...desk.who(person), ev: 'logout' }])
      desk.leases.releaseAll(person.name)
    }
    sessions.end(token)
    context.header('Clear-Site-Data', '"storage"')
    return context.json({})
  })

  for (const route of ROUTES)
    app.post(route.path, async (context) => {
      const session = sessions.use(context.req.header('x-session'))
      const person = personOf(session)
      if (!route.roles.includes(person.role)) throw new Refusal(403, 'role')
      const body = parse(route.body, await context.req.text())
      return context.json(route.run(desks, person, body as never) as object)
    })

  app.get('*', (context) => {
    const file = options.files.get(context.req.path)
    if (file === undefined) return new Response(null, { status: 404, headers: HEADERS })
    return new Response(file.bytes, { headers: { 'Content-Type': file.type } })
  })
  app.notFound(() => new Response(null, { status: 404, headers: HEADERS }))
  app.onError((error, context) => {
    const refusal = error instanceof Refusal ? error : undefined
    if (refusal === undefined) options.onError?.(error)
    const response = context.json({ refused: refusal?.code ?? 'internal' }, refusal?.status ?? 500)
    for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value)
    return response
  })

  function enter(session: Session, account: Account): void {
    session.person = { ...account, sess: session.id }
    session.isLocked = false
    desk.append([{ ...desk.who(session.person), ev: 'login' }])
  }

  /** Who came in and what is to be judged first, in one answer: a task asked for by itself would come a turn later. */
  function entrance(session: Session): Entrance {
    const { person } = session
    if (person === undefined) return OUTSIDE
    return {
      session: {
        user: person.name,
        role: person.role,
        run: desk.run.runId,
        rights: rightsOf(person.role),
        idleMs: IDLE_MS,
        minDwellMs: options.minDwellMs ?? 250,
      },
      first: firstTask(desks, person),
    }
  }

  return app
}

function personOf(session: Session): Person {
  if (session.person === undefined) throw new Refusal(401, 'login')
  if (session.isLocked) throw new Refusal(401, 'locked')
  return session.person
}

/** Without a password there is one person only, and the code on the terminal is the proof. */
function soleAccount(accounts: readonly Account[]): Account | undefined {
  return accounts.length === 1 && !accounts[0].hasPassword ? accounts[0] : undefined
}

function parse<B extends z.ZodType>(shape: B, text: string): z.output<B> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'json')
  }
  const result = shape.safeParse(value)
  if (!result.success) throw new Refusal(400, 'body')
  return result.data
}
