/**
 * A page of the desk in a real browser, for the tests in tests/browser.
 *
 * Without a chromium these cannot run: reported as such, and a failure where CI=true. One page for all tests of a file, each
 * with a desk at an address of its own: starting a renderer costs most of a test.
 */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, test as anyTest } from 'vitest'
import { UNSAVED_MAX } from '../../src/review/page/model/state.ts'
import {
  findChromium,
  launchBrowser,
  openTestDesk,
  PATIENCE_MS,
  type TestDesk,
  type TestDeskOptions,
} from './desk-browser.ts'

const canRun = findChromium() !== undefined || process.env.CI === 'true'
export const test: typeof anyTest = canRun ? anyTest : (anyTest.skip as typeof anyTest)
if (!canRun) process.stderr.write('browser tests cannot run: no chromium was found\n')

const VIEWPORT = { width: 1366, height: 768 }

export interface PageAtDesk {
  /** The desk of the test that runs. */
  readonly desk: TestDesk
  readonly debug: CDPSession
  /** What the page or the desk complained of. */
  readonly problems: string[]
  readonly open: (options?: TestDeskOptions) => Promise<Page>
}

/** To be called once at the head of a file: opens the browser, and takes every desk away after its test. */
export function pageAtDesk(): PageAtDesk {
  let browser: Browser | undefined
  let page: Page
  let debug: CDPSession
  let desk: TestDesk | undefined
  const problems: string[] = []

  beforeAll(async () => {
    if (!canRun) return
    browser = await launchBrowser()
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'zh-CN' })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript(
      'window.violations = []; document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective))',
    )
    page = await context.newPage()
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    debug = await context.newCDPSession(page)
  })
  afterAll(async () => {
    await browser?.close()
  })
  afterEach(async () => {
    if (canRun) await page.goto('about:blank')
    await desk?.remove()
    desk = undefined
  })

  return {
    get desk() {
      if (desk === undefined) throw new Error('no desk is open')
      return desk
    },
    get debug() {
      return debug
    },
    problems,
    open: async (options = {}) => {
      problems.length = 0
      // As a page begins, whatever the test before made of it, and in whatever state it failed.
      await page.setViewportSize(VIEWPORT)
      await page.emulateMedia({ media: null, colorScheme: null })
      await page.unrouteAll()
      // Requests are looked at from the first on: a page that is up is told of it through its busy main thread, and a key
      // pressed right after a test's own `route` may be there sooner.
      await page.route('**/nowhere', (route) => route.abort())
      desk = await openTestDesk({
        minDwellMs: 0,
        pace: 100_000,
        onError: (error) => problems.push(String(error)),
        ...options,
      })
      await page.goto(desk.newLink())
      await page.waitForSelector('[data-task], .gate')
      return page
    },
  }
}

export const shown = (page: Page) => page.getAttribute('[data-pair]', 'data-pair')

/** What is in the page is on the glass too: a key that comes before is nobody's verdict, and on a busy machine it may. */
export const painted = (page: Page) =>
  page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next())))')

/**
 * Waits until `selector` has the focus. By selector, as everything that is waited for here: waitForFunction evaluates its
 * text in the page from its second look on, which the page's policy forbids, so it fails on a busy machine only.
 */
export const focused = (page: Page, selector: string) => page.waitForSelector(`${selector}:focus`)

/** Presses a key and waits for another pair. With five verdicts on their way the page takes none: a slow desk is waited for. */
export async function press(page: Page, key: string): Promise<void> {
  await page.waitForSelector(`[data-unsaved]:not([data-unsaved="${UNSAVED_MAX}"])`)
  await painted(page)
  const before = await shown(page)
  await page.keyboard.press(key)
  await page.waitForSelector(`[data-pair]:not([data-pair=${JSON.stringify(before)}])`)
}

/**
 * Presses `code` again and again inside the page, without a round trip to the browser for each: what `look` makes of
 * every pair shown, until `stop`, until `most` pairs were seen or until the queue is empty.
 */
export async function walk<T>(
  page: Page,
  most: number,
  code: string,
  look: string,
  stop = 'false',
): Promise<readonly T[]> {
  return page.evaluate<T[]>(`(async () => {
    const seen = []
    const pairShown = () => document.querySelector('[data-pair]')?.getAttribute('data-pair')
    const isOver = () => document.querySelector('.empty-title') !== null
    const turn = () => new Promise((next) => setTimeout(next, 1))
    const unsaved = () => Number(document.querySelector('[data-unsaved]')?.getAttribute('data-unsaved') ?? 0)
    while (seen.length < ${most}) {
      while (pairShown() === undefined && !isOver()) await turn()
      if (isOver() || (${stop})) break
      seen.push(${look})
      const before = pairShown()
      // A press that finds five verdicts unsaved is not taken. Pressed again too early, a slow page would take the next pair unseen.
      while (unsaved() >= ${UNSAVED_MAX}) await turn()
      for (let i = 0; pairShown() === before; i++) {
        if (i % 1000 === 0)
          document.body.dispatchEvent(new KeyboardEvent('keydown', { code: '${code}', bubbles: true, cancelable: true }))
        await turn()
      }
    }
    return seen
  })()`)
}

export const isAtCandidates = "document.querySelector('.candidates') !== null"

/** The mode's button was pressed, its data is there. */
export async function enterMode(page: Page, mode: string): Promise<void> {
  await page.getByRole('button', { name: mode, exact: true }).click()
  await page.waitForSelector(`.modes [aria-current]:has-text(${JSON.stringify(mode)})`)
  await page.waitForSelector('main:not(:has-text("载入中")):not(:has-text("Loading"))')
}

export async function saved(page: Page): Promise<void> {
  await page.waitForSelector('[data-unsaved="0"]')
}
