/**
 * Opens run.sqlite of a finished run for reading.
 *
 * In: the directory that `bidui run --out` left. Out: the database. Another directory, and a run of another version, are
 * refused with what to do.
 */
import Database from 'better-sqlite3'
import { BiduiError, EXIT } from '../errors.ts'
import { namedDatabaseError } from './database-error.ts'
import { runFile } from './run-file.ts'
import { RUN_SCHEMA_VERSION } from './schema.ts'

/** More than run.sqlite of a county. */
const MAPPED_BYTES = 2 ** 31

/** @throws E410 for a run of another version, E109 for a damaged database; whoever opens it closes it */
export function openRun(directory: string): Database.Database {
  const path = runFile(directory, 'run.sqlite')
  const database = new Database(path, { readonly: true, fileMustExist: true })
  const version = versionOf(database, path)
  if (version === RUN_SCHEMA_VERSION) return database
  database.close()
  throw new BiduiError(
    'E410',
    EXIT.config,
    `${directory}: 结果由另一版本写成 · written by another version (schema ${version}, this one reads ${RUN_SCHEMA_VERSION}).`,
    {
      advice:
        '请用本版本重新运行；已收回的清单用 --key 旧批次/list.key 再导入一次 · run again with this version; lists that came back are imported into it once more, with --key OLD/list.key.',
    },
  )
}

function versionOf(database: Database.Database, path: string): number {
  try {
    // A run never changes once it is there, and is read in no order: mapped, a page costs no system call.
    database.pragma(`mmap_size = ${MAPPED_BYTES}`)
    return Number(database.pragma('user_version', { simple: true }))
  } catch (error) {
    database.close()
    throw namedDatabaseError(path, error)
  }
}
