/**
 * What matching needs in shared memory beside the RecordTable: packed lines, name features, keys, kept pairs.
 * The handle is all that a worker gets. Keys are needed until the last pair is proposed and no longer, kept pairs
 * until they are linked: both have buffers of their own, that are dropped with the handle.
 */
import { makePairBuffer, type PairBuffer } from '../blocking/pair-buffer.ts'
import type { BlockingRule } from '../blocking/rules.ts'
import { type NameFeaturePieces, reserveNameFeatures } from '../records/name-features.ts'
import type { RecordTableHandle } from '../records/record-table.ts'
import type { Piece, SharedMemory } from '../records/shared-memory.ts'
import type { TextDictionary } from '../records/text-dictionary.ts'
import { LINE_WORDS } from './packed-records.ts'

export interface WorkspaceHandle {
  readonly table: RecordTableHandle
  readonly names: NameFeaturePieces
  readonly lines: Piece<'i32'>
  readonly pairs: PairBuffer
  /** Counter by which workers claim slices; reset before each phase. */
  readonly claim: Piece<'i32'>
  readonly rules: readonly BlockingRule[]
}

/** What blocking gets: whoever keeps it keeps the keys, which are larger than the kept pairs. */
export interface KeyedWorkspaceHandle extends WorkspaceHandle {
  /** One word a row for each rule, rule after rule. */
  readonly keys: SharedArrayBuffer
}

/** The workspace as it is needed when the last pair is proposed. */
export function withoutKeys({ table, names, lines, pairs, claim, rules }: KeyedWorkspaceHandle): WorkspaceHandle {
  return { table, names, lines, pairs, claim, rules }
}

/** Kept pairs a row may cost at most, on average; pages beyond those used cost nothing. */
const PAIRS_PER_ROW_MAX = 14

/** Bytes of shared memory that a workspace for `rows` rows takes at most. */
export function workspaceBytes(rows: number): number {
  return rows * LINE_WORDS * 4 + rows * 96 * 2 + (64 << 20)
}

/**
 * @param rows of the table @param namesMax distinct names, and one
 * @throws RangeError where the shared memory is too small (workspaceBytes)
 */
export function reserveWorkspace(
  memory: SharedMemory,
  table: RecordTableHandle,
  rows: number,
  names: TextDictionary,
  rules: readonly BlockingRule[],
): KeyedWorkspaceHandle {
  return {
    table,
    names: reserveNameFeatures(memory, names.size + 1, names.units),
    lines: memory.reserve('i32', Math.max(1, rows) * LINE_WORDS),
    keys: new SharedArrayBuffer(Math.max(1, rows) * rules.length * 4),
    pairs: makePairBuffer(Math.max(100_000, rows * PAIRS_PER_ROW_MAX)),
    claim: memory.reserve('i32', 16),
    rules,
  }
}
