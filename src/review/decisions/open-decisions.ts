/**
 * Opens decisions.sqlite for reading, while a desk may be writing it.
 *
 * In: a path as somebody gave it. Out: the database, or a refusal that names the path: none there, another kind of file, a
 * damaged one, one of another version.
 */
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { BiduiError, EXIT } from '../../errors.ts'
import { isReadable } from '../../store/run-file.ts'
import { DECISIONS_SCHEMA_VERSION } from './schema.ts'

export function openDecisions(path: string): Database.Database {
  if (!isReadable(path) || !statSync(path).isFile())
    throw new BiduiError('E101', EXIT.noInput, `${path}: 没有裁决文件 · the decisions file does not exist.`, {
      advice: '`bidui review RUN` 建立它,用 --decisions 给出路径 · makes it; give its path with --decisions.',
    })
  let database: Database.Database | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    if (isDecisions(database)) return database
  } catch (error) {
    database?.close()
    if (error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code))
      throw notDecisions(path, error)
    throw error
  }
  database.close()
  throw notDecisions(path)
}

/** Every run.sqlite has a version too: the table says what the file is. */
function isDecisions(database: Database.Database): boolean {
  const tables = database.prepare(
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('event', 'note')",
  )
  return tables.pluck().get() === 2 && database.pragma('user_version', { simple: true }) === DECISIONS_SCHEMA_VERSION
}

function notDecisions(path: string, cause?: Error): BiduiError {
  return new BiduiError(
    'E109',
    EXIT.data,
    `${path}: 不是裁决文件,或已损坏,或由另一版本写成 · no decisions file, or damaged, or written by another version.`,
    {
      advice:
        '请给出审核台的 decisions.sqlite,或从备份恢复 · give decisions.sqlite of the review desk, or take it from a backup.',
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
