/**
 * Collects a thread's garbage now, not when V8 gets round to it: large shared buffers are given back to the system only
 * when every thread has collected what pointed to them, and V8 does not see how large they are.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options?: { readonly type: 'minor' }) => void
let exposed: Collect | undefined

/** Whatever is garbage in this thread. */
export function collectGarbage(): void {
  collect()
}

/** What was made a moment ago and is done with; takes a millisecond. */
export function collectYoungGarbage(): void {
  collect({ type: 'minor' })
}

function collect(options?: { readonly type: 'minor' }): void {
  if (exposed === undefined) {
    setFlagsFromString('--expose-gc')
    exposed = runInNewContext('gc') as Collect
  }
  exposed(options)
}

/** Runs of fewer rows hold too little for a collection to be worth its time. */
const ROWS_MIN = 250_000

/** The same in this thread, if it has so many rows that it is worth it. */
export function collectHere(rows: number): void {
  if (rows >= ROWS_MIN) collectGarbage()
}

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
