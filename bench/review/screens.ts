/**
 * The pictures of docs/review-guide.md, taken of the desk as it is:
 *   npm run build && npx tsx bench/review/screens.ts [folder]        (default docs/images/review)
 *
 * Everybody on them is invented. Two reviewers and a lead work a queue first, so that there is something to see.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Person } from '../../src/review/server/desks/desk.ts'
import { decidePair } from '../../src/review/server/desks/pair-desk.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { launchBrowser, openTestDesk, type TestDesk } from '../../tests/support/desk-browser.ts'

const [folder = 'docs/images/review'] = process.argv.slice(2)
const VIEWPORT = { width: 1366, height: 768 }
const BYTES_MAX = 200_000
const PASSWORD = 'a long password'
const root = new URL('../..', import.meta.url).pathname

mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
const home = mkdtempSync(join(tmpdir(), 'screens-'))
try {
  await theDesk()
  await theHouseholds()
  await theNewRun()
} finally {
  await browser.close()
  rmSync(home, { recursive: true, force: true })
}

async function shoot(page: Page, name: string, selector?: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  // Two frames: what the last key asked for is on the glass.
  await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))')
  if (selector === undefined) await page.screenshot({ path })
  else await page.locator(selector).first().screenshot({ path })
  const { size } = statSync(path)
  if (size > BYTES_MAX) throw new Error(`${path}: ${size} bytes, more than ${BYTES_MAX}`)
  process.stdout.write(`${path} ${Math.round(size / 1024)} kB\n`)
}

async function pageOf(desk: TestDesk): Promise<Page> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: 'zh-CN',
    colorScheme: 'light',
  })
  const page = await context.newPage()
  await page.goto(desk.newLink())
  return page
}

async function theDesk(): Promise<void> {
  const now = Date.UTC(2020, 10, 18, 1, 30)
  let passed = 0
  const people = ['zhang', 'li', 'wang'] as const
  const desk = await openTestDesk({
    pairs: 900,
    minDwellMs: 0,
    pace: 1_000_000,
    clock: () => now + passed++ * 900,
    users: people.map((name) => ({
      name,
      role: name === 'wang' ? ('lead' as const) : ('reviewer' as const),
      password: PASSWORD,
    })),
  })
  work(desk)
  const page = await pageOf(desk)
  await page.waitForSelector('#login-name')
  await page.fill('#login-name', 'wang')
  await page.fill('#login-password', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-pair]')
  await showJudging(page)
  await showLookingUp(page, linkedName(desk))
  await showUnsaved(page)
  await showModes(page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('.modes button').first().click()
  await page.waitForSelector('[data-pair]')
  await shoot(page, 'pair-en')
  await page.keyboard.press('KeyL')
  await page.waitForSelector('.gate')
  await page.waitForSelector('#login-password')
  await shoot(page, 'locked')
  await page.context().close()
  await desk.remove()
}

/** A pair, its weights and whole numbers, a verdict with its reason, and candidates of one row. */
async function showJudging(page: Page): Promise<void> {
  await shoot(page, 'pair')
  await page.keyboard.press('KeyE')
  await page.waitForSelector('tr.total')
  await shoot(page, 'weights')
  await page.keyboard.down('KeyV')
  await page.waitForSelector('[data-revealed="true"]')
  await shoot(page, 'revealed')
  await page.keyboard.up('KeyV')
  await page.keyboard.press('Shift+Digit1')
  await page.waitForSelector('dialog[open]')
  await shoot(page, 'reason')
  await page.keyboard.press('Digit5')
  await page.waitForSelector('[data-unsaved="0"]')
  while ((await page.locator('.candidates').count()) === 0) await next(page, 'Digit1')
  await next(page, 'Digit2')
  await shoot(page, 'candidates')
}

/** A name looked up and a person taken apart; the history and the help. */
async function showLookingUp(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Slash')
  await page.waitForSelector('#search-text')
  await page.fill('#search-text', name)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.found li')
  await shoot(page, 'search')
  await page.locator('.found li').first().getByRole('button', { name: '拆分此人' }).click()
  await page.waitForSelector('dialog select')
  await shoot(page, 'split')
  await page.keyboard.press('Escape')
  await page.keyboard.press('KeyH')
  await page.waitForSelector('.history li')
  await shoot(page, 'history')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Slash')
  await page.waitForSelector('.help')
  await shoot(page, 'help')
  await page.keyboard.press('Escape')
}

/** Verdicts that the desk has not taken yet. */
async function showUnsaved(page: Page): Promise<void> {
  await page.route('**/api/decide', (route) => route.abort())
  for (let i = 0; i < 3; i++) await next(page, 'Digit1')
  await page.waitForSelector('[data-unsaved="3"]')
  await page.waitForSelector('.notice.problem')
  await shoot(page, 'unsaved')
  await page.unroute('**/api/decide')
  await page.waitForSelector('[data-unsaved="0"]')
}

/** Every other way of working, by its button. */
async function showModes(page: Page): Promise<void> {
  for (const [mode, name, ready] of [
    ['重登', 'duplicate', '[data-pair]'],
    ['问题核实', 'finding', '[data-finding]'],
    ['待裁定', 'adjudicate', '.verdicts'],
    ['批量确认', 'batch', '.groups li'],
    ['进度', 'overview', '.rerun'],
    ['日报', 'report', '.anchor'],
  ]) {
    await page
      .locator('.modes')
      .getByRole('button', { name: new RegExp(`^${mode}`) })
      .click()
    await page.waitForSelector(ready)
    if (name !== 'report') await shoot(page, name)
    if (name === 'finding') await theFilter(page)
    if (name !== 'report') continue
    // The whole sheet, as it is printed.
    await page.setViewportSize({ width: 1366, height: 1400 })
    await shoot(page, name, '.sheet')
    await page.setViewportSize(VIEWPORT)
  }
}

/** The dialog with one kind chosen, and the queue that follows. */
async function theFilter(page: Page): Promise<void> {
  await page.keyboard.press('KeyF')
  await page.waitForSelector('dialog[open] select')
  await page.selectOption('dialog select >> nth=0', { index: 1 })
  await page.waitForTimeout(300)
  await shoot(page, 'filter')
  await page.getByRole('button', { name: '只看这些' }).click()
  await page.waitForSelector('.filter-bar [data-passing]')
  await page.waitForSelector('[data-finding]')
  await shoot(page, 'filtered')
}

/** Somebody with a row in both registers, to be taken apart. */
function linkedName({ desk }: TestDesk): string {
  const { household } = desk.run.factsOf(desk.run.pairs[7].right)
  return desk.run.household(household)[0].raw.name
}

async function next(page: Page, key: string): Promise<void> {
  const before = await page.getAttribute('[data-pair]', 'data-pair')
  await page.keyboard.press(key)
  await page.waitForSelector(`[data-pair]:not([data-pair=${JSON.stringify(before)}])`)
}

/** Two reviewers judge; the second one agrees for the most part. */
function work({ desk }: TestDesk): void {
  const person = (name: string): Person => ({ name, role: 'reviewer', areas: [], hasPassword: true, sess: name })
  let n = 0
  const judge = (who: Person, pairId: string, verdict: 'same' | 'different' | 'field' | 'escalate' | 'defer') => {
    const ck = `${who.name}-${String(n++).padStart(6, '0')}`
    const { taskId } = desk.taskOf(pairId)
    decidePair(desk, who, 'pair', [], { ck, taskId, pairId, verdict, ms: 2600 + ((n * 37) % 2200) })
    desk.leases.releaseAll(who.name)
  }
  for (const task of desk.state.tasks.slice(0, 400)) {
    const verdict = n % 29 === 0 ? 'field' : n % 41 === 0 ? 'defer' : n % 53 === 0 ? 'escalate' : undefined
    judge(
      person(n % 2 === 0 ? 'zhang' : 'li'),
      task.pairs[0].pairId,
      verdict ?? (task.pairs[0].reason === 'twin-suspect' ? 'different' : 'same'),
    )
  }
  for (const pairId of [...desk.state.secondPool].slice(0, 90)) {
    const { entry, verdict } = desk.state.standing(pairId)
    const other = person(entry?.actor === 'zhang' ? 'li' : 'zhang')
    const isSame = (verdict === 'same') !== (n % 31 === 0)
    judge(other, pairId, isSame ? 'same' : 'different')
  }
}

async function theHouseholds(): Promise<void> {
  const desk = await openTestDesk({ pairs: 60, askedPerHousehold: 3, minDwellMs: 0, pace: 1_000_000 })
  const page = await pageOf(desk)
  await page.waitForSelector('[data-pair]')
  await page.getByRole('button', { name: '户对户' }).click()
  await page.waitForSelector('.task-household[data-pair]')
  await shoot(page, 'household')
  // Nobody has judged anything yet: nothing waits for the lead.
  await page.getByRole('button', { name: '待裁定' }).click()
  await page.waitForSelector('.empty-title')
  await shoot(page, 'empty')
  await page.context().close()
  await desk.remove()
}

/** 按裁决重算 on a county that was really run. */
async function theNewRun(): Promise<void> {
  const county = join(home, 'county')
  const directory = join(home, 'run')
  const cli = join(root, 'dist/cli.js')
  await synthesizeCounty({ people: 5000, seed: 'screens', preset: 'hard', out: county })
  const files = ['police', 'census', 'births', 'deaths'].flatMap((name) => [`--${name}`, join(county, `${name}.csv`)])
  const made = spawnSync(process.execPath, [cli, 'run', ...files, '--out', directory, '--quiet'], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  const desk = await openTestDesk({ directory, minDwellMs: 0, pace: 1_000_000, rerunCommand: [process.execPath, cli] })
  const page = await pageOf(desk)
  await page.waitForSelector('[data-pair]')
  for (let i = 0; i < 12 && (await page.locator('[data-pair]').count()) > 0; i++) {
    await page.keyboard.press('Digit1')
    await page.waitForSelector('[data-unsaved="0"]')
  }
  await shoot(page, 'affected')
  await page.getByRole('button', { name: '进度' }).click()
  await page.waitForSelector('.rerun')
  await page.locator('.rerun').getByRole('button').click()
  await page.waitForSelector('[data-rerun="done"]', { timeout: 120_000 })
  await shoot(page, 'rerun')
  await page.context().close()
  await desk.remove()
}
