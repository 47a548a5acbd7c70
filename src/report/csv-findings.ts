/**
 * findings.csv, and the ids of findings: `F` and 13 characters made from the code and the records it falls on.
 *
 * In: findings as a list that can be walked (src/findings), record table, person ids. Out: the file, in the order of the
 * list. A second finding with one code on the same records gets `-2` behind its id. What each code means is left to
 * src/findings; here every finding is eight cells.
 */
import type { RecordTable } from '../records/record-table.ts'
import { asksQuotesByte, type CsvFile, writeCsv } from './csv-bytes.ts'
import { hashIdText, mix, RecordIds } from './csv-record-ids.ts'
import { type PersonIds, writePersonId } from './person-ids.ts'

export const FINDING_COLUMNS = [
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

/** A finding as the report needs it. */
export interface ReportFinding {
  readonly code: string
  readonly severity: string
  readonly lineage: string
  readonly certainty: string
  readonly person: number
  readonly rows: ArrayLike<number>
  readonly areaCode: string
  readonly detail: string
}

/** Anything that can be walked in an order that values decide. */
export interface ReportFindings {
  readonly count: number
  forEach(visit: (finding: ReportFinding) => void): void
}

const ROOM_FOR_KEY = 1 << 17

/**
 * Makes finding ids; one maker a walk, so that repeated ids are seen. The walk may leave out codes, all of a code's
 * findings or none: an id repeats within its code only, unless two of 64 bits meet.
 */
export class FindingIds {
  private readonly ids: RecordIds
  private readonly codes = new Map<string, number>()
  private readonly seen: PairSet
  private readonly repeats = new Map<string, number>()

  /** @param expected findings to come, about */
  constructor(ids: RecordIds, expected = 0) {
    this.ids = ids
    this.seen = new PairSet(expected)
  }

  next(code: string, rows: ArrayLike<number>): string {
    const { ids } = this
    let h = this.codes.get(code)
    if (h === undefined) {
      h = hashWord(code)
      this.codes.set(code, h)
    }
    // A sum of the records' hashes does not depend on their order.
    let high = h
    let low = mix(h)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]
      ids.hashKey(row, ids.table.registerOf(row))
      high = (high + mix(ids.high)) | 0
      low = (low + mix(ids.low ^ 0x51ed270b)) | 0
    }
    high = mix(high ^ Math.imul(low, 0x9e3779b1)) >>> 0
    low = mix(low + Math.imul(high, 0x85ebca6b)) >>> 0
    const id = hashIdText('F', high, low)
    if (this.seen.add(high, low)) return id
    const repeat = (this.repeats.get(id) ?? 1) + 1
    this.repeats.set(id, repeat)
    return `${id}-${repeat}`
  }
}

export function writeFindingsCsv(
  path: string,
  table: RecordTable,
  findings: ReportFindings,
  personIds: PersonIds,
): number {
  const ids = new RecordIds(table)
  const findingIds = new FindingIds(ids, findings.count)
  return writeCsv(path, FINDING_COLUMNS, (file) => {
    findings.forEach((finding) => {
      const id = findingIds.next(finding.code, finding.rows)
      file.room()
      file.letters(id)
      file.comma()
      file.ascii(finding.code)
      file.comma()
      file.ascii(finding.severity)
      file.comma()
      file.ascii(finding.lineage)
      file.comma()
      file.ascii(finding.certainty)
      file.comma()
      file.at = writePersonId(personIds, finding.person, file.buffer, file.at)
      file.comma()
      writeRecordKeys(file, ids, finding.rows)
      file.comma()
      file.ascii(finding.areaCode)
      file.comma()
      file.cell(finding.detail)
      file.endLine()
    })
  })
}

/** `register:record_id;register:record_id` as one cell. */
function writeRecordKeys(file: CsvFile, ids: RecordIds, rows: ArrayLike<number>): void {
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

function hashWord(word: string): number {
  let h = 0x811c9dc5
  for (let k = 0; k < word.length; k++) h = Math.imul(h ^ word.charCodeAt(k), 0x01000193)
  return mix(h)
}

/** A set of 64-bit numbers. */
class PairSet {
  private high: Int32Array
  private low: Int32Array
  private used: Uint8Array
  private size = 0

  constructor(expected: number) {
    let places = 1 << 16
    while (places < expected * 2) places *= 2
    this.high = new Int32Array(places)
    this.low = new Int32Array(places)
    this.used = new Uint8Array(places)
  }

  /** True if the pair was not there. */
  add(high: number, low: number): boolean {
    if (this.size * 2 >= this.used.length) this.grow()
    return this.insert(high | 0, low | 0)
  }

  private insert(high: number, low: number): boolean {
    const mask = this.used.length - 1
    let i = mix(low ^ high) & mask
    while (this.used[i] === 1) {
      if (this.high[i] === high && this.low[i] === low) return false
      i = (i + 1) & mask
    }
    this.used[i] = 1
    this.high[i] = high
    this.low[i] = low
    this.size++
    return true
  }

  private grow(): void {
    const { high, low, used } = this
    this.high = new Int32Array(used.length * 4)
    this.low = new Int32Array(used.length * 4)
    this.used = new Uint8Array(used.length * 4)
    this.size = 0
    for (let i = 0; i < used.length; i++) if (used[i] === 1) this.insert(high[i], low[i])
  }
}
