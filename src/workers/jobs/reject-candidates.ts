/** Looks for the heaviest pair of each row that linking left alone, while the main thread looks for findings. */
import type { Links, People } from '../../linking/people.ts'
import { heaviestRejected, type RejectedCandidates } from '../../linking/results/rejected-candidates.ts'
import { RecordTable, type RecordTableHandle } from '../../records/record-table.ts'

export interface RejectedMessage {
  readonly handle: RecordTableHandle
  /** (left, right, pattern) words of the candidates, and their weights; shared memory. */
  readonly pairs: Int32Array
  readonly pairCount: number
  readonly pairWeights: Int32Array
  readonly people: People
  readonly links: Links
}

export function run({ handle, ...candidates }: RejectedMessage): RejectedCandidates {
  return heaviestRejected({ table: new RecordTable(handle), ...candidates })
}
