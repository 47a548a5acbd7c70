/**
 * The web side of the desk: guard, sessions, roles, then the table of routes.
 *
 * In:  requests. Out: JSON with a code for what was refused, never a stack or a value. Static files are read once at the
 *      start into memory and found by exact name: no path of a request ever reaches the file system.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { parseBody } from './body.ts'
import type { Person } from './desks/desk.ts'
import { addEntrance } from './entrance.ts'
import { BODY_BYTES_MAX, guardRequests, HEADERS } from './guard.ts'
import { Refusal } from './refusal.ts'
import { type Desks, ROUTES } from './routes.ts'
import type { Session, Sessions } from './sessions.ts'
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

/** A pair that nobody can have read yet is not decided. */
const MIN_DWELL_MS = 250

export function createApp(options: AppOptions): Hono {
  const { desks, sessions } = options
  const app = new Hono()
  app.use('*', guardRequests({ hosts: options.hosts, scheme: options.scheme }))
  app.use(
    '/api/*',
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: () => new Response(null, { status: 413, headers: HEADERS }) }),
  )

  addEntrance(app, desks, sessions, options.minDwellMs ?? MIN_DWELL_MS)
  for (const route of ROUTES)
    app.post(route.path, async (context) => {
      const session = sessions.use(context.req.header('x-session'))
      const person = personOf(session)
      if (!route.roles.includes(person.role)) throw new Refusal(403, 'role')
      const body = parseBody(route.body, await context.req.text())
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

  return app
}

function personOf(session: Session): Person {
  if (session.person === undefined) throw new Refusal(401, 'login')
  if (session.isLocked) throw new Refusal(401, 'locked')
  return session.person
}
