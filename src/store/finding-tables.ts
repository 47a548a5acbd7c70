/**
 * The tables `finding` and `finding_record` of run.sqlite with their indices, written as pages.
 *
 * In: findings one after another, kept as finished rows (bytes) until the file is free. Out: the tables in the file.
 * What is too long for a page is named and left to SQLite.
 */
import type { RecordTable } from '../records/record-table.ts'
import { RecordIds } from '../report/csv-record-ids.ts'
import { type PersonIds, writePersonId } from '../report/person-ids.ts'
import { ByteTexts } from './byte-texts.ts'
import { KEY_BYTES_MAX, type RootPages } from './record-tables.ts'
import { PageFile, TABLE_PAYLOAD_MAX } from './sqlite-pages.ts'
import { type Payload, RowPayload } from './sqlite-row.ts'
import { IndexBuilder, TableBuilder } from './sqlite-table.ts'

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
const CHUNK_BYTES = 1 << 20

export class FindingTables {
  /** Findings and records of findings that SQLite must put in, after write(). */
  readonly longFindings: { readonly id: string; readonly finding: StoredFinding }[] = []
  readonly longRecords: LongFindingRecord[] = []
  private readonly ids: RecordIds
  private readonly personIds: PersonIds
  private readonly row = new RowPayload(8)
  private readonly person = new Uint8Array(14)
  private readonly words = new Map<string, Uint8Array>()
  private detail = new Uint8Array(1 << 12)
  /** Finished rows. */
  private readonly chunks: Uint8Array[] = []
  private chunkUsed = CHUNK_BYTES
  private readonly payloads: { readonly chunk: number[]; readonly at: number[]; readonly length: number[] } = {
    chunk: [],
    at: [],
    length: [],
  }
  private readonly findingIds = new ByteTexts()
  private readonly persons = new ByteTexts()
  /** Distinct (area, code): their bytes, and the one of each finding. */
  private readonly places = new Map<string, Map<string, number>>()
  private readonly placeTexts: (readonly [Uint8Array, Uint8Array])[] = []
  private readonly placeOf: number[] = []
  /** finding number, position, row. */
  private readonly records: { readonly finding: number[]; readonly position: number[]; readonly row: number[] } = {
    finding: [],
    position: [],
    row: [],
  }

  constructor(table: RecordTable, personIds: PersonIds) {
    this.ids = new RecordIds(table)
    this.personIds = personIds
  }

  add(id: string, finding: StoredFinding): void {
    const { row, personIds, person } = this
    const idBytes = encoder.encode(id)
    const area = this.word(finding.areaCode)
    const code = this.word(finding.code)
    writePersonId(personIds, finding.person, person, 0)
    row.clear()
    row.text(idBytes)
    row.text(code)
    row.text(this.word(finding.severity))
    row.text(this.word(finding.lineage))
    row.text(this.word(finding.certainty))
    row.text(person)
    row.text(area)
    if (this.detail.length < finding.detail.length * 3) this.detail = new Uint8Array(finding.detail.length * 6)
    row.text(this.detail, 0, encoder.encodeInto(finding.detail, this.detail).written)
    if (row.length > TABLE_PAYLOAD_MAX) {
      this.longFindings.push({ id, finding })
      return
    }
    this.keep(row)
    const number = this.findingIds.add(idBytes)
    this.persons.add(person)
    this.placeOf.push(this.place(finding.areaCode, area, finding.code, code))
    for (let k = 0; k < finding.rows.length; k++) {
      this.records.finding.push(number)
      this.records.position.push(k)
      this.records.row.push(finding.rows[k])
    }
  }

  write(path: string, roots: RootPages): void {
    const file = new PageFile(path)
    try {
      this.writeFindings(file, roots)
      this.writeRecords(file, roots)
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

  private keep(row: RowPayload): void {
    if (this.chunkUsed + row.length > CHUNK_BYTES) {
      this.chunks.push(new Uint8Array(CHUNK_BYTES))
      this.chunkUsed = 0
    }
    row.write(this.chunks[this.chunks.length - 1], this.chunkUsed)
    this.payloads.chunk.push(this.chunks.length - 1)
    this.payloads.at.push(this.chunkUsed)
    this.payloads.length.push(row.length)
    this.chunkUsed += row.length
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

  private writeFindings(file: PageFile, roots: RootPages): void {
    const { payloads, findingIds, persons, placeOf } = this
    const table = new TableBuilder(file, roots.finding)
    const kept = new KeptPayload()
    for (let k = 0; k < findingIds.count; k++) {
      kept.open(this.chunks[payloads.chunk[k]], payloads.at[k], payloads.length[k])
      table.add(kept)
    }
    table.finish()
    this.writeTextIndex(file, roots.sqlite_autoindex_finding_1, findingIds)
    this.writeTextIndex(file, roots.finding_by_person, persons)
    // Places are few, digits and ASCII words: their order by text, then findings by place, ties in row order.
    const order = inTextOrder(this.places).flatMap((ofArea) => inTextOrder(ofArea))
    const byPlace: number[][] = order.map(() => [])
    const rank = new Map(order.map((place, k) => [place, k]))
    placeOf.forEach((place, finding) => byPlace[rank.get(place) ?? 0].push(finding))
    const index = new IndexBuilder(file, roots.finding_by_area, findingIds.count)
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

  private writeRecords(file: PageFile, roots: RootPages): void {
    const { records, findingIds, ids } = this
    const keys = new ByteTexts()
    const row = new RowPayload(3)
    const table = new TableBuilder(file, roots.finding_record)
    // Rowids of each finding's records: they stand together.
    const firstRow = new Int32Array(findingIds.count + 1)
    const positions: number[] = []
    let finding = 0
    for (let k = 0; k < records.row.length; k++) {
      const bytes = ids.bytes(records.row[k])
      while (finding <= records.finding[k]) firstRow[finding++] = keys.count
      const f = records.finding[k]
      if (bytes.length > KEY_BYTES_MAX) {
        const findingId = new TextDecoder().decode(
          findingIds.heap.subarray(findingIds.at[f], findingIds.at[f] + findingIds.length[f]),
        )
        this.longRecords.push({ findingId, position: records.position[k], row: records.row[k] })
        continue
      }
      const at = keys.reserve(32 + bytes.length)
      const end = ids.writeKey(records.row[k], ids.table.registerOf(records.row[k]), keys.heap, at)
      const key = keys.take(end)
      positions.push(records.position[k])
      row.clear()
      row.text(findingIds.heap, findingIds.at[f], findingIds.length[f])
      row.integer(records.position[k])
      row.text(keys.heap, keys.at[key], keys.length[key])
      table.add(row)
    }
    while (finding <= findingIds.count) firstRow[finding++] = keys.count
    table.finish()
    const index = new IndexBuilder(file, roots.sqlite_autoindex_finding_record_1, keys.count)
    for (const f of findingIds.order())
      for (let record = firstRow[f]; record < firstRow[f + 1]; record++) {
        row.clear()
        row.text(findingIds.heap, findingIds.at[f], findingIds.length[f])
        row.integer(positions[record])
        row.integer(record + 1)
        index.add(row)
      }
    index.finish()
    this.writeTextIndex(file, roots.finding_record_by_record, keys)
  }

  /** An index over one text column; text k is that of row k + 1. */
  private writeTextIndex(file: PageFile, root: number, texts: ByteTexts): void {
    const index = new IndexBuilder(file, root, texts.count)
    const entry = new RowPayload(2)
    for (const text of texts.order()) {
      entry.clear()
      entry.text(texts.heap, texts.at[text], texts.length[text])
      entry.integer(text + 1)
      index.add(entry)
    }
    index.finish()
  }
}

/** Values in the order of their keys, which are ASCII. */
function inTextOrder<V>(map: ReadonlyMap<string, V>): V[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

/** A finished row kept as bytes. */
class KeptPayload implements Payload {
  length = 0
  private chunk = new Uint8Array()
  private at = 0

  open(chunk: Uint8Array, at: number, length: number): void {
    this.chunk = chunk as Uint8Array<ArrayBuffer>
    this.at = at
    this.length = length
  }

  write(into: Uint8Array, at: number): void {
    into.set(this.chunk.subarray(this.at, this.at + this.length), at)
  }
}
