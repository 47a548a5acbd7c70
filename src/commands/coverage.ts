/** `bidui coverage`: under- and overcount of the census by two lists, and the balance sheet that goes with it. */
import { countText } from '../display-text.ts'
import type { Command } from 'commander'
import { addLinkErrorRates, checkLinkErrorRates, type LinkErrorRates } from './command-line/link-error-rates.ts'
import { numberOption } from './command-line/number-option.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { type BalanceSheet, balanceSheet, type Identity } from '../findings/balance/index.ts'
import { type Coverage, DEFAULT_MINIMUM, estimateCoverage, type VitalLists } from '../findings/coverage/index.ts'
import { findingContext } from '../pipeline.ts'
import { relinkRun, runSettings } from './opened-run/open-run.ts'

interface CoverageCommandOptions extends LinkErrorRates {
  readonly minimum: number
  readonly json?: boolean
}

/** A minimum below this would let single people be read from the table. */
const MINIMUM_MIN = 10

export function registerCoverage(program: Command): void {
  const command = program
    .command('coverage')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .summary('覆盖评估: 漏登率 and dual-system estimate by township, age and sex; balance sheet and flows')
    .description(
      '覆盖评估: 分乡镇、年龄、性别的漏登率和双系统估计，平衡表，县内流动。\n' +
        'Share missed and dual-system estimate by township, age and sex; balance sheet and flows.',
    )
  addLinkErrorRates(command)
    .option('--minimum <n>', '每层至少几人，不足的并入他层: smaller strata are pooled', numberOption, DEFAULT_MINIMUM)
    .option('--json', '以 JSON 输出: machine-readable')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui coverage run1
        按关联无误计算
        as if no link were wrong and none missing
  bidui coverage run1 --missed-links 0.004 --false-links 0.0005
        按给出的关联误差率修正
        corrected by the rates that \`bidui evaluate\` or a sample gave`,
    )
    .action(async (run: string, options: CoverageCommandOptions) => {
      checkLinkErrorRates(options)
      checkMinimum(options)
      const linked = await relinkRun(run)
      const context = findingContext(linked, runSettings(run))
      const coverage = estimateCoverage(context, {
        linkage: { missed: options.missedLinks, false: options.falseLinks },
        minimum: options.minimum,
      })
      const sheet = balanceSheet(context)
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ coverage, balance: sheet }, null, 2)}\n`
          : `${formatBalanceSheet(sheet)}\n${formatCoverage(coverage)}`,
      )
    })
}

function checkMinimum({ minimum }: CoverageCommandOptions): void {
  if (!Number.isInteger(minimum) || minimum < MINIMUM_MIN)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--minimum: 应为不小于 ${MINIMUM_MIN} 的整数 · a whole number from ${MINIMUM_MIN} is wanted.`,
      {
        advice: '格内人数过少会暴露个人 · fewer people in a cell could be recognised.',
      },
    )
}

export function formatBalanceSheet(sheet: BalanceSheet): string {
  const lines = ['Balance 平衡表']
  for (const { zh, en, value, definitionZh, definitionEn } of sheet.headlines)
    lines.push(
      `  ${number(value)}  ${zh} ${en}`,
      `${' '.repeat(14)}${definitionZh}`,
      `${' '.repeat(14)}${definitionEn}`,
    )
  for (const identity of sheet.identities) lines.push('', ...identityLines(identity, '不平 DOES NOT BALANCE'))
  lines.push('', 'Checks 核对 (a difference is work for the county 有差额即须核查)')
  for (const check of sheet.checks) lines.push(...identityLines(check, '有差额 differs'))
  lines.push('', 'Flows between townships 县内流动: from → to, away rows 外出, present rows 流入, pairs 相符')
  for (const { from, to, away, present, pairs } of sheet.flows.cells)
    lines.push(`  ${from || '?'} → ${to || '?'}  ${number(away)}${number(present)}${number(pairs)}`)
  if (sheet.completeness.length > 0) lines.push('', 'Completeness 完整性')
  for (const { zh, en, events, base, rate, min, flag } of sheet.completeness) {
    const word = { complete: '✓', incomplete: '偏低，疑不完整 too low', 'too-few': '人数太少，不判断 too few to say' }[
      flag
    ]
    lines.push(
      `  ${zh} ${en}: ${countText(events)} / ${countText(base)} = ${(rate * 1000).toFixed(2)}‰ (≥ ${min * 1000}‰) ${word}`,
    )
  }
  for (const { name, needs } of sheet.notMade) lines.push(`  ${name}: not made, needs ${needs} 缺${needs}，未列`)
  return `${lines.join('\n')}\n`
}

function identityLines({ zh, left, right, difference, holds, terms }: Identity, warning: string): readonly string[] {
  return [
    `${number(left)} ${holds ? '=' : '≠'} ${countText(right)}  ${zh}${holds ? '' : `  ${warning} (${difference})`}`,
    ...terms.filter(({ value }) => value !== 0).map((term) => `  ${number(term.value)}  ${term.zh} ${term.en}`),
  ]
}

export function formatCoverage(coverage: Coverage): string {
  const { strata, total, sensitivity, assumptions, minimum, notMade } = coverage
  const lines = ['Coverage 登记质量: people with hukou here 户口在本地者']
  if (total === undefined) {
    lines.push(
      notMade === 'too-few'
        ? `  not estimated: fewer than ${minimum} people on both lists 人数太少，不估计`
        : '  not estimated: needs police and census 需要户籍和短表',
    )
    return `${[...lines, ...coverage.vital.flatMap(vitalLines)].join('\n')}\n`
  }
  lines.push(
    '  township 乡镇   age 年龄  sex      census 短表   police 户籍   both 两者   estimate 估计 (95 %)   漏登率‰',
  )
  for (const { township, ages, sex, first, second, both, estimate, missedRate } of strata)
    lines.push(
      `  ${(township || '?').padEnd(12)} ${(ages || '?').padEnd(6)} ${sex || '?'} ${number(first)}${number(second)}${number(both)}` +
        `  ${Math.round(estimate.population)} (${Math.round(estimate.low)}–${Math.round(estimate.high)})` +
        `  ${(missedRate * 1000).toFixed(2)}${estimate.isCapped ? '  capped 关联订正已封顶' : ''}`,
    )
  const { estimate, undercount, undercountLow, undercountHigh, missedRate, overcount, netError } = total
  lines.push(
    `  * = strata under ${minimum} people pooled 不足 ${minimum} 人的层已合并`,
    '',
    `  Estimate 估计人数 ${Math.round(estimate.population)} (95 % ${Math.round(estimate.low)}–${Math.round(estimate.high)})`,
    `  Undercount 漏登(双系统) ${permille(undercount)} (${permille(undercountLow)} to ${permille(undercountHigh)})`,
    `  漏登率 missed / (registered + missed) ${permille(missedRate)}`,
    `  Overcount 重登错登: duplicate rows 重登 ${overcount.duplicateRows}, dead 死亡 ${overcount.dead}, born after 时点后出生 ${overcount.bornAfter}`,
    `  Net error 净误差 ${permille(netError)}`,
    `  If linkage were perfect / as given / twice as bad 关联误差为零、如所给、加倍: ${sensitivity.map(({ population }) => Math.round(population)).join(' / ')}`,
    ...coverage.vital.flatMap(vitalLines),
    '',
    'Assumptions 前提',
  )
  for (const { zh, en } of assumptions) lines.push(`  ${zh}`, `    ${en}`)
  return `${lines.join('\n')}\n`
}

const EVENT_WORDS = {
  births: ['Births of the year 年内出生', 'certificate 出生证', 'hukou 户籍', 'short form 短表'],
  deaths: ['Deaths of the year 年内死亡', 'certificate 死亡证', 'hukou 户籍注销', 'death form 死亡表'],
} as const
const DEPENDENCE_WORDS = { ab: '1–2', ac: '1–3', bc: '2–3' } as const

/** Three lists: what each has, what the best model says, and how far the models spread. */
function vitalLines({ event, counts, estimate }: VitalLists): readonly string[] {
  const { n111, n110, n101, n011, n100, n010, n001 } = counts
  const [title, a, b, c] = EVENT_WORDS[event]
  const lists = [
    `1 ${a} ${n111 + n110 + n101 + n100}`,
    `2 ${b} ${n111 + n110 + n011 + n010}`,
    `3 ${c} ${n111 + n101 + n011 + n001}`,
  ]
  const lines = ['', `${title}, hukou here 户口在本地: ${lists.join(' · ')} · on any 任一 ${estimate.seen}`]
  const { chosen, models } = estimate
  if (chosen === undefined) return [...lines, '  not estimated: too few on two lists 同在两表者太少，不估计']
  const round = (value: number): string => String(Math.round(value))
  const all = models.map(({ population }) => population)
  const pairs = chosen.dependences.map((pair) => DEPENDENCE_WORDS[pair]).join(', ') || 'none 无'
  return [
    ...lines,
    `  Estimate 三表估计 ${round(chosen.population)} (95 % ${round(chosen.low)}–${round(chosen.high)}); on none 三表皆无 ${round(chosen.unseen)}`,
    `  log-linear, least AIC; lists that depend 相依的表: ${pairs}; deviance ${chosen.deviance.toFixed(1)}; all models 各模型 ${round(Math.min(...all))}–${round(Math.max(...all))}`,
  ]
}

function number(value: number): string {
  return countText(value).padStart(12)
}

function permille(share: number): string {
  return `${(share * 1000).toFixed(2)}‰`
}
