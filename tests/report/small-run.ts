/**
 * A small run for the output tests: registers read for real, people and links as the test says, a few findings.
 * All people are invented.
 */
import { parse } from 'csv-parse/sync'
import { DECISION, peopleFromGroups } from '../../src/linking/people.ts'
import type { Explanation } from '../../src/matching/explanation.ts'
import type { RecordTable } from '../../src/records/record-table.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import type { StoredFinding } from '../../src/store/finding-tables.ts'
import { RecordIds } from '../../src/ids/record-ids.ts'
import type { RunResult } from '../../src/report/outputs.ts'
import { completeSettings } from '../../src/settings.ts'
import { ingest, type TestFile } from '../ingest/small-registers.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface SmallFinding {
  readonly code: string
  readonly records: readonly string[]
  readonly severity?: string
  readonly detail?: string
}

export interface SmallRun {
  readonly files: readonly TestFile[]
  /** Groups of record keys that are one person; all others stand alone. */
  readonly people?: readonly (readonly string[])[]
  readonly links?: readonly {
    readonly pair: readonly [string, string]
    readonly weight?: number
    readonly review?: boolean
  }[]
  readonly findings?: readonly SmallFinding[]
}

export const POLICE_HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code'
export const CENSUS_HEADER = 'record_id,block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place'

export function policeFile(rows: readonly string[], encoding: 'utf-8' = 'utf-8'): TestFile {
  return { register: 'police', content: `${[POLICE_HEADER, ...rows].join('\n')}\n`, name: `police-${encoding}.csv` }
}

export function censusFile(rows: readonly string[]): TestFile {
  return { register: 'census', content: `${[CENSUS_HEADER, ...rows].join('\n')}\n`, name: 'census.csv' }
}

export function policeRow(
  id: string,
  birth = '1999-01-01',
  household = '001',
  name = '彭某',
  area = '513027001002',
): string {
  return `${id},,${name},1,${birth},${household},${area}`
}

export function censusRow(id: string, birth = '199901', household = '001', name = '彭某'): string {
  return `${id},513027001002003,${household},${name},,1,${birth},1,1`
}

export function freshFolder(): string {
  return temporaryFolder('bidui-report')
}

export function readCsv(content: string | Buffer): Record<string, string>[] {
  return parse(content, { columns: true })
}

export async function makeRun(small: SmallRun): Promise<RunResult> {
  const { table, quarantine, warnings } = await ingest(small.files)
  const ids = new RecordIds(table)
  const rowOf = rowsByKey(table, ids)
  const row = (key: string): number => {
    const found = rowOf.get(key)
    if (found === undefined) throw new Error(`no record ${key}`)
    return found
  }
  const parent = Int32Array.from({ length: table.rows }, (_, k) => k)
  for (const group of small.people ?? []) {
    const rows = group.map(row)
    const root = Math.min(...rows)
    for (const member of rows) parent[member] = root
  }
  const people = peopleFromGroups(parent, new Uint8Array(table.rows).fill(2))
  const lines = (small.links ?? [])
    .map(({ pair, weight = 12_345, review = false }) => {
      const [a, b] = pair.map(row)
      return { left: Math.min(a, b), right: Math.max(a, b), weight, decision: review ? DECISION.review : DECISION.link }
    })
    .sort((a, b) => a.left - b.left || a.right - b.right)
  const links = {
    count: lines.length,
    left: Int32Array.from(lines, (line) => line.left),
    right: Int32Array.from(lines, (line) => line.right),
    weight: Int32Array.from(lines, (line) => line.weight),
    decision: Uint8Array.from(lines, (line) => line.decision),
    layer: new Uint8Array(lines.length).fill(2),
  }
  const findings = (small.findings ?? [])
    .map(({ code, records, severity = 'S1', detail = '请入户核实。' }): StoredFinding => {
      const rows = records.map(row)
      const areaCode = table.areaText(table.columns.area[rows[0]])
      return {
        code,
        severity,
        lineage: 'cen',
        certainty: 'certain',
        person: people.personOf[rows[0]],
        rows,
        areaCode,
        detail,
      }
    })
    .sort((a, b) => a.person - b.person || (a.code < b.code ? -1 : 1))
  return {
    table,
    people,
    links,
    reasons: new Map(lines.flatMap((line, n) => (line.decision === DECISION.review ? [[n, 'ambiguous']] : []))),
    findings: {
      count: findings.length,
      forEach: (visit, from = 0, to = findings.length) => {
        for (let i = from; i < to; i++) visit(findings[i], i)
      },
    },
    findingsNotMade: [{ code: 'newborn-missing', why: 'no births register' }],
    nameOfCode: (code) => `名:${code}`,
    quarantine,
    warnings,
    balances: () => [{ name: 'rows', zh: '行数', left: table.rows, right: table.rows }],
    settings: completeSettings({ registers: { police: ['p.csv'] }, out: 'out' }, () => 2),
    explain: (left, right) => explanation(ids.key(left), ids.key(right)),
  }
}

export function explanation(left: string, right: string): Explanation {
  return {
    left,
    right,
    prior: -19_000,
    rows: [],
    total: -19_000,
    probability: 0.1,
    decision: 'review',
    layer: 'review',
    sentence: '权重不足，需人工核对。',
  }
}

function rowsByKey(table: RecordTable, ids: RecordIds): Map<string, number> {
  const rows = new Map<string, number>()
  for (let g = 0; g < REGISTERS.length; g++)
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++) rows.set(ids.key(row), row)
  return rows
}
