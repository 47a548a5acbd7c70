import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROUTES } from '../../../src/review/server/routes.ts'
import { CODE_MS, IDLE_MS, SESSION_MS } from '../../../src/review/server/sessions.ts'
import { openTestDesk, type TestDesk } from '../../support/desk-browser.ts'
import { type Answer, DeskClient, sendRaw } from '../../support/desk-client.ts'

/** Other pages in the same browser, other machines, thieves of links: what they try, and that nothing comes out. */
let desk: TestDesk
let client: DeskClient
let now = Date.UTC(2026, 10, 24)
const CANARY = '金丝雀甲'
const BODY = JSON.stringify({ mode: 'pair', have: [] })

beforeAll(async () => {
  desk = await openTestDesk({
    pairs: 30,
    names: Array.from({ length: 30 }, () => CANARY),
    clock: () => now,
    users: [
      { name: 'zhang', role: 'reviewer', password: 'a long password' },
      { name: 'shen', role: 'auditor', password: 'another password' },
      { name: 'cao', role: 'operator', password: 'operators word' },
      { name: 'zu', role: 'lead', password: 'the leads word' },
      { name: 'qu', role: 'reviewer', password: 'a long password', areas: ['513027199'] },
    ],
  })
  client = await DeskClient.enter(desk, { name: 'zhang', password: 'a long password' })
})
afterAll(() => desk.remove())

function call(change: {
  headers?: Record<string, string>
  method?: string
  path?: string
  body?: string
}): Promise<Answer> {
  const body = change.body ?? BODY
  const headers: Record<string, string> = {
    ...client.headers(),
    'Content-Length': String(Buffer.byteLength(body)),
    ...change.headers,
  }
  for (const [name, value] of Object.entries(headers)) if (value === '(none)') delete headers[name]
  return sendRaw(desk.address, { method: change.method ?? 'POST', path: change.path ?? '/api/next', headers, body })
}

const port = () => new URL(desk.address).port

test('the same request without an attack is answered, or the attacks below would prove nothing', async () => {
  const answer = await call({})
  expect(answer.status).toBe(200)
  expect(answer.text).toContain(CANARY)
})

const ATTACKS: readonly (readonly [string, () => Promise<Answer>])[] = [
  [
    'DNS rebinding: a foreign host name',
    () => call({ headers: { Host: `evil.example:${port()}`, Origin: `http://evil.example:${port()}` } }),
  ],
  ['a foreign host with our origin', () => call({ headers: { Host: `evil.example:${port()}` } })],
  ['our name without the port', () => call({ headers: { Host: '127.0.0.1' } })],
  ['our name with another port', () => call({ headers: { Host: '127.0.0.1:1' } })],
  ['localhost with a dot at the end', () => call({ headers: { Host: `localhost.:${port()}` } })],
  ['a subdomain of localhost', () => call({ headers: { Host: `a.localhost:${port()}` } })],
  ['an IPv4-mapped address', () => call({ headers: { Host: `[::ffff:127.0.0.1]:${port()}` } })],
  ['the number form of the address', () => call({ headers: { Host: `2130706433:${port()}` } })],
  ['a user before the host', () => call({ headers: { Host: `x@127.0.0.1:${port()}` } })],
  ['the page asked for under a foreign host', () => sendRaw(desk.address, { headers: { Host: 'evil.example' } })],
  [
    'a page of another port',
    () => call({ headers: { Origin: 'http://127.0.0.1:9999', 'Sec-Fetch-Site': 'same-site' } }),
  ],
  [
    'a page of another site',
    () => call({ headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' } }),
  ],
  ['no origin', () => call({ headers: { Origin: '(none)' } })],
  ['origin null of a sandboxed frame', () => call({ headers: { Origin: 'null' } })],
  ['https in the origin', () => call({ headers: { Origin: desk.address.replace('http:', 'https:') } })],
  ['our origin, but the browser says cross-site', () => call({ headers: { 'Sec-Fetch-Site': 'cross-site' } })],
  ['our origin, but typed into the address bar', () => call({ headers: { 'Sec-Fetch-Site': 'none' } })],
  ['a form: url-encoded', () => call({ headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })],
  ['a form: text/plain with JSON in it', () => call({ headers: { 'Content-Type': 'text/plain' } })],
  ['a form: multipart', () => call({ headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })],
  ['no content type', () => call({ headers: { 'Content-Type': '(none)' } })],
  ['JSON by another name', () => call({ headers: { 'Content-Type': 'application/json-patch+json' } })],
  ['GET with a side effect', () => call({ method: 'GET' })],
  ['PUT', () => call({ method: 'PUT' })],
  ['DELETE', () => call({ method: 'DELETE' })],
  [
    'a CORS preflight',
    () =>
      call({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'POST', Origin: 'https://evil.example' } }),
  ],
  ['a method override', () => call({ method: 'GET', headers: { 'X-HTTP-Method-Override': 'POST' } })],
  ['no session', () => call({ headers: { 'X-Session': '(none)' } })],
  ['an invented session', () => call({ headers: { 'X-Session': 'A'.repeat(43) } })],
  ['the session as a cookie', () => call({ headers: { 'X-Session': '(none)', Cookie: `X-Session=${client.token}` } })],
  [
    'the session in the query',
    () => call({ headers: { 'X-Session': '(none)' }, path: `/api/next?X-Session=${client.token}` }),
  ],
  ['a session and a query', () => call({ path: '/api/next?x=1' })],
  [
    'the launch code in the query',
    () => sendRaw(desk.address, { path: `/?t=${new URL(desk.newLink()).hash.slice(3)}` }),
  ],
  ['a path out of the page', () => sendRaw(desk.address, { path: '/assets/../../../../etc/passwd' })],
  ['the same, encoded', () => sendRaw(desk.address, { path: '/assets/%2e%2e%2f%2e%2e%2frun.sqlite' })],
  ['the database by name', () => sendRaw(desk.address, { path: '/run.sqlite' })],
  ['the sources of the page', () => sendRaw(desk.address, { path: '/main.tsx' })],
  ['a body of 65 kB', () => call({ body: JSON.stringify({ mode: 'pair', have: ['x'.repeat(66_000)] }) })],
  [
    'a chunked body without a length',
    () => call({ headers: { 'Content-Length': '(none)', 'Transfer-Encoding': 'chunked' } }),
  ],
  [
    'a WebSocket',
    () =>
      sendRaw(desk.address, {
        path: '/api/next',
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
          Origin: 'https://evil.example',
        },
      }),
  ],
  [
    'a frame around the page',
    () => sendRaw(desk.address, { headers: { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'cross-site' } }),
  ],
  ['a prototype in the body', () => call({ body: '{"mode":"pair","have":[],"__proto__":{"role":"lead"}}' })],
  ['an unknown key in the body', () => call({ body: '{"mode":"pair","have":[],"role":"lead"}' })],
  ['a body that is no JSON', () => call({ body: 'mode=pair' })],
  ['the audit asked for by a reviewer', () => call({ path: '/api/audit/verify', body: '{}' })],
  ['the lead’s numbers asked for by a reviewer', () => call({ path: '/api/lead/overview', body: '{}' })],
  ['a path that does not exist', () => call({ path: '/api/nothing', body: '{}' })],
  ['a path with a slash more', () => call({ path: '/api/next/', body: BODY })],
]

for (const [name, attack] of ATTACKS)
  test(`refused: ${name}`, async () => {
    const before = desk.desk.log.anchor.count
    const answer = await attack()
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.text).not.toContain(CANARY)
    expect(answer.text.length).toBeLessThan(60)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(desk.desk.log.anchor.count).toBe(before)
  })

test('there are more than forty attacks in the list', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(40)
})

test('a launch code works once and for a minute only', async () => {
  const stranger = new DeskClient(desk.address)
  const code = new URL(desk.newLink()).hash.slice(3)
  await stranger.call('/api/open', { code })
  expect((await stranger.ask('/api/open', { code })).status).toBe(401)
  const late = new URL(desk.newLink()).hash.slice(3)
  now += CODE_MS + 1
  expect((await stranger.ask('/api/open', { code: late })).status).toBe(401)
})

test('an open link alone shows nothing while there are passwords', async () => {
  const stranger = await DeskClient.enter(desk)
  const answer = await stranger.ask('/api/next', { mode: 'pair', have: [] })
  expect(answer).toMatchObject({ status: 401, body: { refused: 'login' } })
})

test('five wrong passwords close an account for five minutes, even to the right one', async () => {
  const stranger = await DeskClient.enter(desk)
  for (let i = 0; i < 5; i++)
    expect((await stranger.ask('/api/login', { name: 'cao', password: `wrong password ${i}` })).status).toBe(401)
  expect((await stranger.ask('/api/login', { name: 'cao', password: 'operators word' })).status).toBe(429)
  now += 5 * 60_000 + 1
  expect((await stranger.ask('/api/login', { name: 'cao', password: 'operators word' })).status).toBe(200)
})

test('ten idle minutes lock a session until its own password; ten hours end it', async () => {
  const own = await DeskClient.enter(desk, { name: 'zhang', password: 'a long password' })
  now += IDLE_MS + 1
  expect(await own.ask('/api/next', { mode: 'pair', have: [] })).toMatchObject({
    status: 401,
    body: { refused: 'locked' },
  })
  expect((await own.ask('/api/login', { name: 'zu', password: 'the leads word' })).status).toBe(403)
  await own.call('/api/login', { name: 'zhang', password: 'a long password' })
  await own.call('/api/next', { mode: 'pair', have: [] })
  now += SESSION_MS
  expect((await own.ask('/api/next', { mode: 'pair', have: [] })).body.refused).toBe('session')
})

test('every route refuses every role that it does not name, and a new route is refused to all', async () => {
  const roles = { reviewer: 'zhang', lead: 'zu', operator: 'cao', auditor: 'shen' } as const
  const words = {
    zhang: 'a long password',
    zu: 'the leads word',
    cao: 'operators word',
    shen: 'another password',
  } as const
  for (const [role, name] of Object.entries(roles)) {
    const one = await DeskClient.enter(desk, { name, password: words[name] })
    for (const route of ROUTES) {
      const { status, body } = await one.ask(route.path, { nonsense: true })
      const isAllowed = (route.roles as readonly string[]).includes(role)
      expect(`${route.path} ${role} ${status} ${String(body.refused)}`).toBe(
        `${route.path} ${role} ${isAllowed ? '400 body' : '403 role'}`,
      )
    }
  }
})

test('nobody may set thresholds, decide and audit: no role has all, operators and auditors see no person', () => {
  const of = (role: string) =>
    ROUTES.filter((route) => (route.roles as readonly string[]).includes(role)).map((route) => route.path)
  expect(of('operator')).toEqual([])
  expect(of('auditor')).toEqual(['/api/lead/overview', '/api/lead/rerun/status', '/api/audit/verify'])
  expect(of('lead')).not.toContain('/api/audit/verify')
  expect(of('reviewer').some((path) => path.startsWith('/api/lead'))).toBe(false)
})

test('a reviewer gets tasks of their own area only, and cannot decide others', async () => {
  const own = await DeskClient.enter(desk, { name: 'qu', password: 'a long password' })
  const { tasks } = await own.call<{ tasks: unknown[] }>('/api/next', { mode: 'pair', have: [] })
  expect(tasks).toEqual([])
  const pair = desk.desk.run.pairs[0]
  const answer = await own.ask('/api/decide', {
    mode: 'pair',
    have: [],
    ck: 'key-of-qu-1',
    taskId: 'x',
    pairId: pair.pairId,
    verdict: 'same',
    ms: 1,
  })
  expect(answer).toMatchObject({ status: 403, body: { refused: 'area' } })
})

test('more than fifty requests a second from one session are put off', async () => {
  const own = await DeskClient.enter(desk, { name: 'zu', password: 'the leads word' })
  const answers = await Promise.all(Array.from({ length: 130 }, () => own.ask('/api/history')))
  expect(answers.filter((answer) => answer.status === 429).length).toBeGreaterThan(20)
})

test('every answer carries the headers, refusals too', async () => {
  for (const answer of [
    await sendRaw(desk.address, {}),
    await sendRaw(desk.address, { path: '/none' }),
    await sendRaw(desk.address, { headers: { Host: 'evil.example' } }),
    await call({ headers: { 'X-Session': '(none)' } }),
  ]) {
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin')
  }
})

test('the desk listens to this machine only', async () => {
  const { networkInterfaces } = await import('node:os')
  const others = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((one) => !one.internal && one.family === 'IPv4'),
  )
  for (const { address } of others)
    await expect(
      new Promise((resolve, reject) => {
        const socket = connect({ host: address, port: Number(port()), timeout: 500 }, () => resolve('open'))
        socket.on('error', reject)
        socket.on('timeout', () => reject(new Error('timeout')))
      }),
    ).rejects.toThrow()
})

test('unexpected errors tell the page nothing', async () => {
  const own = await DeskClient.enter(desk, { name: 'zhang', password: 'a long password' })
  const { run } = desk.desk
  const explanation = run.explanation.bind(run)
  Object.assign(run, {
    explanation: () => {
      throw new Error(`broken at ${CANARY}`)
    },
  })
  const answer = await own.ask('/api/weights', { pairId: run.pairs[0].pairId })
  Object.assign(run, { explanation })
  expect(answer).toEqual({ status: 500, body: { refused: 'internal' } })
})
