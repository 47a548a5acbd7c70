/**
 * Opens the desk and listens: loopback only, a port by chance, unless TLS files and an explicit yes are given.
 *
 * In:  run, decisions, accounts. Out: a running desk with its address and a way to make one-time links and to stop.
 */
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { BiduiError, EXIT } from '../../errors.ts'
import type { DecidedPair } from '../decisions/index.ts'
import { createApp } from './app.ts'
import { BatchDesk } from './desks/batch-desk.ts'
import { Desk } from './desks/desk.ts'
import { FindingDesk } from './desks/finding-desk.ts'
import { Rerun } from './desks/rerun.ts'
import type { Desks } from './routes.ts'
import { Sessions } from './sessions.ts'
import { findPageDirectory, readPage } from './static-files.ts'
import { steadyClock } from './steady-clock.ts'

export interface StartOptions {
  readonly directory: string
  readonly decisions: string
  readonly port?: number
  readonly host?: string
  readonly tls?: { readonly certificate: string; readonly key: string }
  readonly page?: string
  readonly pace?: number
  /** For the bench only: 0 lets a script press keys as fast as it can. */
  readonly minDwellMs?: number
  readonly clock?: () => number
  readonly onDecisions?: (judgements: readonly DecidedPair[]) => void
  readonly onError?: (error: unknown) => void
  /** Program and first arguments of bidui: lets the lead run the county again with the decisions. */
  readonly rerunCommand?: readonly string[]
  /** Run again by itself after so many minutes if something was decided. */
  readonly rerunEveryMinutes?: number
  readonly onSwitch?: (directory: string) => void
  /** Called once when another run, or none, lies where the run on the desk was opened. */
  readonly onRunReplaced?: (directory: string) => void
}

export interface RunningDesk {
  readonly desk: Desk
  readonly sessions: Sessions
  readonly address: string
  /** A new one-time link: 60 seconds, one use. */
  newLink(): string
  stop(): Promise<void>
}

/** How often the desk looks whether its run still lies there. */
const WATCH_MS = 60_000

/** Rows of a whole county must not cross an office's network in the clear. */
export function networkWithoutTls(): BiduiError {
  return new BiduiError('E401', EXIT.usage, '--host: 联网只用 TLS · the desk is served to the network with TLS only.', {
    advice:
      '请加上 --tls-cert、--tls-key 和 --i-accept-network，或去掉 --host · give these three, or leave --host away.',
  })
}

/** @throws BiduiError E401 for a network without TLS; what opening the run and the decisions throws */
export async function startDesk(options: StartOptions): Promise<RunningDesk> {
  const { host = '127.0.0.1', tls } = options
  if (host !== '127.0.0.1' && host !== '::1' && tls === undefined) throw networkWithoutTls()
  const clock = steadyClock(options.clock ?? Date.now)
  const desks = openDesks(options, clock)
  const { desk, rerun } = desks
  const sessions = new Sessions(clock, options.pace)
  const timers = [rerunByItself(rerun, options), watchRun(desk, options)]
  let hosts: ReadonlySet<string> = new Set()
  const app = createApp({
    desks,
    sessions,
    files: readPage(options.page ?? findPageDirectory()),
    hosts: () => hosts,
    scheme: tls === undefined ? 'http' : 'https',
    ...(options.minDwellMs === undefined ? {} : { minDwellMs: options.minDwellMs }),
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  })
  const { server, port } = await listen(app.fetch, host, options)
  warmUp(desk)
  const names = ['127.0.0.1', 'localhost', '[::1]', ...(tls === undefined ? [] : [host])]
  hosts = new Set(names.map((name) => `${name}:${port}`))
  const name = tls === undefined ? (host === '::1' ? '[::1]' : host) : host
  const address = `${tls === undefined ? 'http' : 'https'}://${name}:${port}`
  return {
    desk,
    sessions,
    address,
    newLink: () => `${address}/#t=${sessions.newCode()}`,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      timers.forEach(clearInterval)
      rerun.stop()
      desk.close()
    },
  }
}

/** The desks of pairs, findings and batches over one run. A new run gets new ones, but for what a batch has under way. */
function openDesks(options: StartOptions, clock: () => number): Desks & { readonly rerun: Rerun } {
  const desk = new Desk({
    directory: options.directory,
    decisions: options.decisions,
    clock,
    ...(options.onDecisions === undefined ? {} : { onDecisions: options.onDecisions }),
  })
  const rerun = new Rerun(desk, {
    decisions: options.decisions,
    command: options.rerunCommand,
    onSwitch: (directory) => {
      desks.findings = new FindingDesk(desk)
      desks.batches = new BatchDesk(desk, desks.batches)
      options.onSwitch?.(directory)
    },
  })
  const desks = { desk, findings: new FindingDesk(desk), batches: new BatchDesk(desk), rerun }
  return desks
}

/** Runs the county again every so often, if something was decided. */
function rerunByItself(
  rerun: Rerun,
  { rerunEveryMinutes, onError }: StartOptions,
): ReturnType<typeof setInterval> | undefined {
  if (rerunEveryMinutes === undefined) return undefined
  return setInterval(() => {
    try {
      if (rerun.isDue) rerun.start({ name: 'desk', role: 'operator', areas: [], hasPassword: false, sess: '' })
    } catch (error) {
      onError?.(error)
    }
  }, rerunEveryMinutes * 60_000)
}

/** Tells once of each run that no longer lies where it was opened. */
function watchRun(desk: Desk, { onRunReplaced }: StartOptions): ReturnType<typeof setInterval> {
  let toldOf: string | undefined
  const watch = setInterval(() => {
    const { directory } = desk.run
    if (!desk.isRunReplaced || toldOf === directory) return
    toldOf = directory
    onRunReplaced?.(directory)
  }, WATCH_MS)
  watch.unref()
  return watch
}

async function listen(
  fetch: ReturnType<typeof createApp>['fetch'],
  hostname: string,
  { tls, port = 0 }: StartOptions,
): Promise<{ readonly server: ReturnType<typeof serve>; readonly port: number }> {
  const server = serve({
    fetch,
    hostname,
    port,
    ...(tls === undefined
      ? { createServer: createHttpServer }
      : {
          createServer: createTlsServer,
          serverOptions: { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) },
        }),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

/** How many tasks are made ready and thrown away at the start. */
const WARM_TASKS = 40

/**
 * Somebody comes in within seconds, and the first answer would pay for all: statements prepared, pages of the run read
 * from the disk, code compiled. Tasks are looked at only: nobody gets them, nothing is written down.
 */
function warmUp(desk: Desk): void {
  const { openTasks, tasks } = desk.state
  let warmed = 0
  for (let at = 0; at < tasks.length && warmed < WARM_TASKS; at++)
    if (openTasks[at] === 1) {
      JSON.stringify(desk.view(tasks[at], tasks[at].pairs, 'first'))
      warmed++
    }
}
