/**
 * Blocking and scoring of a county in worker threads: RecordTable → candidate pairs with patterns, census of blocks.
 *
 * Order of work: name features (by slices of names) → packed lines and keys (slices of rows) → oversize blocks are split
 * (one rule a slice) → pairs are proposed, scored and counted (one rule a slice). The main thread waits, and gathers its
 * statistics meanwhile; nothing travels between threads but handles and counts.
 */
import type { RuleCensus } from '../blocking/blocks.ts'
import { compactPairs } from '../blocking/pair-buffer.ts'
import type { BlockingRule } from '../blocking/rules.ts'
import { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { openPiece, type SharedMemory } from '../records/shared-memory.ts'
import { collectEverywhere } from '../workers/garbage.ts'
import type { BlockMessage, BlockResult, RefinedRule } from '../workers/jobs/block.ts'
import type { PrepareMessage } from '../workers/jobs/prepare.ts'
import { messagesLeave, type Underway, type WorkerPool } from '../workers/pool.ts'
import { type CountyStatistics, gatherStatistics } from './county-statistics.ts'
import { Kernel } from './kernel.ts'
import { PatternCounts } from './pattern-counts.ts'
import { type KeyedWorkspaceHandle, reserveWorkspace, withoutKeys, type WorkspaceHandle } from './workspace.ts'

export interface Matched {
  /** Where the workers find all this. */
  readonly workspace: WorkspaceHandle
  readonly names: NameFeatures
  readonly lines: Int32Array
  /** (left, right, pattern) words of the plausible pairs. */
  readonly pairs: Int32Array
  readonly pairCount: number
  readonly census: readonly RuleCensus[]
  readonly patterns: PatternCounts
  readonly pairsScored: number
  readonly kernel: Kernel
  readonly statistics: CountyStatistics
}

/** Blocks, compares and counts a county; what only blocking needed is garbage then, and collected. */
export async function matchCounty(
  table: RecordTable,
  memory: SharedMemory,
  rules: readonly BlockingRule[],
  pool: WorkerPool,
): Promise<Matched> {
  const matched = await scoreBlocks(table, memory, rules, pool)
  // Keys and sorting scratch are as large as the lines: nobody needs them from here on.
  await collectEverywhere(pool, table.rows)
  return matched
}

/** Walks the blocks without scoring a pair: what each rule would propose. */
export async function countPairs(
  table: RecordTable,
  memory: SharedMemory,
  rules: readonly BlockingRule[],
  pool: WorkerPool,
): Promise<readonly RuleCensus[]> {
  const { refined, walking } = await startWalking(table, memory, rules, pool, 'count')
  return censusOf(rules, refined, await walking.finish())
}

/** All phases before the walk, and the walk under way. */
async function startWalking(
  table: RecordTable,
  memory: SharedMemory,
  rules: readonly BlockingRule[],
  pool: WorkerPool,
  purpose: 'count' | 'score',
): Promise<{
  readonly workspace: KeyedWorkspaceHandle
  readonly refined: readonly RefinedRule[]
  readonly walking: Underway<BlockResult>
}> {
  const countOnly = purpose === 'count'
  const workspace = reserveWorkspace(memory, table.handle, table.rows, table.names, rules)
  const claim = openPiece(memory.memory, workspace.claim)
  const begin = <Message, Result>(job: string, message: Message): Underway<Result> => {
    Atomics.store(claim, 0, 0)
    return pool.begin<Message, Result>(job, message)
  }
  const phase = <Message, Result>(job: string, message: Message): Promise<Result[]> =>
    begin<Message, Result>(job, message).finish()
  await phase<PrepareMessage, void>('prepare', { workspace, phase: 'names' })
  await phase<PrepareMessage, void>('prepare', { workspace, phase: 'rows' })
  const refining = { workspace, phase: 'refine', countOnly, order: [] } as const
  const refined = (await phase<BlockMessage, BlockResult>('block', refining)).flatMap((result) => result.refined)
  const order = [...refined]
    .sort((p, q) => q.expectedPairs - p.expectedPairs || p.rule - q.rule)
    .map(({ rule }) => rule)
  const walking = begin<BlockMessage, BlockResult>('block', { workspace, phase: 'walk', countOnly, order })
  return { workspace, refined, walking }
}

async function scoreBlocks(
  table: RecordTable,
  memory: SharedMemory,
  rules: readonly BlockingRule[],
  pool: WorkerPool,
): Promise<Matched> {
  const { workspace, refined, walking } = await startWalking(table, memory, rules, pool, 'score')
  // The threads have begun; what only this thread does comes before it helps them.
  await messagesLeave()
  const names = new NameFeatures(memory.memory, workspace.names, table.names)
  const lines = openPiece(memory.memory, workspace.lines)
  const kernel = new Kernel(table, names, lines)
  const { neighbours, ...gathered } = gatherStatistics(table, names, kernel)
  const walked = await walking.finish()
  const patterns = new PatternCounts()
  const random = new PatternCounts()
  let pairsScored = 0
  for (const result of walked) {
    patterns.addAll(result.patterns)
    random.addAll(result.random)
    pairsScored += result.pairsScored
  }
  const { pairs, count } = compactPairs(workspace.pairs)
  const census = censusOf(rules, refined, walked)
  const statistics = { ...gathered, random: { ...neighbours, random } }
  return {
    workspace: withoutKeys(workspace),
    names,
    lines,
    kernel,
    statistics,
    pairs,
    pairCount: count,
    census,
    patterns,
    pairsScored,
  }
}

function censusOf(
  rules: readonly BlockingRule[],
  refined: readonly RefinedRule[],
  walked: readonly BlockResult[],
): readonly RuleCensus[] {
  const rowsRefined = new Map(refined.map(({ rule, rows }) => [rule, rows]))
  const byRule = new Map(walked.flatMap((result) => result.census))
  return rules.flatMap((_, r) => {
    const census = byRule.get(r)
    return census === undefined ? [] : [{ ...census, rowsRefined: rowsRefined.get(r) ?? 0 }]
  })
}
