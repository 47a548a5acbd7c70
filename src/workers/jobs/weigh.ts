/** Weighs the kept pairs by slices. */
import type { CountyModel } from '../../matching/county-model.ts'
import { CountyWeights } from '../../matching/weigh-county.ts'
import { weighSlice } from '../../matching/weigh-pairs.ts'
import { type NameCounts, NameFrequencies } from '../../matching/weigh/name-frequencies.ts'
import type { WorkspaceHandle } from '../../matching/workspace.ts'
import { NameFeatures } from '../../records/name-features.ts'
import { RecordTable } from '../../records/record-table.ts'
import { openPiece } from '../../records/shared-memory.ts'

export interface WeighMessage {
  readonly workspace: WorkspaceHandle
  readonly pairCount: number
  readonly model: CountyModel
  readonly frequencies: NameCounts
  /** EXPECTS bits of each row. */
  readonly expects: Uint8Array
  /** One weight a pair: the result. */
  readonly weights: Int32Array
  /** Counter by which workers claim slices. */
  readonly claim: Int32Array
}

const PAIRS_PER_SLICE = 16_384

export function run(message: WeighMessage): void {
  const { workspace, pairCount, model, weights, claim } = message
  const table = new RecordTable(workspace.table)
  const names = new NameFeatures(table.memory, workspace.names, table.names)
  const lines = openPiece(table.memory, workspace.lines)
  const pairs = new Int32Array(workspace.pairs.pairs)
  const weigher = new CountyWeights(model, new NameFrequencies(message.frequencies, names), lines, message.expects)
  for (;;) {
    const from = Atomics.add(claim, 0, 1) * PAIRS_PER_SLICE
    if (from >= pairCount) return
    weighSlice(pairs, from, Math.min(pairCount, from + PAIRS_PER_SLICE), weigher, weights)
  }
}
