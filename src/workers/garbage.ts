/**
 * Collects a thread's garbage now, not when V8 gets round to it: large shared buffers are given back to the system only
 * when every thread has collected what pointed to them, and V8 does not see how large they are.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
}

/** Runs of fewer rows hold too little for a collection to be worth its time. */
const ROWS_MIN = 250_000

/** The same in this thread and all workers. Between stages, when the workers are idle. */
export async function collectEverywhere(
  pool: { runOnAll<Message, Result>(job: string, message: Message): Promise<Result[]> },
  rows: number,
): Promise<void> {
  if (rows < ROWS_MIN) return
  const others = pool.runOnAll<undefined, void>('collect-garbage', undefined)
  collectGarbage()
  await others
}
