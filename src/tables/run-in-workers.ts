/**
 * Tables of any kind with several threads: pairs are compared slice by slice of the rows by whoever is free.
 *
 * In:  tables, a completed spec, a pool. Out: what runTables says of them, to the last bit.
 */
import type { CompareTablesMessage } from '../workers/jobs/compare-tables.ts'
import { holdComparisons, nextRun } from '../workers/jobs/compare-tables.ts'
import { messagesLeave, type WorkerPool } from '../workers/pool.ts'
import type { BlockingRule, RuleBlocks } from './candidates/blocks.ts'
import { type ComparedSlices, joinSlices, reservePairs } from './candidates/candidate-pairs.ts'
import {
  costingFor,
  decideTables,
  OUTSIDE_PAIRS,
  proposeFor,
  searchFor,
  type TableOptions,
  type TableResult,
} from './engine.ts'
import { openFields, withComparisons } from './open-tables.ts'
import { openedLine } from './phase-lines.ts'
import { drawPairs } from './candidates/random-pairs.ts'
import type { RuleChoice, RuleToBlock } from './candidates/rules.ts'
import type { Table } from './read/read-table.ts'
import { shareTables } from './shared-tables.ts'
import type { TableSpec } from './spec/spec.ts'

export async function runTablesInWorkers(
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  pool: WorkerPool,
  options: TableOptions = {},
): Promise<TableResult> {
  const withoutComparisons = openFields(left, right, spec)
  const { fields, cells } = withoutComparisons
  const tables = shareTables(fields, cells, spec.nicknames)
  const run = nextRun()
  const begin = (message: CompareTablesMessage) =>
    pool.begin<CompareTablesMessage, ComparedSlices | undefined>('compare-tables', message)
  // The threads make their comparisons while this one makes its own, and keys.
  const opening = begin({ phase: 'open', run, tables })
  await messagesLeave()
  const opened = withComparisons(withoutComparisons, spec)
  holdComparisons(run, opened.comparisons)
  options.onPhase?.(openedLine(fields.rowCount, fields.fields.length))
  const compare = async (rules: readonly RuleBlocks[], isLast: boolean) => {
    const blocks = rules.map(({ slots, start, members }) => ({ slots, start, members }))
    const space = reservePairs(blocks, tables)
    const parts = await begin({ phase: 'compare', run, tables, blocks, space, isLast }).finish()
    return joinSlices(
      space,
      parts.filter((part) => part !== undefined),
    )
  }
  const drawn = drawPairs(tables, opened.comparisons.length, OUTSIDE_PAIRS)
  // A function of its own: keys of a million rows must not outlive the choice of rules.
  const propose = async () => {
    const comparing = drawn === undefined ? undefined : begin({ phase: 'drawn', run, tables, drawn })
    await messagesLeave()
    const costing = costingFor(opened, options)
    const counting = begin({ phase: 'cost', costing: costing.costing })
    // All at once: this thread does its part of each before it waits for the others, who tell of none before they have done all.
    await Promise.all([opening, ...(comparing === undefined ? [] : [comparing]), counting].map((job) => job.finish()))
    const search = searchFor(opened, costing, options)
    const blocks = await blocksOf(search.cheap, pool)
    return chooseWith(proposeFor(opened, search, { blocks, pairs: await compare(blocks, false) }, options, drawn), pool)
  }
  const proposal = await propose()
  const pairs = await compare(
    proposal.rules.map(({ blocks }) => blocks),
    true,
  )
  return decideTables(opened, proposal, pairs, options, drawn)
}

/** Blocks of rules, each made by whoever is free. */
async function blocksOf(rules: readonly RuleToBlock[], pool: Pick<WorkerPool, 'share'>): Promise<RuleBlocks[]> {
  return (await pool.share(rules.map((message) => ({ job: 'block-rows', message })))) as RuleBlocks[]
}

/**
 * What a choice comes to. While one thread makes the blocks of the rule that is asked for, the others make those of the rules
 * likely to come next: where they come, nobody waits for them. A choice asks for all its rules with the same options.
 */
export async function chooseWith<Chosen>(
  choice: RuleChoice<Chosen>,
  pool: Pick<WorkerPool, 'size' | 'share'>,
): Promise<Chosen> {
  const made = new Map<BlockingRule, RuleBlocks>()
  let step = choice.next()
  while (step.done !== true) {
    const { rule, options, likelyNext } = step.value
    if (!made.has(rule)) {
      const rules = [rule, ...likelyNext(pool.size - 1).filter((next) => !made.has(next))]
      const blocks = await blocksOf(
        rules.map((each) => ({ rule: each, options })),
        pool,
      )
      rules.forEach((each, k) => made.set(each, blocks[k]))
    }
    const blocks = made.get(rule) as RuleBlocks
    made.delete(rule)
    step = choice.next(blocks)
  }
  return step.value
}
