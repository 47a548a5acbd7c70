/** `bidui explain RUN A B`: the waterfall of one pair. */
import type { Command } from 'commander'
import type { Explanation } from '../matching/explanation.ts'
import { explainLinked } from '../pipeline.ts'
import { relinkRun, rowOfKey } from './open-run.ts'

export function registerExplain(program: Command): void {
  program
    .command('explain <run> <left> <right>')
    .description('Why two records were linked, or were not: prior, one row per comparison, total')
    .option('--json', 'machine-readable')
    .addHelpText(
      'after',
      `
Example:
  bidui explain run1 police:51037 census:C00412
        each line is one comparison and the bits it adds; the last line is the sum

The screen shows names and numbers as the clerks wrote them: mind who looks on.`,
    )
    .action(async (run: string, left: string, right: string, options: { readonly json?: boolean }) => {
      const linked = await relinkRun(run)
      const [a, b] = [rowOfKey(linked, left), rowOfKey(linked, right)].sort((x, y) => x - y)
      const explanation = explainLinked(linked)(a, b)
      process.stdout.write(
        options.json === true ? `${JSON.stringify(explanation, null, 2)}\n` : formatExplanation(explanation),
      )
    })
}

export function formatExplanation(explanation: Explanation): string {
  const bits = (weight: number): string =>
    `${weight < 0 ? '−' : '+'}${(Math.abs(weight) / 1000).toFixed(1)}`.padStart(8)
  const odds = Math.round(2 ** (-explanation.prior / 1000))
  const lines = [`${explanation.left} · ${explanation.right}`]
  lines.push(
    row('prior 先验', `one true pair in about ${odds.toLocaleString('en')} compared`, '', bits(explanation.prior)),
  )
  for (const { comparison, zh, left, right, en, weight } of explanation.rows)
    lines.push(
      row(
        `${comparison} ${zh}`,
        left === '' && right === '' ? '' : `${left || '—'} / ${right || '—'}`,
        en,
        bits(weight),
      ),
    )
  const probability = explanation.probability > 0.999999 ? '> 0.999999' : explanation.probability.toFixed(6)
  const layer = explanation.layer === '' ? '' : ` (layer: ${explanation.layer})`
  lines.push(
    row('total 合计', `probability ${probability} → ${explanation.decision}${layer}`, '', bits(explanation.total)),
  )
  lines.push(explanation.sentence)
  return `${lines.join('\n')}\n`
}

function row(head: string, values: string, words: string, weight: string): string {
  return `${padded(head, 20)}${padded(values, 44)}${padded(words, 40)}${weight}`
}

/** Pads to a width in terminal columns: a Chinese character takes two. */
function padded(text: string, width: number): string {
  let columns = 0
  for (const character of text)
    columns += /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]|[\u{20000}-\u{3fffd}]/u.test(character) ? 2 : 1
  return text + ' '.repeat(Math.max(1, width - columns))
}
