/** Writes findings.csv while the main thread puts into the database what is to be worked through. */
import { type FindingContextHandle, type FindingListHandle, openContext, openFindings } from '../../findings/index.ts'
import { writeFindingsCsv } from '../../report/csv-findings.ts'
import type { PersonIds } from '../../report/person-ids.ts'

export interface FindingsMessage {
  readonly path: string
  readonly context: FindingContextHandle
  readonly findings: FindingListHandle
  readonly personIds: PersonIds
}

/** Bytes written. */
export function run({ path, context, findings, personIds }: FindingsMessage): number {
  const opened = openContext(context)
  return writeFindingsCsv(path, opened.table, openFindings(opened, findings), personIds)
}
