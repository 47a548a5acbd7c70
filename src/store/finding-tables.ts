/**
 * The tables `finding` and `finding_record` of run.sqlite with their indices, written as pages.
 *
 * In: findings one after another, laid into pages that wait in memory until the file is free. Out: the tables in the file.
 * What is too long for a page is named and left to SQLite.
 */
import type { RecordTable } from '../records/record-table.ts'
import { RecordIds } from '../ids/record-ids.ts'
import { type PersonIds, writePersonId } from '../ids/person-ids.ts'
import { ByteTexts } from './sqlite/byte-texts.ts'
import { writeTextIndex } from './sqlite/text-index.ts'
import { KEY_BYTES_MAX, KEY_ROOM, type RootPages } from './record-tables.ts'
import { PageDraft, PageFile } from './sqlite/pages.ts'
import { RowPayload } from './sqlite/row.ts'
import { IndexBuilder, TableBuilder } from './sqlite/table.ts'

/** A finding as report and store write it; rows of the record table, the main one first. */
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

/** A record of a finding whose key is too long for an index page. */
export interface LongFindingRecord {
  readonly findingId: string
  readonly position: number
  readonly row: number
}

const encoder = new TextEncoder()

export class FindingTables {
  /** Findings and records of findings that SQLite must put in. */
  readonly longFindings: { readonly id: string; readonly finding: StoredFinding }[] = []
  readonly longRecords: LongFindingRecord[] = []
  private readonly ids: RecordIds
  private readonly personIds: PersonIds
  private readonly roots: RootPages
  private readonly pages = new PageDraft()
  private readonly findingTable: TableBuilder
  private readonly recordTable: TableBuilder
  private readonly row = new RowPayload(8)
  private readonly person = new Uint8Array(14)
  private readonly words = new Map<string, Uint8Array>()
  /** The id of the finding at hand, idBytes[0, idLength). */
  private readonly idBytes = new Uint8Array(64)
  private idLength = 0
  private detail = new Uint8Array(1 << 12)
  private readonly findingIds = new ByteTexts()
  private readonly persons = new ByteTexts()
  /** Distinct (area, code): their bytes, and the one of each finding. */
  private readonly places = new Map<string, Map<string, number>>()
  private readonly placeTexts: (readonly [Uint8Array, Uint8Array])[] = []
  private readonly placeOf: number[] = []
  /** Keys of the records, those of one finding together; where each finding's begin, and at which place each stands. */
  private readonly keys = new ByteTexts()
  private readonly firstKey: number[] = []
  private readonly positions: number[] = []

  constructor(table: RecordTable, personIds: PersonIds, roots: RootPages) {
    this.ids = new RecordIds(table)
    this.personIds = personIds
    this.roots = roots
    this.findingTable = new TableBuilder(this.pages, roots.finding)
    this.recordTable = new TableBuilder(this.pages, roots.finding_record)
  }

  add(id: string, finding: StoredFinding): void {
    const { row, personIds, person, idBytes } = this
    this.idLength = encoder.encodeInto(id, idBytes).written
    const area = this.word(finding.areaCode)
    const code = this.word(finding.code)
    writePersonId(personIds, finding.person, person, 0)
    row.clear()
    row.text(idBytes, 0, this.idLength)
    row.text(code)
    row.text(this.word(finding.severity))
    row.text(this.word(finding.lineage))
    row.text(this.word(finding.certainty))
    row.text(person)
    row.text(area)
    if (this.detail.length < finding.detail.length * 3) this.detail = new Uint8Array(finding.detail.length * 6)
    row.text(this.detail, 0, encoder.encodeInto(finding.detail, this.detail).written)
    if (!this.findingTable.add(row)) {
      this.longFindings.push({ id, finding })
      return
    }
    this.findingIds.add(idBytes, this.idLength)
    this.persons.add(person)
    this.placeOf.push(this.place(finding.areaCode, area, finding.code, code))
    this.firstKey.push(this.keys.count)
    for (let k = 0; k < finding.rows.length; k++) this.addRecord(id, k, finding.rows[k])
  }

  private addRecord(findingId: string, position: number, row: number): void {
    const { ids, keys } = this
    const { length } = ids.bytes(row)
    if (length > KEY_BYTES_MAX) {
      this.longRecords.push({ findingId, position, row })
      return
    }
    const at = keys.reserve(KEY_ROOM + length)
    const key = keys.take(ids.writeKey(row, ids.table.registerOf(row), keys.heap, at))
    this.positions.push(position)
    const payload = this.row
    payload.clear()
    payload.text(this.idBytes, 0, this.idLength)
    payload.integer(position)
    payload.text(keys.heap, keys.at[key], keys.length[key])
    this.recordTable.add(payload)
  }

  /** After the last finding: what is left of the pages. The file may still be another thread's. */
  finish(): void {
    this.findingTable.finish()
    this.recordTable.finish()
    const idOrder = this.findingIds.order()
    writeTextIndex(this.pages, this.roots.sqlite_autoindex_finding_1, this.findingIds, idOrder)
    writeTextIndex(this.pages, this.roots.finding_by_person, this.persons)
    this.writeAreaIndex()
    this.writeRecordIndex(idOrder)
    writeTextIndex(this.pages, this.roots.finding_record_by_record, this.keys)
  }

  /** Puts the pages into the file. */
  write(path: string): void {
    const file = new PageFile(path)
    try {
      this.pages.moveTo(file)
      file.close()
    } catch (error) {
      file.abandon()
      throw error
    }
  }

  private word(text: string): Uint8Array {
    let bytes = this.words.get(text)
    if (bytes === undefined) {
      bytes = encoder.encode(text)
      this.words.set(text, bytes)
    }
    return bytes
  }

  private place(areaText: string, area: Uint8Array, codeText: string, code: Uint8Array): number {
    let ofArea = this.places.get(areaText)
    if (ofArea === undefined) this.places.set(areaText, (ofArea = new Map()))
    let place = ofArea.get(codeText)
    if (place === undefined) {
      place = this.placeTexts.length
      this.placeTexts.push([area, code])
      ofArea.set(codeText, place)
    }
    return place
  }

  /** Places are few, digits and ASCII words: their order by text, then findings by place, ties in row order. */
  private writeAreaIndex(): void {
    const { findingIds, placeOf } = this
    const order = inTextOrder(this.places).flatMap((ofArea) => inTextOrder(ofArea))
    const byPlace: number[][] = order.map(() => [])
    const rank = new Map(order.map((place, k) => [place, k]))
    placeOf.forEach((place, finding) => byPlace[rank.get(place) ?? 0].push(finding))
    const index = new IndexBuilder(this.pages, this.roots.finding_by_area, findingIds.count)
    const entry = new RowPayload(3)
    byPlace.forEach((findings, k) => {
      const [area, code] = this.placeTexts[order[k]]
      for (const finding of findings) {
        entry.clear()
        entry.text(area)
        entry.text(code)
        entry.integer(finding + 1)
        index.add(entry)
      }
    })
    index.finish()
  }

  private writeRecordIndex(idOrder: Int32Array): void {
    const { findingIds, keys, firstKey, positions } = this
    const index = new IndexBuilder(this.pages, this.roots.sqlite_autoindex_finding_record_1, keys.count)
    const entry = new RowPayload(3)
    firstKey.push(keys.count)
    for (const f of idOrder)
      for (let record = firstKey[f]; record < firstKey[f + 1]; record++) {
        entry.clear()
        entry.text(findingIds.heap, findingIds.at[f], findingIds.length[f])
        entry.integer(positions[record])
        entry.integer(record + 1)
        index.add(entry)
      }
    index.finish()
  }
}

/** Values in the order of their keys, which are ASCII. */
function inTextOrder<V>(map: ReadonlyMap<string, V>): V[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}
