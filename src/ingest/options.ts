/** What is asked of the reading of registers: the files, and what is known of them beforehand. */
import type { RegisterName } from '../registers/columns.ts'
import type { WorkerPool } from '../workers/pool.ts'

export interface IngestInput {
  readonly register: RegisterName
  readonly path: string
}

export interface IngestOptions {
  readonly inputs: readonly IngestInput[]
  /** Loaded area: codes of 6, 4 or 2 digits; default: the counties of the census block codes. */
  readonly area?: readonly string[]
  /** Header → canonical column, by register. */
  readonly columnMap?: Partial<Record<RegisterName, Readonly<Record<string, string>>>>
  /** Forces the encoding of files without a byte-order mark. */
  readonly encoding?: string
  readonly pool: WorkerPool
  readonly onProgress?: (stage: string, done: number, total: number) => void
  /** Shared memory that later stages want, added to the budget. */
  readonly extraBytes?: (rows: number) => number
  /** Bytes that one worker reads at a time. */
  readonly chunkBytes?: number
}
