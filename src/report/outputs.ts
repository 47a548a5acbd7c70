/**
 * Writes everything a run leaves in its directory.
 *
 * In: the result of the road (rows, people, links, findings …) and an open RunDirectory. Out: the CSV files and
 * summary.json (docs/registers.md), run.sqlite and the Arrow files; the caller commits the directory. The big files are written by
 * worker threads while this thread lays the findings to be worked through into pages of the database.
 */
import { writeFileSync } from 'node:fs'
import type { QuarantinedRow } from '../ingest/index.ts'
import { DECISION, type Links, type People, probabilityOf, weightOfProbability } from '../linking/people.ts'
import type { Explanation } from '../matching/explanation.ts'
import type { RecordTable } from '../records/record-table.ts'
import { type CompleteSettings, linkThresholds } from '../settings.ts'
import { type RecordTablesMessage, type RecordTablesResult, writeRecordTables } from '../store/record-tables.ts'
import { BULK_CODES, RunDatabaseWriter, type StoredReviewPair } from '../store/run-database-writer.ts'
import { messagesLeave, type WorkerPool } from '../workers/pool.ts'
import type { BalancesMessage } from '../workers/jobs/add-up-balances.ts'
import type { FindingsMessage } from '../workers/jobs/write-findings.ts'
import { beginFindingsCsv, type ReportFindings, writeFindingsCsv } from './csv/findings.ts'
import { writeQuarantineCsv } from './csv/quarantine.ts'
import { RecordIds } from '../ids/record-ids.ts'
import { FindingIdMaker, FindingIds } from '../ids/finding-ids.ts'
import { makeManifest, type RunRemarks, type RunTimes, settingsText, toolVersion } from './run-directory/manifest.ts'
import { makePersonIds, type PersonIds } from '../ids/person-ids.ts'
import { cannotWrite, type RunDirectory } from './run-directory/run-directory.ts'
import type { RunWarning } from './run-warning.ts'
import { type Balance, FindingTally, type FindingNotMade, type Summary, summarise } from './summary.ts'
import { bulkMessages, type BulkMessage, recordsMessage, writeBulk } from './write-bulk.ts'

export interface RunResult {
  readonly table: RecordTable
  readonly people: People
  readonly links: Links
  /** Why a line of `links` waits for review, by line number. */
  readonly reasons: ReadonlyMap<number, string>
  readonly findings: ReportFindings
  /** What workers need to write findings.csv and to add up the balances; without it this thread does both. */
  readonly elsewhere?: {
    readonly findings: Pick<FindingsMessage, 'context' | 'findings'>
    readonly balances: BalancesMessage
  }
  readonly findingsNotMade: readonly FindingNotMade[]
  /** Chinese name of a finding code. */
  readonly nameOfCode: (code: string) => string
  readonly quarantine: readonly QuarantinedRow[]
  readonly warnings: readonly RunWarning[]
  /** Where no worker adds them up. */
  readonly balances: () => readonly Balance[]
  readonly settings: CompleteSettings
  /** Pairs that are looked at to know how often linking is wrong, and what is written down of them. */
  readonly control?: ControlOutput
  /** JSON for the desk (review/run-remarks.ts): which decisions this run obeyed, and what it lacks beside last night's; '' for neither. */
  readonly obeyed?: string
  readonly previous?: string
  /** JSON of JudgedContents (review/decisions/carried-findings.ts). */
  readonly judgedContents?: string
  /** The waterfall of a pair of rows, left < right. */
  readonly explain: (left: number, right: number) => Explanation
}

interface ControlOutput {
  readonly pairs: readonly {
    readonly left: number
    readonly right: number
    readonly weight: number
    readonly kind: string
  }[]
  /** JSON: how many pairs they stand for. */
  readonly cells: string
  /** JSON: pairs that wait again under other record keys than they were judged under (commands/run/decision-warnings.ts). */
  readonly judgedAs?: string
  /** JSON: pairs whose verdict, given under other record keys, stands. */
  readonly decidedAs?: string
  /** JSON: pairs put aside under other record keys, that stay aside. */
  readonly markedAs?: string
}

/** The files that need people and links only, under way. */
export interface BulkWriting {
  readonly personIds: PersonIds
  /** Helps to write them, and waits. */
  readonly written: () => Promise<void>
}

/** Starts records.arrow in a worker: it needs the rows and nothing that is made of them. startBulk takes it over. */
export function startRecordsArrow(table: RecordTable, directory: RunDirectory, pool?: WorkerPool): Promise<number> {
  const message = recordsMessage((name) => directory.file(name), table.handle)
  if (pool !== undefined) return pool.run<BulkMessage, number>('write-bulk', message)
  const written = writeBulk(message)
  // Must not be an unhandled rejection while this thread is busy: writeOutputs meets it.
  written.catch(() => undefined)
  return written
}

/**
 * Starts people.csv, links.csv and the Arrow files in the workers; writeOutputs waits for them.
 * @param records what startRecordsArrow returned, if it was called before
 */
export function startBulk(
  { table, people, links }: Pick<RunResult, 'table' | 'people' | 'links'>,
  directory: RunDirectory,
  pool?: WorkerPool,
  records: Promise<number> = startRecordsArrow(table, directory, pool),
): BulkWriting {
  const personIds = makePersonIds(new RecordIds(table), people)
  const fileIn = (name: string): string => directory.file(name)
  const messages = bulkMessages(fileIn, table.handle, people, links, personIds)
  const underway = pool?.beginShare(messages.map((message) => ({ job: 'write-bulk', message })))
  return {
    personIds,
    written: async () => {
      await records
      await (underway?.finish() ?? Promise.all(messages.map((message) => writeBulk(message))))
    },
  }
}

/**
 * Writes all files but the manifest, which wants to know how long they took: see writeManifest.
 * @param bulk what startBulk returned, if it was called before
 */
export async function writeOutputs(
  run: RunResult,
  directory: RunDirectory,
  pool?: WorkerPool,
  bulk: BulkWriting = startBulk(run, directory, pool),
): Promise<Summary> {
  try {
    return await writeFiles(run, directory, pool, bulk)
  } catch (error) {
    throw cannotWrite(directory.out, error)
  }
}

async function writeFiles(
  run: RunResult,
  directory: RunDirectory,
  pool: WorkerPool | undefined,
  { personIds, written }: BulkWriting,
): Promise<Summary> {
  const { table, people, links } = run
  const sums = beginBalances(run, pool)
  await messagesLeave()
  const database = new RunDatabaseWriter(directory.file('run.sqlite'), table, people, personIds)
  const tally = new FindingTally()
  const ids = FindingIds.of(run.findings.count)
  const idMaker = new FindingIdMaker(new RecordIds(table), run.findings.count)
  run.findings.forEach((finding) => {
    if (!BULK_CODES.has(finding.code)) database.concern(finding)
  })
  for (let n = 0; n < links.count; n++)
    if (links.decision[n] === DECISION.review) database.concernPair(links.left[n], links.right[n])
  for (const { left, right } of run.control?.pairs ?? []) database.concernPair(left, right)

  // The longest of all that is written: it waits for nothing else.
  const records = beginRecords(run, database.recordTables(), pool)
  await messagesLeave()
  run.findings.forEach((finding, i) => {
    tally.add(finding)
    ids.set(i, idMaker, idMaker.place(finding.code, finding.rows))
  })
  const csv = beginFindingsCsv(directory.file('findings.csv'), run.findings.count)
  const lines = beginLines(run, { csv, findingIds: ids, personIds }, pool)
  await messagesLeave()

  writeQuarantineCsv(directory.file('quarantine.csv'), run.quarantine)
  run.findings.forEach((finding, i) => {
    if (!BULK_CODES.has(finding.code)) database.addFinding(ids.text(i), finding)
  })
  database.endFindings()
  const { referenceDate } = run.settings.findings
  await lines()
  const recordTables = await records()
  const summary = summarise({ ...run, balances: await sums, referenceDate }, tally)
  writeJson(directory.file('summary.json'), summary)
  const settings = settingsText(run.settings)
  database.finish(recordTables, reviewPairs(run), controlPairs(run), {
    settings: JSON.stringify(settings),
    purpose: settings.purpose,
    authorisation: settings.authorisation,
    reference_date: settings.reference_date,
    bidui: toolVersion(),
    control: run.control?.cells ?? '[]',
    judged_as: run.control?.judgedAs ?? '{}',
    decided_as: run.control?.decidedAs ?? '{}',
    marked_as: run.control?.markedAs ?? '{}',
    obeyed: run.obeyed ?? '',
    previous: run.previous ?? '',
    judged_contents: run.judgedContents ?? '',
    link_threshold: String(
      weightOfProbability(linkThresholds(run.settings.maxFalseLinkRate, run.settings.threshold).link),
    ),
    review_threshold: String(weightOfProbability(linkThresholds(run.settings.maxFalseLinkRate).review)),
  })
  await written()
  return summary
}

/** A worker adds up the balances while this thread goes through the findings for the first time. */
function beginBalances({ elsewhere, balances }: RunResult, pool: WorkerPool | undefined): Promise<readonly Balance[]> {
  if (pool === undefined || elsewhere === undefined) return Promise.resolve(balances())
  return pool.run<BalancesMessage, readonly Balance[]>('add-up-balances', elsewhere.balances)
}

/** findings.csv while it is written, and the ids that stand in its lines. */
interface FindingLines extends Pick<FindingsMessage, 'csv' | 'personIds'> {
  readonly findingIds: FindingIds
}

/** The records of run.sqlite, by a worker where there is one. */
function beginRecords(
  { elsewhere }: RunResult,
  message: RecordTablesMessage,
  pool: WorkerPool | undefined,
): () => RecordTablesResult | Promise<RecordTablesResult> {
  if (pool === undefined || elsewhere === undefined) return () => writeRecordTables(message)
  const underway = pool.run<RecordTablesMessage, RecordTablesResult>('write-record-tables', message)
  return () => underway
}

/** findings.csv: whoever is free writes some of its lines, so that all workers end together. */
function beginLines(
  { table, findings, elsewhere }: RunResult,
  { csv, findingIds, personIds }: FindingLines,
  pool: WorkerPool | undefined,
): () => void | Promise<unknown> {
  if (pool === undefined || elsewhere === undefined)
    return () => writeFindingsCsv(csv, table, findings, findingIds, personIds)
  const message: FindingsMessage = { ...elsewhere.findings, csv, findingIds: findingIds.handle, personIds }
  const underway = pool.beginShare(Array.from({ length: pool.size }, () => ({ job: 'write-findings', message })))
  return () => underway.finish()
}

export function writeManifest(
  run: Pick<RunResult, 'table' | 'settings'>,
  directory: RunDirectory,
  times: RunTimes,
  remarks?: RunRemarks,
): void {
  try {
    writeJson(directory.file('manifest.json'), makeManifest(run.table.files, run.settings, times, remarks))
  } catch (error) {
    throw cannotWrite(directory.out, error)
  }
}

function* reviewPairs(run: RunResult): Generator<StoredReviewPair> {
  const { links, table, reasons } = run
  const lines: number[] = []
  for (let n = 0; n < links.count; n++) if (links.decision[n] === DECISION.review) lines.push(n)
  const impact = impactOf(lines, links, table)
  for (const n of lines) {
    const left = links.left[n]
    const right = links.right[n]
    yield {
      left,
      right,
      weight: links.weight[n],
      probability: probabilityOf(links.weight[n]),
      reason: reasons.get(n) ?? 'weight',
      impact: impact(n),
      explanation: run.explain(left, right),
    }
  }
}

function* controlPairs(run: RunResult): Generator<StoredReviewPair> {
  for (const { left, right, weight, kind } of run.control?.pairs ?? [])
    yield {
      left,
      right,
      weight,
      probability: probabilityOf(weight),
      reason: kind,
      impact: 1,
      explanation: run.explain(left, right),
    }
}

/**
 * How many open pairs a decision bears on: the pair itself, the other candidates of its two records (one of them at
 * most is the same person), and pairs between the same two households (each confirmed member speaks for the others).
 */
function impactOf(lines: readonly number[], links: Links, table: RecordTable): (n: number) => number {
  const { household } = table.columns
  const ofRow = new Map<number, number>()
  const ofHouseholds = new Map<string, number>()
  const householdsKey = (n: number): string => {
    const a = household[links.left[n]]
    const b = household[links.right[n]]
    return a === 0 || b === 0 ? '' : `${a} ${b}`
  }
  for (const n of lines) {
    for (const row of [links.left[n], links.right[n]]) ofRow.set(row, (ofRow.get(row) ?? 0) + 1)
    const key = householdsKey(n)
    ofHouseholds.set(key, (ofHouseholds.get(key) ?? 0) + 1)
  }
  return (n) => {
    const key = householdsKey(n)
    const rivals = (ofRow.get(links.left[n]) ?? 1) + (ofRow.get(links.right[n]) ?? 1) - 2
    const family = key === '' ? 0 : (ofHouseholds.get(key) ?? 1) - 1
    return 1 + rivals + family
  }
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
}
