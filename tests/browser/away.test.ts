/** The desk goes away under an open page: started anew, locked, cut off. What was judged there is kept and saved. */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { type RunningDesk, startDesk } from '../../src/review/server/start.ts'
import { ensureBuiltPage } from '../support/built-page.ts'
import { openPage } from '../support/desk-browser.ts'
import { pageAtDesk, painted, press, saved, shown, test } from '../support/desk-page.ts'

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
  expect(await page.locator('.gate .problem').innerText()).toContain('还有 3 个判断没有保存，都留在本页')
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

test('a queue that was chosen while the desk was cut off is there when it is back, without a further key', async () => {
  const page = await open()
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('button', { name: '问题核实', exact: true }).click()
  await page.waitForSelector('.notice.problem:has-text("断开连接，正在重试")')
  await page.unroute('**/api/**')
  await page.waitForSelector('main:not(:has-text("载入中"))')
  expect(await page.locator('.notice.problem').count()).toBe(0)
})

test('a look that was cut off says that it was not done', async () => {
  const page = await open()
  await page.route('**/api/weights', (route) => route.abort())
  await painted(page)
  await page.keyboard.press('KeyE')
  await page.waitForSelector('.notice.problem:has-text("这一步没有做成")')
})

test('an undo whose answer was lost takes back one verdict, not two', async () => {
  const page = await open()
  for (let i = 0; i < 2; i++) await press(page, 'Digit2')
  await saved(page)
  let asked = 0
  await page.route('**/api/undo', async (route) => {
    if (asked++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await page.keyboard.press('Backspace')
  await page.waitForSelector('.notice:has-text("已撤销")')
  expect(asked).toBe(2)
  expect(at.desk.desk.log.database.prepare("SELECT count(*) FROM event WHERE ev = 'undo'").pluck().get()).toBe(1)
})

test('the same pair in two tabs: the second word is refused, by name, and its tab goes on with what is open', async () => {
  const page = await open()
  const other = await openPage(page.context().browser()!, at.desk)
  try {
    await other.waitForSelector('[data-pair]')
    const task = (await shown(page))!
    expect(await shown(other)).toBe(task)
    const name = at.desk.desk.run.record(at.desk.desk.taskOf(task).pairs[0].right)!.raw.name
    for (let i = 0; i < 3; i++) await press(page, 'Digit3')
    await saved(page)
    await press(other, 'Digit1')
    await other.waitForSelector(`.notice.problem:has-text("${name}：已有判断")`)
    await press(other, 'Digit1')
    await saved(other)
    const said = at.desk.desk.log.database.prepare("SELECT verdict FROM event WHERE ev = 'decide' ORDER BY seq")
    expect(said.pluck().all().slice(0, 3)).toEqual(['field', 'field', 'field'])
    expect(at.desk.desk.state.standing(task).verdict).toBe('field')
  } finally {
    await other.context().close()
  }
})

test('the run is moved away under the open desk: the page says so, and verdicts are saved', async () => {
  let now = Date.now()
  const page = await open({ clock: () => now })
  const { directory } = at.desk.desk.run
  renameSync(join(directory, 'run.sqlite'), join(directory, 'moved.sqlite'))
  now += 6000
  for (let i = 0; i < 2; i++) await press(page, 'Digit3')
  await saved(page)
  await page.waitForSelector('.notice.problem:has-text("已被替换或移走")')
  expect(decided(at.desk)).toEqual([['local', 2]])
})

test('the decisions are moved away under the open desk: nothing counts as saved until they are back', async () => {
  const page = await open()
  const { decisions } = at.desk
  renameSync(decisions, `${decisions}.moved`)
  await press(page, 'Digit3')
  await page.waitForSelector('.notice.problem:has-text("断开连接，正在重试")')
  expect(await page.locator('[data-unsaved="1"]').count()).toBe(1)
  renameSync(`${decisions}.moved`, decisions)
  await saved(page)
  expect(decided(at.desk)).toEqual([['local', 1]])
})
