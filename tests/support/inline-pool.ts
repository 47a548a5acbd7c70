/** The pool's face without threads: one worker, the same jobs, where it stands. */
import type { Underway, WorkerPool } from '../../src/workers/pool.ts'
import type { Task } from '../../src/workers/task.ts'

type Job = (message: unknown, worker: number) => unknown

async function runJob<Result>(job: string, message: unknown): Promise<Result> {
  const module = (await import(`../../src/workers/jobs/${job}.ts`)) as { run: Job }
  return (await module.run(message, 0)) as Result
}

/** Nothing is done before it is waited for: there is nobody else to do it. */
const begin = <Result>(job: string, message: unknown): Underway<Result> => ({
  finish: async () => [await runJob<Result>(job, message)],
})

const beginShare = (tasks: readonly Task[]): Underway<unknown> => ({
  finish: async () => {
    const results: unknown[] = []
    for (const { job, message } of tasks) results.push(await runJob(job, message))
    return results
  },
})

export const inlinePool = {
  size: 1,
  begin,
  beginShare,
  run: runJob,
  runOnAll: async (job: string, message: unknown) => begin(job, message).finish(),
  share: async (tasks: readonly Task[]) => beginShare(tasks).finish(),
  close: async () => undefined,
} as unknown as WorkerPool
