/**
 * How right a county's links and findings are, preset by preset, and whether what was asked is reached:
 *   npm run build && npx tsx bench/accuracy/county/presets.ts [--people 40000] [--seeds a,b] [--presets typical,hard] [--others plain,rough] [--thirds 3] [--codes] [--waiting]
 *
 * --waiting adds how honest the chances of the pairs are that wait for a person (waiting.ts).
 *
 * Counties are made with seeds that no tuning has seen: give new ones. Links alone, links with the review answered
 * rightly, the share of review; findings in all, and by code where --codes is given or a code is below 0.95.
 * --others are counties of a second generator that shares no code with the first (other/make-other-county.ts); what must be
 * found in them the same judge says (src/synth/truth). --thirds are offices of a third (third/make-third-county.ts) for
 * each seed, whose rates are drawn and not set. What was asked is asked of the worst seed.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  BUILT_CLI,
  type County,
  count,
  countRows,
  describeMachine,
  evaluateRun,
  makeCounty,
  markdownTable,
  type Quality,
  registerArguments,
  share,
} from '../../county/counties.ts'
import { runMeasured } from '../../county/measured-child.ts'
import { writeThirdCounty } from './third/make-third-county.ts'
import { calibrationTables, readWaiting, type WaitingPair } from './waiting.ts'
import { OTHER_COUNTIES, type OtherCountyKind, writeOtherCounty } from './other/make-other-county.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '40000' },
    seeds: { type: 'string', default: 'unseen-4711,unseen-90210,unseen-31337' },
    presets: { type: 'string', default: 'typical,hard,no-id,minority' },
    others: { type: 'string', default: 'plain,rough,bare,minority,numberless' },
    thirds: { type: 'string', default: '2' },
    folder: { type: 'string', default: join(tmpdir(), 'bidui-bench') },
    cli: { type: 'string', default: BUILT_CLI },
    codes: { type: 'boolean', default: false },
    waiting: { type: 'boolean', default: false },
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

/** Asked of links alone (precision, recall), of links with the review answered (recall), of review pairs per link. */
interface Asked {
  readonly precision: number
  readonly recall: number
  readonly withReview: number
  readonly review: number
}
const TYPICAL: Asked = { precision: 0.9996, recall: 0.996, withReview: 0.9985, review: 0.01 }
const HARD: Asked = { precision: 0.998, recall: 0.98, withReview: 0.993, review: 0.04 }
const NUMBERLESS: Asked = { precision: 0.997, recall: 0.97, withReview: 0.99, review: 0.05 }
const MINORITY: Asked = { precision: 0.998, recall: 0.975, withReview: 0.99, review: 0.04 }
const ASKED: Readonly<Record<string, Asked>> = {
  typical: TYPICAL,
  hard: HARD,
  'no-id': NUMBERLESS,
  minority: MINORITY,
  'other plain': TYPICAL,
  'other rough': HARD,
  'other bare': HARD,
  'other minority': MINORITY,
  'other numberless': NUMBERLESS,
  'third office': HARD,
}

const list = (text: string): string[] => text.split(',').filter((word) => word !== '')
const people = Number(values.people)
const started = describeMachine(cli)
const judged: Judged[] = []
const waiting: WaitingPair[] = []
for (const seed of list(values.seeds)) {
  for (const preset of list(values.presets)) judge(preset, seed, makeCounty(cli, folder, people, seed, preset))
  for (const kind of list(values.others)) judge(`other ${kind}`, seed, otherCounty(kind, seed))
  for (let k = 1; k <= Number(values.thirds); k++) judge('third office', `${seed}-${k}`, thirdCounty(`${seed}-${k}`))
}

function judge(preset: string, seed: string, county: County): void {
  const out = join(folder, `run-${preset.replace(' ', '-')}-${seed}`)
  rmSync(out, { recursive: true, force: true })
  runMeasured([cli, 'run', ...registerArguments(county), '--out', out, '--quiet'], [0, 3])
  judged.push({ preset, seed, rows: county.rows, quality: evaluateRun(cli, out, county, true) })
  if (values.waiting) for (const pair of readWaiting(preset, out, county)) waiting.push(pair)
  rmSync(out, { recursive: true, force: true })
  process.stderr.write(`${preset} ${seed}\n`)
}

function otherCounty(kind: string, seed: string): County {
  if (!(kind in OTHER_COUNTIES))
    throw new Error(`--others ${kind}: ${Object.keys(OTHER_COUNTIES).join(', ')} are known`)
  const out = join(folder, `other-${kind}-${people}-${seed}`)
  writeOtherCounty(kind as OtherCountyKind, people, seed, out)
  return countRows(out, people)
}

function thirdCounty(seed: string): County {
  const out = join(folder, `third-${people}-${seed}`)
  writeThirdCounty(people, seed, out)
  return countRows(out, people)
}

const lines = [started, '', `${count(people)} people each.`, '']
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

lines.push(
  '',
  markdownTable(
    [
      'preset, worst of the seeds',
      'precision',
      'asked',
      'recall',
      'asked',
      'with review',
      'asked',
      'review',
      'asked',
      '',
    ],
    [...new Set(judged.map(({ preset }) => preset))].map((preset) => {
      const links = judged.filter((county) => county.preset === preset).map(({ quality }) => quality.links)
      const asked = ASKED[preset] ?? TYPICAL
      const precision = Math.min(...links.map(({ automatic }) => automatic[0].precision))
      const recall = Math.min(...links.map(({ automatic }) => automatic[0].recall))
      const withReview = Math.min(...links.map((l) => l.withReview[0].recall))
      const review = Math.max(...links.map((l) => l.review.perLink))
      const isReached =
        precision >= asked.precision &&
        recall >= asked.recall &&
        withReview >= asked.withReview &&
        review <= asked.review
      const percent = (value: number): string => `${(value * 100).toFixed(2)} %`
      return [
        preset,
        share(precision, 5),
        String(asked.precision),
        share(recall, 5),
        String(asked.recall),
        share(withReview, 5),
        String(asked.withReview),
        percent(review),
        percent(asked.review),
        isReached ? 'reached' : '**not reached**',
      ]
    }),
  ),
)

/** Precision and recall of every code, seeds of a preset together. */
for (const preset of new Set(judged.map((county) => county.preset))) {
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
if (waiting.length > 0) lines.push('', '**Pairs that wait: said beside true**', '', ...calibrationTables(waiting))
process.stdout.write(`${lines.join('\n')}\n`)
