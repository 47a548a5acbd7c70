/** `bidui compare EARLIER LATER`: what changed from one run of a county to the next: rows, links and findings. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { countOf, countText, displayWidth, padCellsEnd, padCellsStart } from '../display-text.ts'
import { type CodeChange, compareFindings } from '../evaluate/compare-runs.ts'
import { type FindingHead, readFindingHeads } from '../evaluate/read-tables.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { FINDING_TABLE, type FindingCode } from '../findings/index.ts'
import { readRunJson } from '../report/run-directory/read-run-json.ts'
import type { Summary } from '../report/summary.ts'
import { runFile } from '../store/run-file.ts'

/** What the two summaries are compared in. */
type Counts = Pick<Summary, 'registers' | 'links' | 'people' | 'findings'>

export function registerCompare(program: Command): void {
  program
    .command('compare')
    .argument('<earlier>', '较早的批次目录: run directory of the earlier run')
    .argument('<later>', '较晚的批次目录: run directory of the later run')
    .summary('两次批次对比: two runs of a county: rows, links, and findings that are new, gone or still there')
    .description(
      '两次批次对比: 同一县的两次批次，行数、关联各增减多少，哪些问题新增、消失或仍在。\n' +
        'Two runs of a county: rows, links, and findings that are new, gone or still there.',
    )
    .option('--json', '以 JSON 输出，含新增和消失的问题的编号: with the ids of findings that are new or gone')
    .addHelpText(
      'after',
      `
问题代码与所涉记录都相同，即为同一问题。
A finding is the same one where its code and its records are the same.

Examples 示例:
  bidui compare monday tuesday
        后来的数据改变了什么
        what the later files changed; \`bidui person\` takes a finding_id
  bidui compare monday tuesday --json
        同上，并列出新增和消失的编号
        the same with the ids that are new or gone, as findings.csv has them`,
    )
    .action((earlier: string, later: string, options: { readonly json?: boolean }) => {
      if (resolve(earlier) === resolve(later))
        throw new BiduiError('E401', EXIT.usage, `${later}: 两次给了同一批次 · the same run twice.`, {
          advice: '请给出两个批次，先给早的 · give two runs, the earlier first.',
        })
      const [before, after] = [earlier, later].map(readCounts)
      const changes = compareFindings(findingsOf(earlier), findingsOf(later))
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ rows: rowCounts(before, after), findings: changes }, null, 2)}\n`
          : formatComparison(before, after, changes),
      )
    })
}

function readCounts(directory: string): Counts {
  return readRunJson(runFile(directory, 'summary.json')) as Counts
}

function findingsOf(directory: string): Map<string, FindingHead> {
  return readFindingHeads(runFile(directory, 'findings.csv'))
}

/** A thing that both runs count. */
interface CountPair {
  readonly what: string
  readonly earlier: number
  readonly later: number
}

function rowCounts(before: Counts, after: Counts): CountPair[] {
  const accepted = ({ registers }: Counts, register: string) =>
    registers.find((each) => each.register === register)?.accepted ?? 0
  const names = new Map([...before.registers, ...after.registers].map(({ register, zh }) => [register, zh]))
  const linked = ({ links }: Counts) => links.by_registers.reduce((sum, { link }) => sum + link, 0)
  const waiting = ({ links }: Counts) => links.by_registers.reduce((sum, { review }) => sum + review, 0)
  return [
    ...[...names].map(([register, zh]) => ({
      what: `${zh} ${register}`,
      earlier: accepted(before, register),
      later: accepted(after, register),
    })),
    { what: '关联 links', earlier: linked(before), later: linked(after) },
    { what: '待审 pairs to review', earlier: waiting(before), later: waiting(after) },
    { what: '人 people', earlier: before.people.total, later: after.people.total },
    { what: '问题 findings', earlier: before.findings.total, later: after.findings.total },
  ]
}

/** Columns of a terminal for a count. */
const COUNT_WIDTH = 13

export function formatComparison(before: Counts, after: Counts, changes: readonly CodeChange[]): string {
  const counts = rowCounts(before, after).map(({ what, earlier, later }) => [
    what,
    countText(earlier),
    countText(later),
    changeText(later - earlier),
  ])
  const findings = changes
    .filter((change) => change.new.length + change.gone.length > 0)
    .map((change) => [
      `${change.severity} ${change.code} ${FINDING_TABLE[change.code as FindingCode]?.zh ?? ''}`,
      countText(change.new.length),
      countText(change.gone.length),
      countText(change.kept),
    ])
  const still = changes.length - findings.length
  return [
    ...table(['Counts 数量', 'earlier 上次', 'later 本次', 'change 增减'], counts),
    '',
    ...(findings.length === 0
      ? ['No finding is new or gone 没有新增或消失的问题']
      : table(['Findings 问题', 'new 新增', 'gone 消失', 'kept 仍在'], findings)),
    ...(findings.length > 0 && still > 0
      ? [`  … and ${countOf(still, 'more code')} without a change 其余问题无变化`]
      : []),
    '',
  ].join('\n')
}

function changeText(change: number): string {
  return change === 0 ? '0' : `${change < 0 ? '−' : '+'}${countText(Math.abs(change))}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const wide = Math.max(...[head, ...rows].map(([first]) => displayWidth(first))) + 1
  const line = ([first, ...cells]: readonly string[]) =>
    padCellsEnd(first, wide) + cells.map((cell) => padCellsStart(cell, COUNT_WIDTH)).join('')
  return [line(head), ...rows.map((row) => line(row))]
}
