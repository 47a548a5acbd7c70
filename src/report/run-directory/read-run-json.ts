/**
 * A JSON file of a run: summary.json, manifest.json.
 *
 * In: its path. Out: what it holds. A file of a run that a broken copy cut short is told, for it is no bug of ours.
 */
import { readFileSync } from 'node:fs'
import { BiduiError, EXIT } from '../../errors.ts'

export function readRunJson(path: string): unknown {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damagedFile(path, error)
  }
}

export function damagedFile(path: string, cause: unknown): BiduiError {
  return new BiduiError('E109', EXIT.data, `${path}: 文件损坏或不完整 · the file is damaged or cut short.`, {
    advice: '请重新拷贝运行目录，或重新运行 · copy the run directory again, or run the county again.',
    cause,
  })
}
