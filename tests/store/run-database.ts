/**
 * What stands in run.sqlite, table by table as typed values: the judge of the writer. The product reads it through
 * `RunSource` (lists, report) and `RunReader` (the desk), each asking only for what it shows.
 */
import type Database from 'better-sqlite3'
import type { Explanation } from '../../src/matching/explanation.ts'
import type { RegisterName } from '../../src/registers/columns.ts'
import { openRun } from '../../src/store/open-run.ts'
import { SourceColumns } from '../../src/store/source-columns.ts'

export interface FindingRow {
  readonly findingId: string
  readonly code: string
  readonly severity: string
  readonly lineage: string
  readonly certainty: string
  readonly personId: string
  readonly areaCode: string
  readonly detail: string
}

export interface RecordRow {
  readonly recordKey: string
  readonly register: RegisterName
  readonly recordId: string
  readonly personId: string
  /** '' for records without a household. */
  readonly householdKey: string
  readonly areaCode: string
  /** 15-digit census block or ''. */
  readonly block: string
  /** Canonical column → text as written; empty cells are left out. */
  readonly raw: Readonly<Partial<Record<string, string>>>
  readonly fingerprint: string
}

export interface HouseholdRow {
  readonly householdKey: string
  readonly register: RegisterName
  readonly areaCode: string
  readonly block: string
  readonly householdNo: string
  readonly members: number
}

export interface ReviewPairRow {
  readonly pairId: string
  readonly leftKey: string
  readonly rightKey: string
  /** milli-bits */
  readonly weight: number
  readonly probability: number
  readonly reason: string
  readonly areaCode: string
  readonly impact: number
  readonly explanation: Explanation
}

export interface FindingFilter {
  /** Area codes of any length, as prefixes. */
  readonly areas?: readonly string[]
  readonly codes?: readonly string[]
  readonly severities?: readonly string[]
}

const FINDING = `SELECT finding_id AS findingId, code, severity, lineage, certainty, person_id AS personId,
  area_code AS areaCode, detail FROM finding`
const RECORD = `SELECT record_key AS recordKey, register, record_id AS recordId, person_id AS personId,
  household_key AS householdKey, area_code AS areaCode, block, raw, fingerprint FROM record`
const HOUSEHOLD = `SELECT household_key AS householdKey, register, area_code AS areaCode, block,
  household_no AS householdNo, members FROM household`
const PAIR = `SELECT pair_id AS pairId, left_key AS leftKey, right_key AS rightKey, weight, probability, reason,
  area_code AS areaCode, impact, explanation FROM review_pair`

type Stored<Row, Column extends keyof Row> = Omit<Row, Column> & { readonly [C in Column]: string }
type StoredRecord = Stored<RecordRow, 'raw'>
type StoredPair = Stored<ReviewPairRow, 'explanation'>

export class RunDatabase {
  private readonly database: Database.Database
  private readonly columns: SourceColumns
  private readonly statements = new Map<string, Database.Statement>()

  private constructor(database: Database.Database) {
    this.database = database
    this.columns = new SourceColumns(database)
  }

  /** @param directory what `bidui run --out` left */
  static open(directory: string): RunDatabase {
    return new RunDatabase(openRun(directory))
  }

  close(): void {
    this.database.close()
  }

  /** A value the run left (`settings` is JSON; `purpose`, `authorisation`, `reference_date`, `bidui`); '' if it has none. */
  setting(key: string): string {
    return this.one<{ value: string }>('SELECT value FROM run WHERE key = ?', key)?.value ?? ''
  }

  finding(id: string): FindingRow | undefined {
    return this.one<FindingRow>(`${FINDING} WHERE finding_id = ?`, id)
  }

  /** In the order of areas, codes, ids: values decide. */
  *findings(filter: FindingFilter = {}): Generator<FindingRow> {
    const { areas = [''], codes, severities } = filter
    for (const area of withoutNested(areas)) {
      const rows = this.statement(
        `${FINDING} WHERE area_code >= ? AND area_code < ? ORDER BY area_code, code, finding_id`,
      )
      for (const row of rows.iterate(area, `${area}~`) as IterableIterator<FindingRow>)
        if ((codes?.includes(row.code) ?? true) && (severities?.includes(row.severity) ?? true)) yield row
    }
  }

  findingsOfPerson(personId: string): FindingRow[] {
    return this.all<FindingRow>(`${FINDING} WHERE person_id = ? ORDER BY code, finding_id`, personId)
  }

  findingsOfRecord(recordKey: string): FindingRow[] {
    const inner = 'SELECT finding_id FROM finding_record WHERE record_key = ?'
    return this.all<FindingRow>(`${FINDING} WHERE finding_id IN (${inner}) ORDER BY code, finding_id`, recordKey)
  }

  /** Keys of the records a finding falls on, main one first. */
  recordKeysOfFinding(findingId: string): string[] {
    const sql = 'SELECT record_key AS recordKey FROM finding_record WHERE finding_id = ? ORDER BY position'
    return this.all<{ recordKey: string }>(sql, findingId).map((row) => row.recordKey)
  }

  record(recordKey: string): RecordRow | undefined {
    const row = this.one<StoredRecord>(`${RECORD} WHERE record_key = ?`, recordKey)
    return row === undefined ? undefined : this.openRecord(row)
  }

  recordsOfPerson(personId: string): RecordRow[] {
    return this.all<StoredRecord>(`${RECORD} WHERE person_id = ? ORDER BY record_key`, personId).map((row) =>
      this.openRecord(row),
    )
  }

  recordsOfHousehold(householdKey: string): RecordRow[] {
    return this.all<StoredRecord>(`${RECORD} WHERE household_key = ? ORDER BY record_key`, householdKey).map((row) =>
      this.openRecord(row),
    )
  }

  household(householdKey: string): HouseholdRow | undefined {
    return this.one<HouseholdRow>(`${HOUSEHOLD} WHERE household_key = ?`, householdKey)
  }

  reviewPair(pairId: string): ReviewPairRow | undefined {
    const row = this.one<StoredPair>(`${PAIR} WHERE pair_id = ?`, pairId)
    return row === undefined ? undefined : openPair(row)
  }

  /** All pairs of an area prefix in the order of their ids. */
  *reviewPairs(area = ''): Generator<ReviewPairRow> {
    const rows = this.statement(`${PAIR} WHERE area_code >= ? AND area_code < ? ORDER BY pair_id`)
    for (const row of rows.iterate(area, `${area}~`) as IterableIterator<StoredPair>) yield openPair(row)
  }

  reviewPairsOfRecord(recordKey: string): ReviewPairRow[] {
    const sql = `${PAIR} WHERE left_key = ? OR right_key = ? ORDER BY weight DESC, pair_id`
    return (this.statement(sql).all(recordKey, recordKey) as StoredPair[]).map(openPair)
  }

  /** Numbers of rows: findings, records, households, review pairs. */
  counts(): {
    readonly findings: number
    readonly records: number
    readonly households: number
    readonly pairs: number
  } {
    const count = (table: string): number =>
      (this.statement(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
    return {
      findings: count('finding'),
      records: count('record'),
      households: count('household'),
      pairs: count('review_pair'),
    }
  }

  private openRecord(row: StoredRecord): RecordRow {
    return { ...row, raw: this.columns.open(row.raw) }
  }

  private statement(sql: string): Database.Statement {
    let statement = this.statements.get(sql)
    if (statement === undefined) {
      statement = this.database.prepare(sql)
      this.statements.set(sql, statement)
    }
    return statement
  }

  private one<Row>(sql: string, value: string): Row | undefined {
    return this.statement(sql).get(value) as Row | undefined
  }

  private all<Row>(sql: string, value: string): Row[] {
    return this.statement(sql).all(value) as Row[]
  }
}

function openPair(row: StoredPair): ReviewPairRow {
  return { ...row, explanation: JSON.parse(row.explanation) as Explanation }
}

/** Prefixes in order, without those that another one covers. */
function withoutNested(areas: readonly string[]): string[] {
  const sorted = [...new Set(areas)].sort()
  return sorted.filter((area, k) => !sorted.some((other, i) => i < k && area.startsWith(other)))
}
