/**
 * Files of a run that somebody names: there, not there, or closed to this account.
 *
 * In:  the directory, the file's name. Out: the path, or a refusal. A run of another account looks
 * from outside as if nothing were in it: told as "no run", people look for a mistyped path that is right.
 */
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { BiduiError, EXIT } from '../errors.ts'
import { foldersWith, meantPath } from '../near-path.ts'

/** A folder of a year of nights has hundreds. */
const RUNS_SHOWN = 5

/**
 * The path of a file of the run that can be read.
 * @param missing what to say if there is none, where E101 is not the word
 */
export function runFile(directory: string, name: string, missing = (): BiduiError => noRun(directory, name)): string {
  const path = join(directory, name)
  if (!isReadable(path)) throw missing()
  return path
}

function noRun(directory: string, name: string): BiduiError {
  return new BiduiError('E101', EXIT.noInput, `${directory}: 不是核对结果目录 · there is no ${name}.`, {
    advice: `${runMeant(directory, name)}请给出 \`bidui run --out\` 的目录 · give the directory that \`bidui run --out\` wrote.`,
  })
}

/** Runs that lie in the folder that was given, or one whose name is nearly the same. */
function runMeant(directory: string, name: string): string {
  const inside = foldersWith(directory, name).slice(0, RUNS_SHOWN)
  if (inside.length > 0) return `其中的批次 · runs in it: ${inside.join(', ')}. `
  return existsSync(directory) ? '' : meantPath(directory)
}

/** Whether the file is there; one that this account may not read is refused, never taken for none. */
export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') return false
    throw new BiduiError('E105', EXIT.permission, `${path}: 没有读取权限 · no permission to read.`, {
      advice:
        '请用建立它的账户运行，或让本账户可读(目录也要) · run as the account that made it, or let this one read it and the folders above.',
      cause: error,
    })
  }
}
