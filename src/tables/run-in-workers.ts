/**
 * Tables of any kind with several threads: pairs are compared slice by slice of the rows by whoever is free.
 *
 * In:  tables, a completed spec, a pool. Out: what runTables says of them, to the last bit.
 */
import type { CompareTablesMessage } from '../workers/jobs/compare-tables.ts'
import { holdComparisons } from '../workers/jobs/compare-tables.ts'
import { messagesLeave, type WorkerPool } from '../workers/pool.ts'
import type { RuleBlocks } from './blocks.ts'
import { type ComparedSlices, joinSlices, reservePairs } from './candidate-pairs.ts'
import { decideTables, openWith, proposeFor, searchFor, type TableOptions, type TableResult } from './engine.ts'
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
  const opened = openWith(left, right, spec, options)
  const tables = shareTables(opened.fields, opened.cells, spec.nicknames)
  const run = holdComparisons(opened.comparisons)
  const begin = (message: CompareTablesMessage) =>
    pool.begin<CompareTablesMessage, ComparedSlices | undefined>('compare-tables', message)
  const compare = async (rules: readonly RuleBlocks[], isLast: boolean) => {
    const blocks = rules.map(({ slots, start, members }) => ({ slots, start, members }))
    const space = reservePairs(blocks, tables)
    const parts = await begin({ phase: 'compare', run, tables, blocks, space, isLast }).finish()
    return joinSlices(
      space,
      parts.filter((part) => part !== undefined),
    )
  }
  // A function of its own: keys of a million rows must not outlive the choice of rules.
  const propose = async () => {
    // The threads read the columns while this one looks for rules.
    const opening = begin({ phase: 'open', run, tables })
    await messagesLeave()
    const search = searchFor(opened, options)
    await opening.finish()
    return proposeFor(opened, search, await compare(search.cheap, false), options)
  }
  const proposal = await propose()
  const pairs = await compare(
    proposal.rules.map(({ blocks }) => blocks),
    true,
  )
  return decideTables(opened, proposal, pairs, options)
}
