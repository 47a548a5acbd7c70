/**
 * `bidui audit verify DIR`: whether the decisions are what was written (审计核验).
 * Arguments in, a report and an exit status out: 0 intact, 65 changed.
 */
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { countOf, countText } from '../display-text.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { type AuditReport, openDecisions, verifyAudit } from '../review/decisions/index.ts'
import { isReadable } from '../store/run-file.ts'

export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .summary('审计: check the log of decisions')
    .description(
      '审计: 裁决日志是否仍如写入时一样，用 `bidui audit verify DIR` 检验。\n' +
        '`bidui audit verify DIR` says whether the log of decisions is as it was written.',
    )
  audit
    .command('verify')
    .summary('检验: 有没有裁决被改、丢失、移位或截去: find events that were changed, lost, moved or cut off')
    .description(
      '检验: 核对哈希链和签过名的检查点；加 --against 时再与打印的日报对照。\n' +
        'Checks the chain of hashes and the signed checkpoints; --against checks the printed 日报 too.',
    )
    .argument(
      '<dir>',
      '裁决目录、裁决文件，或与它并列的批次目录: folder of decisions.sqlite, the file itself, or a run beside it',
    )
    .option(
      '--against <anchor>',
      '与日报上打印的条数和链头对照: count and head as printed on the 日报, e.g. "1284 9f3c1a2b4d5e6f70"',
    )
    .option('--json', '以 JSON 输出检验结果: print the report as JSON')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui audit verify decisions
        完好，或列出动过哪里
        intact, or what was done
  bidui audit verify decisions --against "1284 9f3c1a2b4d5e6f70"
        整条链重造也能查出
        a chain made anew is found too

Exit 退出码: 0 intact 完好 · 65 changed 被改动 · 66 no such log 找不到`,
    )
    .action((directory: string, options: { readonly against?: string; readonly json?: boolean }) => {
      const database = openDecisions(findLog(directory), 'audit')
      let report: AuditReport
      try {
        report = verifyAudit(database, anchorOf(options.against))
      } finally {
        database.close()
      }
      process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : reportText(report))
      if (!report.isIntact) process.exitCode = EXIT.data
    })
}

export function reportText(report: AuditReport): string {
  const [events, checkpoints] = [countText(report.events), countText(report.checkpoints)]
  const lines = [
    `${report.isIntact ? '完好 intact' : '已被改动 changed'}: ${events} 条记录、${checkpoints} 处签名 · ` +
      `${countOf(report.events, 'event')}, ${countOf(report.checkpoints, 'checkpoint')}`,
    `锚点 anchor: ${report.anchor}`,
  ]
  const list = (zh: string, en: string, numbers: readonly number[]) => {
    if (numbers.length > 0) lines.push(`${zh} ${en}: ${numbers.join(', ')}`)
  }
  list('被修改', 'mutated', report.mutated)
  list('缺失', 'missing', report.missing)
  list('插入', 'inserted', report.inserted)
  list('顺序被改', 'reordered', report.reordered)
  if (report.truncatedFrom !== undefined) lines.push(`末尾被截 truncated from ${report.truncatedFrom}`)
  for (const what of report.rewritten) lines.push(`被重写 rewritten: ${what}`)
  return `${lines.join('\n')}\n`
}

function findLog(directory: string): string {
  const given = resolve(directory)
  // Of a name that is mistyped the decisions next to it are not those that were meant.
  if (!isReadable(given))
    throw new BiduiError('E101', EXIT.noInput, `${directory}: 找不到 · no such file or folder.`, {
      advice: '请给出 decisions 文件夹或批次目录 · give the folder `decisions`, or a run beside it.',
    })
  const places = [
    given,
    join(given, 'decisions.sqlite'),
    join(given, 'decisions', 'decisions.sqlite'),
    join(dirname(given), 'decisions', 'decisions.sqlite'),
  ]
  const found = places.find((place) => isReadable(place) && statSync(place).isFile())
  if (found === undefined)
    throw new BiduiError('E101', EXIT.noInput, `${directory}: 没有裁决文件 · there is no decisions.sqlite.`, {
      advice: '请给出 decisions 文件夹 · give the folder that `bidui review` wrote its decisions to.',
    })
  return found
}

function anchorOf(text: string | undefined): { count: number; head: string } | undefined {
  if (text === undefined) return undefined
  const match = /^\s*(\d+)\s+([0-9a-f]{8,64})\s*$/i.exec(text)
  if (match === null)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      '--against: 应为日报上的条数和至少 8 位十六进制数 · a count and at least 8 hex digits are wanted, as on the 日报.',
    )
  return { count: Number(match[1]), head: match[2] }
}
