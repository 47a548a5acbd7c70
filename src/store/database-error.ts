/** A SQLite file that is damaged or held by another program is told by its name: which of a run's databases it is nobody can guess. */
import { BiduiError, EXIT } from '../errors.ts'

/** @returns the refusal that names the file, or the error as it was */
export function namedDatabaseError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code))
    return new BiduiError('E127', EXIT.tryAgain, `${path}: 正被另一程序占用 · another program holds it (${code}).`, {
      advice: '请稍后重试 · try again when that program has ended.',
      cause: error,
    })
  if (!/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return error
  return new BiduiError(
    'E109',
    EXIT.data,
    `${path}: 数据库损坏或不完整 · the database is damaged or cut short (${code}).`,
    {
      advice: '请从备份恢复，或重新运行 · take it from a backup, or run the county again.',
      cause: error,
    },
  )
}
