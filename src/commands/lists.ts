/**
 * `bidui lists`: 问题清单 and working tables of a run, written for the townships.
 * Arguments in, files and a short count out; the lists themselves are src/report/lists.
 */
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { countOf, countText } from '../display-text.ts'
import { BiduiError, EXIT, nearestWord } from '../errors.ts'
import { FINDING_CODES, FINDING_TABLE } from '../findings/index.ts'
import type { IngestInput } from '../ingest/index.ts'
import { REGISTER_SPECS, REGISTERS } from '../registers/columns.ts'
import type { ExportOrder } from '../report/export-gate.ts'
import { completeExportOrder } from '../report/export-gate.ts'
import { lossWarning } from '../report/row-losses.ts'
import { type ComparedNightRemark, readRemark } from '../review/run-remarks.ts'
import { RunSource } from '../report/lists/run-source.ts'
import type { Verdict } from '../report/lists/questions.ts'
import type { ListFormat, ListsOrder, ListsSummary } from '../report/lists/write-lists.ts'
import { StagedDirectory, writeIssueLists } from '../report/lists/write-lists.ts'
import type { TableName } from '../report/lists/table-lines.ts'
import { TABLES } from '../report/lists/table-lines.ts'
import { openWholeRegisters } from '../report/lists/whole-registers.ts'
import { writeTables } from '../report/lists/write-tables.ts'
import {
  carryFindings,
  closesFinding,
  type FindingVerdict,
  verdictOn,
  backFill,
  loadFindingVerdicts,
} from '../review/decisions/index.ts'
import type { WorkbookPlan } from '../report/workbook/xlsx.ts'
import { isReadable } from '../store/run-file.ts'
import { WorkerPool } from '../workers/pool.ts'
import { collect } from './run/register-options.ts'
import { emptyTownships, refuseStrangeTownships } from './lists/empty-townships.ts'
import { contentsIn } from './run/judged-contents.ts'
import { provedWithoutCensus } from './lists/prove-administrative.ts'

interface ListsOptions {
  readonly out: string
  readonly township?: readonly string[]
  readonly codes?: string
  readonly severity?: string
  readonly format: string
  readonly for: string
  readonly purpose?: string
  readonly authorisation?: string
  readonly key?: string
  readonly answered?: boolean
  readonly decisions?: string
  readonly tables?: string
  readonly json?: boolean
  readonly police?: readonly string[]
  readonly census?: readonly string[]
  readonly censusDeaths?: readonly string[]
  readonly births?: readonly string[]
  readonly deaths?: readonly string[]
}

const FORMATS: readonly string[] = ['xlsx', 'csv', 'both']
const SEVERITIES: readonly string[] = ['S0', 'S1', 'S2', 'S3']

/** The registers again, for --tables. */
const REGISTER_OPTIONS = REGISTERS.map((register) => ({
  option: `--${register.replace('_', '-')}`,
  zh: REGISTER_SPECS[register].zh,
}))

/** Verdicts of the desk in the words of the lists; 待入户 is what a list is for. */
const DESK_WORDS: Readonly<Partial<Record<FindingVerdict, Verdict>>> = {
  true: '属实',
  untrue: '不属实',
  added: '已补登',
  removed: '已删除',
  corrected: '已更正',
  unverifiable: '无法核实',
}

/** What the desk has said; a run that nobody has reviewed has no decisions beside it. */
function deskVerdicts(
  source: RunSource,
  run: string,
  given: string | undefined,
): NonNullable<ListsOrder['deskVerdict']> {
  const path = resolve(given ?? join(dirname(resolve(run)), 'decisions', 'decisions.sqlite'))
  if (given === undefined && !isReadable(path)) return () => undefined
  const known = contentsIn(source)
  const verdicts = new Map([...loadFindingVerdicts(path)].map(([id, verdict]) => [id, backFill(verdict, known)]))
  const printOf = (findingId: string) => source.findingPrint(findingId)
  const carried = carryFindings(verdicts.values(), { printOf, idsByContent: () => source.findingsByContent() })
  return (findingId) => {
    const said = verdictOn(findingId, (id) => verdicts.get(id), carried, printOf)
    // Judged of other data: the question is open again, and the township is asked.
    if (said === undefined || said.isChanged) return undefined
    const decision = said.verdict
    const verdict = DESK_WORDS[decision.verdict]
    if (verdict === undefined) return undefined
    return { verdict, day: decision.t.slice(0, 10), isClosed: closesFinding(decision.verdict) }
  }
}

export function registerLists(program: Command): void {
  const command = program
    .command('lists')
    .summary('问题清单: write the lists that go to the townships')
    .description(
      '问题清单: 每乡镇一个工作簿，每小区一张表，从下拉中选答案；不显示证件号后四位。\n' +
        'One workbook per township, one sheet per 普查小区, answers by drop-down.\n' +
        'ID numbers are shown without their last four digits; no cell is a formula.',
    )
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .requiredOption('--out <dir>', '清单写到哪个新目录: new directory for the lists')
    .option('--township <code>', '只写此乡镇(9 位代码)，可多次给出: only this township (9 digits), repeatable', collect)
    .option('--codes <codes>', '只写这些问题代码，用逗号分开: only these findings, with commas')
    .option('--severity <levels>', '只写这些级别，默认不含 S0: only these levels, e.g. S1,S2 (default: all but S0)')
    .option('--format <format>', '工作簿、文本或两种都要: xlsx, csv or both', 'xlsx')
    .option(
      '--for <office>',
      '发往哪个部门，普查以外的只给行政问题: census, police or health; others get adm findings only',
      'census',
    )
    .option('--purpose <text>', '用途，写在每张表上: purpose that stands on each sheet (default: the run’s)')
    .option('--authorisation <number>', '授权编号，写在每张表上: authorisation number (default: the run’s)')
    .option('--answered', '也写已答结的问题: findings that the field or the desk has closed too (default: left out)')
    .option(
      '--decisions <file>',
      '审核台的裁决文件: decisions file of the desk (default: decisions/decisions.sqlite beside the run)',
    )
    .option('--key <file>', '校验清单用的密钥: list key (default: list.key in the run)')
    .option('--tables <names>', `全体人员的工作表: working tables of everybody too: ${TABLES.join(', ')} or all`)
    .option('--json', '以 JSON 输出数量: print the counts as JSON')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui lists run1 --out lists1 --severity S1
        只列影响人数的问题
        what changes the head count
  bidui lists run1 --out pol1 --for police
        派出所可以看的问题
        what a police station may have
  bidui lists run1 --out all1 --tables all --police p.csv --census c.csv
        连同全体人员的工作表: 表1 表2 表4 底册 台账 过录汇总
        with the working tables of everybody`,
    )
    .action(runLists)
  for (const { option, zh } of REGISTER_OPTIONS)
    command.option(
      `${option} <file>`,
      `${zh}，配合 --tables 再给一次: with --tables: the register again, repeatable`,
      collect,
    )
}

/** What the words after the command ask for, refused where one of them is none. */
interface ListsChoice {
  readonly format: ListFormat
  readonly townships: readonly string[]
  readonly codes: readonly string[]
  readonly severities: readonly string[]
}

async function runLists(run: string, options: ListsOptions): Promise<void> {
  const choice = choiceOf(options)
  const source = new RunSource(run)
  try {
    refuseStrangeTownships(source, choice.townships)
    process.stderr.write(lossesOf(source))
    const order = completeExportOrder({
      addressee: options.for,
      purpose: options.purpose ?? source.setting('purpose'),
      authorisation: options.authorisation ?? source.setting('authorisation'),
    })
    const out = new StagedDirectory(options.out)
    try {
      const summary = await writeChosen(run, source, { choice, order, options, out })
      const empty = emptyTownships(source, {
        asked: choice.townships,
        listed: summary.listed,
        isChosen: choice.severities.length > 0 || choice.codes.length > 0,
      })
      const tables = await tablesOf(source, options, order, out)
      out.publish()
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ ...summary, files: [...summary.files, ...tables.files], empty })}\n`
          : countsText(summary, tables, empty, options.out),
      )
    } finally {
      out.discard()
    }
  } finally {
    source.close()
  }
}

/** @throws BiduiError E401 that names the near word, if there is one */
function choiceOf({ format, severity, codes, township = [] }: ListsOptions): ListsChoice {
  const choice = { townships: township, codes: words(codes), severities: words(severity) }
  if (!isFormat(format))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--format ${format}: 应为其中之一 · one of ${FORMATS.join(', ')} is wanted.`,
    )
  for (const level of choice.severities)
    if (!SEVERITIES.includes(level))
      throw new BiduiError(
        'E401',
        EXIT.usage,
        `--severity ${level}: 应为 S0、S1、S2 或 S3 · S0, S1, S2 or S3 is wanted.`,
      )
  for (const code of choice.codes)
    if (!Object.hasOwn(FINDING_TABLE, code)) {
      const near = nearestWord(code, FINDING_CODES)
      throw new BiduiError('E401', EXIT.usage, `--codes ${code}: 没有这种问题 (no such finding).`, {
        advice: near === undefined ? '全部问题见 · all are in docs/findings.md.' : `是否指 · did you mean ${near}?`,
      })
    }
  for (const code of choice.townships)
    if (!/^\d{6,12}$/.test(code))
      throw new BiduiError(
        'E401',
        EXIT.usage,
        `--township ${code}: 应为 6 至 12 位区划代码 · a code of 6 to 12 digits is wanted.`,
      )
  return { ...choice, format }
}

/** Writes the lists; workbooks are put together by a worker while this thread fills the next. */
async function writeChosen(
  run: string,
  source: RunSource,
  parts: {
    readonly choice: ListsChoice
    readonly order: ExportOrder
    readonly options: ListsOptions
    readonly out: StagedDirectory
  },
): Promise<ListsSummary> {
  const { choice, order, options, out } = parts
  const { format, townships, codes, severities } = choice
  const pool = format === 'csv' ? undefined : new WorkerPool(2)
  try {
    return await writeIssueLists(
      source,
      {
        order,
        format,
        filter: { townships, codes, severities },
        keyPath: options.key ?? join(run, 'list.key'),
        at: new Date().toISOString(),
        isAnsweredToo: options.answered === true,
        deskVerdict: deskVerdicts(source, run, options.decisions),
        ...(pool === undefined
          ? {}
          : { makeWorkbook: (plan) => pool.run<WorkbookPlan, Uint8Array>('write-workbook', plan) }),
        ...(order.addressee === 'census' ? {} : { isProvable: await provedWithoutCensus(run) }),
      },
      out,
    )
  } finally {
    await pool?.close()
  }
}

function countsText(summary: ListsSummary, tables: WrittenTables, empty: readonly string[], out: string): string {
  const { rows, sheets, townships, heldBack, closed, closedAtDesk } = summary
  const n = countText
  const left = (count: number, zh: string, en: string): string =>
    count === 0 ? '' : `${zh} ${n(count)} 条 · ${countOf(count, 'finding')} ${en}\n`
  return (
    `问题清单 ${n(rows)} 条，${n(townships)} 个乡镇，${n(sheets)} 个普查小区 → ${out}\n` +
    `${countOf(rows, 'row')} on ${countOf(sheets, 'sheet')} of ${countOf(townships, 'township')}\n` +
    left(heldBack, '涉及普查登记、不对外提供', 'held back: they rest on census rows') +
    left(closed, '已答结', 'left out: the field has answered') +
    left(closedAtDesk, '审核已结', 'left out: judged at the desk') +
    (tables.files.length > 0
      ? `全体人员的工作表 ${n(tables.files.length)} 个工作簿，${n(tables.lines)} 行 · ${countOf(tables.files.length, 'workbook')} of working tables, ${countOf(tables.lines, 'line')}\n`
      : '') +
    empty.map((line) => `${line}\n`).join('')
  )
}

/** A list of people missing where a file is missing costs a township days: the run knew, and the list says it again. */
function lossesOf(source: RunSource): string {
  const lastNight = readRemark<ComparedNightRemark>(source.setting('previous'))
  return (lastNight?.losses ?? [])
    .map((loss) => `[${loss.code}] ${lossWarning(loss, lastNight?.run ?? '').message}\n`)
    .join('')
}

interface WrittenTables {
  readonly files: readonly string[]
  readonly lines: number
}

const NO_TABLES: WrittenTables = { files: [], lines: 0 }

async function tablesOf(
  source: RunSource,
  options: ListsOptions,
  order: ExportOrder,
  out: StagedDirectory,
): Promise<WrittenTables> {
  const wanted = words(options.tables)
  if (wanted.length === 0) return NO_TABLES
  const tables = wanted.includes('all') ? TABLES : wanted.map(tableName)
  const paths = [options.police, options.census, options.censusDeaths, options.births, options.deaths]
  const inputs: IngestInput[] = REGISTERS.flatMap((register, g) => (paths[g] ?? []).map((path) => ({ register, path })))
  if (inputs.length === 0)
    throw new BiduiError('E401', EXIT.usage, '--tables 要列出所有人，须给出登记文件 (the registers are needed).', {
      advice:
        '请给出与 `bidui run` 相同的 --police、--census 等文件 · give the same --police, --census … files as to `bidui run`.',
    })
  const pool = new WorkerPool()
  try {
    const registers = await openWholeRegisters(source.directory, inputs, pool)
    return await writeTables(source, registers, { order, tables, townships: options.township ?? [] }, out)
  } finally {
    await pool.close()
  }
}

function tableName(text: string): TableName {
  const name = TABLES.find((known) => known === text)
  if (name === undefined)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--tables ${text}: 应为其中之一 · one of ${TABLES.join(', ')} or all is wanted.`,
    )
  return name
}

function isFormat(text: string): text is ListFormat {
  return FORMATS.includes(text)
}

function words(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
