/**
 * Settings as given, settings complete: everything optional is decided once here, at the edge.
 * Inside the program nothing is optional by accident.
 */
import { BiduiError, EXIT } from './errors.ts'
import type { IngestOptions } from './ingest/index.ts'
import type { CountyPins } from './matching/weigh/county-model-file.ts'
import { packDate } from './records/record-table.ts'
import type { RegisterName } from './registers/columns.ts'
import { REGISTERS } from './registers/columns.ts'

export interface Settings {
  readonly registers: Readonly<Partial<Record<RegisterName, readonly string[]>>>
  readonly area?: readonly string[]
  /** YYYY-MM-DD, default 2020-11-01. */
  readonly referenceDate?: string
  /** To which day each register's events reach, YYYY-MM-DD; default the reference date. */
  readonly asOf?: Readonly<Partial<Record<RegisterName, string>>>
  readonly workers?: number
  readonly out: string
  readonly encoding?: string
  /** Largest accepted share of false links among links; chooses the link threshold. */
  readonly maxFalseLinkRate?: number
  /** Decisions of the review desk to obey. */
  readonly decisions?: string
  /** An earlier run whose imported answers stand in this one too. */
  readonly answers?: string
  /** Last night's run: what tonight's files lack beside it is told. */
  readonly previous?: string
  /** A loss refuses the run. */
  readonly stopOnLoss?: boolean
  /** Take the threshold that the lead signed at the desk (in `decisions`). */
  readonly signedThreshold?: boolean
  /** Refuse to write where no encrypted volume can be seen. */
  readonly requireEncrypted?: boolean
  /** The threshold of a run made before, to make it again. */
  readonly threshold?: SignedThreshold | null
  /** Model values to hold instead of estimating them. */
  readonly model?: CountyPins
  /** Header → canonical column, per register. */
  readonly columns?: Readonly<Partial<Record<RegisterName, Readonly<Record<string, string>>>>>
  /** Purpose and authorisation number that stand on every export. */
  readonly purpose?: string
  readonly authorisation?: string
}

/** A threshold that follows from the control sample, signed by the lead at the review desk. */
export interface SignedThreshold {
  /** Match probability from which a pair is a link. */
  readonly probability: number
  /** Account of the lead. */
  readonly signed_by: string
  readonly signed_at: string
  /** Number of the event in the decisions. */
  readonly event: number
  /** Run whose control sample it follows from. */
  readonly run: string
}

/** What the findings depend on. Dates packed as in RecordTable. */
export interface FindingSettings {
  /** T0. */
  readonly referenceDate: number
  readonly asOf: Readonly<Record<RegisterName, number>>
  readonly graceDays: number
}

export interface CompleteSettings {
  readonly inputs: readonly { readonly register: RegisterName; readonly path: string }[]
  readonly area: readonly string[]
  readonly findings: FindingSettings
  readonly workers: number
  readonly out: string
  readonly encoding: string | undefined
  readonly maxFalseLinkRate: number
  readonly decisions: string | undefined
  readonly answers: string | undefined
  readonly previous: string | undefined
  readonly stopOnLoss: boolean
  readonly signedThreshold: boolean
  readonly requireEncrypted: boolean
  readonly threshold: SignedThreshold | undefined
  readonly model: CountyPins | undefined
  readonly columns: Readonly<Partial<Record<RegisterName, Readonly<Record<string, string>>>>>
  readonly purpose: string
  readonly authorisation: string
}

const DEFAULT_REFERENCE_DATE = '2020-11-01'
export const DEFAULT_MAX_FALSE_LINK_RATE = 0.0005

/** Match probabilities from which a pair is a link, and from which it is left to a person. */
export function linkThresholds(
  maxFalseLinkRate: number,
  signed?: Pick<SignedThreshold, 'probability'>,
): { readonly link: number; readonly review: number } {
  return { link: signed?.probability ?? 1 - 40 * maxFalseLinkRate, review: 0.05 }
}

/**
 * Largest share of false links up to which likely pairs are linked below the threshold: by the model's own word. None
 * where people have shown that its links are wrong more often than it says, and the lead signed a higher threshold.
 */
export function promotionRate({
  maxFalseLinkRate,
  threshold,
}: Pick<CompleteSettings, 'maxFalseLinkRate' | 'threshold'>): number {
  const isStricter = threshold !== undefined && threshold.probability > linkThresholds(maxFalseLinkRate).link
  return isStricter ? 0 : maxFalseLinkRate
}

/** @param workersFor how many workers the files are worth, where the settings do not say */
/** What the settings say of how registers are read. */
export function readingOf({
  inputs,
  area,
  columns,
  encoding,
}: CompleteSettings): Pick<IngestOptions, 'inputs' | 'area' | 'columnMap' | 'encoding'> {
  return { inputs, area, columnMap: columns, ...(encoding === undefined ? {} : { encoding }) }
}

export function completeSettings(given: Settings, workersFor: (paths: readonly string[]) => number): CompleteSettings {
  const inputs = REGISTERS.flatMap((register) => (given.registers[register] ?? []).map((path) => ({ register, path })))
  if (inputs.length === 0)
    throw new BiduiError('E401', EXIT.usage, '没有给出登记文件 · no register was given.', {
      advice:
        '至少给出 --police 和 --census · give at least --police FILE and --census FILE; `bidui demo` 演示全过程 · shows a whole run.',
    })
  const referenceDate = settingDate('--reference-date', given.referenceDate ?? DEFAULT_REFERENCE_DATE)
  const asOf = {} as Record<RegisterName, number>
  for (const register of REGISTERS) {
    const text = given.asOf?.[register]
    asOf[register] = text === undefined ? referenceDate : settingDate(`--as-of ${register}=`, text)
  }
  for (const code of given.area ?? [])
    if (!/^(\d{2}|\d{4}|\d{6})$/.test(code))
      throw new BiduiError('E401', EXIT.usage, `--area ${code}: 区划应为 2、4 或 6 位 · an area has 2, 4 or 6 digits.`)
  const workers = given.workers ?? workersFor(inputs.map(({ path }) => path))
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--workers ${workers}: 应为 1 至 64 的整数 · a whole number from 1 to 64 is wanted.`,
    )
  const maxFalseLinkRate = given.maxFalseLinkRate ?? DEFAULT_MAX_FALSE_LINK_RATE
  if (!(maxFalseLinkRate > 0 && maxFalseLinkRate < 0.5))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--max-false-link-rate ${maxFalseLinkRate}: 应为比例 · give a share such as 0.0005.`,
    )
  if (given.signedThreshold === true && given.decisions === undefined)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      '--signed-threshold: 阈值由组长在审核台签字 · the threshold is signed at the review desk.',
      {
        advice: '请用 --decisions 给出裁决文件 · give the decisions file of the desk with --decisions.',
      },
    )
  return {
    inputs,
    area: given.area ?? [],
    findings: { referenceDate, asOf, graceDays: 30 },
    workers,
    out: given.out,
    encoding: given.encoding,
    maxFalseLinkRate,
    decisions: given.decisions,
    answers: given.answers,
    previous: given.previous ?? given.answers,
    stopOnLoss: given.stopOnLoss ?? false,
    signedThreshold: given.signedThreshold ?? false,
    requireEncrypted: given.requireEncrypted ?? false,
    threshold: given.threshold ?? undefined,
    model: given.model,
    columns: given.columns ?? {},
    purpose: given.purpose ?? '',
    authorisation: given.authorisation ?? '',
  }
}

function settingDate(option: string, text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match !== null) {
    const [year, month, day] = match.slice(1).map(Number)
    const date = new Date(Date.UTC(year, month - 1, day))
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return packDate(year, month, day)
  }
  throw new BiduiError('E401', EXIT.usage, `${option} ${text}: 应为日期 · a date such as 2020-11-01 is wanted.`)
}
