/**
 * The fingerprint of a finding: what it says and the rows it names. Another one than when a person judged it means
 * 数据已变化: the finding has the same id, being the same fact on the same records, but the question is another.
 *
 * In:  an open run.sqlite. Out: 16 hex digits, or '' where the run has no such finding.
 */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { questionOf } from './finding-question.ts'

export class FindingPrints {
  private readonly detail: Database.Statement
  private readonly records: Database.Statement

  constructor(database: Database.Database) {
    this.detail = database.prepare('SELECT detail FROM finding WHERE finding_id = ?').pluck()
    this.records = database
      .prepare(
        `SELECT f.record_key || ' ' || coalesce(r.fingerprint, '') FROM finding_record f
         LEFT JOIN record r USING (record_key) WHERE f.finding_id = ? ORDER BY f.record_key`,
      )
      .pluck()
  }

  of(findingId: string): string {
    const detail = this.detail.get(findingId) as string | undefined
    if (detail === undefined) return ''
    const digest = createHash('sha256').update(`bidui-finding-1\n${questionOf(detail)}`)
    for (const record of this.records.all(findingId) as string[]) digest.update(`\n${record}`)
    return digest.digest('hex').slice(0, 16)
  }
}
