/** Who comes in gets the first task with the session: no further call stands between a link and a verdict. */
import { afterEach, expect, test } from 'vitest'
import type { Entrance } from '../../../src/review/api.ts'
import { openTestDesk, type TestDesk } from '../../support/desk-browser.ts'
import { DeskClient } from '../../support/desk-client.ts'

let desk: TestDesk | undefined
afterEach(async () => {
  await desk?.remove()
  desk = undefined
})

const PASSWORDS = { zhang: 'a long password', shen: 'another password' } as const

async function openWithAccounts(): Promise<TestDesk> {
  desk = await openTestDesk({
    users: [
      { name: 'zhang', role: 'reviewer', password: PASSWORDS.zhang, areas: ['513027101'] },
      { name: 'shen', role: 'auditor', password: PASSWORDS.shen },
    ],
  })
  return desk
}

async function logIn(client: DeskClient, name: keyof typeof PASSWORDS): Promise<Entrance> {
  return client.call<Entrance>('/api/login', { name, password: PASSWORDS[name] })
}

test('the code of the link brings session and first task in one answer, and the task is leased', async () => {
  desk = await openTestDesk()
  const client = new DeskClient(desk.address)
  const { session, first } = await client.call<Entrance>('/api/open', {
    code: new URL(desk.newLink()).hash.slice(3),
  })
  expect(session?.user).toBe('local')
  expect(first?.tasks).toHaveLength(1)
  expect(first?.counts.remaining).toBe(desk.desk.state.tasks.length)
  expect(desk.desk.leases.holder(first!.tasks[0].taskId, Date.now())).toBe('local')
})

test('with accounts the first task comes after the password, from the person’s own townships, never to an auditor', async () => {
  const opening = await openWithAccounts()
  const client = new DeskClient(opening.address)
  const opened = await client.call<Entrance>('/api/open', { code: new URL(opening.newLink()).hash.slice(3) })
  expect(opened).toMatchObject({ session: null, first: null })
  const reviewer = await DeskClient.enter(desk!, { name: 'zhang', password: PASSWORDS.zhang })
  const entered = await logIn(reviewer, 'zhang')
  expect(entered.first!.tasks[0].areaCode.startsWith('513027101')).toBe(true)
  const auditor = await DeskClient.enter(desk!, { name: 'shen', password: PASSWORDS.shen })
  expect(await logIn(auditor, 'shen')).toMatchObject({ session: { role: 'auditor' }, first: null })
})

test('a kept token brings the first task again; a locked session brings nothing but whose it is', async () => {
  await openWithAccounts()
  const client = await DeskClient.enter(desk!, { name: 'zhang', password: PASSWORDS.zhang })
  expect((await client.call<Entrance>('/api/session')).first!.tasks).toHaveLength(1)
  await client.call('/api/lock')
  expect(await client.call('/api/session')).toEqual({ user: 'zhang', session: null, first: null })
})

test('warming up gives nobody a task and writes nothing down', async () => {
  desk = await openTestDesk()
  expect(desk.desk.leases.count(Date.now())).toBe(0)
  expect(desk.desk.log.anchor.count).toBe(0)
})
