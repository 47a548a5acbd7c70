/**
 * manifest.json: which files, which settings, which versions, how long. The only place where times stand.
 *
 * In: the source files as read, settings, stages with their durations. Out: the manifest as a value.
 */
import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { CountyPins } from '../../matching/weigh/county-model-file.ts'
import { packageRoot } from '../../package-root.ts'
import type { SourceFile } from '../../records/record-table.ts'
import { REGISTERS } from '../../registers/columns.ts'
import type { CompleteSettings, SignedThreshold } from '../../settings.ts'
import type { VolumeEncryption } from '../../store/volume-encryption.ts'
import type { RowLoss } from '../row-losses.ts'
import { dateText } from '../date-text.ts'

interface StageTime {
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
  /** What people said of the control sample, beside what the model expects (src/review/queue/control-estimate.ts). */
  readonly control: unknown
  /** Last night's run and what tonight's files lack beside it; null where none was named. */
  readonly previous: { readonly run: string; readonly losses: readonly RowLoss[] } | null
  /** Whether the run was written to an encrypted volume, as far as could be seen. */
  readonly volume: VolumeEncryption | null
  readonly times: {
    readonly started_at: string
    readonly finished_at: string
    readonly ms: number
    readonly stages: readonly StageTime[]
  }
}

/** Raised when a field changes its meaning. */
export const MANIFEST_SCHEMA = 1

/** Settings as a person would write them. */
export interface SettingsText {
  readonly reference_date: string
  readonly as_of: Readonly<Record<string, string>>
  readonly grace_days: number
  readonly area: readonly string[]
  readonly max_false_link_rate: number
  /** What the lead signed, if the run was told to take it (`signed_threshold`) and there was something to take. */
  readonly threshold: SignedThreshold | null
  readonly signed_threshold: boolean
  readonly encoding: string
  readonly columns: CompleteSettings['columns']
  readonly purpose: string
  readonly authorisation: string
}

/** What the manifest says besides: what was found out while the run was made. */
export interface RunRemarks {
  readonly control?: unknown
  readonly previous?: Manifest['previous']
  readonly volume?: VolumeEncryption | null
}

export function makeManifest(
  files: readonly SourceFile[],
  settings: CompleteSettings,
  times: RunTimes,
  { control = null, volume = null, previous = null }: RunRemarks = {},
): Manifest & {
  readonly settings: {
    readonly workers: number
    readonly decisions: string
    readonly require_encrypted: boolean
    readonly model: CountyPins | null
  }
} {
  return {
    schema: MANIFEST_SCHEMA,
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
      require_encrypted: settings.requireEncrypted,
      // Whole, so that the run can be linked again when the file is gone.
      model: settings.model ?? null,
    },
    control,
    previous,
    volume,
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
    threshold: settings.threshold ?? null,
    signed_threshold: settings.signedThreshold,
    encoding: settings.encoding ?? '',
    columns: settings.columns,
    purpose: settings.purpose,
    authorisation: settings.authorisation,
  }
}

export function toolVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
