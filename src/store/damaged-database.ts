/** A damaged SQLite file is told by its name: which of a run's databases it is nobody can guess. */
import { BiduiError, EXIT } from '../errors.ts'

/** @returns the refusal that names the file, or the error as it was */
export function damagedDatabase(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
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
