/**
 * docs/findings.md as a text, made from the table: what each code means, who handles it, what is never made.
 *
 * Pure; scripts/gen-finding-docs.ts writes it, a test keeps file and table equal.
 */
import { AUDIT_RULES } from './audit/audit.ts'
import { FINDING_CODES, FINDING_TABLE, type FindingCode, type FindingGroup } from './table.ts'

const GROUPS: readonly (readonly [FindingGroup, string])[] = [
  ['presence', '现住与计数 · Presence and count'],
  ['births-deaths', '出生与死亡 · Births and deaths'],
  ['register', '户籍整顿 · The register'],
  ['attribute', '登记项目 · Attributes of a row'],
  ['household', '户 · Households'],
  ['audit', '逻辑审核 · Audit'],
]

const LINEAGES = { adm: 'adm', cen: 'cen', row: 'as its rows' } as const
const RESTS = { row: 'one row', links: 'links', absence: 'an absence' } as const

export function documentFindings(): string {
  const parts = [
    '# Findings',
    '',
    'For clerks who ask what a finding means and whose work it is, and engineers who change one.',
    '',
    'Made from `src/findings/table.ts` by `scripts/gen-finding-docs.ts`; edit the table, not this file.',
    '',
    '- **Severity**: S1 changes the head count · S2 changes a resident count, a register or a vital count · S3 an attribute · S0 information.',
    '- **Lineage**: `adm` can be shown from police, births and deaths alone and may be sent to police; `cen` needs a census form and stays in the census office. Lists for police are made from a run without census files: `adm` beside census links is not proof enough.',
    '- **Certainty**: `certain` if every link it rests on is certain, or one row says it by itself · `probable` if a link is probable · `review` if an undecided review pair touches one of its rows. Two present rows that wait for want of weight, more likely one person than not, are told as counted twice at `review`, and two hukou that wait, four times likelier of one person than of two, as two hukou (where both people are listed as present: only under two valid numbers, and eight times likelier). A row whose likely partner waits in review is not called missing before somebody has decided. (A second hukou that the other registers know as little is no such partner.)',
    '- **Timing**: where the as-of date of police lies before the reference date and the days of grace were not over on it, the finding is lowered by one level and says so. Inside the days of grace it is not made.',
    '- A finding whose registers were not given is not made; the summary names it.',
    '',
  ]
  for (const [group, title] of GROUPS) {
    const codes = FINDING_CODES.filter((code) => FINDING_TABLE[code].group === group)
    const made = codes.filter((code) => FINDING_TABLE[code].notMade === undefined)
    if (made.length > 0) parts.push(`## ${title}`, '', ...made.flatMap(documentCode))
  }
  const notMade = FINDING_CODES.filter((code) => FINDING_TABLE[code].notMade !== undefined)
  parts.push('## Known and never made', '', '| Code | 中文 | Why |', '|---|---|---|')
  for (const code of notMade) parts.push(`| \`${code}\` | ${FINDING_TABLE[code].zh} | ${FINDING_TABLE[code].notMade} |`)
  parts.push('', '## Rules of the audit · 逻辑审核规则', '')
  parts.push(
    'Hard rules (强制) must be corrected, soft ones (确认) confirmed.',
    '',
    '| Rule | 中文 | Meaning | Kind |',
    '|---|---|---|---|',
  )
  for (const rule of AUDIT_RULES)
    parts.push(`| \`${rule.id}\` | ${rule.zh} | ${rule.en} | ${rule.isHard ? 'hard' : 'soft'} |`)
  return `${parts.join('\n')}\n`
}

function documentCode(code: FindingCode): string[] {
  const entry = FINDING_TABLE[code]
  const needs = entry.registers.length === 0 ? 'any register' : entry.registers.join(', ')
  return [
    `### \`${code}\` ${entry.zh}`,
    '',
    `${entry.severity} · ${LINEAGES[entry.lineage]} · rests on ${RESTS[entry.rests]} · needs ${needs}`,
    '',
    `${entry.means}。${entry.meaning}`,
    '',
    `处理：${entry.action}。${entry.advice}`,
    ...(entry.note === undefined ? [] : ['', entry.note]),
    '',
  ]
}
