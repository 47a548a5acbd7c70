/**
 * `bidui dedupe` of personal records (ten columns, a third of them damaged duplicates) at several sizes:
 *   npm run build && npx tsx bench/tables/run-dedupe.ts [--rows 20000,100000,1000000] [--seed 5] [--runs 3]
 *     [--cli dist/cli.js[,another build]]
 *
 * Each run is a process of its own, several builds in turn; wall time is the median, with the range; CPU is of all
 * threads. Quality is measured once per size and build, in a run that is not timed. Prints Markdown. Tables are kept in
 * --folder (default: the system's temporary folder).
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { makePersonalRecords } from '../accuracy/tables/personal-records.ts'
import { csvText } from '../accuracy/tables/words.ts'
import { BUILT_CLI, count, describeMachine, markdownTable } from '../county/counties.ts'
import { type Measured, median, runMeasured } from '../county/measured-child.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000,100000,1000000' },
    seed: { type: 'string', default: '5' },
    runs: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(tmpdir(), 'bidui-bench') },
    cli: { type: 'string', default: BUILT_CLI },
  },
})

/** The table of so many rows, made once, and its spec. */
function makeTable(rows: number): { readonly table: string; readonly spec: string } {
  const table = join(values.folder, `records-${rows}-${values.seed}.csv`)
  const spec = join(values.folder, 'records.yaml')
  if (!existsSync(table) || !existsSync(spec)) {
    mkdirSync(values.folder, { recursive: true })
    const made = makePersonalRecords(Number(values.seed), {
      originals: Math.round(rows * 0.65),
      duplicates: rows - Math.round(rows * 0.65),
      duplicatesMost: 5,
      changesMost: 6,
      changesPerFieldMost: 2,
      apart: false,
    })
    writeFileSync(table, csvText(made.left))
    writeFileSync(spec, stringify(made.spec))
  }
  return { table, spec }
}

const lines: string[][] = []
for (const rows of values.rows.split(',').map(Number)) {
  const { table, spec } = makeTable(rows)
  const out = join(values.folder, 'dedupe-out')
  const dedupe = (cli: string, ...more: string[]) => {
    rmSync(out, { recursive: true, force: true })
    return runMeasured([cli, 'dedupe', table, '--spec', spec, '--out', out, ...more])
  }
  const measured = new Map(values.cli.split(',').map((cli) => [cli, [] as Measured[]]))
  const bytes = new Map<string, string>()
  for (let run = 0; run < Number(values.runs); run++)
    for (const [cli, list] of measured) {
      const one = dedupe(cli)
      list.push(one)
      bytes.set(
        cli,
        createHash('sha256')
          .update(readFileSync(join(out, 'links.csv')))
          .digest('hex')
          .slice(0, 8),
      )
      process.stderr.write(
        `${rows} rows, ${cli}: ${one.wallSeconds.toFixed(1)} s, CPU ${one.cpuSeconds.toFixed(1)} s\n`,
      )
    }
  for (const [cli, list] of measured) {
    const quality = dedupe(cli, '--truth-column', 'cluster').output
    const [, precision, recall] = /^pairs .* precision \S+ ([\d.]+) +recall \S+ ([\d.]+)/m.exec(quality) ?? []
    if (recall === undefined)
      throw new Error('dedupe --truth-column prints its quality in another way than this program reads')
    const walls = list.map((one) => one.wallSeconds)
    lines.push([
      cli,
      count(rows),
      `${median(walls).toFixed(1)} [${Math.min(...walls).toFixed(1)}..${Math.max(...walls).toFixed(1)}]`,
      median(list.map((one) => one.cpuSeconds)).toFixed(1),
      count(Math.round(Math.max(...list.map((one) => one.peakMegabytes)))),
      `${precision} / ${recall}`,
      bytes.get(cli) as string,
    ])
  }
  rmSync(out, { recursive: true, force: true })
}
process.stdout.write(`${describeMachine(values.cli)}\n\n`)
const header = ['build', 'rows', 'wall s, median [range]', 'CPU s', 'peak MB', 'precision / recall', 'links.csv']
process.stdout.write(`${markdownTable(header, lines)}\n`)
