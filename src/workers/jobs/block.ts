/**
 * Phase `refine`: splits oversize blocks, one rule a slice. Phase `walk`: proposes the pairs of a rule, scores them,
 * keeps the plausible ones and counts all patterns; then draws random pairs of the county and counts theirs.
 */
import { KeyParts, type RuleKeys } from '../../blocking/keys.ts'
import {
  BlockScratch,
  expectedPairs,
  refineBuckets,
  refineOversizeBlocks,
  type RuleCensus,
  walkBlocks,
} from '../../blocking/blocks.ts'
import { PairWriter } from '../../blocking/pair-buffer.ts'
import { Kernel } from '../../matching/kernel.ts'
import { PairScorer } from '../../matching/pair-scorer.ts'
import { PatternCounts } from '../../matching/pattern-counts.ts'
import { randomClasses, sampleCounty } from '../../matching/random-pairs.ts'
import type { KeyedWorkspaceHandle } from '../../matching/workspace.ts'
import { NameFeatures } from '../../records/name-features.ts'
import { RecordTable } from '../../records/record-table.ts'
import { openPiece } from '../../records/shared-memory.ts'

export interface BlockMessage {
  readonly workspace: KeyedWorkspaceHandle
  readonly phase: 'refine' | 'walk'
  /** Only count pairs, score nothing (`bidui blocks`). */
  readonly countOnly: boolean
  /** In which order rules are walked: the heaviest first, that no worker begins with one when the others are done. */
  readonly order: readonly number[]
}

/** What refining a rule came to. */
export interface RefinedRule {
  readonly rule: number
  readonly rows: number
  /** Of the walk to come, to be compared with that of other rules. */
  readonly expectedPairs: number
}

export interface BlockResult {
  /** Rules that this worker did. */
  readonly refined: readonly RefinedRule[]
  readonly census: readonly (readonly [rule: number, census: RuleCensus])[]
  readonly patterns: { readonly patterns: Int32Array; readonly counts: Float64Array }
  readonly pairsScored: number
  /** Of random pairs that this worker drew. */
  readonly random: { readonly patterns: Int32Array; readonly counts: Float64Array }
}

/** The county as a worker has it open. */
interface Opened {
  readonly workspace: KeyedWorkspaceHandle
  readonly table: RecordTable
  readonly names: NameFeatures
  readonly keys: RuleKeys
  /** The next slice that nobody has taken. */
  readonly claim: () => number
}

export function run({ workspace, phase, countOnly, order }: BlockMessage): BlockResult {
  const table = new RecordTable(workspace.table)
  const { memory } = table
  const claimed = openPiece(memory, workspace.claim)
  const opened = {
    workspace,
    table,
    names: new NameFeatures(memory, workspace.names, table.names),
    keys: { words: new Int32Array(workspace.keys), rows: table.rows },
    claim: () => Atomics.add(claimed, 0, 1),
  }
  return phase === 'refine' ? refineRules(opened) : walkRules(opened, countOnly, order)
}

function refineRules({ workspace: { rules }, table, names, keys, claim }: Opened): BlockResult {
  const refined: RefinedRule[] = []
  const parts = new KeyParts(table, names)
  const buckets = refineBuckets(table.rows)
  for (let r = claim(); r < rules.length; r = claim()) {
    const rows = refineOversizeBlocks(rules[r], r, parts, keys, buckets)
    refined.push({ rule: r, rows, expectedPairs: expectedPairs(buckets) })
  }
  const none = new PatternCounts().entries()
  return { refined, census: [], patterns: none, pairsScored: 0, random: none }
}

/** Each rule is one slice; then each class of random pairs. */
function walkRules(opened: Opened, countOnly: boolean, order: readonly number[]): BlockResult {
  const { workspace, table, names, keys, claim } = opened
  const { rules } = workspace
  const lines = openPiece(table.memory, workspace.lines)
  const kernel = new Kernel(table, names, lines)
  const writer = new PairWriter(workspace.pairs)
  const scorer = new PairScorer(kernel, lines, names, writer)
  const scratch = new BlockScratch(table.rows)
  const census: (readonly [number, RuleCensus])[] = []
  const random = new PatternCounts()
  const scorePair = (left: number, right: number): void => scorer.take(left, right)
  const countPair = (): void => undefined
  const classes = countOnly ? [] : randomClasses(table)
  for (let slice = claim(); slice < rules.length + classes.length; slice = claim())
    if (slice < rules.length) {
      const r = order[slice]
      census.push([r, walkBlocks(rules[r], r, keys, scratch, countOnly ? countPair : scorePair)])
    } else random.addAll(sampleCounty(table, kernel, classes[slice - rules.length]).entries())
  scorer.score()
  writer.finish()
  const { patterns, scored: pairsScored } = scorer
  return { refined: [], census, patterns: patterns.entries(), pairsScored, random: random.entries() }
}
