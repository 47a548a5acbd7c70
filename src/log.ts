/**
 * The log: JSON lines by pino, written synchronously, with nothing personal in them.
 *
 * In: a level, and a file or stderr. Out: a logger. What may stand in a line is a list, not a ban: known fields with
 * numbers, codes and names of our own. Texts lose every Chinese character (names, addresses, file names) and every run
 * of twelve or more digits (ID numbers, certificates); of an error that is not for people only its kind and stack frames
 * are kept, because its message may quote what it stumbled over.
 */
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import { BiduiError, EXIT } from './errors.ts'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Fields that a line may have; all others are dropped. */
const FIELDS: ReadonlySet<string> = new Set([
  'stage',
  'ms',
  'rows',
  'pairs',
  'links',
  'people',
  'findings',
  'quarantined',
  'bytes',
  'worker',
  'workers',
  'register',
  'column',
  'line',
  'code',
  'count',
  'total',
  'done',
  'rss',
  'job',
  'run',
  'exit',
  'version',
  'node',
  'seq',
  'head',
  'role',
  'signal',
  'pid',
])

export interface LogOptions {
  readonly level?: LogLevel
  /** Path of the log file; default stderr. */
  readonly file?: string
  /** Where lines go instead, in tests. */
  readonly into?: DestinationStream
}

export function createLog(options: LogOptions = {}): Logger {
  const { level = 'info', file, into } = options
  if (!LOG_LEVELS.includes(level))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--log-level ${String(level)}: 应为其中之一 · one of ${LOG_LEVELS.join(', ')} is wanted.`,
    )
  const log = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFields,
      },
      serializers: { err: (error: unknown) => (error instanceof Error ? redactError(error) : error) },
      hooks: {
        // Message and its arguments are joined here and redacted as one text.
        logMethod(given, method) {
          const [first, ...rest] = given as readonly unknown[]
          if (first instanceof Error) {
            method.apply(this, [{ err: first }, redactText(joinTexts(rest))])
            return
          }
          if (typeof first === 'object' && first !== null) method.apply(this, [first, redactText(joinTexts(rest))])
          else method.apply(this, [redactText(joinTexts([first, ...rest]))])
        },
      },
    },
    into ??
      destination(file === undefined ? { fd: 2, sync: true } : { dest: file, sync: true, mkdir: true, mode: 0o600 }),
  )
  // A child's fields do not pass through formatters.log: they are redacted when they are bound.
  const child = Reflect.get(log, 'child') as Logger['child']
  const setBindings = Reflect.get(log, 'setBindings') as Logger['setBindings']
  log.child = function (this: Logger, bindings: Record<string, unknown>, childOptions) {
    return child.call(this, redactFields(bindings), childOptions)
  } as Logger['child']
  log.setBindings = function (this: Logger, bindings: Record<string, unknown>) {
    setBindings.call(this, redactFields(bindings))
  }
  return log
}

/** Keeps known fields; texts redacted, numbers and truth values as they are, anything nested left away. */
function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (value instanceof Error) {
      kept.err = redactError(value)
      continue
    }
    if (!FIELDS.has(field)) continue
    if (typeof value === 'string') kept[field] = redactText(value)
    else if (typeof value === 'number') kept[field] = Math.abs(value) < 1e11 ? value : '***'
    else if (typeof value === 'boolean') kept[field] = value
  }
  return kept
}

function joinTexts(parts: readonly unknown[]): string {
  return parts.filter((part) => ['string', 'number', 'boolean'].includes(typeof part)).join(' ')
}

/** Chinese characters (all planes, compatibility forms, private use for rare names) and long digit runs, X at the end. */
const PERSONAL = /[\p{Script=Han}\p{Co}〇·•・]+|(?:[0-9０-９][\s-]?){11,}[0-9０-９xXｘＸ]/gu

function redactText(text: string): string {
  return text.replaceAll(PERSONAL, '***')
}

interface RedactedError {
  readonly type: string
  readonly code?: string
  readonly message?: string
  readonly stack: readonly string[]
}

function redactError(error: Error): RedactedError {
  const code = 'code' in error && typeof error.code === 'string' ? { code: redactText(error.code) } : {}
  // Our own messages hold no values of cells; those of others may quote anything.
  const message = error instanceof BiduiError ? { message: redactText(error.message) } : {}
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { type: error.name, ...code, ...message, stack: frames.map((line) => redactText(line.trim())) }
}
