/** The desk goes away under an open page: started anew, locked, cut off. What was judged there is kept and saved. */
import type { Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { type RunningDesk, startDesk } from '../../src/review/server/start.ts'
import { ensureBuiltPage } from '../support/built-page.ts'
import { pageAtDesk, press, saved, test } from '../support/desk-page.ts'

const at = pageAtDesk()
const { open } = at
let again: RunningDesk | undefined
afterEach(async () => {
  await again?.stop()
  again = undefined
})

const decided = (desk: RunningDesk) =>
  desk.desk.log.database.prepare("SELECT actor, count(*) FROM event WHERE ev = 'decide' GROUP BY actor").raw().all()

/** The same run and decisions at the same address: every session is a stranger's there. */
async function startAgain(): Promise<RunningDesk> {
  const { decisions } = at.desk
  const { directory } = at.desk.desk.run
  const port = Number(new URL(at.desk.address).port)
  await at.desk.stop()
  again = await startDesk({ directory, decisions, port, page: await ensureBuiltPage(), minDwellMs: 0, pace: 100_000 })
  return again
}

async function judgeUnanswered(page: Page, verdicts: number): Promise<void> {
  await page.route('**/api/decide', (route) => route.abort())
  for (let n = 1; n <= verdicts; n++) {
    await press(page, 'Digit1')
    await page.waitForSelector(`[data-unsaved="${n}"]`)
  }
}

test('the desk is started anew under a page with unsaved verdicts: they are kept, and saved after the new link', async () => {
  const page = await open()
  await judgeUnanswered(page, 3)
  const desk = await startAgain()
  await page.unroute('**/api/decide')
  await page.waitForSelector('.gate .problem')
  expect(await page.locator('.gate .problem').innerText()).toContain('还有 3 个判断没有保存,都留在本页')
  expect(await page.locator('[data-pair]').count()).toBe(0)
  // A link that is used up changes nothing.
  await page.goto(`${desk.address}/#t=${'x'.repeat(43)}`)
  await page.waitForSelector('.gate .problem')
  expect(decided(desk)).toEqual([])
  await page.goto(desk.newLink())
  await page.waitForSelector('[data-pair]')
  await saved(page)
  expect(decided(desk)).toEqual([['local', 3]])
  expect(await page.locator('.notice').innerText()).toContain('留在本页的 3 个判断已保存')
  await press(page, 'Digit1')
  await saved(page)
  expect(decided(desk)).toEqual([['local', 4]])
})

test('unsaved verdicts outlive a lock of the server, and never go out under another name', async () => {
  const users = ['zhang', 'li'].map((name) => ({ name, role: 'reviewer', password: `the word of ${name}` }) as const)
  const page = await open({ users })
  const enter = async (name: string) => {
    await page.fill('#login-name', name)
    await page.fill('#login-password', `the word of ${name}`)
    await page.keyboard.press('Enter')
  }
  await enter('zhang')
  await page.waitForSelector('[data-pair]')
  await judgeUnanswered(page, 2)
  await page.evaluate(`fetch('/api/lock', { method: 'POST', body: '{}', headers:
    { 'Content-Type': 'application/json', 'X-Session': sessionStorage.getItem('bidui-session') } })`)
  await page.unroute('**/api/decide')
  await page.waitForSelector('.gate .problem')
  expect(await page.locator('.gate .problem').innerText()).toContain('还有 2 个判断没有保存')
  await enter('zhang')
  await page.waitForSelector('[data-pair]')
  await saved(page)
  expect(decided(at.desk)).toEqual([['zhang', 2]])

  await judgeUnanswered(page, 1)
  const desk = await startAgain()
  await page.unroute('**/api/decide')
  await page.waitForSelector('.gate .problem')
  await page.goto(desk.newLink())
  await enter('li')
  await page.waitForSelector('[data-pair]')
  expect(await page.locator('.notice').innerText()).toContain('未保存的 1 个判断已放弃')
  await saved(page)
  expect(decided(desk)).toEqual([['zhang', 2]])
})
