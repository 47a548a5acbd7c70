/**
 * Which file lies under a name: a file that is open goes on being written after its name was given to another or to none.
 *
 * In:  a path. Out: a text that names the file itself on this machine; '' where there is none.
 */
import { statSync } from 'node:fs'

export function fileAt(path: string): string {
  const info = statSync(path, { throwIfNoEntry: false, bigint: true })
  return info === undefined ? '' : `${info.dev} ${info.ino}`
}
