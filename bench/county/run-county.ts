/**
 * A county end to end at three sizes, and the naive version on the same files:
 *   npm run build && npx tsx bench/county/run-county.ts [--people 850000] [--seed 71] [--runs 3] [--warm 1]
 *     [--sizes 100k,400k,full] [--naive 100k,full]
 *
 * Each run is a process of its own; wall time is the median, with the range; CPU is of all threads. Quality stands in
 * the same row. Prints Markdown. Counties are kept in --folder (default: the system's temporary folder).
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  BUILT_CLI,
  type County,
  count,
  describeMachine,
  evaluateRun,
  makeCounty,
  markdownTable,
  type Quality,
  registerArguments,
  share,
} from './counties.ts'
import { type Measured, median, runMeasured } from './measured-child.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '850000' },
    seed: { type: 'string', default: '71' },
    runs: { type: 'string', default: '3' },
    warm: { type: 'string', default: '1' },
    sizes: { type: 'string', default: '100k,400k,full' },
    naive: { type: 'string', default: '100k,full' },
    folder: { type: 'string', default: join(tmpdir(), 'bidui-bench') },
    cli: { type: 'string', default: BUILT_CLI },
  },
})
const { seed, folder, cli } = values
const runs = Number(values.runs)
const naiveProgram = join(dirname(fileURLToPath(import.meta.url)), 'naive-county.ts')
if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`)

/** A person has a little more than two rows, so 100,000 rows are about 49,000 people. */
const PEOPLE: Readonly<Record<string, number>> = { '100k': 49_000, '400k': 195_000, full: Number(values.people) }

interface Contender {
  readonly name: string
  readonly size: string
  readonly county: County
  readonly measured: readonly Measured[]
  readonly quality: Quality
}

function measureBidui(size: string, county: County): Contender {
  const out = join(folder, `run-${size}`)
  const measured: Measured[] = []
  // Warm runs fill the file cache and are not counted.
  for (let k = 1 - Number(values.warm); k <= runs; k++) {
    rmSync(out, { recursive: true, force: true })
    const one = runMeasured([cli, 'run', ...registerArguments(county), '--out', out, '--quiet'], [0, 3])
    if (k > 0) measured.push(one)
    note(`bidui ${size} run ${k}: ${one.wallSeconds.toFixed(2)} s, CPU ${one.cpuSeconds.toFixed(2)} s`)
  }
  const quality = evaluateRun(cli, out, county, true)
  note(`  stages of the last run, ms: ${stagesOf(out)}`)
  rmSync(out, { recursive: true, force: true })
  return { name: 'bidui', size, county, measured, quality }
}

function measureNaive(size: string, county: County): Contender {
  const out = join(folder, `naive-${size}`)
  rmSync(out, { recursive: true, force: true })
  const heap = '--max-old-space-size=16384'
  const measured = runMeasured([heap, '--import', 'tsx', naiveProgram, county.folder, out])
  note(`naive ${size}: ${measured.output.trim()}`)
  const quality = evaluateRun(cli, out, county, false)
  rmSync(out, { recursive: true, force: true })
  return { name: 'naive', size, county, measured: [measured], quality }
}

function stagesOf(run: string): string {
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as {
    readonly times: { readonly stages: readonly { readonly stage: string; readonly ms: number }[] }
  }
  return manifest.times.stages.map(({ stage, ms }) => `${stage} ${ms}`).join(' · ')
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

function rowOf({ name, size, county, measured, quality }: Contender): string[] {
  const walls = measured.map((m) => m.wallSeconds)
  const wall = median(walls)
  const cpu = median(measured.map((m) => m.cpuSeconds))
  const [all] = quality.links.automatic
  const { total } = quality.findings ?? {}
  return [
    `${name}, ${size}`,
    count(county.rows),
    `${wall.toFixed(2)} [${Math.min(...walls).toFixed(2)}..${Math.max(...walls).toFixed(2)}]`,
    cpu.toFixed(2),
    count(Math.max(...measured.map((m) => m.peakMegabytes))),
    count(county.rows / wall),
    ((wall / county.rows) * 1e6).toFixed(2),
    ((cpu / county.rows) * 1e6).toFixed(2),
    share(all.precision, 5),
    share(all.recall, 5),
    total === undefined ? 'none made' : `${share(total.precision)} / ${share(total.recall)}`,
  ]
}

const HEAD = ['contender', 'rows', 'wall s', 'CPU s', 'peak MB', 'rows/s', 'wall µs/row', 'CPU µs/row', 'precision']
const started = describeMachine(cli)
mkdirSync(folder, { recursive: true })
const contenders: Contender[] = []
for (const size of values.sizes.split(',')) {
  const county = makeCounty(cli, folder, PEOPLE[size], seed)
  contenders.push(measureBidui(size, county))
  if (values.naive.split(',').includes(size)) contenders.push(measureNaive(size, county))
}
const lines = [
  started,
  '',
  `Seed ${seed}, preset typical; ${runs} runs each after ${values.warm} not counted, naive once.`,
  '',
]
lines.push(markdownTable([...HEAD, 'recall', 'findings P / R'], contenders.map(rowOf)), '')

const ours = contenders.filter(({ name }) => name === 'bidui')
const perRow = (kind: 'wallSeconds' | 'cpuSeconds'): number[] =>
  ours.map(({ county, measured }) => median(measured.map((m) => m[kind])) / county.rows)
const spread = (costs: readonly number[]): string => (Math.max(...costs) / Math.min(...costs)).toFixed(2)
lines.push(
  `Cost per row, dearest size against cheapest: wall ${spread(perRow('wallSeconds'))}×, CPU ${spread(perRow('cpuSeconds'))}×.`,
)
for (const rival of contenders.filter(({ name }) => name === 'naive')) {
  const own = ours.find(({ size }) => size === rival.size)
  if (own === undefined) continue
  const ratio = (kind: 'wallSeconds' | 'cpuSeconds'): string =>
    (rival.measured[0][kind] / median(own.measured.map((m) => m[kind]))).toFixed(1)
  lines.push(
    `Naive against bidui, ${rival.size}, ${count(rival.county.rows)} rows: wall ${ratio('wallSeconds')}×, CPU ${ratio('cpuSeconds')}×.`,
  )
}
process.stdout.write(`${lines.join('\n')}\n`)
