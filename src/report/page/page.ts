/**
 * The report of a run for the office head: one HTML file that opens offline and prints on A4.
 *
 * In:  ReportData (counts only). Out: the page: what was read, linked, found, per township, who is missing, what does not
 * balance; each headline number beside its definition. One script of a few lines switches the language; the page's policy
 * names its hash and forbids everything else. The same data give the same bytes.
 */
import { createHash } from 'node:crypto'
import { FINDING_TABLE } from '../../findings/table.ts'
import type { FindingCode } from '../../findings/table.ts'
import type { Reason } from '../../linking/pair-decisions.ts'
import { REGISTER_SPECS } from '../../registers/columns.ts'
import type { RegisterName } from '../../registers/columns.ts'
import { EXPORT_NOTICE } from '../export-gate.ts'
import type { Html } from './bilingual.ts'
import { EMPTY, both, html } from './bilingual.ts'
import { townshipName } from './township-name.ts'
import { type AgeBand, bandText, hasShownCell } from './age-bands.ts'
import { BLOCKS_SHOWN, blockChart, flowChart, missingPyramid, numberText, weightHistogram } from './charts.ts'
import { REASON_WORDS } from './reason-words.ts'
import type { ReportData } from './report-data.ts'
import { barOf, figure, section, type Section, smallText } from './section.ts'
import { STYLE } from './style.ts'
import { termOf } from '../lists/questions.ts'
import { SMALL_CELL, suppressSmallCells } from './suppression.ts'

const SEVERITIES = ['S1', 'S2', 'S3', 'S0'] as const
const SEVERITY_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  S1: ['影响人数', 'changes the head count'],
  S2: ['影响常住数、户籍或生死数', 'changes residents, a register or vital counts'],
  S3: ['影响登记项', 'changes an item'],
  S0: ['情况说明', 'information'],
}

/** Switches the language, and prints the tables that are folded on the screen. */
const SCRIPT = `(function(){var r=document.documentElement;document.getElementById('language').addEventListener('click',function(){var en=r.lang!=='en';r.lang=en?'en':'zh-CN';this.setAttribute('aria-pressed',String(en))});var f=[];addEventListener('beforeprint',function(){f=[].slice.call(document.querySelectorAll('details:not([open])'));f.forEach(function(d){d.open=true})});addEventListener('afterprint',function(){f.forEach(function(d){d.open=false})})})()`

export function reportPage(data: ReportData): string {
  const { summary } = data
  const area = summary.loaded_counties.join('、')
  const body = html`
<header>
  <div>
    <h1>${both('户籍与普查登记比对报告', 'Register and census reconciliation')}</h1>
    <p class="sub">${both(`地区 ${area}　标准时点 ${summary.reference_date} 零时`, `Area ${area} · reference time ${summary.reference_date} 00:00`)}</p>
    <p class="sub">${both(`用途：${data.purpose || '（未写明）'}　授权编号：${data.authorisation || '（未写明）'}　${EXPORT_NOTICE}`, `Purpose: ${data.purpose || '(not given)'} · authorisation: ${data.authorisation || '(not given)'} · for the census office only`)}</p>
  </div>
  <button id="language" type="button" aria-pressed="false">${both('English', '中文')}</button>
</header>
<main>
${sections(data)}
</main>
<footer>${both(`由比对（bidui）生成。${EXPORT_NOTICE}。小于 ${SMALL_CELL} 的格不显示数字，与合计相减也得不到；· 表示隐去。`, `Made by bidui. For the census office only. Cells below ${SMALL_CELL} are not shown and cannot be had by subtraction; · marks them.`)}</footer>`
    .html
  const policy = `default-src 'none'; script-src 'sha256-${hashOf(SCRIPT)}'; style-src 'sha256-${hashOf(STYLE)}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>户籍与普查登记比对报告</title>
<style>${STYLE}</style>
</head>
<body>${body}
<script>${SCRIPT}</script>
</body>
</html>
`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64')
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** Sections without data are left out; the others are numbered. */
function sections(data: ReportData): Html[] {
  const parts = [
    headline,
    balances,
    readSection,
    linkSection,
    findingSection,
    townshipSection,
    answerSection,
    flowSection,
    missingSection,
    blockSection,
    notMade,
  ].flatMap((make) => make(data) ?? [])
  return parts.map(
    ({ zh, en, body }, i) =>
      html`<section><h2>${both(`${NUMERALS[i]}、${zh}`, `${i + 1} ${en}`)}</h2>${body}</section>`,
  )
}

function headline({ summary }: ReportData): Section | undefined {
  const rows = (register: RegisterName) => summary.registers.find((own) => own.register === register)?.accepted ?? 0
  const linked = Object.entries(summary.people.by_registers)
    .filter(([registers]) => registers.includes('police') && registers.split('+').includes('census'))
    .reduce((sum, [, count]) => sum + count, 0)
  const bySeverity = (severity: string) => summary.findings.by_severity[severity] ?? 0
  const tile = (value: number, zh: string, en: string, meanZh: string, meanEn: string) =>
    html`<li><b>${numberText(value)}</b><span>${both(zh, en)}</span><small>${both(meanZh, meanEn)}</small></li>`
  return section(
    '要点',
    'In short',
    html`<ul class="tiles">
${tile(rows('police'), '户籍行', 'register rows', '读入并接受的户籍登记行，含历史版本', 'accepted police rows, old versions included')}
${tile(rows('census'), '短表行', 'census rows', '读入并接受的短表行；在外的人在户口地和现住地各有一行', 'accepted short-form rows; people away rightly have two')}
${tile(summary.people.total, '人', 'people', '判为同一人的行合为一人，各登记册合计', 'rows judged to be one person, all registers together')}
${tile(linked, '户籍普查都有', 'in both', '户籍和短表都有行的人', 'people with a police row and a census row')}
${tile(bySeverity('S1'), '影响人数的问题', 'findings that change the count', 'S1：重登、漏登、错登', 'S1: counted twice, missing, wrongly counted')}
${tile(bySeverity('S2'), '影响常住、户籍、生死', 'other counts', 'S2：应落未落、应销未销、地点不符等', 'S2: registers, places, births and deaths')}
${tile(summary.links.review, '待人工审核', 'pairs to review', '程序不作决定、交人判断的记录对', 'pairs left to a person')}
</ul>`,
  )
}

function balances({ summary }: ReportData): Section | undefined {
  if (summary.balances.length === 0) return undefined
  const off = summary.balances.filter(({ difference }) => difference !== 0)
  return section(
    '平衡关系',
    'Balance',
    html`
<p>${off.length === 0 ? both('各项等式都成立。', 'Every identity holds.') : both(`有 ${off.length} 项等式不平，使用合计数前须先查明。`, `${off.length} of ${summary.balances.length} identities do not balance: find out why before using the totals.`)}</p>
<table><thead><tr><th>${both('等式', 'Identity')}</th><th class="n">${both('左', 'Left')}</th><th class="n">${both('右', 'Right')}</th><th class="n">${both('差', 'Difference')}</th></tr></thead><tbody>
${summary.balances.map(
  ({ name, zh, left, right, difference }) =>
    html`<tr><td>${both(zh, name)}</td><td class="n">${numberText(left)}</td><td class="n">${numberText(right)}</td><td class="n ${difference === 0 ? '' : 'off'}">${difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${numberText(Math.abs(difference))}`}</td></tr>`,
)}
</tbody></table>`,
  )
}

function readSection({ summary }: ReportData): Section | undefined {
  const kept = Object.entries(summary.quarantine_by_code)
  return section(
    '读入',
    'What was read',
    html`
<table><thead><tr><th>${both('登记册', 'Register')}</th><th class="n">${both('文件', 'Files')}</th><th class="n">${both('行', 'Rows')}</th><th class="n">${both('接受', 'Accepted')}</th><th class="n">${both('另置', 'Kept aside')}</th></tr></thead><tbody>
${summary.registers.map(
  (own) =>
    html`<tr><td>${both(own.zh, own.register)}</td><td class="n">${own.files}</td><td class="n">${numberText(own.rows)}</td><td class="n">${numberText(own.accepted)}</td><td class="n">${numberText(own.quarantined)}</td></tr>`,
)}
</tbody></table>
${kept.length === 0 ? EMPTY : html`<p>${both('另置原因：', 'Kept aside because: ')}${kept.map(([code, count]) => html`${code} × ${numberText(count)} `)}</p>`}
${summary.warnings.length === 0 ? EMPTY : html`<details><summary>${both(`读入提示 ${summary.warnings.length} 条`, `${summary.warnings.length} notes on the files`)}</summary><ul>${summary.warnings.map(({ code, file, message }) => html`<li>[${code}] ${file}: ${message}</li>`)}</ul></details>`}
`,
  )
}

function linkSection({ summary, thresholds }: ReportData): Section | undefined {
  const { links } = summary
  const name = (register: RegisterName, language: 'zh' | 'en') =>
    language === 'zh' ? REGISTER_SPECS[register].zh : register
  const reasons = Object.entries(links.review_by_reason)
  return section(
    '对上',
    'What was linked',
    html`
<table><thead><tr><th>${both('登记册之间', 'Between')}</th><th class="n">${both('判为同一人', 'Links')}</th><th class="n">${both('待审核', 'To review')}</th></tr></thead><tbody>
${links.by_registers.map(
  ({ left, right, link, review }) =>
    html`<tr><td>${both(`${name(left, 'zh')} – ${name(right, 'zh')}`, `${left} – ${right}`)}</td><td class="n">${numberText(link)}</td><td class="n">${numberText(review)}</td></tr>`,
)}
</tbody></table>
${reasons.length === 0 ? EMPTY : html`<p>${both('待审核原因：', 'Left to a person because: ')}${reasons.map(([reason, count]) => html`${both(...(REASON_WORDS[reason as Reason] ?? [reason, reason]))} ${numberText(count)}　`)}</p>`}
${
  links.weights.length === 0
    ? EMPTY
    : figure(
        (language) => weightHistogram(links.weights, thresholds, language),
        '记录对按匹配权重的分布：右边判为同一人，中间待审核。虚线左边仍判为同一人的，另有号码、同户成员或母子关系为据。',
        'Pairs by match weight: links on the right, pairs for review in between. Links left of the line rest on numbers, members of the household or mothers besides.',
      )
}`,
  )
}

function findingSection({ summary }: ReportData): Section | undefined {
  const { by_code: codes } = summary.findings
  return section(
    '发现',
    'What was found',
    html`
${SEVERITIES.map((severity) => {
  const own = codes
    .filter((code) => code.severity === severity)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
  if (own.length === 0) return EMPTY
  const [zh, en] = SEVERITY_WORDS[severity]
  const largest = own[0].count
  return html`<h3>${both(`${severity} ${zh}`, `${severity} ${en}`)}</h3>
<table class="findings"><thead><tr><th>${both('问题', 'Finding')}</th><th class="n">${both('件', 'Count')}</th><th class="bar"></th><th class="n">${both('确定', 'Certain')}</th><th class="n">${both('链接待确认', 'Link not certain')}</th><th>${both('含义', 'Meaning')}</th></tr></thead><tbody>
${own.map(
  ({ code, zh: term, count, certain, probable, review }) =>
    html`<tr><td>${both(term, code)}</td><td class="n">${numberText(count)}</td><td class="bar">${barOf(count / largest)}</td><td class="n">${numberText(certain)}</td><td class="n">${numberText(probable + review)}</td><td class="mean">${meaningOf(code)}</td></tr>`,
)}
</tbody></table>`
})}`,
  )
}

function meaningOf(code: string): Html {
  if (!Object.hasOwn(FINDING_TABLE, code)) return EMPTY
  const { means, meaning } = FINDING_TABLE[code as FindingCode]
  return both(means, meaning)
}

function townshipSection({ summary, townshipNames }: ReportData): Section | undefined {
  const areas = townshipsOf(summary, townshipNames)
  if (areas.length === 0) return undefined
  const columns = SEVERITIES.filter((severity) => areas.some((area) => (area.counts[severity] ?? 0) > 0))
  const { counts, hidden } = suppressSmallCells(
    areas.map((area) => columns.map((severity) => area.counts[severity] ?? 0)),
  )
  const cell = (r: number, c: number) => (hidden[r][c] ? '·' : numberText(counts[r][c]))
  return section(
    '各乡镇',
    'Townships',
    html`
<table><thead><tr><th>${both('乡镇', 'Township')}</th>${columns.map((severity) => html`<th class="n">${both(`${severity} ${SEVERITY_WORDS[severity][0]}`, severity)}</th>`)}<th class="n">${both('合计', 'Total')}</th></tr></thead><tbody>
${counts.map(
  (row, r) =>
    html`<tr class="${r === areas.length ? 'total' : ''}"><td>${r === areas.length ? both('合计', 'Total') : areas[r].name}</td>${row.map((_, c) => html`<td class="n">${cell(r, c)}</td>`)}</tr>`,
)}
</tbody></table>`,
  )
}

/** Townships of the loaded counties; what falls outside or nowhere stands in one line. */
function townshipsOf(
  summary: ReportData['summary'],
  names: ReportData['townshipNames'],
): { readonly name: Html; readonly counts: Readonly<Record<string, number>> }[] {
  const isHere = (code: string) => code.length === 9 && summary.loaded_counties.includes(code.slice(0, 6))
  const areas: { name: Html; counts: Record<string, number> }[] = []
  const elsewhere: Record<string, number> = {}
  for (const area of summary.findings.by_area) {
    if (isHere(area.area_code))
      areas.push({ name: townshipName(area.area_code, names), counts: { ...area.by_severity } })
    else
      for (const [severity, count] of Object.entries(area.by_severity))
        elsewhere[severity] = (elsewhere[severity] ?? 0) + count
  }
  if (Object.keys(elsewhere).length > 0)
    areas.push({ name: both('本地区以外或不明', 'elsewhere or unknown'), counts: elsewhere })
  return areas
}

/** How far the field has come: cases closed, met without result, and still out. */
function answerSection({ answers, summary, townshipNames }: ReportData): Section | undefined {
  if (answers === undefined) return undefined
  const { townships, verdicts } = answers
  const here = townships.filter(({ township }) => summary.loaded_counties.includes(township.slice(0, 6)))
  const rest = townships.filter((own) => !here.includes(own))
  const sumOf = (key: 'sent' | 'closed' | 'open'): number => rest.reduce((sum, own) => sum + own[key], 0)
  const rows = here.map(({ township, ...own }) => ({ name: townshipName(township, townshipNames), ...own }))
  if (rest.length > 0)
    rows.push({
      name: both('本地区以外或不明', 'elsewhere or unknown'),
      sent: sumOf('sent'),
      closed: sumOf('closed'),
      open: sumOf('open'),
    })
  const { counts, hidden } = suppressSmallCells(
    rows.map(({ sent, closed, open }) => [closed, open, sent - closed - open]),
  )
  const total = counts[rows.length]
  // What the table hides the sentence does not tell.
  const isHidden = hidden[rows.length][0] || hidden[rows.length][3]
  const share = total[3] === 0 ? 0 : Math.floor((100 * total[0]) / total[3])
  return section(
    '核查反馈',
    'What the field answered',
    html`
<p>${isHidden ? EMPTY : both(`已下发 ${numberText(total[3])} 条，已答结 ${numberText(total[0])} 条（${share}%）。`, `${numberText(total[3])} sent, ${numberText(total[0])} closed (${share} %).`)}
${verdicts.map(({ verdict, count }) => html`${verdict} ${smallText(count)}　`)}</p>
<table><thead><tr><th>${both('乡镇', 'Township')}</th><th class="n">${both('已答结', 'Closed')}</th><th class="n">${both('拒访、无法核实', 'Refused or not known')}</th><th class="n">${both('未反馈', 'Not back')}</th><th class="n">${both('已下发', 'Sent')}</th></tr></thead><tbody>
${counts.map(
  (row, r) =>
    html`<tr class="${r === rows.length ? 'total' : ''}"><td>${r === rows.length ? both('合计', 'Total') : rows[r].name}</td>${row.map((count, c) => html`<td class="n">${hidden[r][c] ? '·' : numberText(count)}</td>`)}</tr>`,
)}
</tbody></table>
<p class="note">${both('已答结的问题不再下发；撤销导入后重新下发。', 'Closed cases are left out of later lists; an undone import brings them back.')}</p>`,
  )
}

const FLOW_ROWS = 15

function flowSection({ flows, townshipNames }: ReportData): Section | undefined {
  if (flows.length === 0) return undefined
  const shown = flows.slice(0, FLOW_ROWS)
  return section(
    '乡镇之间的流动',
    'Between townships',
    html`
${figure(
  (language) => flowChart(flows, townshipNames, language),
  '户口在左边乡镇、现住右边乡镇的人（按现住地登记），最大的 30 个流向。',
  'People with hukou on the left who live on the right, as registered where they live; the 30 largest flows.',
)}
<table><thead><tr><th>${both('户籍乡镇', 'Hukou')}</th><th>${both('现住乡镇', 'Lives in')}</th><th class="n">${both('现住地登记', 'Registered there')}</th><th class="n">${both('户籍地报外出且已找到', 'Away and found there')}</th></tr></thead><tbody>
${shown.map(
  ({ from, to, away, present }) =>
    html`<tr><td>${townshipName(from, townshipNames)}</td><td>${townshipName(to, townshipNames)}</td><td class="n">${smallText(present)}</td><td class="n">${smallText(away)}</td></tr>`,
)}
</tbody></table>
<p class="note">${both(`两列应相等；差数是一边漏登、地点写错或只写到县。小于 ${SMALL_CELL} 人的流向不列。`, `The two columns should be equal; a difference is somebody missing, misplaced, or placed no nearer than the county on one side. Flows below ${SMALL_CELL} are left out.`)}</p>`,
  )
}

/** Men to the left, women to the right; where no cell may be shown, why. */
function missingFigure(missing: readonly AgeBand[]): Html {
  if (!hasShownCell(missing))
    return html`<p class="note">${both(`漏登、整户漏登、现住地漏登、新生儿漏登的，男女各不到 ${SMALL_CELL} 人，不画图。`, `Fewer than ${SMALL_CELL} men and fewer than ${SMALL_CELL} women are missing: no chart is drawn.`)}</p>`
  return figure(
    (language) => missingPyramid(missing, language),
    '漏登、整户漏登、现住地漏登、新生儿漏登的人，按年龄和性别。',
    'People missing from the census or from where they live, by age and sex.',
  )
}

function missingSection({ missing, missingUnknown }: ReportData): Section | undefined {
  if (missing.length === 0) return undefined
  return section(
    '漏登的人',
    'Who is missing',
    html`
${missingFigure(missing)}
<details><summary>${both('数字', 'Numbers')}</summary><table><thead><tr><th>${both('年龄', 'Age')}</th><th class="n">${both('男', 'Men')}</th><th class="n">${both('女', 'Women')}</th></tr></thead><tbody>
${missing.map(({ from, to, male, female }) => html`<tr><td>${bandText({ from, to })}</td><td class="n">${smallText(male)}</td><td class="n">${smallText(female)}</td></tr>`)}
</tbody></table></details>
${missingUnknown === 0 ? EMPTY : html`<p class="note">${both(`另有 ${smallText(missingUnknown)} 人年龄或性别不明。`, `Age or sex unknown of ${smallText(missingUnknown)} more.`)}</p>`}`,
  )
}

function blockSection({ blocks }: ReportData): Section | undefined {
  if (blocks.length === 0) return undefined
  return section(
    '核查任务最多的普查小区',
    'Census blocks with most to check',
    html`
${figure(
  (language) => blockChart(blocks, language),
  `问题最多的 ${Math.min(BLOCKS_SHOWN, blocks.length)} 个普查小区（不含情况说明）。`,
  `The ${Math.min(BLOCKS_SHOWN, blocks.length)} census blocks with most findings, information aside.`,
)}
<p class="note">${both('问题多说明流动大或资料旧，不是对普查员的评价。', 'Many findings mean much movement or old papers; they do not judge an enumerator.')}</p>`,
  )
}

function notMade({ summary }: ReportData): Section | undefined {
  const { not_made: missing } = summary.findings
  if (missing.length === 0) return undefined
  return section(
    '没有做的核对',
    'What was not checked',
    html`<ul class="plain">
${missing.map(({ code, why }) => html`<li>${both(termOf(code), code)}: ${why}</li>`)}
</ul>`,
  )
}
