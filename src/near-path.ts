/**
 * What somebody may have meant by a path that leads nowhere, or to the wrong thing beside the right one.
 *
 * In:  a path as typed. Out: another path, or undefined. Looks at names of files only, and never refuses: who cannot be helped is told
 *      what the caller would have said without.
 */
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearestWord } from './errors.ts'

/** Names of a folder that are looked at: among more nobody finds the one that was meant either. */
const NAMES_MAX = 2000

/** A file or folder beside the missing one whose name is nearly the same; `huji.csv` for `hujl.csv`. */
export function nearPath(path: string): string | undefined {
  const name = basename(path)
  // A link that leads nowhere is there by its name, and no help.
  const near = nearestWord(
    name,
    namesIn(dirname(path)).filter((other) => other !== name),
  )
  // In the words in which it was typed: `./run1`, not `run1`.
  return near === undefined ? undefined : `${path.slice(0, path.length - name.length)}${near}`
}

/** Advice that begins an error's own: ` 是否 … · did you mean …?`, or nothing. */
export function meantPath(path: string): string {
  const gone = leadsNowhere(path)
  if (gone !== undefined)
    return `这是链接，所指的 ${gone} 已不在 · a link to ${gone}, which is gone: let it lead to what is there (ln -sfn). `
  const near = nearPath(path)
  return near === undefined ? '' : `是否 ${near} · did you mean ${near}? `
}

/** Where a link leads whose aim has been moved or removed: `runs/last`, when last night's run was deleted. */
function leadsNowhere(path: string): string | undefined {
  if (existsSync(path)) return undefined
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** Folders below this one that hold a file of this name. */
export function foldersWith(directory: string, file: string): string[] {
  return namesIn(directory)
    .map((name) => join(directory, name))
    .filter((folder) => existsSync(join(folder, file)))
}

/**
 * The workbook that lies open on somebody's desk: Excel and WPS mark it by a file `~$huji.xlsx`, LibreOffice by `.~lock.huji.xlsx#`.
 * @returns its name, or undefined where the path is no such mark
 */
export function openWorkbookOf(path: string): string | undefined {
  const match = /^(?:~\$(?<excel>.+)|\.~lock\.(?<libre>.+)#)$/.exec(basename(path))
  return match?.groups?.['excel'] ?? match?.groups?.['libre']
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort().slice(0, NAMES_MAX)
  } catch {
    return []
  }
}
