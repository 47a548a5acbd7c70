/**
 * An invented county at its place, whole or not at all; for `synth` and `demo`.
 *
 * A thread makes it beside its place. On failure, SIGINT or SIGTERM what was written is removed; after a kill -9 the next
 * county for that place removes it.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { cannotCreate, refuseUsedDirectory } from '../../report/run-directory/run-directory.ts'
import { onInterrupt, stagedBeside } from '../../report/run-directory/staging.ts'
import type { SynthOptions, SynthSummary } from '../../synth/index.ts'
import { WorkerPool } from '../../workers/pool.ts'

/**
 * @throws BiduiError for options that no county has, for a directory with something in it (real registers bear the same names), and
 *   for a place where none can be made
 */
export async function makeCounty(options: SynthOptions): Promise<SynthSummary> {
  refuseUsedDirectory(options.out)
  let staged: string | undefined
  const cleanUp = (): void => {
    // The thread may be writing into it still.
    if (staged !== undefined) rmSync(staged, { recursive: true, force: true, maxRetries: 5 })
  }
  // Before the directory: a signal that came between the two would leave it behind.
  const forget = onInterrupt(cleanUp)
  let pool: WorkerPool | undefined
  try {
    staged = beginBeside(options.out)
    // Made by a thread: this one hears of a signal.
    pool = new WorkerPool(2, heapMegabytes(options.people))
    const summary = await pool.run<SynthOptions, SynthSummary>('make-county', { ...options, out: staged })
    moveInto(staged, options.out)
    return summary
  } finally {
    await pool?.close()
    cleanUp()
    forget()
  }
}

/** What one invented person takes until all files are written: 2 KiB (2,500,000 of the preset hard), and room for the garbage collector. */
const KIB_A_PERSON = 3
/** Of the machine's memory: beyond it the system would end the process without a word. */
const MEMORY_SHARE_MAX = 0.9

/**
 * MB that the thread may take for a county: of a prefecture more than Node allows by itself.
 * @param machine bytes that the machine has
 */
export function heapMegabytes(people: number, machine = totalmem()): number {
  const usual = getHeapStatistics().heap_size_limit / 2 ** 20
  const wanted = Math.max(usual, 512 + (people * KIB_A_PERSON) / 2 ** 10)
  return Math.floor(Math.min(wanted, (machine * MEMORY_SHARE_MAX) / 2 ** 20))
}

function beginBeside(out: string): string {
  try {
    const staged = stagedBeside(out)
    mkdirSync(staged, { recursive: true })
    return staged
  } catch (error) {
    throw cannotCreate(out, error)
  }
}

/** The files stand at their place all at once: half a county must not be taken for a whole one. */
function moveInto(staged: string, out: string): void {
  mkdirSync(out, { recursive: true })
  for (const name of readdirSync(staged)) renameSync(join(staged, name), join(out, name))
}
