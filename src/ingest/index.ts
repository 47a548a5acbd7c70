/** Ingest: register files → RecordTable, quarantine, warnings; and rows back as they were written. */
export type { IngestResult } from './ingest.ts'
export type { QuarantinedRow } from './messages.ts'
export type { IngestInput, IngestOptions } from './options.ts'
export { ingestRegisters } from './ingest.ts'

export { rawCell, rawRow } from './raw.ts'
export { readWholeFile } from './whole-file.ts'
