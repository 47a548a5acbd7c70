/**
 * The pool of worker threads (piscina): one long task per worker and phase over shared memory.
 *
 * Only this folder knows threads. A job is a module in src/workers/jobs exporting a default async function; it gets a
 * structured-cloneable message (handles of shared memory, never rows) and claims slices from a shared counter.
 * Results are returned in worker order and must not depend on which worker did which slice.
 */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { restoreError, type TaskOutcome } from './failure.ts'

/** Under tsx and vitest the sources are .ts and a worker needs tsx to load them; built code is plain .js. */
const runsFromSource = import.meta.url.endsWith('.ts')

/**
 * Tasks that a worker is given ahead. It does them one after another; one that waited here would begin only when the main
 * thread, busy for seconds, hears of the end of the one before.
 */
const TASKS_AHEAD = 4

/** Work is done in typed arrays; what a worker leaves behind is small and dies at once. */
const YOUNG_MEGABYTES = 8

/**
 * Lets results arrive and tasks leave, before this thread is busy for seconds: which worker is free is known only when it
 * has been heard. Twice, because messages are heard between two turns of the event loop.
 */
export async function exchangeMessages(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export class WorkerPool {
  readonly size: number
  private readonly piscina: Piscina

  constructor(size = Math.max(1, Math.min(8, availableParallelism()))) {
    this.size = size
    this.piscina = new Piscina({
      filename: new URL(runsFromSource ? './entry.ts' : './entry.js', import.meta.url).href,
      minThreads: size,
      maxThreads: size,
      concurrentTasksPerWorker: TASKS_AHEAD,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      ...(runsFromSource ? { execArgv: ['--import', new URL('./typescript-loader.mjs', import.meta.url).href] } : {}),
    })
  }

  /**
   * Runs one job on every worker of the pool and waits for all.
   * @param job file name in src/workers/jobs without extension
   * @param message given to each worker
   */
  async runOnAll<Message, Result>(job: string, message: Message): Promise<Result[]> {
    const tasks = Array.from({ length: this.size }, (_, worker) => this.runTask({ job, message, worker }))
    return (await Promise.all(tasks)) as Result[]
  }

  /** Runs one task on one worker. */
  async run<Message, Result>(job: string, message: Message): Promise<Result> {
    return (await this.runTask({ job, message, worker: 0 })) as Result
  }

  private async runTask(task: {
    readonly job: string
    readonly message: unknown
    readonly worker: number
  }): Promise<unknown> {
    const outcome = (await this.piscina.run(task)) as TaskOutcome
    if ('failure' in outcome) throw restoreError(outcome.failure)
    return outcome.result
  }

  async close(): Promise<void> {
    await this.piscina.close()
    await this.piscina.destroy()
  }
}
