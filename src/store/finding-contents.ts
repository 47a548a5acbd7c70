/**
 * A finding by what it says and what stands in its rows, whatever their record ids: the same content in another run is the same
 * question about the same people, though the police system or a spreadsheet numbered its rows anew overnight.
 *
 * In:  an open run.sqlite. Out: 16 hex digits per finding, '' where the content could mean somebody else: a row without a twin is
 *      only known to be one where its whole household lies in the run (S1, S2) or its own ID number tells; certificates are known
 *      by their own number, which nobody gives anew.
 * Leaves to review/decisions/carried-findings.ts: which verdict goes where.
 */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { inHalfWidth, questionOf } from './finding-question.ts'
import { SourceColumns } from './source-columns.ts'

interface NamedRow {
  readonly finding_id: string
  readonly code: string
  readonly severity: string
  readonly detail: string
  readonly record_key: string | null
  readonly register: string | null
  readonly household_key: string | null
  readonly fingerprint: string | null
  readonly raw: string | null
}

const SELECT = `SELECT f.finding_id, f.code, f.severity, f.detail, r.record_key, r.register, r.household_key, r.fingerprint, r.raw
  FROM finding f LEFT JOIN finding_record n USING (finding_id) LEFT JOIN record r USING (record_key)`

const ID_NUMBER_LEAST = 15
const CERTIFICATES: ReadonlySet<string> = new Set(['births', 'deaths'])

export class FindingContents {
  private readonly database: Database.Database
  private readonly columns: SourceColumns
  private readonly one: Database.Statement<[string], NamedRow>
  private readonly twins: Database.Statement<[string, string], number>

  constructor(database: Database.Database) {
    this.database = database
    this.columns = new SourceColumns(database)
    this.one = database.prepare(`${SELECT} WHERE f.finding_id = ? ORDER BY n.position`)
    this.twins = database
      .prepare<[string, string], number>('SELECT count(*) FROM record WHERE household_key = ? AND fingerprint = ?')
      .pluck()
  }

  of(findingId: string): string {
    const rows = this.one.all(findingId)
    return this.contentsOf(rows, (household, print) => (this.twins.get(household, print) ?? 0) > 1)[0] ?? ''
  }

  /** Findings that people judge by their content; a content that two findings share is nobody's. */
  idsByContent(): ReadonlyMap<string, string> {
    const twins = new Set(
      this.database
        .prepare<[], string>(
          `SELECT household_key || char(9) || fingerprint FROM record WHERE household_key <> ''
           GROUP BY household_key, fingerprint HAVING count(*) > 1`,
        )
        .pluck()
        .all(),
    )
    const ids = new Map<string, string>()
    const shared = new Set<string>()
    let rows: NamedRow[] = []
    const take = () => {
      for (const content of this.contentsOf(rows, (household, print) => twins.has(`${household}\t${print}`)))
        if (ids.has(content)) shared.add(content)
        else ids.set(content, rows[0].finding_id)
    }
    const all = this.database.prepare<[], NamedRow>(
      `${SELECT} WHERE f.severity <> 'S0' ORDER BY f.finding_id, n.position`,
    )
    for (const row of all.iterate()) {
      if (rows.length > 0 && rows[0].finding_id !== row.finding_id) {
        take()
        rows = []
      }
      rows.push(row)
    }
    take()
    for (const content of shared) ids.delete(content)
    return ids
  }

  /** The content, and the one that files of earlier versions hold where it was another; none where it could mean somebody else. */
  private contentsOf(
    rows: readonly NamedRow[],
    hasTwin: (household: string, print: string) => boolean,
  ): readonly string[] {
    if (rows.length === 0) return []
    const names: string[] = []
    for (const { severity, record_key: key, register, household_key: household, fingerprint, raw } of rows) {
      if (key === null || register === null || fingerprint === null || raw === null) return []
      if (CERTIFICATES.has(register)) {
        names.push(`${key} ${fingerprint}`)
        continue
      }
      if (household === null || household === '' || hasTwin(household, fingerprint)) return []
      const isWhole = severity === 'S1' || severity === 'S2'
      if (!isWhole && (this.columns.open(raw)['id_number'] ?? '').length < ID_NUMBER_LEAST) return []
      names.push(`${register} ${fingerprint}`)
    }
    const { code, detail } = rows[0]
    // Rows lie by birth and record id: ids given anew may turn them round, and the places in the sentence with them.
    names.sort()
    const asWritten = digestOf(1, [code, inHalfWidth(detail), ...names])
    const registers = rows.map(({ register }) => register)
    const question = questionOf(detail)
    const content =
      new Set(registers).size === registers.length
        ? digestOf(1, [code, question, ...names])
        : digestOf(2, [code, Array.from(question).sort().join(''), ...names])
    return content === asWritten ? [content] : [content, asWritten]
  }
}

function digestOf(version: 1 | 2, lines: readonly string[]): string {
  return createHash('sha256')
    .update([`bidui-content-${version}`, ...lines].join('\n'))
    .digest('hex')
    .slice(0, 16)
}
