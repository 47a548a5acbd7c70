/** The pool's face without threads: one worker, the same jobs, where it stands. */
import type { Underway, WorkerPool } from '../../src/workers/pool.ts'

function begin<Message, Result>(job: string, message: Message): Underway<Result> {
  return {
    finish: async () => {
      const module = (await import(`../../src/workers/jobs/${job}.ts`)) as {
        run: (message: Message, worker: number) => Result | Promise<Result>
      }
      return [await module.run(message, 0)]
    },
  }
}

export const inlinePool = {
  size: 1,
  begin,
  runOnAll: async (job: string, message: unknown) => begin(job, message).finish(),
} as unknown as WorkerPool
