/**
 * Commands that write one file may replace what they wrote before; a path typed by mistake must not cost a register or a run.
 *
 * In:  the path, whether a text is of the command's own kind. Out: nothing, or a refusal (E408).
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { BiduiError, EXIT } from '../../errors.ts'

/** A page or a model is smaller; whatever is larger is something else. */
const BYTES_MAX = 50_000_000

/** @param isOwn whether the text of the file that lies there was written by this command */
export function refuseToReplace(path: string, isOwn: (text: string) => boolean): void {
  if (!existsSync(path)) return
  const info = statSync(path)
  // A folder and a device are told by whoever opens them.
  if (!info.isFile() || info.size === 0) return
  if (info.size <= BYTES_MAX && isOwn(readFileSync(path, 'utf8'))) return
  throw new BiduiError(
    'E408',
    EXIT.cannotCreate,
    `${path}: 已有别的文件，未覆盖 · another file lies there and was kept.`,
    {
      advice: '请换一个文件名 · give another name.',
    },
  )
}
