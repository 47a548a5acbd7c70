/**
 * What the desk reads of a finished run: pairs to review, rows as written, households, findings. The only file of the
 * desk that knows SQL of run.sqlite; it is opened for reading and never changed.
 *
 * In:  the run directory. Out: plain values; everything small is read once, explanations and rows when they are shown.
 */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type Database from 'better-sqlite3'
import type { Explanation } from '../matching/explanation.ts'
import { openRun } from '../store/open-run.ts'
import { FindingContents } from '../store/finding-contents.ts'
import { FindingPrints } from '../store/finding-prints.ts'
import { type RecordRow, recordOf, type RunRecord } from '../store/run-record.ts'
import { SourceColumns } from '../store/source-columns.ts'
import { readTownshipNames, readVillageNames } from '../store/township-names.ts'
import type { JudgedContents } from './decisions/index.ts'
import { kindOf } from './queue/control-sample.ts'
import type { ControlCell } from './queue/control-tally.ts'
import type { QueuePair } from './queue/tasks.ts'
import { foldSought, readSought } from './sought.ts'
import { type ComparedNightRemark, type Obeyed, readRemark } from './run-remarks.ts'

/** What is known of a record without its row. */
export interface RecordFacts {
  readonly person: string
  readonly household: string
  readonly fingerprint: string
  readonly area: string
}

export interface FindingRow {
  readonly findingId: string
  readonly code: string
  readonly severity: string
  readonly certainty: string
  readonly area: string
  readonly detail: string
}

const NO_FACTS: RecordFacts = { person: '', household: '', fingerprint: '', area: '' }
/** A collective household may hold hundreds, a person joined in error too; a page shows the first rows. */
const MEMBERS_MAX = 40
const SEARCH_MAX = 20
/** Columns that a row is looked up by. */
const SEARCHED = ['name', 'id_number', 'household_no', 'former_name']

export class RunReader {
  readonly directory: string
  readonly runId: string
  /** Nine-digit code → name, where addresses give one. */
  readonly townshipNames: ReadonlyMap<string, string>
  /** Of the townships that have been on a screen. */
  private readonly villageNames = new Map<string, ReadonlyMap<string, string>>()
  /** Pairs that wait for people. */
  readonly pairs: readonly QueuePair[]
  /** Pairs looked at by chance, to know how often the engine is wrong. */
  readonly controlPairs: readonly QueuePair[]
  private readonly facts = new Map<string, RecordFacts>()
  private readonly database: Database.Database
  private readonly columns: SourceColumns
  private readonly recordByKey: Database.Statement
  private readonly peopleByHousehold: Database.Statement<[string], string>
  private readonly recordsByHousehold: Database.Statement
  private readonly recordsByPerson: Database.Statement
  private readonly explanationByPair: Database.Statement
  private readonly findingsByRecord: Database.Statement
  private readonly prints: FindingPrints
  private readonly contents: FindingContents

  constructor(directory: string) {
    this.directory = resolve(directory)
    const database = openRun(directory)
    this.database = database
    this.columns = new SourceColumns(database)
    database.pragma('cache_size = -65536')
    this.recordByKey = database.prepare('SELECT * FROM record WHERE record_key = ?')
    this.recordsByHousehold = database.prepare(
      `SELECT * FROM record WHERE household_key = ? ORDER BY record_key LIMIT ${MEMBERS_MAX}`,
    )
    this.peopleByHousehold = database
      .prepare<[string], string>(
        `SELECT person_id FROM record WHERE household_key = ? ORDER BY record_key LIMIT ${MEMBERS_MAX}`,
      )
      .pluck()
    this.recordsByPerson = database.prepare(
      `SELECT * FROM record WHERE person_id = ? ORDER BY record_key LIMIT ${MEMBERS_MAX}`,
    )
    this.explanationByPair = database
      .prepare(
        `SELECT explanation FROM review_pair WHERE pair_id = @pair
         UNION ALL SELECT explanation FROM control_pair WHERE pair_id = @pair`,
      )
      .pluck()
    this.findingsByRecord = database.prepare(
      `SELECT f.finding_id AS findingId, f.code, f.severity, f.certainty, f.area_code AS area, f.detail
       FROM finding_record r JOIN finding f USING (finding_id) WHERE r.record_key = ? ORDER BY f.finding_id`,
    )
    this.prints = new FindingPrints(database)
    this.contents = new FindingContents(database)
    this.runId = runIdOf(database)
    this.townshipNames = readTownshipNames(database, this.columns)
    const before = this.namesIn('judged_as')
    const marked = this.namesIn('marked_as')
    this.pairs = this.readPairs('review_pair').map((pair) => {
      const judgedAs = before[pair.pairId]
      const markedAs = marked[pair.pairId]
      return {
        ...pair,
        ...(judgedAs === undefined ? {} : { judgedAs }),
        ...(markedAs === undefined ? {} : { markedAs }),
      }
    })
    const known = new Set(this.pairs.map((pair) => pair.pairId))
    // A decided pair whose data changed waits again: it is asked once.
    const decided = this.namesIn('decided_as')
    this.controlPairs = this.readPairs('control_pair').flatMap((pair) => {
      if (known.has(pair.pairId)) return []
      const decidedAs = decided[pair.pairId]
      return [{ ...checkOf(pair), ...(decidedAs === undefined ? {} : { decidedAs }) }]
    })
  }

  close(): void {
    this.database.close()
  }

  setting(key: string): string {
    return (this.database.prepare('SELECT value FROM run WHERE key = ?').pluck().get(key) as string | undefined) ?? ''
  }

  /** The name of a village of twelve digits; '' where the addresses do not agree on one. */
  villageName(area: string): string {
    if (area.length < 12) return ''
    const township = area.slice(0, 9)
    let names = this.villageNames.get(township)
    if (names === undefined) {
      names = readVillageNames(this.database, township, this.columns)
      this.villageNames.set(township, names)
    }
    return names.get(area.slice(0, 12)) ?? ''
  }

  /** Pair of tonight → the pair that people saw, under other record keys; nothing in runs of earlier versions. */
  private namesIn(key: string): Readonly<Record<string, string>> {
    return JSON.parse(this.setting(key) || '{}') as Readonly<Record<string, string>>
  }

  /** Undefined where the run was made without decisions. */
  obeyed(): Obeyed | undefined {
    return readRemark<Obeyed>(this.setting('obeyed'))
  }

  /** Undefined where the run was compared with no other. */
  lastNight(): ComparedNightRemark | undefined {
    return readRemark<ComparedNightRemark>(this.setting('previous'))
  }

  /** What verdicts of earlier versions do not hold of the findings they judged. */
  judgedContents(): JudgedContents {
    return readRemark<JudgedContents>(this.setting('judged_contents')) ?? {}
  }

  /** How many pairs the control sample stands for, by kind and band. */
  controlCells(): readonly ControlCell[] {
    return JSON.parse(this.setting('control') || '[]') as readonly ControlCell[]
  }

  factsOf(recordKey: string): RecordFacts {
    const known = this.facts.get(recordKey)
    if (known !== undefined) return known
    const row = this.database
      .prepare(
        `SELECT person_id AS person, household_key AS household, fingerprint, area_code AS area
         FROM record WHERE record_key = ?`,
      )
      .get(recordKey) as RecordFacts | undefined
    const facts = row ?? NO_FACTS
    this.facts.set(recordKey, facts)
    return facts
  }

  record(recordKey: string): RunRecord | undefined {
    const row = this.recordByKey.get(recordKey) as RecordRow | undefined
    return row === undefined ? undefined : recordOf(row, this.columns)
  }

  household(householdKey: string): readonly RunRecord[] {
    return householdKey === ''
      ? []
      : (this.recordsByHousehold.all(householdKey) as RecordRow[]).map((row) => recordOf(row, this.columns))
  }

  /** The person of each of its rows, as `household` has them. */
  peopleIn(householdKey: string): readonly string[] {
    return householdKey === '' ? [] : this.peopleByHousehold.all(householdKey)
  }

  membersOf(householdKey: string): number {
    const members = this.database
      .prepare('SELECT members FROM household WHERE household_key = ?')
      .pluck()
      .get(householdKey) as number | undefined
    return members ?? 0
  }

  person(personId: string): readonly RunRecord[] {
    return personId === ''
      ? []
      : (this.recordsByPerson.all(personId) as RecordRow[]).map((row) => recordOf(row, this.columns))
  }

  explanation(pairId: string): Explanation | undefined {
    const text = this.explanationByPair.get({ pair: pairId }) as string | undefined
    return text === undefined ? undefined : (JSON.parse(text) as Explanation)
  }

  /** Pair ids with the pattern of their comparison levels, for batch accept. */
  *patterns(): Generator<{ readonly pairId: string; readonly levels: ReadonlyMap<string, number> }> {
    const rows = this.database.prepare('SELECT pair_id, explanation FROM review_pair ORDER BY pair_id').raw().iterate()
    for (const [pairId, text] of rows as IterableIterator<[string, string]>) {
      const explanation = JSON.parse(text) as Explanation
      yield { pairId, levels: new Map(explanation.rows.map((row) => [row.comparison, row.level])) }
    }
  }

  findingsOf(recordKey: string): readonly FindingRow[] {
    return this.findingsByRecord.all(recordKey) as FindingRow[]
  }

  /** Findings people judge: what changes counts first, then by area. Information (S0) is not asked. */
  findings(): readonly FindingRow[] {
    return this.database
      .prepare(
        `SELECT finding_id AS findingId, code, severity, certainty, area_code AS area, detail FROM finding
         WHERE severity <> 'S0' ORDER BY severity, area_code, code, finding_id`,
      )
      .all() as FindingRow[]
  }

  findingCode(findingId: string): string {
    return (this.database.prepare('SELECT code FROM finding WHERE finding_id = ?').pluck().get(findingId) ??
      '') as string
  }

  findingPrint(findingId: string): string {
    return this.prints.of(findingId)
  }

  /** What it says and what stands in its rows, without record ids; '' where that could be another's. */
  findingContent(findingId: string): string {
    return this.contents.of(findingId)
  }

  findingsByContent(): ReadonlyMap<string, string> {
    return this.contents.idsByContent()
  }

  findingRecords(findingId: string): readonly RunRecord[] {
    const rows = this.database
      .prepare(
        `SELECT r.* FROM finding_record f JOIN record r USING (record_key) WHERE f.finding_id = ?
         ORDER BY f.position LIMIT ${MEMBERS_MAX}`,
      )
      .all(findingId) as RecordRow[]
    return rows.map((row) => recordOf(row, this.columns))
  }

  /** Rows by whole name, number, household number or record key, however written; by the id of a finding the rows that it rests on. */
  search(typed: string): readonly RunRecord[] {
    const { text, keys, patterns } = readSought(typed)
    const ofFinding = keys.map((key) => this.findingRecords(key)).find((records) => records.length > 0)
    if (ofFinding !== undefined) return ofFinding
    const places = (values: readonly string[]) => values.map(() => '?').join(', ')
    const rows = this.database
      .prepare(
        `SELECT * FROM record WHERE record_key IN (${places(keys)}) OR record_id IN (${places(keys)})
         ${patterns.map(() => "OR raw LIKE ? ESCAPE '\\'").join(' ')} ORDER BY record_key`,
      )
      .iterate(...keys, ...keys, ...patterns) as IterableIterator<RecordRow & { readonly record_id: string }>
    const found: RunRecord[] = []
    for (const row of rows) {
      const record = recordOf(row, this.columns)
      const isNamed = SEARCHED.some((column) => foldSought(record.raw[column] ?? '') === text)
      if (isNamed || keys.includes(row.record_key) || keys.includes(row.record_id)) found.push(record)
      if (found.length === SEARCH_MAX) break
    }
    return found
  }

  private readPairs(from: 'review_pair' | 'control_pair'): readonly QueuePair[] {
    const rows = this.database
      .prepare(
        `SELECT p.pair_id, p.left_key, p.right_key, p.probability, p.reason, p.area_code, p.impact,
                l.person_id, l.household_key, l.fingerprint, l.area_code,
                r.person_id, r.household_key, r.fingerprint, r.area_code
         FROM ${from} p LEFT JOIN record l ON l.record_key = p.left_key
         LEFT JOIN record r ON r.record_key = p.right_key`,
      )
      .raw()
      .iterate() as IterableIterator<readonly (string | number | null)[]>
    const pairs: QueuePair[] = []
    for (const row of rows) {
      const [pairId, left, right, probability, reason, area, impact] = row
      const leftFacts = factsOfCells(row, 7)
      const rightFacts = factsOfCells(row, 11)
      this.facts.set(String(left), leftFacts)
      this.facts.set(String(right), rightFacts)
      pairs.push({
        pairId: String(pairId),
        left: String(left),
        right: String(right),
        probability: Number(probability),
        reason: String(reason),
        area: String(area),
        impact: Number(impact),
        leftHousehold: leftFacts.household,
        rightHousehold: rightFacts.household,
      })
    }
    return pairs
  }
}

/** The reason of a control pair is its kind, which nobody is told who judges it. */
function checkOf(pair: QueuePair): QueuePair {
  const control = kindOf(pair.reason)
  return control === undefined ? pair : { ...pair, reason: 'control', control }
}

function factsOfCells(row: readonly (string | number | null)[], from: number): RecordFacts {
  const text = (at: number) => String(row[at] ?? '')
  return { person: text(from), household: text(from + 1), fingerprint: text(from + 2), area: text(from + 3) }
}

/** Twelve hex digits that differ between runs of different settings or data. */
function runIdOf(database: Database.Database): string {
  const settings = database
    .prepare("SELECT key, value FROM run WHERE key NOT IN ('obeyed', 'previous', 'judged_contents') ORDER BY key")
    .raw()
    .all()
  const pairs = database.prepare('SELECT count(*), coalesce(sum(weight), 0) FROM review_pair').raw().get()
  return createHash('sha256')
    .update(JSON.stringify([settings, pairs]))
    .digest('hex')
    .slice(0, 12)
}
