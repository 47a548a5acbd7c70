/**
 * The names of the townships and villages of a run, as its rows' addresses give them (src/normalise/township-name.ts,
 * village-name.ts).
 *
 * In:  an open run.sqlite. Out: nine- or twelve-digit code → name; codes whose addresses do not agree on one are missing.
 * Reads a few dozen rows of each by the indices of findings and pairs, never the whole table.
 */
import type Database from 'better-sqlite3'
import { nameTownships } from '../normalise/township-name.ts'
import { nameVillages } from '../normalise/village-name.ts'
import { SourceColumns } from './source-columns.ts'

/** Rows looked at of each. */
const SAMPLE = 60

/** Nine-digit code → name of the township. */
export function readTownshipNames(
  database: Database.Database,
  columns = new SourceColumns(database),
): ReadonlyMap<string, string> {
  return nameTownships(addressesByCode(database, columns, 9))
}

/** @param township its nine digits: a county has thousands of villages, a screen shows one township at a time */
export function readVillageNames(
  database: Database.Database,
  township: string,
  columns = new SourceColumns(database),
): ReadonlyMap<string, string> {
  return nameVillages(addressesByCode(database, columns, 12, township))
}

function addressesByCode(
  database: Database.Database,
  columns: SourceColumns,
  digits: 9 | 12,
  within = '',
): ReadonlyMap<string, readonly string[]> {
  const following = database
    .prepare(
      `SELECT substr(min(area), 1, ${digits}) FROM (SELECT min(area_code) AS area FROM finding WHERE area_code > @last
         UNION ALL SELECT min(area_code) FROM review_pair WHERE area_code > @last)`,
    )
    .pluck() as Database.Statement<[{ last: string }], string | null>
  // Police and census rows lie where their address does; certificates name the homes of others.
  const rowsOf = (keys: string) =>
    database
      .prepare(
        `SELECT r.raw FROM (${keys}) CROSS JOIN record r USING (record_key)
         WHERE substr(r.area_code, 1, ${digits}) = @code AND r.register IN ('police', 'census') LIMIT ${SAMPLE}`,
      )
      .pluck() as Database.Statement<[{ code: string }], string>
  // In the order of the index: a township's findings are not sorted for sixty of them.
  const ofFindings = rowsOf(
    `SELECT record_key FROM (SELECT finding_id FROM finding WHERE area_code >= @code AND area_code < @code || '~'
       ORDER BY area_code, code LIMIT ${4 * SAMPLE}) CROSS JOIN finding_record USING (finding_id)`,
  )
  const ofPairs = rowsOf(
    `SELECT left_key AS record_key FROM review_pair WHERE area_code >= @code AND area_code < @code || '~'
       ORDER BY area_code LIMIT ${4 * SAMPLE}`,
  )
  const addresses = new Map<string, readonly string[]>()
  for (let last = within; ; ) {
    const code = following.get({ last })
    if (typeof code !== 'string' || !code.startsWith(within)) break
    // What is known only by its county stands before the townships of the county, and so on down.
    last = code.length < digits ? code : `${code}~`
    if (code.length < digits) continue
    const rows = ofFindings.all({ code })
    if (rows.length < SAMPLE) rows.push(...ofPairs.all({ code }))
    addresses.set(
      code,
      rows.map((raw) => columns.open(raw).address ?? ''),
    )
  }
  return addresses
}
