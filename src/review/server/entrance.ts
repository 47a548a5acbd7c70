/**
 * Coming in and going out: the code on the terminal, the password, the lock, the end of a session.
 *
 * Out: JSON answers of five calls. What a person did to come in or go out stands in the log of the desk.
 */
import type { Hono } from 'hono'
import { z } from 'zod'
import type { Entrance } from '../api.ts'
import { type Account, checkPassword, listAccounts } from '../decisions/index.ts'
import { parseBody } from './body.ts'
import { Refusal } from './refusal.ts'
import { type Desks, firstTask, rightsOf } from './routes.ts'
import { IDLE_MS, type Session, type Sessions } from './sessions.ts'

const OUTSIDE: Entrance = { session: null, first: null }
const OPEN_BODY = z.strictObject({ code: z.string().length(43) })
const LOGIN_BODY = z.strictObject({ name: z.string().min(1).max(32), password: z.string().min(1).max(200) })

/** @param minDwellMs how long a pair must have been seen before it may be decided */
export function addEntrance(app: Hono, desks: Desks, sessions: Sessions, minDwellMs: number): void {
  const inside = (session: Session) => entranceOf(session, desks, minDwellMs)
  addComingIn(app, desks, sessions, inside)
  addStayingIn(app, desks, sessions, inside)
}

/** The code on the terminal, then name and password where there are several accounts. */
function addComingIn(app: Hono, { desk }: Desks, sessions: Sessions, inside: (session: Session) => Entrance): void {
  const enter = (session: Session, account: Account) => {
    session.person = { ...account, sess: session.id }
    session.isLocked = false
    desk.append([{ ...desk.who(session.person), ev: 'login' }])
  }

  app.post('/api/open', async (context) => {
    const { code } = parseBody(OPEN_BODY, await context.req.text())
    const { token, session } = sessions.open(code)
    const only = soleAccount(listAccounts(desk.log.database))
    if (only !== undefined) enter(session, only)
    return context.json({ token, ...inside(session) })
  })

  app.post('/api/login', async (context) => {
    const session = sessions.use(context.req.header('x-session'))
    const { name, password } = parseBody(LOGIN_BODY, await context.req.text())
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
    return context.json(inside(session))
  })
}

/** Whether a page is still inside, the lock of the screen, and going out. */
function addStayingIn(app: Hono, { desk }: Desks, sessions: Sessions, inside: (session: Session) => Entrance): void {
  app.post('/api/session', (context) => {
    const session = sessions.use(context.req.header('x-session'))
    return context.json({
      user: session.person?.name ?? '',
      ...(session.isLocked ? OUTSIDE : inside(session)),
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
}

/** Who came in and what is to be judged first, in one answer: a task asked for by itself would come a turn later. */
function entranceOf({ person }: Session, desks: Desks, minDwellMs: number): Entrance {
  if (person === undefined) return OUTSIDE
  const { run } = desks.desk
  return {
    session: {
      user: person.name,
      role: person.role,
      run: run.runId,
      rights: rightsOf(person.role),
      townships: Object.fromEntries(run.townshipNames),
      idleMs: IDLE_MS,
      minDwellMs,
    },
    first: firstTask(desks, person),
  }
}

/** Without a password there is one person only, and the code on the terminal is the proof. */
function soleAccount(accounts: readonly Account[]): Account | undefined {
  return accounts.length === 1 && !accounts[0].hasPassword ? accounts[0] : undefined
}
