/**
 * Builds run.sqlite: one transaction, no journal (the file is thrown away whole if anything fails), indices at the end.
 *
 * In: findings and review pairs as they are decided; afterwards, by itself, the records and households they concern.
 * Out: the database of src/store/schema.ts. Bulk information findings (people living apart as both sides say, people
 * from and to other counties) are not put in: findings.csv has them, nobody works through them one by one.
 */
import Database from 'better-sqlite3'
import type { Explanation } from '../matching/explanation.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, REGISTERS } from '../registers/columns.ts'
import { RawRows } from './raw-json.ts'
import { RUN_INDICES, RUN_SCHEMA, RUN_SCHEMA_VERSION } from './schema.ts'

/** Information that stays out of the database. */
const BULK_CODES: ReadonlySet<string> = new Set([
  'consistent-resident',
  'separated-pair',
  'outbound-unverified',
  'inbound-unverified',
  'deceased-consistent',
])

export interface StoredFinding {
  readonly code: string
  readonly severity: string
  readonly lineage: string
  readonly certainty: string
  readonly person: number
  readonly rows: ArrayLike<number>
  readonly areaCode: string
  readonly detail: string
}

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

/** How rows and people are called outside. */
export interface RecordNames {
  /** `register:record_id` */
  key(row: number): string
  recordId(row: number): string
  personId(person: number): string
  readonly personOf: Int32Array
  readonly rowsOfPerson: (person: number) => ArrayLike<number>
}

export class RunDatabaseWriter {
  private readonly database: Database.Database
  private readonly table: RecordTable
  private readonly names: RecordNames
  private readonly insertFinding: Database.Statement
  private readonly insertFindingRecord: Database.Statement
  private readonly insertPair: Database.Statement
  private readonly insertRun: Database.Statement
  /** 1 = the row is named by a finding or pair, or belongs to a person named. */
  private readonly rowIsWanted: Uint8Array
  private readonly householdIsWanted: Uint8Array

  constructor(path: string, table: RecordTable, names: RecordNames) {
    this.table = table
    this.names = names
    this.rowIsWanted = new Uint8Array(table.rows)
    this.householdIsWanted = new Uint8Array(table.households.size + 1)
    const database = new Database(path)
    this.database = database
    database.pragma('page_size = 8192')
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('temp_store = MEMORY')
    database.pragma('cache_size = -65536')
    database.pragma(`user_version = ${RUN_SCHEMA_VERSION}`)
    database.exec(RUN_SCHEMA)
    this.insertFinding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    this.insertFindingRecord = database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)')
    this.insertPair = database.prepare('INSERT OR IGNORE INTO review_pair VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.insertRun = database.prepare('INSERT INTO run VALUES (?, ?)')
    database.exec('BEGIN')
  }

  setting(key: string, value: string): void {
    this.insertRun.run(key, value)
  }

  addFinding(id: string, finding: StoredFinding): void {
    if (BULK_CODES.has(finding.code)) return
    const { rows } = finding
    this.insertFinding.run(
      id,
      finding.code,
      finding.severity,
      finding.lineage,
      finding.certainty,
      this.names.personId(finding.person),
      finding.areaCode,
      finding.detail,
    )
    for (let k = 0; k < rows.length; k++) {
      this.insertFindingRecord.run(id, k, this.names.key(rows[k]))
      // An attribute that differs is settled on its own record; the other findings are settled household by household.
      this.want(rows[k], finding.severity !== 'S3')
    }
    this.wantPerson(finding.person)
  }

  addReviewPair(pair: StoredReviewPair): void {
    const { names } = this
    const { left, right } = pair
    const leftKey = names.key(left)
    const rightKey = names.key(right)
    this.insertPair.run(
      `${leftKey}|${rightKey}`,
      leftKey,
      rightKey,
      pair.weight,
      pair.probability,
      pair.reason,
      this.areaOfWork(left, right),
      pair.impact,
      JSON.stringify(pair.explanation),
    )
    for (const row of [left, right]) {
      this.want(row, true)
      this.wantPerson(names.personOf[row])
    }
  }

  /** Writes records and households, builds the indices, closes. Returns how many records it holds. */
  finish(): number {
    const records = this.writeRecords()
    this.database.exec('COMMIT')
    this.database.exec(RUN_INDICES)
    this.database.pragma('locking_mode = NORMAL')
    this.database.close()
    return records
  }

  /** Closes without finishing: the file will be thrown away. */
  abandon(): void {
    this.database.close()
  }

  /** A pair is looked into where its census row lies; without one, where its right row does. */
  private areaOfWork(left: number, right: number): string {
    const { table } = this
    const { area } = table.columns
    const isCensus = (row: number): boolean => table.registerOf(row) === CENSUS
    const row = !isCensus(right) && isCensus(left) ? left : right
    return table.areaText(area[row] || area[row === left ? right : left])
  }

  private want(row: number, withHousehold: boolean): void {
    this.rowIsWanted[row] = 1
    if (!withHousehold) return
    const household = this.table.columns.household[row]
    if (household !== 0) this.householdIsWanted[household] = 1
  }

  private wantPerson(person: number): void {
    const rows = this.names.rowsOfPerson(person)
    for (let k = 0; k < rows.length; k++) this.rowIsWanted[rows[k]] = 1
  }

  private writeRecords(): number {
    const { table, names, rowIsWanted, householdIsWanted } = this
    const { columns } = table
    const insertRecord = this.database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)')
    const insertHousehold = this.database.prepare('INSERT OR IGNORE INTO household VALUES (?, ?, ?, ?, ?, ?)')
    const raw = new RawRows(table)
    const households = new HouseholdKeys()
    const members = new Uint32Array(table.households.size + 1)
    for (let row = 0; row < table.rows; row++) members[columns.household[row]]++
    let records = 0
    for (let g = 0; g < REGISTERS.length; g++)
      for (let row = table.starts[g]; row < table.starts[g + 1]; row++) {
        const household = columns.household[row]
        if (rowIsWanted[row] === 0 && householdIsWanted[household] === 0) continue
        raw.read(row)
        const area = table.areaText(columns.area[row])
        const block = blockText(area, columns.block[row])
        const isFirst = !households.has(household)
        const householdKey = households.keyOf(household, g, area, block, raw)
        insertRecord.run(
          names.key(row),
          REGISTERS[g],
          names.recordId(row),
          names.personId(names.personOf[row]),
          householdKey,
          area,
          block,
          raw.view(),
          raw.fingerprint,
        )
        if (isFirst && household !== 0)
          insertHousehold.run(householdKey, REGISTERS[g], area, block, raw.householdNo(), members[household])
        records++
      }
    return records
  }
}

function blockText(area: string, block: number): string {
  return block === 0 ? '' : area + String(block - 1).padStart(3, '0')
}

/** `census:513027001002003/00012`: register, place, household number as written. */
class HouseholdKeys {
  private readonly keys = new Map<number, string>()

  has(household: number): boolean {
    return this.keys.has(household)
  }

  keyOf(household: number, register: number, area: string, block: string, raw: RawRows): string {
    if (household === 0) return ''
    let key = this.keys.get(household)
    if (key === undefined) {
      key = `${REGISTERS[register]}:${block === '' ? area : block}/${raw.householdNo()}`
      this.keys.set(household, key)
    }
    return key
  }
}
