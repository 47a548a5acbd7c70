/**
 * Load on a desk that may die: clients that decide as fast as they are answered, and remember what was acknowledged.
 *
 * In:  a run and a decisions file, how many clients. Out: what each client was told is saved, and what it was given.
 * The desk runs in a process of its own, so that kill -9 is a real one.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { TaskView } from '../../src/review/api.ts'
import { DeskClient } from './desk-client.ts'

export interface DeskProcess {
  readonly child: ChildProcess
  readonly address: string
  link(): Promise<string>
  kill(): Promise<void>
}

const script = new URL('./desk-process.ts', import.meta.url).pathname

export async function spawnDesk(run: string, decisions: string, page: string): Promise<DeskProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, run, decisions, page], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: new URL('../..', import.meta.url).pathname,
  })
  const waiting: ((line: string) => void)[] = []
  const lines: string[] = []
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const next = waiting.shift()
    if (next === undefined) lines.push(line)
    else next(line)
  })
  const read = () =>
    new Promise<string>((resolve, reject) => {
      const line = lines.shift()
      if (line !== undefined) return resolve(line)
      waiting.push(resolve)
      child.once('exit', () => reject(new Error('the desk ended')))
    })
  const address = await read()
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    child,
    address,
    link: () => {
      child.stdin!.write('\n')
      return read()
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export interface Acknowledged {
  readonly ck: string
  readonly pairId: string
  readonly seq: number
}

export interface LoadClient {
  readonly acknowledged: Acknowledged[]
  readonly given: string[]
  readonly refused: string[]
}

export async function enterDesk(
  desk: DeskProcess,
  login?: { readonly name: string; readonly password: string },
): Promise<DeskClient> {
  const client = new DeskClient(desk.address)
  const code = new URL(await desk.link()).hash.slice(3)
  client.token = (await client.call<{ token: string }>('/api/open', { code })).token
  if (login !== undefined) await client.call('/api/login', login)
  return client
}

/** Decides until there is nothing left, `most` is reached, or the desk is gone. */
export async function decideAll(
  client: DeskClient,
  who: string,
  into: LoadClient,
  most: number,
  turn: number,
): Promise<void> {
  try {
    let tasks = (await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })).tasks
    for (const task of tasks) into.given.push(task.taskId)
    while (tasks.length > 0 && into.acknowledged.length < most) {
      const [task, ...rest] = tasks
      const ck = `${who}-${turn}-${into.acknowledged.length}-${task.taskId}`.slice(0, 64)
      const { pairId } = task.candidates[0]
      const answer = await client.ask('/api/decide', {
        mode: 'pair',
        have: rest.map((one) => one.taskId),
        ck,
        taskId: task.taskId,
        pairId,
        verdict: 'same',
        ms: 800,
      })
      if (answer.status === 200) {
        into.acknowledged.push({ ck, pairId, seq: Number(answer.body.saved) })
        const closed = new Set(answer.body.closed as string[])
        const more = answer.body.tasks as TaskView[]
        for (const one of more) into.given.push(one.taskId)
        tasks = [...rest.filter((one) => !closed.has(one.taskId)), ...more]
      } else {
        into.refused.push(String(answer.body.refused))
        tasks =
          rest.length > 0
            ? rest
            : (await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })).tasks
      }
    }
  } catch {
    // The desk was killed: what was not acknowledged is nobody's promise.
  }
}
