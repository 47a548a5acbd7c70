/**
 * The names of the townships of a run, as its rows' addresses give them (src/normalise/township-name.ts).
 *
 * In:  an open run.sqlite. Out: nine-digit code → name; codes whose addresses do not agree on one are missing.
 * Reads a few dozen rows a township by the index of findings, never the whole table.
 */
import type Database from 'better-sqlite3'
import { nameTownships } from '../normalise/township-name.ts'
import { SourceColumns } from './source-columns.ts'

/** Rows looked at of each township. */
const SAMPLE = 60

export function readTownshipNames(
  database: Database.Database,
  columns = new SourceColumns(database),
): ReadonlyMap<string, string> {
  const following = database
    .prepare('SELECT substr(min(area_code), 1, 9) FROM finding WHERE area_code > ?')
    .pluck() as Database.Statement<[string], string | null>
  // Police and census rows lie where their address does; certificates name the homes of others.
  const rows = database
    .prepare(
      `SELECT r.raw FROM finding f CROSS JOIN finding_record USING (finding_id) CROSS JOIN record r USING (record_key)
       WHERE f.area_code >= ? AND f.area_code < ? AND substr(r.area_code, 1, 9) = ?
         AND r.register IN ('police', 'census')
       ORDER BY f.area_code, f.code, f.finding_id LIMIT ${SAMPLE}`,
    )
    .pluck() as Database.Statement<[string, string, string], string>
  const addresses = new Map<string, readonly string[]>()
  for (let last = ''; ; ) {
    const code = following.get(last)
    if (typeof code !== 'string') break
    // What is known only by its county stands before the townships of the county.
    last = code.length < 9 ? code : `${code}~`
    if (code.length < 9) continue
    const own = rows.all(code, `${code}~`, code).map((raw) => columns.open(raw).address ?? '')
    addresses.set(code, own)
  }
  return nameTownships(addresses)
}
