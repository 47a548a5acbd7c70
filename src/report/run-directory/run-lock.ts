/**
 * A lock file that names its holder: host, process, and when that process began.
 *
 * Taken with O_EXCL. The lock of a process that is dead, or of another boot of this machine, is taken over; a number
 * that was given to a new process is told apart by its start. The lock of another host is never taken by itself.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { BiduiError, EXIT } from '../../errors.ts'

interface Holder {
  readonly host: string
  readonly pid: number
  /** Start of the process in clock ticks since boot; '' where the system does not tell. */
  readonly procStart: string
  /** '' where the system does not tell. */
  readonly bootId: string
}

export class RunLock {
  readonly path: string
  private isHeld = true

  private constructor(path: string) {
    this.path = path
  }

  /** @param shown the directory as the user gave it, for the message */
  static take(path: string, shown: string): RunLock {
    const mine = JSON.stringify(thisProcess())
    for (let attempt = 0; attempt < 10; attempt++) {
      if (createNew(path, mine)) return new RunLock(path)
      const text = readIfThere(path)
      if (text === undefined) continue
      const holder = parseHolder(text)
      if (holder === undefined || isAlive(holder)) throw lockedBy(shown, path, holder)
      moveStaleAway(path, text)
    }
    throw lockedBy(shown, path, undefined)
  }

  release(): void {
    if (!this.isHeld) return
    this.isHeld = false
    rmSync(this.path, { force: true })
  }
}

function createNew(path: string, text: string): boolean {
  // Written aside and linked into place: nobody ever reads a lock that is still empty.
  const aside = `${path}.${process.pid}`
  try {
    writeFileSync(aside, text, { mode: 0o600 })
    linkSync(aside, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Two runs may see one dead lock: the slower must not remove the lock that the faster has taken meanwhile. */
function moveStaleAway(path: string, seen: string): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (readIfThere(aside) !== seen) {
    try {
      linkSync(aside, path)
    } catch {
      // A third run holds it by now.
    }
  }
  rmSync(aside, { force: true })
}

function thisProcess(): Holder {
  return { host: hostname(), pid: process.pid, procStart: processStart(process.pid), bootId: readBootId() }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { host, pid, procStart, bootId } = value as Record<string, unknown>
    if (typeof host !== 'string' || typeof pid !== 'number') return undefined
    return {
      host,
      pid,
      procStart: typeof procStart === 'string' ? procStart : '',
      bootId: typeof bootId === 'string' ? bootId : '',
    }
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  const bootId = readBootId()
  if (holder.bootId !== '' && bootId !== '' && holder.bootId !== bootId) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  const start = processStart(holder.pid)
  return holder.procStart === '' || start === '' || start === holder.procStart
}

function lockedBy(shown: string, path: string, holder: Holder | undefined): BiduiError {
  const who = holder === undefined ? 'unknown holder' : `process ${holder.pid} on ${holder.host}`
  return new BiduiError('E404', EXIT.locked, `--out ${shown}: 已有任务在运行 · another run holds the lock (${who}).`, {
    advice: `请等它结束，或换一个目录；若它已不存在，请删除 ${path} · wait for it or choose another directory; if it no longer exists, remove ${path}.`,
  })
}

function readBootId(): string {
  return (tryRead('/proc/sys/kernel/random/boot_id') ?? '').trim()
}

/** Field 22 of /proc/PID/stat; the command before it may hold spaces and brackets. */
function processStart(pid: number): string {
  const stat = tryRead(`/proc/${pid}/stat`)
  return stat === undefined ? '' : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '')
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
