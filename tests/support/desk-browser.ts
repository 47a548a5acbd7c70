/**
 * A running desk with invented pairs and a browser looking at it, for the tests and the bench.
 * Without a chromium the browser tests cannot run: in CI that is a failure.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { DecisionLog, type Role, saveAccount } from '../../src/review/decisions/index.ts'
import { type RunningDesk, startDesk, type StartOptions } from '../../src/review/server/start.ts'
import { ensureBuiltPage } from './built-page.ts'
import { makeRunDatabase } from './make-run-database.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export function findChromium(): string | undefined {
  return [process.env.CHROMIUM ?? '', ...CHROMIUM].find((path) => path !== '' && existsSync(path))
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no chromium was found: apt-get install chromium')
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'],
  })
}

/** Nearly as long as a test may take: half a minute, as is usual, may not do on a crowded machine. Less than all, so that what was waited for is named. */
export const PATIENCE_MS = 100_000

export interface TestDesk extends RunningDesk {
  readonly folder: string
  readonly decisions: string
  remove(): Promise<void>
}

export interface TestDeskOptions extends Partial<StartOptions> {
  readonly pairs?: number
  readonly names?: readonly string[]
  readonly askedPerHousehold?: number
  readonly role?: Role
  readonly users?: readonly {
    readonly name: string
    readonly role: Role
    readonly password?: string
    readonly areas?: readonly string[]
  }[]
}

/** A desk of its own in a folder of its own. Without `users` there is one account without a password. */
export async function openTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const { pairs = 60, names, askedPerHousehold = 1, users, role = 'lead', ...rest } = options
  const folder = mkdtempSync(join(tmpdir(), 'desk-'))
  const directory =
    rest.directory ??
    makeRunDatabase(join(folder, 'run'), pairs, { askedPerHousehold, ...(names === undefined ? {} : { names }) })
      .directory
  const decisions = rest.decisions ?? join(folder, 'decisions', 'decisions.sqlite')
  const log = DecisionLog.open(decisions)
  for (const user of users ?? [{ name: 'local', role }])
    saveAccount(log.database, { areas: [], ...user }, '2026-01-01T00:00:00.000Z')
  log.close()
  const desk = await startDesk({ ...rest, directory, decisions, page: rest.page ?? (await ensureBuiltPage()) })
  return {
    ...desk,
    folder,
    decisions,
    remove: async () => {
      await desk.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function openPage(
  browser: Browser,
  desk: RunningDesk,
  viewport = { width: 1366, height: 768 },
): Promise<Page> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, locale: 'zh-CN' })
  context.setDefaultTimeout(PATIENCE_MS)
  const opened = await context.newPage()
  await opened.goto(desk.newLink())
  return opened
}
