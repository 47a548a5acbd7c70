/**
 * The summary as text for a terminal: what was read, linked and found, in words somebody new understands.
 *
 * In: a Summary. Out: lines, Chinese terms beside English. No colours, no times: the caller adds what it likes.
 */
import { FINDING_TABLE, type FindingCode } from '../findings/index.ts'
import { ROW_REASONS, type RowCode } from '../ingest/messages.ts'
import { REGISTER_SPECS, type RegisterName } from '../registers/columns.ts'
import { countOf, countText, displayWidth, padCell } from '../display-text.ts'
import type { CodeCount, Summary } from './summary.ts'

const SEVERITY_WORDS: Readonly<Record<string, string>> = {
  S1: 'changes the head count 影响人数',
  S2: 'changes a resident count or a register 影响常住人口或登记',
  S3: 'an attribute differs 项目差错',
  S0: 'information 备查',
}

/** Codes shown for each level of severity. */
const CODES_MAX = 8

export function formatSummary(summary: Summary): string {
  const lines: string[] = []
  lines.push(`Read 读取 (reference date 标准时点 ${summary.reference_date})`)
  for (const register of summary.registers) {
    const aside = register.quarantined === 0 ? '' : `, ${countText(register.quarantined)} kept aside 隔离`
    lines.push(
      `  ${padCell(`${register.zh} ${register.register}`, 28)}${countText(register.accepted).padStart(11)} ${register.accepted === 1 ? 'record' : 'records'}${aside}`,
    )
  }
  for (const [code, count] of Object.entries(summary.quarantine_by_code))
    lines.push(`  ${padCell(`  ${code}`, 28)}${countText(count).padStart(11)} ${ROW_REASONS[code as RowCode] ?? ''}`)
  if ((summary.quarantine_by_code.E232 ?? 0) > 0)
    lines.push(
      '    E232: 各文件若各自编号，请先使记录号互不相同 · if each file numbers its own rows, make the record ids differ first',
    )
  const { links, people, findings } = summary
  const between = links.by_registers.map(({ left, right }) => `${zhOf(left)} – ${zhOf(right)} ${left} – ${right}`)
  const wide = Math.max(0, ...between.map(displayWidth)) + 1
  lines.push('', 'Linked 关联')
  links.by_registers.forEach(({ link, review }, k) =>
    lines.push(
      `  ${padCell(between[k], wide)}${countText(link).padStart(11)} ${link === 1 ? 'link' : 'links'}${review === 0 ? '' : `, ${countOf(review, 'pair')} to review 待审`}`,
    ),
  )
  lines.push(
    `  ${padCell('人 people', wide)}${countText(people.total).padStart(11)} ${people.total === 1 ? 'person' : 'people'}, ${countText(people.in_one_register)} of them in one register only 只见于一种登记簿`,
  )
  lines.push('', `Found 发现: ${countOf(findings.total, 'finding')}`)
  for (const severity of ['S1', 'S2', 'S3', 'S0']) {
    const codes = findings.by_code.filter((code) => code.severity === severity)
    if (codes.length === 0) continue
    lines.push(`  ${severity} ${SEVERITY_WORDS[severity]}: ${countText(findings.by_severity[severity] ?? 0)}`)
    const sorted = codes.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    for (const code of sorted.slice(0, CODES_MAX)) lines.push(codeLine(code))
    const more = sorted.length - CODES_MAX
    if (more > 0) lines.push(`    … and ${countOf(more, 'more code')} in findings.csv 另有 ${more} 种问题`)
  }
  if (findings.not_made.length > 0) {
    lines.push('', 'Not looked for 未查')
    for (const { why, codes } of groupByWhy(findings.not_made))
      lines.push(`  ${why}: ${codes.map((code) => `${code} ${FINDING_TABLE[code as FindingCode].zh}`).join(', ')}`)
  }
  const broken = summary.balances.filter((balance) => balance.difference !== 0)
  if (summary.balances.length > 0) {
    lines.push(
      '',
      `Balances 平衡关系: ${summary.balances.length - broken.length} of ${summary.balances.length} hold 成立`,
    )
    for (const { zh, name, left, right, difference } of broken)
      lines.push(
        `  ${zh} · ${name}: ${countText(left)} ≠ ${countText(right)} (${difference > 0 ? '+' : ''}${countText(difference)})`,
      )
  }
  if (summary.warnings.length > 0) {
    lines.push('', 'Worth knowing 注意')
    for (const { file, message } of summary.warnings) lines.push(`  ${file}: ${message}`)
  }
  return `${lines.join('\n')}\n`
}

function codeLine(code: CodeCount): string {
  const unsure = code.probable + code.review
  const rest =
    unsure === 0
      ? ''
      : `  (${countText(unsure)} ${unsure === 1 ? 'rests' : 'rest'} on a link not yet confirmed 链接待确认)`
  return `    ${countText(code.count).padStart(9)}  ${padCell(code.code, 30)}${code.zh}${rest}`
}

function groupByWhy(notMade: Summary['findings']['not_made']): { why: string; codes: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const { code, why } of notMade) groups.set(why, [...(groups.get(why) ?? []), code])
  return [...groups].map(([why, codes]) => ({ why, codes }))
}

function zhOf(register: RegisterName): string {
  return REGISTER_SPECS[register].zh
}
