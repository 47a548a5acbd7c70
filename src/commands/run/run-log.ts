/**
 * The log of a run, `bidui run --log FILE`: JSON lines for those who watch the nightly job, nothing personal in them.
 *
 * In: a file, and the stage lines of the screen. Out: one line as the run starts, one for each stage, one as it ends or fails.
 * The run directory tells of a run that has come about; the log tells of those that have not.
 */
import type { Logger } from 'pino'
import { BiduiError, EXIT } from '../../errors.ts'
import type { LogLevel } from '../../log.ts'
import type { StageLines } from '../../progress.ts'
import type { Summary } from '../../report/summary.ts'

export interface RunLog {
  /** The stage lines given, each told to the log as well. */
  readonly stages: StageLines
  finished(summary: Summary, quarantined: number): void
  failed(error: unknown): void
}

/**
 * @param level least level that is written, of LOG_LEVELS
 * @returns undefined without a file
 */
export async function openRunLog(
  file: string | undefined,
  level: LogLevel | undefined,
  stages: StageLines,
): Promise<RunLog | undefined> {
  if (file === undefined) {
    if (level === undefined) return undefined
    throw new BiduiError('E401', EXIT.usage, `--log-level ${level}: 没有给出 --log 文件 · no --log FILE is given.`)
  }
  const { createLog } = await import('../../log.ts')
  let log: Logger
  try {
    log = createLog({ file, ...(level === undefined ? {} : { level }) })
  } catch (error) {
    if (error instanceof BiduiError) throw error
    throw new BiduiError('E403', EXIT.cannotCreate, `--log ${file}: 日志不能写入 · the log cannot be written.`)
  }
  log.info({ job: 'run', node: process.version, pid: process.pid }, 'started')
  return {
    stages: loggedStages(stages, log),
    finished: (summary, quarantined) => {
      for (const { code } of summary.warnings) log.warn({ job: 'run', code }, 'warning')
      log.info(
        {
          job: 'run',
          rows: summary.registers.reduce((sum, { rows }) => sum + rows, 0),
          quarantined,
          links: summary.links.total,
          people: summary.people.total,
          findings: summary.findings.total,
          exit: quarantined > 0 ? EXIT.quarantined : 0,
        },
        'finished',
      )
    },
    failed: (error) => {
      const exit = error instanceof BiduiError ? error.exitStatus : EXIT.bug
      log.error({ job: 'run', exit, ...(error instanceof Error ? { err: error } : {}) }, 'failed')
    },
  }
}

function loggedStages(stages: StageLines, log: Logger): StageLines {
  return {
    begin: (stage, zh) => {
      stages.begin(stage, zh)
    },
    progress: (done, total) => {
      stages.progress(done, total)
    },
    end: (counts) => {
      stages.end(counts)
      const ended = stages.times().at(-1)
      if (ended !== undefined)
        log.info({ stage: ended.stage, ms: Math.round(ended.ms), rss: process.memoryUsage.rss() }, 'stage')
    },
    times: () => stages.times(),
  }
}
