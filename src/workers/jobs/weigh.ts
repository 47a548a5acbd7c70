/** Weighs the kept pairs by slices. */
import { PAIR_WORDS } from '../../blocking/pair-buffer.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { CountyWeights } from '../../matching/weigh-county.ts'
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
  /** EXPECTS bits and standing of each row. */
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
  const frequencies = new NameFrequencies(message.frequencies, names)
  const weigher = new CountyWeights(model, frequencies, lines, message.expects, table.columns.ethnicity)
  for (;;) {
    const from = Atomics.add(claim, 0, 1) * PAIRS_PER_SLICE
    if (from >= pairCount) return
    weighSlice(pairs, from, Math.min(pairCount, from + PAIRS_PER_SLICE), weigher, weights)
  }
}

/** Weighs pairs [from, to) into `into`. A function of its own: it is compiled once, however many slices come. */
export function weighSlice(
  pairs: Int32Array,
  from: number,
  to: number,
  weights: CountyWeights,
  into: Int32Array,
): void {
  for (let i = from, at = from * PAIR_WORDS; i < to; i++, at += PAIR_WORDS)
    into[i] = weights.weigh(pairs[at], pairs[at + 1], pairs[at + 2])
}
