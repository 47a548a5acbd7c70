/**
 * Whether the run that the desk has open still lies where it was opened: a night job writes tonight's run in its place.
 *
 * In:  the directory, the time. Out: true once run.sqlite there is another file or none. The desk goes on reading the file it has
 * open, which the system keeps for it; what is decided is kept by record and content, and the next run obeys it.
 */
import { join } from 'node:path'
import { fileAt } from '../decisions/index.ts'

/** Looked at no more often, in milliseconds. */
const LOOK_MS = 5_000

export class RunWatch {
  private readonly path: string
  private readonly opened: string
  private looked = Number.NEGATIVE_INFINITY
  private isGone = false

  constructor(directory: string) {
    this.path = join(directory, 'run.sqlite')
    this.opened = fileAt(this.path)
  }

  isReplaced(now: number): boolean {
    if (now - this.looked < LOOK_MS) return this.isGone
    this.looked = now
    this.isGone = fileAt(this.path) !== this.opened
    return this.isGone
  }
}
