/**
 * Tables of any kind with several threads: pairs are compared slice by slice of the rows by whoever is free.
 *
 * In:  tables, a completed spec, a pool. Out: what runTables says of them, to the last bit.
 */
import type { CompareTablesMessage } from '../workers/jobs/compare-tables.ts'
import { holdComparisons } from '../workers/jobs/compare-tables.ts'
import { messagesLeave, type WorkerPool } from '../workers/pool.ts'
import { type ComparedSlices, joinSlices, reservePairs } from './candidate-pairs.ts'
import { blocksOf, decideTables, openTables, proposeFor, type TableOptions, type TableResult } from './engine.ts'
import type { Table } from './read-table.ts'
import { shareTables } from './shared-tables.ts'
import type { TableSpec } from './spec.ts'

export async function runTablesInWorkers(
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  pool: WorkerPool,
  options: TableOptions = {},
): Promise<TableResult> {
  const opened = openTables(left, right, spec, options)
  const tables = shareTables(opened.fields, opened.cells, spec.nicknames)
  const run = holdComparisons(opened.comparisons)
  const begin = (message: CompareTablesMessage) =>
    pool.begin<CompareTablesMessage, ComparedSlices | undefined>('compare-tables', message)
  // The threads read the columns while this one looks for rules.
  const opening = begin({ phase: 'open', run, tables })
  await messagesLeave()
  const proposal = proposeFor(opened, options)
  await opening.finish()
  const blocks = blocksOf(proposal)
  const space = reservePairs(blocks, tables)
  const compared = await begin({ phase: 'compare', run, tables, blocks, space }).finish()
  const pairs = joinSlices(
    space,
    compared.filter((part) => part !== undefined),
  )
  return decideTables(opened, proposal, pairs, options)
}
