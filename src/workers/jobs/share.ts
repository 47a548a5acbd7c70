/** Takes one task after another from a list that all workers share. */
import { runJob } from '../entry.ts'
import type { Task } from '../task.ts'

export interface ShareMessage {
  readonly tasks: readonly Task[]
  /** Counter by which workers claim tasks. */
  readonly claim: Int32Array
}

/** Task numbers and what came of them. */
export type ShareResult = (readonly [task: number, result: unknown])[]

export async function run({ tasks, claim }: ShareMessage, worker: number): Promise<ShareResult> {
  const done: ShareResult = []
  for (;;) {
    const task = Atomics.add(claim, 0, 1)
    if (task >= tasks.length) return done
    done.push([task, await runJob({ ...tasks[task], worker })])
  }
}
