/**
 * How right the links of a county stay where an office leaves columns empty:
 *   npm run build && npx tsx bench/accuracy/county/without.ts COUNTY WHAT …      (COUNTY: left by `bidui synth` or presets.ts)
 *
 * WHAT is register.column, several joined by +, with ~SHARE behind it where only that share of the cells is emptied:
 * census.id_number, census.id_number+police.id_number, census.id_number~0.9; - empties nothing. Registers in UTF-8.
 * --codes lists the codes of 50 true lines or more whose precision or recall falls below 0.95, judged by the truth of the
 * full columns: a code that says a cell is empty or wrong (id-missing, id-invalid-check) is not to be read there.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parseArgs } from 'node:util'
import { REGISTERS } from '../../../src/registers/columns.ts'
import {
  BUILT_CLI,
  type CodeQuality,
  count,
  countRows,
  describeMachine,
  evaluateRun,
  markdownTable,
  registerArguments,
  share,
} from '../../county/counties.ts'
import { runMeasured } from '../../county/measured-child.ts'

const { values, positionals } = parseArgs({
  options: { cli: { type: 'string', default: BUILT_CLI }, codes: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [county, ...whats] = positionals
if (county === undefined || whats.length === 0) throw new Error('usage: without.ts COUNTY WHAT …')

const HEAD = ['emptied', 'missed', 'false', 'precision', 'recall', 'review / links']
const home = join(tmpdir(), 'bidui-bench', `without-${process.pid}`)
try {
  const rows = whats.map((what) => {
    const made = join(home, 'county')
    const out = join(home, 'run')
    rmSync(home, { recursive: true, force: true })
    mkdirSync(made, { recursive: true })
    const [columns, part = '1'] = what.split('~')
    for (const register of REGISTERS) {
      const emptied = columns.split('+').flatMap((column) => {
        const [of, name] = column.split('.')
        return of === register ? [name] : []
      })
      const path = join(resolve(county), `${register}.csv`)
      if (emptied.length === 0) symlinkSync(path, join(made, `${register}.csv`))
      else
        writeFileSync(join(made, `${register}.csv`), withoutColumns(readFileSync(path, 'utf8'), emptied, Number(part)))
    }
    for (const truth of ['people', 'findings', 'findings-may'])
      symlinkSync(join(resolve(county), `${truth}.csv`), join(made, `${truth}.csv`))
    const given = countRows(made, 0)
    runMeasured([values.cli, 'run', ...registerArguments(given), '--out', out, '--quiet'], [0, 3])
    const { links, findings } = evaluateRun(values.cli, out, given, values.codes)
    process.stderr.write(`${what}\n`)
    return [
      what,
      count(links.missedPairs),
      count(links.falseLinks),
      share(links.automatic[0].precision, 5),
      share(links.automatic[0].recall, 5),
      `${(links.review.perLink * 100).toFixed(2)} %`,
      ...(values.codes ? [shortCodes(findings?.codes ?? [])] : []),
    ]
  })
  process.stdout.write(
    `${describeMachine(values.cli)}\n\n${markdownTable([...HEAD, ...(values.codes ? ['codes below 0.95'] : [])], rows)}\n`,
  )
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** The register with cells of some columns emptied: all, or by a walk over the rows that is the same every time. */
function withoutColumns(text: string, emptied: readonly string[], part: number): string {
  const [header, ...rows] = parse(text, { bom: true, relax_column_count: true }) as string[][]
  const at = emptied.map((name) => header.indexOf(name))
  if (at.includes(-1)) throw new Error(`${emptied.join(', ')}: one of them is no column of the file`)
  let walk = 0
  for (const row of rows)
    for (const k of at) {
      walk = (walk + 0.6180339887498949) % 1
      if (walk < part && k < row.length) row[k] = ''
    }
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return `${[header, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** Codes of 50 true lines or more with precision or recall below 0.95, as code P/R, the worst first. */
function shortCodes(codes: readonly CodeQuality[]): string {
  const short = codes
    .filter(({ must }) => must >= 50)
    .map(({ code, must, missed, right, wrong }) => ({ code, p: right / (right + wrong), r: 1 - missed / must }))
    .filter(({ p, r }) => !(p >= 0.95 && r >= 0.95))
  short.sort((a, b) => Math.min(a.p, a.r) - Math.min(b.p, b.r) || (a.code < b.code ? -1 : 1))
  return short.map(({ code, p, r }) => `${code} ${share(p, 3)}/${share(r, 3)}`).join('; ')
}
