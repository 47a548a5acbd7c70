/**
 * manifest.json: which files, which settings, which versions, how long. The only place where times stand.
 *
 * In: the source files as read, settings, stages with their durations. Out: the manifest as a value.
 */
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { CountyPins } from '../matching/weigh/county-model-file.ts'
import type { SourceFile } from '../records/record-table.ts'
import { REGISTERS } from '../registers/columns.ts'
import type { CompleteSettings } from '../settings.ts'
import { dateText } from './summary.ts'

export interface StageTime {
  readonly stage: string
  readonly ms: number
}

export interface RunTimes {
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly stages: readonly StageTime[]
}

export interface Manifest {
  readonly schema: 1
  readonly versions: { readonly bidui: string; readonly node: string; readonly icu: string; readonly unicode: string }
  readonly inputs: readonly {
    readonly register: string
    readonly name: string
    /** Where it was read, so that a row can be shown again. */
    readonly path: string
    readonly bytes: number
    readonly sha256: string
    readonly rows: number
    readonly accepted: number
    readonly quarantined: number
    readonly encoding: string
  }[]
  readonly settings: SettingsText
  readonly times: {
    readonly started_at: string
    readonly finished_at: string
    readonly ms: number
    readonly stages: readonly StageTime[]
  }
}

/** Settings as a person would write them. */
export interface SettingsText {
  readonly reference_date: string
  readonly as_of: Readonly<Record<string, string>>
  readonly grace_days: number
  readonly area: readonly string[]
  readonly max_false_link_rate: number
  readonly encoding: string
  readonly columns: CompleteSettings['columns']
  readonly purpose: string
  readonly authorisation: string
}

export function makeManifest(
  files: readonly SourceFile[],
  settings: CompleteSettings,
  times: RunTimes,
): Manifest & {
  readonly settings: { readonly workers: number; readonly decisions: string; readonly model: CountyPins | null }
} {
  return {
    schema: 1,
    versions: {
      bidui: toolVersion(),
      node: process.versions.node,
      icu: process.versions.icu ?? '',
      unicode: process.versions.unicode ?? '',
    },
    inputs: files.map(({ register, path, bytes, sha256, rows, accepted, quarantined, encoding }) => ({
      register,
      name: basename(path),
      path: resolve(path),
      bytes,
      sha256,
      rows,
      accepted,
      quarantined,
      encoding,
    })),
    settings: {
      ...settingsText(settings),
      workers: settings.workers,
      decisions: settings.decisions ?? '',
      // Whole, so that the run can be linked again when the file is gone.
      model: settings.model ?? null,
    },
    times: {
      started_at: times.startedAt.toISOString(),
      finished_at: times.finishedAt.toISOString(),
      ms: times.finishedAt.getTime() - times.startedAt.getTime(),
      stages: times.stages.map(({ stage, ms }) => ({ stage, ms: Math.round(ms) })),
    },
  }
}

/** Settings that the result depends on: not the workers, not the output's name. */
export function settingsText(settings: CompleteSettings): SettingsText {
  const { findings } = settings
  return {
    reference_date: dateText(findings.referenceDate),
    as_of: Object.fromEntries(REGISTERS.map((register) => [register, dateText(findings.asOf[register])])),
    grace_days: findings.graceDays,
    area: settings.area,
    max_false_link_rate: settings.maxFalseLinkRate,
    encoding: settings.encoding ?? '',
    columns: settings.columns,
    purpose: settings.purpose,
    authorisation: settings.authorisation,
  }
}

export function toolVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
