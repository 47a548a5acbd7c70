/**
 * The files whose size is the county's: people.csv, links.csv and the Arrow files. Each is one task of a worker.
 *
 * In: a message with handles of shared memory and the arrays that this one file needs: what is not shared is copied on
 * the way to the worker. Out: the file, and its size in bytes.
 */
import type { Links, People } from '../linking/people.ts'
import { RecordTable, type RecordTableHandle } from '../records/record-table.ts'
import { writeLinksCsv } from './csv/links.ts'
import { writePeopleCsv } from './csv/people.ts'
import type { PersonIds } from '../ids/person-ids.ts'

export type BulkMessage = { readonly path: string } & (
  | { readonly file: 'links.csv'; readonly handle: RecordTableHandle; readonly links: Omit<Links, 'layer'> }
  | {
      readonly file: 'people.csv'
      readonly handle: RecordTableHandle
      readonly people: Pick<People, 'count' | 'rows' | 'rowStart'>
      readonly personIds: PersonIds
    }
  | { readonly file: 'records.arrow'; readonly handle: RecordTableHandle }
  | { readonly file: 'people.arrow'; readonly people: Pick<People, 'personOf' | 'attachment'> }
  | { readonly file: 'links.arrow'; readonly links: Links }
)

/** What needs the rows only, and can be written before they are linked. */
export function recordsMessage(fileIn: (name: string) => string, handle: RecordTableHandle): BulkMessage {
  return { file: 'records.arrow', path: fileIn('records.arrow'), handle }
}

/** What needs people and links: one message a file, the longest work first. */
export function bulkMessages(
  fileIn: (name: string) => string,
  handle: RecordTableHandle,
  people: People,
  links: Links,
  personIds: PersonIds,
): readonly BulkMessage[] {
  const { count, rows, rowStart, personOf, attachment } = people
  const { layer: _, ...csvLinks } = links
  return [
    { file: 'links.csv', path: fileIn('links.csv'), handle, links: csvLinks },
    { file: 'people.csv', path: fileIn('people.csv'), handle, people: { count, rows, rowStart }, personIds },
    { file: 'links.arrow', path: fileIn('links.arrow'), links },
    { file: 'people.arrow', path: fileIn('people.arrow'), people: { personOf, attachment } },
  ]
}

/**
 * Arrow's package is loaded by the thread that writes with it, not by every command.
 * @param afterBatch called when what a batch of an Arrow file was made of is garbage
 */
export async function writeBulk(message: BulkMessage, afterBatch?: () => void): Promise<number> {
  switch (message.file) {
    case 'links.csv':
      return writeLinksCsv(message.path, new RecordTable(message.handle), message.links)
    case 'people.csv':
      return writePeopleCsv(message.path, new RecordTable(message.handle), message.people, message.personIds)
    case 'records.arrow':
      return (await import('./arrow.ts')).writeRecordsArrow(message.path, new RecordTable(message.handle), afterBatch)
    case 'people.arrow':
      return (await import('./arrow.ts')).writePeopleArrow(message.path, message.people, afterBatch)
    case 'links.arrow':
      return (await import('./arrow.ts')).writeLinksArrow(message.path, message.links, afterBatch)
  }
}
