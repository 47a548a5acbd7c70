/** Writes a share of the lines of findings.csv. */
import { type FindingContextHandle, type FindingListHandle, openContext, openFindings } from '../../findings/index.ts'
import { writeFindingsCsv } from '../../report/csv/findings.ts'
import type { SlicedCsv } from '../../report/csv/slices.ts'
import { FindingIds, type FindingIdsHandle } from '../../ids/finding-ids.ts'
import type { PersonIds } from '../../ids/person-ids.ts'

export interface FindingsMessage {
  readonly csv: SlicedCsv
  readonly context: FindingContextHandle
  readonly findings: FindingListHandle
  readonly findingIds: FindingIdsHandle
  readonly personIds: PersonIds
}

export function run({ csv, context, findings, findingIds, personIds }: FindingsMessage): void {
  const opened = openContext(context)
  writeFindingsCsv(csv, opened.table, openFindings(opened, findings), FindingIds.open(findingIds), personIds)
}
