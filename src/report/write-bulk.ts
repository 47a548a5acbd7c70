/**
 * The files whose size is the county's: people.csv, links.csv, records.arrow, links.arrow. Each is one task of a worker.
 *
 * In: a message with handles of shared memory and plain arrays. Out: the file, and its size in bytes.
 */
import type { Links, People } from '../linking/people.ts'
import { RecordTable, type RecordTableHandle } from '../records/record-table.ts'
import { writeLinksArrow, writeRecordsArrow } from './arrow.ts'
import { writeLinksCsv } from './csv-links.ts'
import { writePeopleCsv } from './csv-people.ts'
import type { PersonIds } from './person-ids.ts'

/** In the order in which they are begun: the longest first. */
export const BULK_FILES = ['links.csv', 'people.csv', 'records.arrow', 'links.arrow'] as const
export type BulkFile = (typeof BULK_FILES)[number]

export interface BulkMessage {
  readonly file: BulkFile
  readonly path: string
  readonly handle: RecordTableHandle
  readonly people: People
  readonly links: Links
  readonly personIds: PersonIds
}

export function writeBulk(message: BulkMessage): number | Promise<number> {
  const { file, path, people, links, personIds } = message
  const table = new RecordTable(message.handle)
  switch (file) {
    case 'links.csv':
      return writeLinksCsv(path, table, links)
    case 'people.csv':
      return writePeopleCsv(path, table, people, personIds)
    case 'records.arrow':
      return writeRecordsArrow(path, table, people)
    case 'links.arrow':
      return writeLinksArrow(path, links)
  }
}
