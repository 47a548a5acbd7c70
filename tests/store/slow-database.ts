/**
 * The plain judge of run.sqlite: the same tables filled row by row through SQLite, records looked up one by one.
 *
 * In: the result of a run. Out: every table as rows in key order, to be compared with what was written as pages.
 */
import Database from 'better-sqlite3'
import { rawRow } from '../../src/ingest/index.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { RecordIds } from '../../src/ids/record-ids.ts'
import type { StoredFinding } from '../../src/store/finding-tables.ts'
import { FindingIdMaker } from '../../src/ids/finding-ids.ts'
import type { RunResult } from '../../src/report/outputs.ts'
import { makePersonIds, personIdText } from '../../src/ids/person-ids.ts'
import { RUN_INDICES, RUN_SCHEMA } from '../../src/store/schema.ts'
import { packRow, sourceLines } from '../../src/store/source-columns.ts'

const NOT_STORED = new Set(['separated-pair', 'outbound-unverified', 'inbound-unverified'])

export function slowDatabase(run: RunResult): Database.Database {
  const { table, people } = run
  const { columns } = table
  const ids = new RecordIds(table)
  const personIds = makePersonIds(ids, people)
  const database = new Database(':memory:')
  database.exec(RUN_SCHEMA)
  database.exec(RUN_INDICES)
  const insert = (name: string, values: readonly (string | number)[]): void => {
    database.prepare(`INSERT INTO ${name} VALUES (${values.map(() => '?').join(',')})`).run(...values)
  }
  const householdKey = (row: number): string => {
    if (columns.household[row] === 0) return ''
    const number = (rawRow(table, row).household_no ?? '').trim()
    return `${REGISTERS[table.registerOf(row)]}:${block(row) || area(row)}/${number}`
  }
  const area = (row: number): string => table.areaText(columns.area[row])
  const block = (row: number): string =>
    columns.block[row] === 0 ? '' : area(row) + String(columns.block[row] - 1).padStart(3, '0')

  const rows = new Set<number>()
  const wantHousehold = (row: number): void => {
    for (let other = 0; other < table.rows; other++)
      if (columns.household[row] !== 0 && columns.household[other] === columns.household[row]) rows.add(other)
  }
  const wantPerson = (person: number): void => {
    for (let other = 0; other < table.rows; other++) if (people.personOf[other] === person) rows.add(other)
  }
  const findingIds = new FindingIdMaker(ids)
  run.findings.forEach((finding: StoredFinding) => {
    const id = findingIds.next(finding.code, finding.rows)
    if (NOT_STORED.has(finding.code)) return
    const { code, severity, lineage, certainty, person, areaCode, detail } = finding
    insert('finding', [id, code, severity, lineage, certainty, personIdText(personIds, person), areaCode, detail])
    Array.from(finding.rows).forEach((row, k) => {
      insert('finding_record', [id, k, ids.key(row)])
      rows.add(row)
      if (severity === 'S1' || severity === 'S2') wantHousehold(row)
    })
    wantPerson(person)
  })
  const households = new Set<string>()
  for (const row of [...rows].sort((a, b) => a - b)) {
    const household = householdKey(row)
    const register = REGISTERS[table.registerOf(row)]
    const raw = packRow(sourceLines(table.files)[columns.fileNo[row]], rawRow(table, row))
    const person = personIdText(personIds, people.personOf[row])
    insert('record', [ids.key(row), register, ids.text(row), person, household, area(row), block(row), raw, ''])
    if (household === '' || households.has(household)) continue
    households.add(household)
    const members = columns.household.filter((h) => h === columns.household[row]).length
    insert('household', [
      household,
      register,
      area(row),
      block(row),
      (rawRow(table, row).household_no ?? '').trim(),
      members,
    ])
  }
  return database
}

/** Tables as sorted rows; fingerprints are judged elsewhere. */
export function contentOf(database: Database.Database): Record<string, unknown[]> {
  const content: Record<string, unknown[]> = {}
  for (const [table, order] of [
    ['finding', 'finding_id'],
    ['finding_record', 'finding_id, position'],
    ['record', 'record_key'],
    ['household', 'household_key'],
  ]) {
    const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all() as Record<string, unknown>[]
    content[table] = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => column !== 'fingerprint')),
    )
  }
  return content
}
