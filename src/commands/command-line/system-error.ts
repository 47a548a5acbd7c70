/**
 * Errors of the operating system, of SQLite, of memory and of the installation that no command has met → errors for people: they are no bugs of ours.
 *
 * In: whatever was thrown. Out: a BiduiError with what to do, or the same error. Messages name paths and codes only.
 */
import { BiduiError, EXIT } from '../../errors.ts'
import { cannotWrite } from '../../report/run-directory/run-directory.ts'

export function systemError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof BiduiError) return error
  const ofInstallation = installationError(error)
  if (ofInstallation !== undefined) return ofInstallation
  const { code, path } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new BiduiError(
      'E702',
      EXIT.data,
      '数据太多，内存不够 · so much at once does not fit the memory that Node may take.',
      {
        advice:
          '请设 NODE_OPTIONS=--max-old-space-size=8192(MB，不超过本机内存)，或分批 · set that, in MB and below what the machine has, or give less at once.',
        cause: error,
      },
    )
  if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code))
    return new BiduiError('E109', EXIT.data, `数据库损坏或不完整 · a database is damaged or cut short (${code}).`, {
      advice:
        '请从备份恢复，或重新运行 · take run.sqlite, decisions.sqlite or answers.sqlite from a backup, or run the county again.',
      cause: error,
    })
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code))
    return new BiduiError('E127', EXIT.tryAgain, `数据库正被占用 · another program holds a database (${code}).`, {
      advice: '请稍后重试 · try again when it has ended.',
      cause: error,
    })
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM)/.test(code))
    return new BiduiError('E105', EXIT.permission, `数据库打不开 · a database cannot be opened (${code}).`, {
      advice: '请检查目录权限 · let this account read and write the directory.',
      cause: error,
    })
  if (path === undefined && !/^(?:SQLITE_|ENOSPC|EDQUOT|EFBIG|EIO)/.test(code)) return error
  if (code === 'ENOTDIR' || code === 'EISDIR')
    return new BiduiError(
      'E104',
      EXIT.cannotCreate,
      `${path}: 文件与文件夹不符 · a file where a folder is wanted, or the reverse (${code}).`,
      {
        advice: '请换一个路径 · give another path.',
        cause: error,
      },
    )
  return cannotWrite(path ?? '磁盘 · disk', error)
}

/** What to tell where a native module is missing or built for another Node: the installation wants mending, not the files. */
function installationError(error: Error): BiduiError | undefined {
  const isOtherBuild = 'code' in error && error.code === 'ERR_DLOPEN_FAILED'
  if (!isOtherBuild && !error.message.startsWith('Could not locate the bindings file')) return undefined
  return new BiduiError(
    'E701',
    EXIT.config,
    `SQLite模块与本机的Node ${process.version}不符 · the SQLite module does not fit this Node.`,
    {
      advice:
        '请在bidui目录运行 `npm rebuild better-sqlite3` 或 `npm install` · run that in the folder of bidui, as after every change of Node.',
      cause: error,
    },
  )
}
