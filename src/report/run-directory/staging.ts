/**
 * What is written beside its place until it is whole: names of such files, what a killed process left of them, and what is
 * done when a person stops the work.
 *
 * A hidden sibling carries the number of the process that writes it. Whoever writes to the same place next removes those of
 * dead processes: after a kill -9 nothing of anybody stays on the disk for long.
 */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** Where the file or directory `final` is written until it is whole; leftovers of dead processes are removed. */
export function stagedBeside(final: string): string {
  const folder = dirname(resolve(final))
  const prefix = stagedPrefix(final)
  if (existsSync(folder)) removeLeftovers(folder, prefix)
  return join(folder, `${prefix}${process.pid}`)
}

/** How the names of what is written for `final` begin; the number of the process follows. */
export function stagedPrefix(final: string): string {
  return `.${basename(resolve(final))}.writing-`
}

/** Removes what begins with `prefix` and ends with the number of a process that is dead. */
export function removeLeftovers(folder: string, prefix: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/**
 * A file that has its name when it is whole: written beside, flushed, renamed; for its owner only. One that stood there stays
 * until then. (writeFileSync, not writeSync: on a disk that is nearly full the latter writes what there is room for.)
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const staged = stagedBeside(path)
  try {
    writeFileSync(staged, content, { flag: 'wx', mode: 0o600, flush: true })
    renameSync(staged, path)
  } catch (error) {
    rmSync(staged, { force: true })
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    // Of another account: it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What is to be cleaned up where a person stops the work, in the order of its beginning. */
const cleanUps = new Set<() => void>()

/**
 * On Ctrl-C or SIGTERM: cleans up, what was begun last first; says so, and leaves with 130 or 143.
 *
 * A clean-up removes all that its work has written: what is said is that nothing was left.
 * @returns what takes it off again
 */
export function onInterrupt(cleanUp: () => void): () => void {
  if (cleanUps.size === 0) for (const signal of SIGNALS) process.on(signal, leaveClean)
  cleanUps.add(cleanUp)
  return () => {
    cleanUps.delete(cleanUp)
    if (cleanUps.size === 0) for (const signal of SIGNALS) process.removeListener(signal, leaveClean)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function leaveClean(signal: NodeJS.Signals): void {
  for (const cleanUp of [...cleanUps].reverse()) cleanUp()
  process.stderr.write('\n已中断，没有留下任何文件 · interrupted: nothing was left behind\n')
  process.exit(signal === 'SIGINT' ? 130 : 143)
}
