/**
 * Last night's run beside tonight's files: what they lack is told before anybody works on findings that are about a file.
 *
 * In:  the run named by --previous (or --answers), the rows as read tonight. Out: warnings for summary.json and the screen; with
 *      --stop-on-loss a refusal (E143, exit 65: data beyond the limit) before anything is linked or written.
 */
import { meantPath } from '../../near-path.ts'
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import type { RecordTable } from '../../records/record-table.ts'
import type { Manifest } from '../../report/run-directory/manifest.ts'
import { type NewestEntries, newestEntries } from '../../report/newest-entries.ts'
import { readRunJson } from '../../report/run-directory/read-run-json.ts'
import { lossWarning, type RowLoss, rowLosses, type RowsByTownship } from '../../report/row-losses.ts'
import type { RunWarning } from '../../report/run-warning.ts'
import { rowsByTownship, type Summary } from '../../report/summary.ts'
import type { CompleteSettings } from '../../settings.ts'
import { runFile } from '../../store/run-file.ts'
import { oldExtractWarnings } from './extract-age.ts'
import { readManifest } from '../../report/run-directory/read-manifest.ts'

export interface LastNight {
  readonly run: string
  readonly rows: RowsByTownship
  /** Runs of earlier versions count registers only. */
  readonly hasTownships: boolean
  readonly newest: NewestEntries
  readonly manifest: Manifest
}

/** Opened before the work: a wrong path is told at once. */
export function openLastNight(directory: string | undefined): LastNight | undefined {
  if (directory === undefined) return undefined
  const path = runFile(
    directory,
    'summary.json',
    () =>
      new BiduiError('E101', EXIT.noInput, `${directory}: 不是运行目录 · is no run: it has no summary.json.`, {
        advice: `${meantPath(directory)}--previous 写上一次运行的目录 · name the directory that the last \`bidui run\` wrote.`,
      }),
  )
  const summary = readRunJson(path) as Partial<Pick<Summary, 'registers' | 'rows_by_township' | 'newest_entries'>>
  const newest = summary.newest_entries ?? {}
  // By its own name: a link such as runs/last leads elsewhere tomorrow.
  const run = basename(realpathSync(directory))
  const manifest = readManifest(directory)
  if (summary.rows_by_township !== undefined)
    return { run, rows: summary.rows_by_township, hasTownships: true, newest, manifest }
  const rows = (summary.registers ?? []).map(({ register, accepted }) => [register, { '': accepted }] as const)
  return { run, rows: Object.fromEntries(rows), hasTownships: false, newest, manifest }
}

export interface ComparedNight {
  readonly run: string
  readonly losses: readonly RowLoss[]
  /** A sentence for each loss. */
  readonly warnings: readonly RunWarning[]
  /** What else is worth knowing of the files beside last night's: no loss, and no reason to refuse. */
  readonly notes: readonly RunWarning[]
}

export function compareWithLastNight(
  last: LastNight,
  table: RecordTable,
  settings: Pick<CompleteSettings, 'findings'>,
): ComparedNight {
  const tonight = rowsByTownship(table)
  const losses = rowLosses(last.rows, last.hasTownships ? tonight : wholeRegisters(tonight))
  return {
    run: last.run,
    losses,
    warnings: losses.map((loss) => lossWarning(loss, last.run)),
    notes: oldExtractWarnings(last.manifest, last.run, table.files, settings, {
      before: last.newest,
      tonight: newestEntries(table, settings.findings.referenceDate),
    }),
  }
}

export function refuseLosses({ losses, warnings }: ComparedNight): void {
  if (losses.length === 0) return
  throw new BiduiError('E143', EXIT.data, warnings.map(({ code, message }) => `[${code}] ${message}`).join('\n'), {
    advice:
      '没有写出任何结果。补齐文件后重新运行；确实如此时去掉 --stop-on-loss · nothing was written: complete the files and run again, or leave out --stop-on-loss if it is so.',
  })
}

function wholeRegisters(rows: RowsByTownship): RowsByTownship {
  return Object.fromEntries(
    Object.entries(rows).map(([register, counts]) => [
      register,
      { '': Object.values(counts).reduce((total, n) => total + n, 0) },
    ]),
  )
}
