/**
 * Builds run.sqlite: the bulk as pages (record-tables.ts, finding-tables.ts), the rest through SQLite.
 *
 * In: findings twice (first which rows they concern, then what they say) and review pairs. Out: the database of
 * schema.ts. From the first walk on a worker can write the records, since it is known by then which are wanted.
 * Bulk information findings (people living apart as both sides say, people from and to other counties) are not put in:
 * findings.csv has them, nobody works through them one by one.
 */
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { People } from '../linking/people.ts'
import { type Explanation, turned } from '../matching/explanation.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, REGISTERS } from '../registers/columns.ts'
import { RecordIds } from '../ids/record-ids.ts'
import { type PersonIds, personIdText } from '../ids/person-ids.ts'
import { FindingTables, type StoredFinding } from './finding-tables.ts'
import { RawRows } from './raw-rows.ts'
import { blockBytes, type RecordTablesMessage, type RecordTablesResult, type RootPages } from './record-tables.ts'
import { RUN_INDICES, RUN_SCHEMA, RUN_SCHEMA_VERSION } from './schema.ts'
import { insertSources, sourceLines } from './source-columns.ts'
import { PAGE_BYTES } from './sqlite/pages.ts'

/** Information that stays out of the database: findings of these codes are not given to it. */
export const BULK_CODES: ReadonlySet<string> = new Set([
  'consistent-resident',
  'separated-pair',
  'outbound-unverified',
  'inbound-unverified',
  'deceased-consistent',
])

export interface StoredReviewPair {
  readonly left: number
  readonly right: number
  /** milli-bits */
  readonly weight: number
  readonly probability: number
  readonly reason: string
  readonly impact: number
  readonly explanation: Explanation
}

export class RunDatabaseWriter {
  private readonly path: string
  private readonly roots: RootPages
  private readonly table: RecordTable
  private readonly people: People
  private readonly personIds: PersonIds
  private readonly ids: RecordIds
  /** 1 = the row is named by a finding or pair, or belongs to a person named. */
  private readonly rowIsWanted: Uint8Array
  private readonly householdIsWanted: Uint8Array
  private readonly findings: FindingTables

  constructor(path: string, table: RecordTable, people: People, personIds: PersonIds) {
    this.path = path
    this.table = table
    this.people = people
    this.personIds = personIds
    this.ids = new RecordIds(table)
    this.rowIsWanted = new Uint8Array(new SharedArrayBuffer(table.rows))
    this.householdIsWanted = new Uint8Array(new SharedArrayBuffer(table.households.size + 1))
    this.roots = createSchema(path)
    this.findings = new FindingTables(table, personIds, this.roots)
  }

  /** First walk: which records the finding needs. */
  concern(finding: Pick<StoredFinding, 'code' | 'severity' | 'person' | 'rows'>): void {
    const { rows } = finding
    // What changes a count is settled household by household; an attribute or information on its own records.
    const withHousehold = finding.severity === 'S1' || finding.severity === 'S2'
    for (let k = 0; k < rows.length; k++)
      if (withHousehold) this.wantWithHousehold(rows[k])
      else this.want(rows[k])
    this.wantPerson(finding.person)
  }

  concernPair(left: number, right: number): void {
    for (const row of [left, right]) {
      this.wantWithHousehold(row)
      this.wantPerson(this.people.personOf[row])
    }
  }

  /** What writeRecordTables needs, once everything concerned is known. */
  recordTables(): RecordTablesMessage {
    const { path, roots, table, people, personIds, rowIsWanted, householdIsWanted } = this
    return { path, roots, handle: table.handle, personOf: people.personOf, personIds, rowIsWanted, householdIsWanted }
  }

  /** Second walk: the finding itself. Kept in memory until finish(). */
  addFinding(id: string, finding: StoredFinding): void {
    this.findings.add(id, finding)
  }

  /** After the last finding; the records may still be under way. */
  endFindings(): void {
    this.findings.finish()
  }

  /** After endFindings() and when the records are written. */
  finish(
    written: RecordTablesResult,
    pairs: Iterable<StoredReviewPair>,
    control: Iterable<StoredReviewPair>,
    settings: Readonly<Record<string, string>>,
  ): void {
    this.findings.write(this.path)
    const database = openForBuilding(this.path)
    try {
      database.exec('BEGIN')
      this.insertLongOnes(database, written.tooLong)
      this.insertPairs(database, 'review_pair', pairs)
      this.insertPairs(database, 'control_pair', control)
      insertSources(database, sourceLines(this.table.files))
      const insertRun = database.prepare('INSERT INTO run VALUES (?, ?)')
      for (const [key, value] of Object.entries(settings)) insertRun.run(key, value)
      database.exec('COMMIT')
    } finally {
      database.close()
    }
  }

  private want(row: number): void {
    this.rowIsWanted[row] = 1
  }

  private wantWithHousehold(row: number): void {
    this.want(row)
    const household = this.table.columns.household[row]
    if (household !== 0) this.householdIsWanted[household] = 1
  }

  private wantPerson(person: number): void {
    const { rows, rowStart } = this.people
    for (let k = rowStart[person]; k < rowStart[person + 1]; k++) this.rowIsWanted[rows[k]] = 1
  }

  private insertPairs(
    database: Database.Database,
    into: 'review_pair' | 'control_pair',
    pairs: Iterable<StoredReviewPair>,
  ): void {
    const insert = database.prepare(`INSERT OR IGNORE INTO ${into} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    for (const pair of pairs) {
      const { left, right, weight, probability, reason, impact } = pair
      const area = this.areaOfWork(left, right)
      // Rows lie by birth, and a birth may be corrected by the next run: a pair is known by its keys, in their order.
      const isTurned = this.table.registerOf(left) === this.table.registerOf(right) && this.ids.compare(left, right) > 0
      const leftKey = this.ids.key(isTurned ? right : left)
      const rightKey = this.ids.key(isTurned ? left : right)
      const explanation = JSON.stringify(isTurned ? turned(pair.explanation) : pair.explanation)
      insert.run(`${leftKey}|${rightKey}`, leftKey, rightKey, weight, probability, reason, area, impact, explanation)
    }
  }

  /** A pair is looked into where its census row lies; without one, where its right row does. */
  private areaOfWork(left: number, right: number): string {
    const { table } = this
    const { area } = table.columns
    const isCensus = (row: number): boolean => table.registerOf(row) === CENSUS
    const row = !isCensus(right) && isCensus(left) ? left : right
    return table.areaText(area[row] || area[row === left ? right : left])
  }

  /** Rows that do not fit a page: rare, and SQLite knows how. */
  private insertLongOnes(database: Database.Database, rows: readonly number[]): void {
    const { table, ids, people, personIds, findings } = this
    const { columns } = table
    const insertRecord = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)')
    const insertHousehold = database.prepare('INSERT OR IGNORE INTO household VALUES (?, ?, ?, ?, ?, ?)')
    const raw = new RawRows(table)
    for (const row of rows) {
      raw.read(row)
      const register = REGISTERS[table.registerOf(row)]
      const area = table.areaText(columns.area[row])
      const block = Buffer.from(blockBytes(Buffer.from(area), columns.block[row])).toString()
      const household = columns.household[row]
      const householdNo = raw.householdNo()
      const householdKey = household === 0 ? '' : `${register}:${block === '' ? area : block}/${householdNo}`
      const person = personIdText(personIds, people.personOf[row])
      insertRecord.run(
        ids.key(row),
        register,
        ids.text(row),
        person,
        householdKey,
        area,
        block,
        raw.view(),
        raw.fingerprint,
      )
      if (household === 0) continue
      const members = columns.household.reduce((count, other) => count + (other === household ? 1 : 0), 0)
      insertHousehold.run(householdKey, register, area, block, householdNo, members)
    }
    const insertFinding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    const insertRow = database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)')
    for (const { id, finding } of findings.longFindings) {
      const { code, severity, lineage, certainty, areaCode, detail } = finding
      insertFinding.run(
        id,
        code,
        severity,
        lineage,
        certainty,
        personIdText(personIds, finding.person),
        areaCode,
        detail,
      )
      for (let k = 0; k < finding.rows.length; k++) insertRow.run(id, k, ids.key(finding.rows[k]))
    }
    for (const { findingId, position, row } of findings.longRecords) insertRow.run(findingId, position, ids.key(row))
  }
}

/** Makes the file with empty tables and indices; returns where each of them begins. */
function createSchema(path: string): RootPages {
  const database = openForBuilding(path)
  try {
    database.pragma(`user_version = ${RUN_SCHEMA_VERSION}`)
    database.exec(RUN_SCHEMA)
    database.exec(RUN_INDICES)
    const roots = database.prepare('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0').all()
    return Object.fromEntries((roots as { name: string; rootpage: number }[]).map((r) => [r.name, r.rootpage]))
  } finally {
    database.close()
  }
}

/** Loads the SQLite module, which is opened at the end of a run: what ails it is better known before. */
export function tryDatabase(): void {
  new Database(':memory:').close()
}

/** No journal and no waiting for the disk: the file is thrown away whole if anything fails, and flushed at the end. */
function openForBuilding(path: string): Database.Database {
  // SQLite would create it readable by everybody.
  closeSync(openSync(path, 'a', 0o600))
  const database = new Database(path)
  database.pragma(`page_size = ${PAGE_BYTES}`)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma('locking_mode = EXCLUSIVE')
  return database
}
