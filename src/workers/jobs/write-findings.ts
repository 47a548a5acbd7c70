/** Writes findings.csv while the main thread puts into the database what is to be worked through. */
import { type FindingListHandle, openFindings } from '../../findings/index.ts'
import type { People } from '../../linking/people.ts'
import { NameFeatures, type NameFeaturePieces } from '../../records/name-features.ts'
import { RecordTable, type RecordTableHandle } from '../../records/record-table.ts'
import { writeFindingsCsv } from '../../report/csv-findings.ts'
import type { PersonIds } from '../../report/person-ids.ts'
import type { FindingSettings } from '../../settings.ts'

export interface FindingsMessage {
  readonly path: string
  readonly handle: RecordTableHandle
  readonly people: People
  readonly personIds: PersonIds
  readonly settings: FindingSettings
  readonly names: NameFeaturePieces
  readonly findings: FindingListHandle
}

/** Bytes written. */
export function run({ path, handle, people, personIds, settings, names, findings }: FindingsMessage): number {
  const table = new RecordTable(handle)
  const context = { table, people, settings, names: new NameFeatures(table.memory, names, table.names) }
  return writeFindingsCsv(path, table, openFindings(context, findings), personIds)
}
