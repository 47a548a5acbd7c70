/**
 * One hand-written part beside what would have done its work: a library, or what the language brings along.
 *
 * In: the same work for both. Out: an answer of each, which must be equal, and the CPU time of each.
 */
import { createHash } from 'node:crypto'
import { median } from '../county/measured-child.ts'

export interface Contest {
  /** The file that was written by hand. */
  readonly part: string
  readonly instead: string
  readonly work: string
  /** How many of what `work` names; rates are of these. */
  readonly units: number
  /** Both may be asked again and again, and answer the same each time. */
  readonly byHand: () => unknown
  readonly byLibrary: () => unknown
  /** What of an answer must be the same of both, as a text. Called once for each, and not timed. */
  readonly digest: (answer: unknown) => string
}

export interface Outcome {
  /** CPU seconds, median. */
  readonly byHand: number
  readonly byLibrary: number
}

/** Runs both in turn. @throws Error where they do not answer the same: nothing is timed then. */
export async function hold(contest: Contest, runs: number): Promise<Outcome> {
  const { part, instead, digest } = contest
  const [ours, theirs] = [digest(await contest.byHand()), digest(await contest.byLibrary())]
  if (ours !== theirs) throw new Error(`${part} and ${instead} differ:\n${ours.slice(0, 300)}\n${theirs.slice(0, 300)}`)
  const seconds = { byHand: [] as number[], byLibrary: [] as number[] }
  for (let run = 0; run < runs; run++)
    for (const side of ['byHand', 'byLibrary'] as const) {
      const before = process.cpuUsage()
      await contest[side]()
      const { user, system } = process.cpuUsage(before)
      seconds[side].push((user + system) / 1e6)
    }
  return { byHand: median(seconds.byHand), byLibrary: median(seconds.byLibrary) }
}

/** Of an answer in numbers. */
export function sha256(numbers: unknown): string {
  return createHash('sha256')
    .update(numbers as NodeJS.ArrayBufferView)
    .digest('hex')
}
