/**
 * The run directory: it appears whole or not at all.
 *
 * In: the directory a run is to leave. Files are written into a hidden directory beside it (0700), flushed to the disk
 * and renamed whole. A lock beside it keeps a second run out; the lock of a dead process is taken over. On failure,
 * SIGINT or SIGTERM what was written is removed; after a kill -9 or power cut the next run removes it.
 * What stands in the files is left to outputs.ts.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import { RunLock } from './run-lock.ts'
import { onInterrupt, removeLeftovers } from './staging.ts'

export class RunDirectory {
  /** Where the run will stand. */
  readonly out: string
  /** Where its files are written until then. */
  readonly path: string
  private readonly lock: RunLock
  private readonly forgetInterrupt: () => void
  private readonly onExit: () => void
  private state: 'open' | 'committed' | 'aborted' = 'open'

  private constructor(out: string, path: string, lock: RunLock) {
    this.out = out
    this.path = path
    this.lock = lock
    this.forgetInterrupt = onInterrupt(() => this.abort())
    this.onExit = () => this.abort()
    process.once('exit', this.onExit)
  }

  /** Refuses a directory with something in it; creates missing parents. */
  static create(given: string): RunDirectory {
    const out = resolve(given)
    const parent = dirname(out)
    refuseUsedDirectory(given, out)
    let lock: RunLock | undefined
    // A signal waits until the directory knows how to clean up after itself.
    const attend = onInterrupt(() => undefined)
    try {
      mkdirSync(parent, { recursive: true })
      const prefix = `.${basename(out)}.partial-`
      lock = RunLock.take(join(parent, `.${basename(out)}.lock`), given)
      // Between the first look and the lock another run may have finished here.
      refuseUsedDirectory(given, out)
      // We hold the lock, so whatever lies here was left by a run that is dead.
      for (const name of readdirSync(parent))
        if (name.startsWith(prefix)) rmSync(join(parent, name), { recursive: true, force: true })
      // Of runs that died with one foot on the lock.
      for (const aside of ['', 'stale-']) removeLeftovers(parent, `.${basename(out)}.lock.${aside}`)
      return new RunDirectory(out, mkdtempSync(join(parent, prefix)), lock)
    } catch (error) {
      lock?.release()
      throw cannotCreate(given, error)
    } finally {
      attend()
    }
  }

  file(name: string): string {
    return join(this.path, name)
  }

  /** Makes the run visible under its name. Until this returns nothing is. */
  commit(): void {
    if (this.state !== 'open') throw new Error(`a run directory that is ${this.state} cannot be committed`)
    try {
      for (const name of readdirSync(this.path)) flushToDisk(join(this.path, name))
      flushToDisk(this.path)
      // rename replaces an empty directory, and fails on one that has been filled meanwhile.
      renameSync(this.path, this.out)
      this.state = 'committed'
      flushToDisk(dirname(this.out))
    } catch (error) {
      if (this.state === 'open') this.abort()
      throw cannotWrite(this.out, error)
    } finally {
      this.leave()
    }
  }

  /** Removes everything written. May be called at any time, more than once. */
  abort(): void {
    if (this.state !== 'open') return
    this.state = 'aborted'
    try {
      rmSync(this.path, { recursive: true, force: true, maxRetries: 3 })
    } finally {
      this.leave()
    }
  }

  private leave(): void {
    this.lock.release()
    this.forgetInterrupt()
    process.removeListener('exit', this.onExit)
  }
}

/** Refuses (E408) a place that is a file or a directory with something in it: nothing of anybody's is overwritten. */
export function refuseUsedDirectory(given: string, out = resolve(given)): void {
  if (!existsSync(out)) return
  if (!statSync(out).isDirectory())
    throw new BiduiError('E408', EXIT.cannotCreate, `--out ${given}: 已有同名文件 · a file of this name exists.`, {
      advice: '请换一个目录名 · give the name of a new directory.',
    })
  if (readdirSync(out).length > 0)
    throw new BiduiError('E408', EXIT.cannotCreate, `--out ${given}: 目录不是空的 · the directory is not empty.`, {
      advice:
        '请给出新目录，或先移走其中的文件 · give a new directory, or move what is in it away: nothing is overwritten.',
    })
}

/** What keeps a directory from being made becomes exit 73 with what to do; anything else is told as a failed write is. */
export function cannotCreate(given: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENAMETOOLONG':
      return new BiduiError(
        'E408',
        EXIT.cannotCreate,
        `--out ${given}: 不能创建目录 · the directory cannot be created (${codeOf(error)}).`,
        {
          advice: '请检查上级目录及权限 · choose a place that is a directory and where this account may write.',
          cause: error,
        },
      )
    default:
      return cannotWrite(given, error)
  }
}

/** Whether a write failed for want of room: what to do is then not to look at the path. */
export function isOutOfRoom(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

/** A failed write becomes exit 74 with what to do; anything else stays what it is. */
export function cannotWrite(place: string, error: unknown): unknown {
  const code = codeOf(error)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return new BiduiError('E403', EXIT.io, `${place}: 磁盘空间不足 · the disk is full (${code}).`, {
        advice:
          '请清理磁盘或换一个目录，再运行一次 · free space or choose another disk, then run again; nothing half-written was left.',
        cause: error,
      })
    case 'EIO':
    case 'EMFILE':
    case 'ENFILE':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EFBIG':
    case 'ENOTEMPTY':
    case 'EEXIST':
    case 'ENOENT':
      return new BiduiError('E409', EXIT.io, `${place}: 写入失败 · writing failed (${code}).`, {
        advice:
          '请检查磁盘与权限，再运行一次 · check the disk and the permissions, then run again; nothing half-written was left.',
        cause: error,
      })
    default:
      return code?.startsWith('SQLITE_IOERR')
        ? new BiduiError('E409', EXIT.io, `${place}: 写入失败 · writing failed (${code}).`, {
            advice: '请检查磁盘，再运行一次 · check the disk, then run again; nothing half-written was left.',
            cause: error,
          })
        : error
  }
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && !(error instanceof BiduiError) ? code : undefined
}

function flushToDisk(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
