/**
 * findings.csv.
 *
 * In: findings as a list that can be walked (src/findings), record table, ids of findings and persons. Out: the file, in
 * the order of the list, whoever of the workers wrote which lines. What each code means is left to src/findings; here
 * every finding is nine cells.
 */
import type { RecordTable } from '../../records/record-table.ts'
import type { StoredFinding } from '../../store/finding-tables.ts'
import { asksQuotesByte } from '../../ids/cell-bytes.ts'
import { type CsvLines } from './bytes.ts'
import { RecordIds } from '../../ids/record-ids.ts'
import { beginSlicedCsv, type SlicedCsv, writeSlices } from './slices.ts'
import type { FindingIds } from '../../ids/finding-ids.ts'
import { type PersonIds, writePersonId } from '../../ids/person-ids.ts'

const FINDING_COLUMNS = [
  'finding_id',
  'code',
  'severity',
  'lineage',
  'certainty',
  'person_id',
  'records',
  'area_code',
  'detail',
] as const

/** Anything that can be walked in an order that values decide. */
export interface ReportFindings {
  readonly count: number
  /** @param from first number visited, @param to the one after the last */
  forEach(visit: (finding: StoredFinding, i: number) => void, from?: number, to?: number): void
}

const ROOM_FOR_KEY = 1 << 17
/** Findings a worker takes at a time: about 150 KB of lines. */
const SLICE_FINDINGS = 1024

/** Creates the file; any number of workers then write it together with writeFindingsCsv. */
export function beginFindingsCsv(path: string, count: number): SlicedCsv {
  return beginSlicedCsv(path, FINDING_COLUMNS, Math.ceil(count / SLICE_FINDINGS))
}

/** Writes lines until none is left for this worker. */
export function writeFindingsCsv(
  csv: SlicedCsv,
  table: RecordTable,
  findings: ReportFindings,
  findingIds: FindingIds,
  personIds: PersonIds,
): void {
  const ids = new RecordIds(table)
  writeSlices(csv, (slice, out) => {
    const write = (finding: StoredFinding, i: number): void => {
      out.room()
      out.at = findingIds.write(i, out.buffer, out.at)
      out.comma()
      out.ascii(finding.code)
      out.comma()
      out.ascii(finding.severity)
      out.comma()
      out.ascii(finding.lineage)
      out.comma()
      out.ascii(finding.certainty)
      out.comma()
      out.at = writePersonId(personIds, finding.person, out.buffer, out.at)
      out.comma()
      writeRecordKeys(out, ids, finding.rows)
      out.comma()
      out.ascii(finding.areaCode)
      out.comma()
      out.cell(finding.detail)
      out.endLine()
    }
    const from = slice * SLICE_FINDINGS
    findings.forEach(write, from, Math.min(findings.count, from + SLICE_FINDINGS))
  })
}

/** `register:record_id;register:record_id` as one cell. */
function writeRecordKeys(file: CsvLines, ids: RecordIds, rows: ArrayLike<number>): void {
  const { buffer } = file
  let at = file.at
  let asksQuotes = false
  for (let k = 0; k < rows.length; k++) {
    if (at + ROOM_FOR_KEY > buffer.length) {
      asksQuotes = true
      break
    }
    if (k > 0) buffer[at++] = 59
    const from = at
    at = ids.writeKey(rows[k], ids.table.registerOf(rows[k]), buffer, at)
    for (let i = from; i < at && !asksQuotes; i++) asksQuotes = asksQuotesByte(buffer[i])
  }
  if (asksQuotes) file.cell(Array.from(rows, (row) => ids.key(row)).join(';'))
  else file.at = at
}
