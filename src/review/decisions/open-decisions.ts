/**
 * Opens decisions.sqlite for reading, while a desk may be writing it.
 *
 * In: a path as somebody gave it. Out: the database, or a refusal that names the path: none there, another kind of file, a
 * damaged one, one of another version.
 */
import { meantPath } from '../../near-path.ts'
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { BiduiError, EXIT } from '../../errors.ts'
import { namedDatabaseError } from '../../store/database-error.ts'
import { isReadable } from '../../store/run-file.ts'
import { EVENTS, FINDING_VERDICTS, VERDICTS } from './event.ts'
import { DECISIONS_SCHEMA_VERSION, EVENT_COLUMNS } from './schema.ts'

/** @param use `audit`: what stands in the events is checked, not obeyed, so that kinds unknown here are no reason to stop */
export function openDecisions(path: string, use: 'obey' | 'audit' = 'obey'): Database.Database {
  if (!isReadable(path) || !statSync(path).isFile())
    throw new BiduiError('E101', EXIT.noInput, `${path}: 没有裁决文件 · the decisions file does not exist.`, {
      advice: `${meantPath(path)}\`bidui review RUN\` 建立它，用 --decisions 给出路径；还没有人审核时去掉这一项 · makes it; give its path with --decisions, and leave the option away before anybody has judged.`,
    })
  let database: Database.Database | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    if (isDecisions(database)) {
      if (use === 'obey') refuseLater(path, database)
      return database
    }
    if (versionOf(database) > DECISIONS_SCHEMA_VERSION && hasTables(database, ['event', 'note']))
      throw laterDecisions(path, `schema ${versionOf(database)}`)
  } catch (error) {
    database?.close()
    if (error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code))
      throw notDecisions(path, error)
    throw namedDatabaseError(path, error)
  }
  database.close()
  throw notDecisions(path)
}

const TABLES = ['event', 'checkpoint', 'note', 'account', 'setting']

/** Every run.sqlite has a version too: the tables say what the file is. A column that is not there is no version of ours. */
function isDecisions(database: Database.Database): boolean {
  if (versionOf(database) !== DECISIONS_SCHEMA_VERSION || !hasTables(database, TABLES)) return false
  const columns = new Set(database.prepare("SELECT name FROM pragma_table_info('event')").pluck().all())
  return EVENT_COLUMNS.split(', ').every((column) => columns.has(column))
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

function hasTables(database: Database.Database, names: readonly string[]): boolean {
  const tables = new Set(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all())
  return names.every((name) => tables.has(name))
}

/** A kind of event or a verdict that is not known here: whoever passes over it obeys half of what people said. */
function refuseLater(path: string, database: Database.Database): void {
  const unknown = database
    .prepare(
      `SELECT ev, verdict FROM event WHERE ev NOT IN (${quoted(EVENTS)})
       OR verdict NOT IN (${quoted([...VERDICTS, ...FINDING_VERDICTS])}) LIMIT 1`,
    )
    .get() as { readonly ev: string; readonly verdict: string | null } | undefined
  if (unknown === undefined) return
  throw laterDecisions(path, [unknown.ev, unknown.verdict ?? ''].join(' ').trim().slice(0, 40))
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(',')
}

function laterDecisions(path: string, what: string): BiduiError {
  return new BiduiError(
    'E410',
    EXIT.config,
    `${path}: 裁决文件由较新的版本写成 · written by a later version (${what}).`,
    { advice: '请用写成它的版本打开 · open it with the version that wrote it.' },
  )
}

function notDecisions(path: string, cause?: Error): BiduiError {
  return new BiduiError(
    'E109',
    EXIT.data,
    `${path}: 不是裁决文件，或已损坏，或由另一版本写成 · no decisions file, or damaged, or written by another version.`,
    {
      advice:
        '请给出审核台的 decisions.sqlite，或从备份恢复 · give decisions.sqlite of the review desk, or take it from a backup.',
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
