/** Phase 1: features of every distinct name, by slices. Phase 2: packed lines and blocking keys of every row. */
import { computeKeys, KeyParts, partsOfRules } from '../../blocking/keys.ts'
import { packRecords } from '../../matching/packed-records.ts'
import type { KeyedWorkspaceHandle } from '../../matching/workspace.ts'
import { buildNameFeatures } from '../../normalise/name-features.ts'
import { NameFeatures } from '../../records/name-features.ts'
import { RecordTable } from '../../records/record-table.ts'
import { openPiece } from '../../records/shared-memory.ts'

export interface PrepareMessage {
  readonly workspace: KeyedWorkspaceHandle
  readonly phase: 'names' | 'rows'
}

const NAMES_PER_SLICE = 4096
const ROWS_PER_SLICE = 8192
/** Rows whose dictionary entries fit the innermost cache. */
const ROWS_AHEAD = 64

export function run({ workspace, phase }: PrepareMessage): void {
  const table = new RecordTable(workspace.table)
  const { memory } = table
  const claim = openPiece(memory, workspace.claim)
  const names = new NameFeatures(memory, workspace.names, table.names)
  if (phase === 'names') {
    const end = table.names.size + 1
    for (;;) {
      const from = Atomics.add(claim, 0, 1) * NAMES_PER_SLICE
      if (from >= end) return
      buildNameFeatures(table.names, from, Math.min(end, from + NAMES_PER_SLICE), names)
    }
  }
  const lines = openPiece(memory, workspace.lines)
  const keys = { words: new Int32Array(workspace.keys), rows: table.rows }
  const parts = new KeyParts(table, names)
  const ruleParts = partsOfRules(workspace.rules)
  for (;;) {
    const from = Atomics.add(claim, 0, 1) * ROWS_PER_SLICE
    if (from >= table.rows) return
    const to = Math.min(table.rows, from + ROWS_PER_SLICE)
    for (let first = from; first < to; first += ROWS_AHEAD) {
      const last = Math.min(to, first + ROWS_AHEAD)
      parts.readAhead(first, last)
      packRecords(table, lines, first, last)
      computeKeys(parts, ruleParts, keys, first, last)
    }
  }
}
