/**
 * manifest.json of a run, by whatever version wrote it.
 *
 * In:  the run directory. Out: the manifest with what earlier versions did not write filled in. One that a later version wrote is
 * refused (E410), one that is no manifest is damaged (E109); neither is a bug of ours, and both were told as one.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import type { CountyPins } from '../../matching/weigh/county-model-file.ts'
import { runFile } from '../../store/run-file.ts'
import { MANIFEST_SCHEMA, type Manifest } from './manifest.ts'
import { damagedFile, readRunJson } from './read-run-json.ts'

export type RunManifest = Manifest & {
  readonly settings: {
    readonly decisions: string
    readonly workers?: number
    readonly require_encrypted?: boolean
    readonly model?: CountyPins | null
  }
}

/** Settings that the first versions did not write. */
const UNWRITTEN: Partial<RunManifest['settings']> = { as_of: {}, area: [], columns: {}, encoding: '', decisions: '' }

export function readManifest(directory: string): RunManifest {
  const path = runFile(directory, 'manifest.json')
  const value = readRunJson(path) as Partial<RunManifest> | null
  refuseLater(directory, value)
  if (!Array.isArray(value?.inputs) || typeof value.settings !== 'object')
    throw damagedFile(path, new Error('no manifest of a run'))
  const manifest = value as RunManifest
  return { ...manifest, settings: { ...UNWRITTEN, ...manifest.settings } }
}

/** For who reads run.sqlite alone: what a later version meant by the same table nobody knows here. A run without a manifest passes. */
export function refuseLaterRun(directory: string): void {
  const path = join(directory, 'manifest.json')
  if (existsSync(path)) refuseLater(directory, readRunJson(path) as Partial<RunManifest> | null)
}

function refuseLater(directory: string, value: Partial<RunManifest> | null): void {
  if (typeof value?.schema === 'number' && value.schema > MANIFEST_SCHEMA)
    throw new BiduiError(
      'E410',
      EXIT.config,
      `${directory}: 结果由较新的版本写成 · written by a later version (${value.versions?.bidui ?? '?'}; manifest ${String(value.schema)}, this one reads ${MANIFEST_SCHEMA}).`,
      { advice: '请用写成它的版本打开，或用本版本重新运行 · open it with that version, or run again with this one.' },
    )
}
