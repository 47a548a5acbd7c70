/**
 * The worker threads (piscina), and the main thread as the last of the workers: one long task per worker and phase over
 * shared memory.
 *
 * Only this folder knows threads. A job is a module in src/workers/jobs exporting a default async function; it gets a
 * structured-cloneable message (handles of shared memory, never rows) and claims slices from a shared counter.
 * Results are returned in worker order and must not depend on which worker did which slice.
 */
import { availableParallelism } from 'node:os'
import type { Piscina } from 'piscina'
import { runJob } from './entry.ts'
import { restoreError, type TaskOutcome } from './failure.ts'
import type { ShareMessage, ShareResult } from './jobs/share.ts'
import type { Task } from './task.ts'

/** Under tsx and vitest the sources are .ts and a worker needs tsx to load them; built code is plain .js. */
const runsFromSource = import.meta.url.endsWith('.ts')

/**
 * Tasks that a worker is given ahead. It does them one after another; one that waited here would begin only when the main
 * thread, busy for seconds, hears of the end of the one before.
 */
const TASKS_AHEAD = 4

/** Work is done in typed arrays; what a worker leaves behind is small and dies at once. */
const YOUNG_MEGABYTES = 8

/** Lets tasks leave before this thread is busy for seconds. */
export async function messagesLeave(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

/** Piscina takes longer to load than a village to reconcile: it is asked for where there is a thread to start. */
async function startThread(heapMegabytes: number): Promise<Piscina> {
  const { Piscina } = await import('piscina')
  return new Piscina({
    filename: new URL(runsFromSource ? './entry.ts' : './entry.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: TASKS_AHEAD,
    resourceLimits: {
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      ...(heapMegabytes === 0 ? {} : { maxOldGenerationSizeMb: heapMegabytes }),
    },
    ...(runsFromSource ? { execArgv: ['--import', new URL('./typescript-loader.mjs', import.meta.url).href] } : {}),
  })
}

/** A job under way in the threads. */
export interface Underway<Result> {
  /** Helps with it in this thread, and waits for all: results in worker order, this thread's last. */
  finish(): Promise<Result[]>
}

/** Closed by whoever made it. */
export class WorkerPool {
  /** Workers: threads, and this thread, which is the last of them. */
  readonly size: number
  /** A pool of one thread each: which worker does a task is ours to say, and needs no hearing of who is free. */
  private readonly threads: readonly Promise<Piscina>[]
  /** Tasks that were given and have not ended. */
  private readonly underway = new Set<Promise<unknown>>()
  /** Where there is no thread: the task that this one was given last. */
  private last: Promise<unknown> = Promise.resolve()

  /**
   * @param size workers. This thread is one: it waits for them anyway, and every thread less is one that need not compile the
   *   whole road for itself. A single worker is this thread alone, which does every task at its next pause.
   * @param heapMegabytes what the objects of a thread may take; 0 is what Node allows by itself
   */
  constructor(size = Math.max(1, Math.min(8, availableParallelism())), heapMegabytes = 0) {
    this.size = size
    this.threads = Array.from({ length: size - 1 }, () => startThread(heapMegabytes))
  }

  /** Threads begin to start only once this thread has loaded what starts them: ask before it is busy for seconds. */
  async threadsStart(): Promise<void> {
    await Promise.all(this.threads)
  }

  /**
   * Runs one job on every worker of the pool and waits for all.
   * @param job file name in src/workers/jobs without extension
   * @param message given to each worker
   */
  async runOnAll<Message, Result>(job: string, message: Message): Promise<Result[]> {
    return this.begin<Message, Result>(job, message).finish()
  }

  /** Starts one job in the threads; this thread is free for something else until it calls `finish`, which it must. */
  begin<Message, Result>(job: string, message: Message): Underway<Result> {
    const theirs = Promise.all(this.threads.map((_, worker) => this.runTask(worker, job, message)))
    theirs.catch(() => undefined)
    return {
      finish: async () => {
        // A thread that is not there before this one is busy begins only behind it.
        await Promise.all(this.threads)
        await messagesLeave()
        const ours = await runJob({ job, message, worker: this.threads.length })
        return [...(await theirs), ours] as Result[]
      },
    }
  }

  /** Runs one task on the first worker. Whoever awaits the result, perhaps seconds later, hears of a failure. */
  run<Message, Result>(job: string, message: Message): Promise<Result> {
    const result = this.runTask(0, job, message) as Promise<Result>
    // Until then it must not be an unhandled rejection, which would end the process without a word.
    result.catch(() => undefined)
    return result
  }

  /** Runs different tasks, each on the worker that comes free for it; their results in the order of the tasks. */
  async share(tasks: readonly Task[]): Promise<unknown[]> {
    return this.beginShare(tasks).finish()
  }

  /** Starts different tasks in the threads; see `begin`. */
  beginShare(tasks: readonly Task[]): Underway<unknown> {
    const claim = new Int32Array(new SharedArrayBuffer(4))
    const underway = this.begin<ShareMessage, ShareResult>('share', { tasks, claim })
    return {
      finish: async () =>
        (await underway.finish())
          .flat()
          .sort(([a], [b]) => a - b)
          .map(([, result]) => result),
    }
  }

  private async runTask(worker: number, job: string, message: unknown): Promise<unknown> {
    if (this.threads.length === 0) return this.runHere(job, message)
    const outcome = await this.untilEnded(this.runThere(worker, job, message))
    if ('failure' in outcome) throw restoreError(outcome.failure)
    return outcome.result
  }

  private async runThere(worker: number, job: string, message: unknown): Promise<TaskOutcome> {
    const thread = await this.threads[worker]
    return (await thread.run({ job, message, worker })) as TaskOutcome
  }

  /** One after another, as a thread does them, and not before whoever gave the task has said what else there is. */
  private runHere(job: string, message: unknown): Promise<unknown> {
    const task = this.last.then(messagesLeave).then(() => runJob({ job, message, worker: 0 }))
    this.last = task.catch(() => undefined)
    return this.untilEnded(task)
  }

  private untilEnded<Result>(task: Promise<Result>): Promise<Result> {
    this.underway.add(task)
    return task.finally(() => this.underway.delete(task))
  }

  async close(): Promise<void> {
    // After a failure others still work. Piscina's own wait for them does not always end, and lets the process go meanwhile: a run on a
    // full disk left with 13 and not a word.
    await Promise.allSettled(this.underway)
    const threads = await Promise.all(this.threads)
    for (const thread of threads) await thread.close()
    for (const thread of threads) await thread.destroy()
  }
}
