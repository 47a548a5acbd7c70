/** `bidui explain RUN A B`: the waterfall of one pair. */
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import type { Explanation } from '../matching/explanation.ts'
import { explainLinked, meetingInRun } from '../linked-pairs.ts'
import { readManifest } from '../report/run-directory/read-manifest.ts'
import { countText, displayWidth, padCell } from '../display-text.ts'
import { keysOfPerson, relinkRun, rowOfKey } from './opened-run/open-run.ts'
import { formatMeeting } from './opened-run/pair-meeting.ts'
import { differenceFromRun } from './opened-run/run-differs.ts'

export function registerExplain(program: Command): void {
  program
    .command('explain')
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .argument('<left>', '一条记录，写作 登记簿:记录号: one record, REGISTER:RECORD_ID')
    .argument('<right>', '另一条记录: the other record')
    .summary('解释一对: why two records were linked, or were not: prior, one row per comparison, total')
    .description(
      '解释一对: 两条记录为何关联或不关联：先验、每项比较各占一行、合计。\n' +
        'Why two records were linked, or were not: prior, one row per comparison, total.',
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .addHelpText(
      'after',
      `
Example 示例:
  bidui explain run1 police:51037 census:C00412
        每行一项比较及其权重（比特），末行为合计；下面是提出这一对的分组规则，
        或还缺什么
        each line is one comparison and the bits it adds; the last is the sum.
        Below: the blocking rules that proposed the pair, or what they lacked

屏幕上有真实姓名和号码，注意旁人。
The screen shows names and numbers as the clerks wrote them: mind who looks on.`,
    )
    .action(async (run: string, left: string, right: string, options: { readonly json?: boolean }) => {
      if (left === right)
        throw new BiduiError('E402', EXIT.usage, `${left}: 两次给了同一条记录 · the same record twice.`, {
          advice:
            '请给出两条记录；看一个人的全部记录用 `bidui person` · name two records; that command shows all rows of one person.',
        })
      const linked = await relinkRun(run)
      const [a, b] = [rowOfKey(linked, left), rowOfKey(linked, right)].sort((x, y) => x - y)
      const explanation = explainLinked(linked)(a, b)
      const meeting = meetingInRun(linked, a, b)
      const manifest = readManifest(run)
      const differs = (row: number) => differenceFromRun(run, manifest, { rows: keysOfPerson(linked, row) })
      process.stderr.write(differs(a) || differs(b))
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ ...explanation, meeting }, null, 2)}\n`
          : formatExplanation(explanation) + formatMeeting(meeting),
      )
    })
}

export function formatExplanation(explanation: Explanation): string {
  const odds = Math.round(2 ** (-explanation.prior / 1000))
  const p = explanation.probability
  const probability = p > 0.999999 ? '> 0.999999' : p < 0.000001 ? '< 0.000001' : p.toFixed(6)
  const layer = explanation.layer === '' ? '' : ` (layer: ${explanation.layer})`
  const comparisons = explanation.rows.flatMap(({ comparison, zh, left, right, en, sentence, weight }) =>
    comparisonLines(`${comparison} ${zh}`, left, right, `${en} ${sentence}`, bits(weight)),
  )
  const prior = `one true pair in about ${countText(odds)} compared 约每 ${countText(odds)} 对有一对`
  const total = `probability ${probability} → ${explanation.decision} ${DECISIONS[explanation.decision]}${layer}`
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth)) + GAP
  const widths = [0, 1, 2].map((k) => widest([...comparisons.map((line) => line[k]), ...(k === 0 ? HEADS : [])]))
  // The first and the last line have no words, and run into their column.
  widths[2] += Math.max(0, widest([prior, total]) - widths[1] - widths[2])
  const wide = (head: string, words: string, weight: number): string =>
    padCell(head, widths[0]) + padCell(words, widths[1] + widths[2]) + bits(weight)
  return `${[
    `${explanation.left} · ${explanation.right}`,
    wide(HEADS[0], prior, explanation.prior),
    ...comparisons.map((line) => (widths.map((width, k) => padCell(line[k], width)).join('') + line[3]).trimEnd()),
    wide(HEADS[1], total, explanation.total),
    explanation.sentence,
  ].join('\n')}\n`
}

const DECISIONS = { link: '关联', review: '待审', 'non-link': '不关联' } as const
const HEADS = ['prior 先验', 'total 合计']
const GAP = 2
/** Wider values (two addresses) stand one below the other. */
const VALUES_MAX = 40

/** Head, values, words, weight: one line, or two where the values are long. */
function comparisonLines(head: string, left: string, right: string, words: string, weight: string): string[][] {
  const values = left === '' && right === '' ? '' : `${left || '—'} / ${right || '—'}`
  if (displayWidth(values) <= VALUES_MAX) return [[head, values, words, weight]]
  return [
    [head, `${left || '—'} /`, words, weight],
    ['', right || '—', '', ''],
  ]
}

function bits(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${(Math.abs(weight) / 1000).toFixed(1)}`.padStart(6)
}

/** Pads to a width in terminal columns. */
