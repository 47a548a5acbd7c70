/** `bidui audit-forms`: 逻辑审核 of the census forms of a run, one line an issue, as CSV for whoever corrects them. */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { AUDIT_RULES, type AuditIssue, auditForms } from '../findings/index.ts'
import { findingContext } from '../pipeline.ts'
import type { RecordTable } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import { completeExportOrder, type ExportOrder, noticeOf } from '../report/export-gate.ts'
import { encodeCsv } from '../report/lists/csv.ts'
import { cannotWrite } from '../report/run-directory/run-directory.ts'
import { writeWhole } from '../report/run-directory/staging.ts'
import { RunSource } from '../report/lists/run-source.ts'
import { relinkRun, runSettings } from './opened-run/open-run.ts'

interface AuditOptions {
  readonly out?: string
  readonly hard?: boolean
  readonly purpose?: string
  readonly authorisation?: string
}

const HEADER = ['规则', '性质', '说明', 'what', '普查小区', '记录']

export function registerAuditForms(program: Command): void {
  program
    .command('audit-forms')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .summary('逻辑审核: items of the census forms that are missing or contradict each other, as CSV')
    .description(
      '逻辑审核: 普查表中缺填或互相矛盾的项目，逐条写成 CSV。\n' +
        'Items of the census forms that are missing or contradict each other, as CSV.',
    )
    .option(
      '--out <file>',
      '写到这个新文件，不给则打印: write the CSV there, which must be new (default: standard output)',
    )
    .option('--purpose <text>', '用途，写在文件里: purpose that stands in the file (default: the run’s)')
    .option('--authorisation <number>', '授权编号，写在文件里: authorisation number (default: the run’s)')
    .option('--hard', '只列必须改正的，不列可以确认的: only what must be corrected, not what may be confirmed')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui audit-forms run1 --out audit.csv
        全部问题，按表行的顺序
        every issue, forms in the order of their rows
  bidui audit-forms run1 --hard
        只列必须改正的
        only what cannot stay as it is`,
    )
    .action(async (run: string, options: AuditOptions) => {
      const linked = await relinkRun(run)
      const { table } = linked.ingest
      const issues = auditForms(findingContext(linked, runSettings(run))).filter(
        ({ rule }) => rule.isHard || options.hard !== true,
      )
      const lines = auditLines(table, issues)
      const order = options.out === undefined ? undefined : orderOf(run, options)
      writeCsvText(order === undefined ? lines : withNotice(lines, order), options.out)
      process.stderr.write(countText(issues))
    })
}

export function auditLines(table: RecordTable, issues: readonly AuditIssue[]): readonly (readonly string[])[] {
  const lines = issues.map(({ rule, rows }) => [
    rule.id,
    rule.isHard ? '须改正 hard' : '须确认 soft',
    rule.zh,
    rule.en,
    blockText(table, rows[0]),
    rows.map((row) => `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`).join(' '),
  ])
  return [HEADER, ...lines]
}

/** 用途与授权 beside each line, as on every export: a file that leaves the desk says for what and under which number. */
export function withNotice(lines: readonly (readonly string[])[], order: ExportOrder): readonly (readonly string[])[] {
  return lines.map((line, i) => [...line, i === 0 ? '用途与授权' : noticeOf(order)])
}

/** The order of a file that is written from a run: options first, then what the run was started with. */
export function orderOf(
  run: string,
  given: { readonly purpose?: string; readonly authorisation?: string },
): ExportOrder {
  const source = new RunSource(run)
  try {
    return completeExportOrder({
      purpose: given.purpose ?? source.setting('purpose'),
      authorisation: given.authorisation ?? source.setting('authorisation'),
    })
  } finally {
    source.close()
  }
}

/** A CSV to a new file that only its owner may read, or to standard output. */
export function writeCsvText(lines: readonly (readonly string[])[], out: string | undefined): void {
  const bytes = encodeCsv(lines)
  if (out === undefined) {
    process.stdout.write(bytes)
    return
  }
  if (existsSync(out))
    throw new BiduiError('E151', EXIT.cannotCreate, `${out}: 已有同名文件 · a file of this name exists.`, {
      advice: '请换一个文件名 · give --out a file that does not exist yet.',
    })
  try {
    writeWhole(out, bytes)
  } catch (error) {
    throw cannotWrite(out, error)
  }
}

function blockText(table: RecordTable, row: number): string {
  const { area, block } = table.columns
  const village = table.areaText(area[row])
  return block[row] === 0 ? village : village + String(block[row] - 1).padStart(3, '0')
}

function countText(issues: readonly AuditIssue[]): string {
  const hard = issues.filter(({ rule }) => rule.isHard).length
  const lines = AUDIT_RULES.map((rule) => ({ rule, n: issues.filter((issue) => issue.rule.id === rule.id).length }))
    .filter(({ n }) => n > 0)
    .map(({ rule, n }) => `  ${String(n).padStart(8)}  ${rule.isHard ? '!' : ' '} ${rule.id}  ${rule.zh}\n`)
  return `逻辑审核: ${issues.length} issues, ${hard} must be corrected (!)\n${lines.join('')}`
}
