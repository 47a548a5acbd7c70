/**
 * Invented counties for benchmarks, how right a run on them was, and where that was.
 *
 * In: the built command line, people, seed, a preset. Out: folders left by `bidui synth`, their rows; figures of
 * `bidui evaluate`. A county is made once for each (people, seed, preset) and kept.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REGISTERS } from '../../src/registers/columns.ts'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const BUILT_CLI = join(ROOT, 'dist/cli.js')

export interface County {
  readonly folder: string
  readonly people: number
  readonly rows: number
  readonly megabytes: number
}

export function makeCounty(cli: string, folder: string, people: number, seed: string, preset = 'typical'): County {
  const out = join(folder, `${preset}-${people}-${seed}`)
  if (!existsSync(join(out, 'people.csv'))) {
    const partial = `${out}.partial`
    rmSync(partial, { recursive: true, force: true })
    const size = ['--people', String(people), '--seed', seed, '--preset', preset]
    execFileSync(process.execPath, [cli, 'synth', ...size, '--out', partial], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    renameSync(partial, out)
  }
  return countRows(out, people)
}

/** A folder of the five registers as a county. */
export function countRows(out: string, people: number): County {
  let rows = 0
  let bytes = 0
  for (const register of REGISTERS) {
    const file = readFileSync(join(out, `${register}.csv`))
    bytes += file.length
    // Invented files hold no line breaks inside cells; the last line ends with one.
    for (let at = file.indexOf(10); at >= 0; at = file.indexOf(10, at + 1)) rows++
    rows--
  }
  return { folder: out, people, rows, megabytes: bytes / 1e6 }
}

/** Options of `bidui run` that name the five registers. */
export function registerArguments({ folder }: County): string[] {
  return REGISTERS.flatMap((register) => [`--${register.replace('_', '-')}`, join(folder, `${register}.csv`)])
}

interface PairQuality {
  readonly left: string
  readonly precision: number
  readonly recall: number
}

export interface CodeQuality {
  readonly code: string
  readonly must: number
  readonly made: number
  readonly right: number
  readonly wrong: number
  readonly missed: number
  readonly precision: number
  readonly recall: number
}

export interface Quality {
  readonly links: {
    readonly automatic: readonly PairQuality[]
    readonly withReview: readonly PairQuality[]
    readonly review: { readonly pairs: number; readonly perLink: number }
    readonly missedPairs: number
    readonly falseLinks: number
  }
  readonly findings?: { readonly total: CodeQuality; readonly codes: readonly CodeQuality[] }
}

/** `bidui evaluate --json` of a run directory (or of a rival's people.csv and links.csv, without findings). */
export function evaluateRun(cli: string, run: string, county: County, withFindings: boolean): Quality {
  const truth = ['--truth', join(county.folder, 'people.csv')]
  const findings = ['--truth-findings', join(county.folder, 'findings.csv')]
  const may = ['--truth-may', join(county.folder, 'findings-may.csv')]
  const args = ['evaluate', run, ...truth, ...(withFindings ? [...findings, ...may] : []), '--no-blocking', '--json']
  const text = execFileSync(process.execPath, ['--max-old-space-size=8192', cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(text) as Quality
}

/** Machine, versions, commit and date: without them a figure means nothing. */
export function describeMachine(cli: string): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'src').length > 0 ? ' (sources changed since)' : ''
  const [cpu] = cpus()
  return [
    `${availableParallelism()} cores ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    cli === BUILT_CLI ? `commit ${git('rev-parse', '--short', 'HEAD')}${changed}` : 'another build, named by --cli',
    new Date().toISOString().slice(0, 10),
  ].join(' · ')
}

/** A table in Markdown; the first column is text, the others are figures. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, k) => (k === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

export function share(value: number, digits = 4): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}
