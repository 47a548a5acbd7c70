/** `bidui run`: register files → links, people, findings in a run directory. */
import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { displayWidth, padCell } from '../display-text.ts'
import { numberOption } from './command-line/number-option.ts'
import { EXIT } from '../errors.ts'
import { balanceSheet, toBalances } from '../findings/balance/index.ts'
import { contextHandle, findingsNotMade, FINDING_TABLE, type FindingCode } from '../findings/index.ts'
import { explainLinked } from '../linked-pairs.ts'
import { type Reconciled, reconcileCounty } from '../pipeline.ts'
import { stageLines, type StageLines } from '../progress.ts'
import type { Manifest } from '../report/run-directory/manifest.ts'
import { type BulkWriting, startBulk, startRecordsArrow, writeManifest, writeOutputs } from '../report/outputs.ts'
import { RunDirectory } from '../report/run-directory/run-directory.ts'
import type { Summary } from '../report/summary.ts'
import { formatSummary } from '../report/summary-text.ts'
import { controlText } from '../review/control-rates.ts'
import { type DecidedPair, loadDecisions } from '../review/decisions/index.ts'
import type { ControlEstimate } from '../review/queue/control-estimate.ts'
import { kindText } from '../review/queue/control-sample.ts'
import type { CompleteSettings } from '../settings.ts'
import { tryDatabase } from '../store/run-database-writer.ts'
import { type VolumeEncryption, volumeEncryption } from '../store/volume-encryption.ts'
import { WorkerPool } from '../workers/pool.ts'
import { checkVolume } from './run/check-volume.ts'
import {
  decidedAs,
  decisionWarnings,
  findingVerdictsText,
  judgedAs,
  markWarnings,
  obeyedText,
} from './run/decision-warnings.ts'
import { asOfWarnings } from './run/extract-age.ts'
import { judgedContents } from './run/judged-contents.ts'
import { drawControl, estimateDraw } from './run/draw-control.ts'
import { type ComparedNight, compareWithLastNight, openLastNight, refuseLosses } from './run/last-night.ts'
import type { LogLevel } from '../log.ts'
import { addRegisterOptions, refuseLooseFiles, type RegisterOptions, settingsFrom } from './run/register-options.ts'
import { openRunLog, type RunLog } from './run/run-log.ts'
import { takeSignedThreshold } from './run/signed-threshold.ts'

export interface RunOptions extends RegisterOptions {
  readonly out: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly log?: string
  readonly logLevel?: LogLevel
}

export function registerRun(program: Command): void {
  addRegisterOptions(
    program.command('run').argument('[job]', '任务文件，写着各项选项: job file with the options (YAML)'),
  )
    .summary('核对全县: reconcile a county: links, people and findings from its register files')
    .description(
      '核对全县: 读入各登记簿，把同一人的记录关联起来，查出问题，写成批次目录。\n' +
        'Reads the registers of a county, links the records of one person, finds what is wrong, and writes a run directory.',
    )
    .option(
      '--out <dir>',
      '批次目录，须是新的或空的: where the run is written; must be new or empty (default: bidui-run)',
    )
    .option(
      '--max-false-link-rate <share>',
      '允许的错关联比例上限: largest share of false links wanted (default: 0.0005)',
      numberOption,
    )
    .option(
      '--model <file>',
      '沿用保存的模型，文件给出的参数不再估计: a model saved by `bidui model --save`, whole or in part: what it gives is held',
    )
    .option(
      '--decisions <file>',
      '审核台的裁决文件，一律照办: decisions.sqlite of the review desk: obeyed, never overridden',
    )
    .option(
      '--signed-threshold',
      '采用组长在审核台签字的阈值: take the threshold that the lead signed at the desk (in --decisions)',
    )
    .option('--answers <run>', '沿用某一批次已导入的答复: an earlier run whose imported answers stand in this one too')
    .option(
      '--previous <run>',
      "上次批次，对照它说明这次的文件缺什么: last night's run: what tonight's files lack is told (default: --answers)",
    )
    .option(
      '--stop-on-loss',
      '缺登记册、乡镇或其两成以上的行就不运行: refuse (65) if a register, a township or over 20 % of its rows is missing',
    )
    .option('--require-encrypted', '只写到加密卷上，否则不运行: write to an encrypted volume or not at all')
    .option('--purpose <text>', '用途，写在每份导出上: stands on every export')
    .option('--authorisation <number>', '授权编号，写在每份导出上: stands on every export')
    .option('--json', '以 JSON 输出概要: print summary.json instead of the text')
    .option('--quiet', '不显示进度: no progress')
    .option(
      '--log <file>',
      '日志文件，只有阶段、数量和失败: JSON lines added to a file: stages, counts, failures; no names, no numbers',
    )
    .option('--log-level <level>', '日志的最低级别: least level in the log: debug, info, warn, error (default: info)')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui run --police huji.csv --census duanbiao.csv --out run1
        两份登记簿即可；缺其他登记簿查不出的问题会列名
        two registers; findings that need the others are named as not made
  bidui run --police a.csv --police b.csv --census c.csv --out run2
        可按乡镇分文件
        one file per township is fine
  bidui run job.yaml
        选项写在任务文件里
        options from a job file: police: [a.csv], census: c.csv, out: run3

Exit 退出码: 0 done 完成 · 3 done, rows quarantined 有行被隔离 · 64 usage 用法
65 data 数据 · 66 input missing 无输入 · 73/74 cannot write 不能写
78 configuration 配置 · 11 another run 另有运行 · 70 a bug 缺陷`,
    )
    .allowExcessArguments()
    .action(async (job: string | undefined, options: RunOptions, { args }: Command) => {
      refuseLooseFiles('run', args)
      const shown = stageLines({ quiet: options.quiet === true })
      const log = await openRunLog(options.log, options.logLevel, shown)
      try {
        await runAndTell(job, options, log?.stages ?? shown, log)
      } catch (error) {
        log?.failed(error)
        throw error
      }
    })
}

async function runAndTell(
  job: string | undefined,
  options: RunOptions,
  stages: StageLines,
  log: RunLog | undefined,
): Promise<void> {
  const { settings, said } = takeSignedThreshold(await settingsFrom(options, job, 'bidui-run'))
  process.stderr.write(said)
  const { volume, said: where } = checkVolume([settings.out], { isRequired: settings.requireEncrypted })
  if (options.quiet !== true) process.stderr.write(where)
  const carry = settings.answers === undefined ? undefined : await answersOf(settings.answers)
  let carried = ''
  const { summary, quarantined, control } = await runToDirectory(settings, stages, {
    volume,
    whenWhole: (staged) => {
      carried = carry?.(staged) ?? ''
    },
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(summary, null, 2)}\n` : formatSummary(summary))
  if (options.json !== true && control !== undefined) process.stdout.write(`\n${controlText(control)}`)
  process.stderr.write(findingVerdictsText(settings.out, settings.decisions))
  process.stderr.write(carried)
  if (options.json !== true) process.stdout.write(nextSteps(settings.out, settings.previous))
  if (quarantined > 0) process.exitCode = EXIT.quarantined
  log?.finished(summary, quarantined)
}

/** What takes the answers of an earlier run over; that run is opened before the work, not after it. */
async function answersOf(earlier: string): Promise<(out: string) => string> {
  const { carryNight, checkAnswersOf } = await import('./answers.ts')
  checkAnswersOf(earlier)
  return (out) => carryNight(earlier, out, userInfo().username)
}

/** What a run tells once its directory stands. */
interface WrittenRun {
  readonly summary: Summary
  /** Rows kept aside. */
  readonly quarantined: number
  readonly reconciled: Reconciled
  /** What the judged control sample says; undefined without decisions. */
  readonly control: ControlEstimate | undefined
}

/** What runs a county otherwise than by itself. */
export interface RunMeans {
  /** Whether the directory lies on an encrypted volume (default: asked of the system). */
  readonly volume?: VolumeEncryption
  /** The workers (default: as many as the settings say); closed at the end. */
  readonly pool?: WorkerPool
  /**
   * Gets the directory with everything in it, before it stands under its name: a run that is killed there is made again,
   * one that stands already has all it should have.
   */
  readonly whenWhole?: (staged: string) => void
}

/**
 * The run from settings to a committed directory; used by `run` and `demo`.
 * @throws BiduiError; nothing is left of the directory then
 */
export async function runToDirectory(
  settings: CompleteSettings,
  stages: StageLines,
  { volume = volumeEncryption(settings.out), pool: given, whenWhole }: RunMeans = {},
): Promise<WrittenRun> {
  const startedAt = new Date()
  tryDatabase()
  const last = openLastNight(settings.previous)
  const directory = RunDirectory.create(settings.out)
  const pool = given ?? new WorkerPool(settings.workers)
  try {
    const decisions = decisionsFor(settings)
    const night = await reconcileWhileWriting({ settings, stages, decisions, last, directory, pool })
    const { reconciled, compared } = night
    stages.begin('write', '写出')
    const control = await drawControl(reconciled, decisions.judgements)
    const summary = await writeNight(night, { settings, decisions, control, directory, pool })
    stages.end(`${settings.out}`)
    const estimate = estimateDraw(reconciled, control, settings.maxFalseLinkRate)
    const times = { startedAt, finishedAt: new Date(), stages: stages.times() }
    writeManifest({ table: reconciled.ingest.table, settings }, directory, times, {
      control: estimate,
      volume,
      previous: compared === undefined ? null : remarkOf(compared),
    })
    whenWhole?.(directory.path)
    directory.commit()
    const { length: quarantined } = reconciled.ingest.quarantine
    return { summary, quarantined, reconciled, control: decisions.judgements.length === 0 ? undefined : estimate }
  } catch (error) {
    // A thread that still writes would fill again what is being removed.
    await pool.close().catch(() => undefined)
    directory.abort()
    throw error
  } finally {
    await pool.close()
  }
}

type DrawnControl = Awaited<ReturnType<typeof drawControl>>

type Decisions = Pick<ReturnType<typeof loadDecisions>, 'judgements' | 'marks'>

function decisionsFor({ decisions }: CompleteSettings): Decisions {
  return decisions === undefined ? { judgements: [], marks: [] } : loadDecisions(decisions)
}

/** What the steps of one run share. */
interface RunParts {
  readonly settings: CompleteSettings
  readonly decisions: Decisions
  readonly directory: RunDirectory
  readonly pool: WorkerPool
}

/** A county reconciled, its bulk being written, and what the files lack beside last night's. */
interface Night {
  readonly reconciled: Reconciled
  readonly bulk: BulkWriting | undefined
  readonly compared: ComparedNight | undefined
}

/** Reconciles; whatever stands by then is written by the workers meanwhile. */
async function reconcileWhileWriting({
  settings,
  stages,
  decisions,
  last,
  directory,
  pool,
}: RunParts & {
  readonly stages: StageLines
  readonly last: ReturnType<typeof openLastNight>
}): Promise<Night> {
  let records: Promise<number> | undefined
  let bulk: BulkWriting | undefined
  let compared: ComparedNight | undefined
  const decided = [...decisions.judgements, ...decisions.marks]
  const reconciled = await reconcileCounty(settings, stages, decided, pool, {
    onRead: (table) => {
      if (last === undefined) return
      compared = compareWithLastNight(last, table, settings)
      if (settings.stopOnLoss) refuseLosses(compared)
      for (const { code, message } of [...compared.warnings, ...compared.notes])
        process.stderr.write(`[${code}] ${message}\n`)
    },
    onMatched: (table) => {
      records = startRecordsArrow(table, directory, pool)
    },
    onLinked: ({ ingest: { table }, result: { people, links } }) => {
      bulk = startBulk({ table, people, links }, directory, pool, records)
    },
  })
  return { reconciled, bulk, compared }
}

/** Writes what is left to be written once the findings are there. */
async function writeNight(
  { reconciled, bulk, compared }: Night,
  { settings, decisions, control, directory, pool }: RunParts & { readonly control: DrawnControl },
): Promise<Summary> {
  const { ingest, result, context, findings } = reconciled
  const { judgements: decided } = decisions
  const given = new Set(settings.inputs.map((input) => input.register))
  return writeOutputs(
    {
      table: ingest.table,
      people: result.people,
      links: result.links,
      reasons: result.reasons,
      findings,
      elsewhere: {
        findings: { context: contextHandle(context), findings: findings.handle },
        balances: contextHandle(context),
      },
      findingsNotMade: findingsNotMade(given),
      nameOfCode: (code) => FINDING_TABLE[code as FindingCode].zh,
      quarantine: ingest.quarantine,
      warnings: [
        ...(compared?.warnings ?? []),
        ...(compared?.notes ?? []),
        ...asOfWarnings(settings),
        ...ingest.warnings,
        ...warningsOfDecisions(settings, reconciled, decided),
      ],
      balances: () => toBalances(balanceSheet(context)),
      settings,
      control: controlToWrite(control, reconciled),
      explain: explainLinked(reconciled),
      obeyed: settings.decisions === undefined ? '' : obeyedText(decided, reconciled.lost),
      judgedContents: JSON.stringify(judgedContents(settings.decisions, settings.previous)),
      previous: compared === undefined ? '' : JSON.stringify(remarkOf(compared)),
    },
    directory,
    pool,
    bulk,
  )
}

/** @param decided what the file of decisions holds, marks aside */
function warningsOfDecisions({ decisions }: CompleteSettings, reconciled: Reconciled, decided: readonly DecidedPair[]) {
  const { personOf } = reconciled.result.people
  const lost = new Set(reconciled.lost)
  const lostPairs = decided.filter(({ left, right }) => lost.has(`${left}|${right}`))
  const isJoined = ({ left, right }: { readonly left: number; readonly right: number }) =>
    personOf[left] === personOf[right]
  return [
    ...decisionWarnings(decisions, decided.length - reconciled.superseded, reconciled.judgements, isJoined, lostPairs),
    ...markWarnings(decisions, reconciled.marks, reconciled.lostMarks.length),
  ]
}

/** The control sample as the run directory keeps it: the pairs for the desk, the rest for the next run. */
function controlToWrite(control: DrawnControl, reconciled: Reconciled) {
  const { table } = reconciled.ingest
  const { judgements, marks } = reconciled
  return {
    pairs: control.pairs.map((pair) => ({ ...pair, kind: kindText(pair.kind) })),
    cells: JSON.stringify(control.cells),
    judgedAs: JSON.stringify(judgedAs(table, [...judgements, ...marks])),
    decidedAs: JSON.stringify(decidedAs(table, judgements)),
    markedAs: JSON.stringify(decidedAs(table, marks)),
  }
}

function remarkOf({ run, losses }: ComparedNight): Manifest['previous'] {
  return { run, losses }
}

function nextSteps(out: string, previous: string | undefined): string {
  const steps = [
    ...(previous === undefined
      ? []
      : [[`compare ${previous} ${out}`, '较上次新增、消失的问题 · findings that are new or gone since last night']]),
    [`review ${out}`, '由人判断待审的配对、问题和随机抽查的对照 · people decide what waits, and pairs drawn by chance'],
    [`lists ${out} --out lists`, '下发乡镇的问题清单 · workbooks for the townships'],
    [`explain ${out} A:ID B:ID`, '两条记录为何关联或不关联 · why two records were linked, or were not'],
  ]
  const width = Math.max(...steps.map(([command]) => displayWidth(command))) + 2
  return `\nNext 下一步\n${steps.map(([command, words]) => `  bidui ${padCell(command, width)}${words}\n`).join('')}`
}
