/**
 * What lists and reports read of a finished run: findings with their records, households and people, from run.sqlite.
 *
 * In:  a run directory. Out: plain values (rows as the clerk wrote them); nothing is written.
 * The only file of src/report/lists and src/report/page that knows SQL of run.sqlite.
 */
import type Database from 'better-sqlite3'
import { FindingContents } from '../../store/finding-contents.ts'
import { FindingPrints } from '../../store/finding-prints.ts'
import { openRun } from '../../store/open-run.ts'
import { type RecordRow, recordOf, type RunRecord } from '../../store/run-record.ts'
import { SourceColumns } from '../../store/source-columns.ts'
import { readTownshipNames } from '../../store/township-names.ts'
import { refuseLaterRun } from '../run-directory/read-manifest.ts'

export interface RunFinding {
  readonly findingId: string
  readonly code: string
  readonly severity: string
  readonly lineage: string
  readonly certainty: string
  readonly personId: string
  readonly areaCode: string
  readonly detail: string
}

export interface FindingFilter {
  readonly townships?: readonly string[]
  readonly codes?: readonly string[]
  readonly severities?: readonly string[]
}

interface FindingRow {
  readonly finding_id: string
  readonly code: string
  readonly severity: string
  readonly lineage: string
  readonly certainty: string
  readonly person_id: string
  readonly area_code: string
  readonly detail: string
}

export class RunSource {
  readonly directory: string
  readonly #database: Database.Database
  readonly #columns: SourceColumns
  readonly #recordsOfFinding: Database.Statement<[string], RecordRow>
  readonly #keysOfFinding: Database.Statement<[string], { record_key: string }>
  readonly #recordsOfPerson: Database.Statement<[string], RecordRow>
  readonly #censusBlocks: Database.Statement<[string], { readonly block: string; readonly area: string }>
  readonly #finding: Database.Statement<[string], FindingRow>
  readonly #prints: FindingPrints
  readonly #contents: FindingContents
  readonly #townships: Database.Statement<[], { readonly township: string }>

  constructor(directory: string) {
    this.directory = directory
    refuseLaterRun(directory)
    const database = openRun(directory)
    this.#database = database
    this.#columns = new SourceColumns(database)
    const columns = 'r.record_key, r.register, r.person_id, r.household_key, r.area_code, r.block, r.raw'
    this.#prints = new FindingPrints(database)
    this.#contents = new FindingContents(database)
    this.#townships = database.prepare(
      'SELECT DISTINCT substr(area_code, 1, 9) AS township FROM finding WHERE length(area_code) >= 9 ORDER BY 1',
    )
    this.#recordsOfFinding = database.prepare(
      `SELECT ${columns} FROM finding_record f JOIN record r USING (record_key) WHERE f.finding_id = ? ORDER BY f.position`,
    )
    this.#keysOfFinding = database.prepare(
      'SELECT record_key FROM finding_record WHERE finding_id = ? ORDER BY position',
    )
    this.#recordsOfPerson = database.prepare(
      `SELECT ${columns} FROM record r WHERE r.person_id = ? ORDER BY r.record_key`,
    )
    this.#censusBlocks = database.prepare(
      `SELECT r.block, r.area_code AS area FROM record m JOIN record r USING (person_id)
       WHERE m.household_key = ? AND r.register = 'census'`,
    )
    this.#finding = database.prepare('SELECT * FROM finding WHERE finding_id = ?')
  }

  close(): void {
    this.#database.close()
  }

  /** Settings and counts the run left; '' where it left none. */
  setting(key: string): string {
    const row = this.#database.prepare<[string], { value: string }>('SELECT value FROM run WHERE key = ?').get(key)
    if (row !== undefined) return row.value
    const whole = this.#database.prepare<[], { value: string }>("SELECT value FROM run WHERE key = 'settings'").get()
    const settings: unknown = whole === undefined ? {} : JSON.parse(whole.value)
    const value = (settings as Record<string, unknown>)[key]
    return typeof value === 'string' ? value : ''
  }

  /** In the order of townships, then of the finding's own id: values decide, not the order of rows. */
  *findings(filter: FindingFilter = {}): Generator<RunFinding> {
    const townships = filter.townships ?? []
    // A county beside one of its townships is the county: nothing comes twice.
    const asked = [...new Set(townships)].sort().filter((t, k, all) => !all.slice(0, k).some((u) => t.startsWith(u)))
    const ranges = townships.length === 0 ? [['', '~']] : asked.map((t) => [t, `${t}~`])
    const statement = this.#database.prepare<[string, string], FindingRow>(
      'SELECT * FROM finding WHERE area_code >= ? AND area_code < ? ORDER BY substr(area_code, 1, 9), finding_id',
    )
    for (const [from, to] of ranges)
      for (const row of statement.all(from, to)) {
        if (filter.codes !== undefined && filter.codes.length > 0 && !filter.codes.includes(row.code)) continue
        if (
          filter.severities !== undefined &&
          filter.severities.length > 0 &&
          !filter.severities.includes(row.severity)
        )
          continue
        yield findingOf(row)
      }
  }

  finding(findingId: string): RunFinding | undefined {
    const row = this.#finding.get(findingId)
    return row === undefined ? undefined : findingOf(row)
  }

  /** Townships (nine digits) in which a finding lies. */
  townships(): string[] {
    return this.#townships.all().map((row) => row.township)
  }

  /** Nine-digit code → name, where the addresses of its rows give one. */
  townshipNames(): ReadonlyMap<string, string> {
    return readTownshipNames(this.#database, this.#columns)
  }

  /** Changes when what the finding says or a row it names has changed. */
  findingPrint(findingId: string): string {
    return this.#prints.of(findingId)
  }

  /** What it says and what stands in its rows, without record ids; '' where that could be another's. */
  findingContent(findingId: string): string {
    return this.#contents.of(findingId)
  }

  findingsByContent(): ReadonlyMap<string, string> {
    return this.#contents.idsByContent()
  }

  /** Every record the finding names, in its order. */
  recordsOfFinding(findingId: string): RunRecord[] {
    return this.#recordsOfFinding.all(findingId).map((row) => wholeRecordOf(row, this.#columns))
  }

  recordKeysOfFinding(findingId: string): string[] {
    return this.#keysOfFinding.all(findingId).map((row) => row.record_key)
  }

  recordsOfPerson(personId: string): RunRecord[] {
    return this.#recordsOfPerson.all(personId).map((row) => wholeRecordOf(row, this.#columns))
  }

  /** 普查小区 of every census row of every person of a household: where its members were counted. In no order. */
  censusBlocksOfHousehold(householdKey: string): readonly string[] {
    return householdKey === ''
      ? []
      : this.#censusBlocks.all(householdKey).map(({ block, area }) => wholeBlock(block, area))
  }

  /** The terms of the findings on each record, information aside; each term once. */
  codesByRecord(termOf: (code: string) => string): Map<string, string[]> {
    const terms = new Map<string, string[]>()
    const rows = this.#database
      .prepare<[], { record_key: string; code: string }>(
        `SELECT DISTINCT r.record_key, f.code FROM finding_record r JOIN finding f USING (finding_id)
         WHERE f.severity <> 'S0' ORDER BY r.record_key, f.code`,
      )
      .all()
    for (const { record_key: key, code } of rows) {
      const term = termOf(code)
      const own = terms.get(key)
      if (own === undefined) terms.set(key, [term])
      else if (!own.includes(term)) own.push(term)
    }
    return terms
  }

  /** Findings by 普查小区, busiest first; information aside. */
  blockCounts(): { block: string; findings: number }[] {
    return this.#database
      .prepare<[], { block: string; findings: number }>(
        `SELECT r.block AS block, count(DISTINCT f.finding_id) AS findings
         FROM finding f JOIN finding_record n USING (finding_id) JOIN record r USING (record_key)
         WHERE f.severity <> 'S0' AND length(r.block) = 15 GROUP BY 1 ORDER BY 2 DESC, 1`,
      )
      .all()
  }
}

function findingOf(row: FindingRow): RunFinding {
  return {
    findingId: row.finding_id,
    code: row.code,
    severity: row.severity,
    lineage: row.lineage,
    certainty: row.certainty,
    personId: row.person_id,
    areaCode: row.area_code,
    detail: row.detail,
  }
}

/** With the block in all its digits. */
function wholeRecordOf(row: RecordRow, columns: SourceColumns): RunRecord {
  return { ...recordOf(row, columns), block: wholeBlock(row.block, row.area_code) }
}

/** Some registers know the block as three digits within the village. */
function wholeBlock(block: string, area: string): string {
  return block.length === 3 ? area + block : block
}
