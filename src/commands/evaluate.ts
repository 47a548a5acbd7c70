/** `bidui evaluate`: a run against the truth. Arguments in, tables or JSON out; the measuring is src/evaluate. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { numberOption } from './command-line/number-option.ts'
import { DEFAULT_RULES } from '../blocking/rules.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { proposalTest } from '../evaluate/blocking-loss.ts'
import { evaluateLinks, type LinkEvaluation, type RecordPair } from '../evaluate/evaluate.ts'
import { type BlockingLoss, formatFindingEvaluation, formatLinkEvaluation } from '../evaluate/evaluation-text.ts'
import { measureFindings } from '../evaluate/findings.ts'
import { KeyIndex } from '../evaluate/key-index.ts'
import { readFindings, readLinks, readPeople, readTruthFindings } from '../evaluate/read-tables.ts'
import type { Explanation } from '../matching/explanation.ts'
import { explainLinked } from '../linked-pairs.ts'
import type { Linked } from '../pipeline.ts'
import { REGISTERS } from '../registers/columns.ts'
import { readLinkLayers } from '../report/arrow.ts'
import { RecordIds } from '../ids/record-ids.ts'
import { openRun } from '../store/open-run.ts'
import { formatExplanation } from './explain.ts'
import { relinkRun } from './opened-run/open-run.ts'

interface EvaluateOptions {
  readonly truth: string
  readonly truthFindings?: string
  readonly truthMay?: string
  readonly errors?: number
  readonly blocking: boolean
  readonly json?: boolean
}

export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .summary('对照真值评估: how right a run was: precision and recall against files that know the truth')
    .description(
      '对照真值评估: 拿知道真相的文件对照，看批次的关联和问题对了多少、漏了多少。\n' +
        'How right a run was: precision and recall of links and findings against files that know the truth.',
    )
    .requiredOption('--truth <file>', '哪些记录是同一人，synth 写的 people.csv 即是: people.csv with the true persons')
    .option(
      '--truth-findings <file>',
      '必须查出的问题(代码、登记簿、记录号): findings that must be made: code, register, record_id',
    )
    .option('--truth-may <file>', '可查可不查的问题，不计对错: findings that may be made: neither for nor against')
    .option(
      '--errors <n>',
      '列出最严重的 n 个错关联和漏关联，并逐一解释: list the n worst false links and missed pairs, explained',
      numberOption,
    )
    .option(
      '--no-blocking',
      '不再读登记簿，不查分组漏掉了多少对: do not read the registers again to see what blocking lost',
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui evaluate run1 --truth county/people.csv
        各登记簿之间的准确率、召回率、待审比例、概率是否可信
        precision, recall and F1 by register pair, review share, calibration
  bidui evaluate run1 --truth county/people.csv --errors 5
        同上，并逐一解释每类最严重的五个错误
        the same, and the five worst errors of each kind with their weights

一个问题按所涉记录逐条计数；可查可不查的(--truth-may)不计对错。
A finding counts once for each record it falls on. Findings that only may be
made (--truth-may) count neither for nor against.`,
    )
    .action(evaluateRun)
}

async function evaluateRun(run: string, options: EvaluateOptions): Promise<void> {
  const { errors: listed = 0 } = options
  if (!Number.isInteger(listed) || listed < 0)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--errors ${listed}: 应为要列出的错误个数 · a whole number of errors to list is wanted.`,
    )
  const records = new KeyIndex()
  const found = readPeople(join(run, 'people.csv'), records)
  const truth = readPeople(options.truth, records)
  const links = readLinks(join(run, 'links.csv'), records)
  const arrow = join(run, 'links.arrow')
  const layers = existsSync(arrow) ? { layers: readLinkLayers(arrow) } : {}
  const evaluation = evaluateLinks({ records, found, truth, links, ...layers })
  const findings = options.truthFindings === undefined ? undefined : findingsOf(run, options, options.truthFindings)
  const again = options.blocking || options.errors !== undefined ? await readAgain(run) : undefined
  const rows = again === undefined ? undefined : rowsOfRecords(again, records)
  const loss = again === undefined || rows === undefined ? undefined : blockingLoss(again, rows, evaluation)
  if (options.json === true) {
    const { falseLinks, missedPairs, ...rest } = evaluation
    const counts = { falseLinks: falseLinks.length, missedPairs: missedPairs.length }
    process.stdout.write(`${JSON.stringify({ links: { ...rest, ...counts }, blocking: loss, findings }, null, 2)}\n`)
    return
  }
  process.stdout.write(formatLinkEvaluation(evaluation, loss))
  if (findings !== undefined) process.stdout.write(`\n${formatFindingEvaluation(findings)}`)
  if (options.errors !== undefined) {
    const explain = again === undefined || rows === undefined ? undefined : explainRecords(again, rows)
    process.stdout.write(formatErrors('错误关联 False links', evaluation.falseLinks, options.errors, records, explain))
    process.stdout.write(
      formatErrors('漏掉的对 Missed pairs', evaluation.missedPairs, options.errors, records, explain),
    )
  }
}

function findingsOf(run: string, options: EvaluateOptions, truthFindings: string) {
  const database = openRun(run)
  try {
    const household = database
      .prepare<[string], string>('SELECT household_key FROM record WHERE record_key = ?')
      .pluck()
    return measureFindings({
      made: readFindings(join(run, 'findings.csv')),
      must: readTruthFindings(truthFindings),
      ...(options.truthMay === undefined ? {} : { may: readTruthFindings(options.truthMay) }),
      householdOf: (record) => household.get(record) || undefined,
    })
  } finally {
    database.close()
  }
}

/** The run's registers linked once more; a note and nothing if they are gone or have changed. */
async function readAgain(run: string): Promise<Linked | undefined> {
  try {
    return await relinkRun(run)
  } catch (error) {
    if (!(error instanceof BiduiError)) throw error
    process.stderr.write(`未说明分组漏掉了什么 · not told: what blocking lost, and why. ${error.message}\n`)
    return undefined
  }
}

/** Row of each record number, -1 for records that the run does not have. */
function rowsOfRecords(linked: Linked, records: KeyIndex): Int32Array {
  const { table } = linked.ingest
  const ids = new RecordIds(table)
  const rows = new Int32Array(records.size).fill(-1)
  for (let g = 0; g < REGISTERS.length; g++)
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++) {
      const bytes = ids.bytes(row)
      const record = records.find(g, bytes, 0, bytes.length)
      if (record >= 0) rows[record] = row
    }
  return rows
}

function blockingLoss(linked: Linked, rows: Int32Array, evaluation: LinkEvaluation): BlockingLoss {
  const wasProposed = proposalTest(linked.ingest.table, linked.names, DEFAULT_RULES)
  let neverProposed = 0
  for (const { left, right } of evaluation.missedPairs)
    if (rows[left] < 0 || rows[right] < 0 || !wasProposed(rows[left], rows[right])) neverProposed++
  return {
    missed: evaluation.missedPairs.length,
    neverProposed,
    // Where no two records are one person nothing can be lost.
    recallLost: neverProposed / Math.max(1, evaluation.automatic[0].true),
  }
}

type ExplainPair = (pair: RecordPair) => Explanation | undefined

function explainRecords(linked: Linked, rows: Int32Array): ExplainPair {
  const explain = explainLinked(linked)
  return ({ left, right }) => {
    const [a, b] = [rows[left], rows[right]].sort((x, y) => x - y)
    return a < 0 ? undefined : explain(a, b)
  }
}

/** The worst n pairs, and how often each combination of comparison levels occurs among all of them. */
function formatErrors(
  title: string,
  pairs: readonly RecordPair[],
  most: number,
  records: KeyIndex,
  explain: ExplainPair | undefined,
): string {
  let text = `\n${title}: ${pairs.length}\n`
  if (explain !== undefined) text += formatPatterns(pairs, explain, most)
  for (const pair of pairs.slice(0, most)) {
    const explanation = explain?.(pair)
    text += `\n${explanation === undefined ? `${keyOf(records, pair.left)} · ${keyOf(records, pair.right)}\n` : formatExplanation(explanation)}`
  }
  return text
}

const PATTERN_PAIRS_MAX = 5000

function formatPatterns(pairs: readonly RecordPair[], explain: ExplainPair, most: number): string {
  const counts = new Map<string, number>()
  for (const pair of pairs.slice(0, PATTERN_PAIRS_MAX)) {
    const rows = explain(pair)?.rows
    if (rows === undefined) continue
    const pattern = rows.map((row) => `${row.comparison} ${row.en}`).join(' · ')
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([pattern, n]) => `  ${String(n).padStart(6)}  ${pattern}\n`)
    .join('')
}

function keyOf(records: KeyIndex, record: number): string {
  return `${REGISTERS[records.tag(record)]}:${records.text(record)}`
}
