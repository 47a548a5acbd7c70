/**
 * How right a county's links and findings are, preset by preset:
 *   npm run build && npx tsx bench/accuracy/county/presets.ts [--people 40000] [--seeds a,b] [--presets typical,hard] [--codes]
 *
 * Counties are made with seeds that no tuning has seen: give new ones. Links alone, links with the review answered
 * rightly, the share of review; findings in all, and by code where --codes is given or a code is below 0.95.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  BUILT_CLI,
  count,
  describeMachine,
  evaluateRun,
  makeCounty,
  markdownTable,
  type Quality,
  registerArguments,
  share,
} from '../../county/counties.ts'
import { runMeasured } from '../../county/measured-child.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '40000' },
    seeds: { type: 'string', default: 'unseen-4711,unseen-90210' },
    presets: { type: 'string', default: 'typical,hard,no-id,minority' },
    folder: { type: 'string', default: join(tmpdir(), 'bidui-bench') },
    cli: { type: 'string', default: BUILT_CLI },
    codes: { type: 'boolean', default: false },
  },
})
const { cli, folder } = values
if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`)
mkdirSync(folder, { recursive: true })

interface Judged {
  readonly preset: string
  readonly seed: string
  readonly rows: number
  readonly quality: Quality
}

const started = describeMachine(cli)
const judged: Judged[] = []
for (const preset of values.presets.split(','))
  for (const seed of values.seeds.split(',')) {
    const county = makeCounty(cli, folder, Number(values.people), seed, preset)
    const out = join(folder, `run-${preset}-${seed}`)
    rmSync(out, { recursive: true, force: true })
    runMeasured([cli, 'run', ...registerArguments(county), '--out', out, '--quiet'], [0, 3])
    judged.push({ preset, seed, rows: county.rows, quality: evaluateRun(cli, out, county, true) })
    rmSync(out, { recursive: true, force: true })
    process.stderr.write(`${preset} ${seed}\n`)
  }

const lines = [started, '', `${count(Number(values.people))} people each.`, '']
lines.push(
  markdownTable(
    ['preset, seed', 'rows', 'precision', 'recall', 'with review P', 'R', 'review / links', 'findings P', 'R'],
    judged.map(({ preset, seed, rows, quality: { links, findings } }) => [
      `${preset}, ${seed}`,
      count(rows),
      share(links.automatic[0].precision, 5),
      share(links.automatic[0].recall, 5),
      share(links.withReview[0].precision, 5),
      share(links.withReview[0].recall, 5),
      `${(links.review.perLink * 100).toFixed(2)} %`,
      share(findings?.total.precision ?? Number.NaN),
      share(findings?.total.recall ?? Number.NaN),
    ]),
  ),
)

/** Precision and recall of every code, seeds of a preset together. */
for (const preset of values.presets.split(',')) {
  const byCode = new Map<string, { must: number; missed: number; right: number; wrong: number }>()
  for (const { quality } of judged.filter((county) => county.preset === preset))
    for (const { code, must, missed, right, wrong } of quality.findings?.codes ?? []) {
      const sum = byCode.get(code) ?? { must: 0, missed: 0, right: 0, wrong: 0 }
      byCode.set(code, {
        must: sum.must + must,
        missed: sum.missed + missed,
        right: sum.right + right,
        wrong: sum.wrong + wrong,
      })
    }
  const rows = [...byCode]
    .map(([code, n]) => ({ code, ...n, precision: n.right / (n.right + n.wrong), recall: 1 - n.missed / n.must }))
    .filter(({ must, wrong }) => must + wrong > 0)
    .filter(({ precision, recall }) => values.codes || precision < 0.95 || recall < 0.95)
    .sort((a, b) => Math.min(a.precision, a.recall) - Math.min(b.precision, b.recall) || (a.code < b.code ? -1 : 1))
  const what = values.codes ? 'findings by code' : 'findings below 0.95'
  lines.push('', `**${preset}: ${what}** (${rows.length} of ${byCode.size} codes)`)
  if (rows.length === 0) continue
  lines.push(
    '',
    markdownTable(
      ['code', 'must', 'missed', 'wrong', 'precision', 'recall'],
      rows.map((r) => [
        r.code,
        count(r.must),
        count(r.missed),
        count(r.wrong),
        share(r.precision, 3),
        share(r.recall, 3),
      ]),
    ),
  )
}
process.stdout.write(`${lines.join('\n')}\n`)
