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
import { isPlausible, Kernel } from '../../matching/kernel.ts'
import { LINE_WORDS, WORD } from '../../matching/packed-records.ts'
import { PatternCounts } from '../../matching/pattern-counts.ts'
import { randomClasses, sampleCounty } from '../../matching/random-pairs.ts'
import type { WorkspaceHandle } from '../../matching/workspace.ts'
import { COMPARED_WORDS, NameFeatures } from '../../records/name-features.ts'
import { RecordTable } from '../../records/record-table.ts'
import { openPiece } from '../../records/shared-memory.ts'

export interface BlockMessage {
  readonly workspace: WorkspaceHandle
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
  readonly workspace: WorkspaceHandle
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

/** Pairs gathered before they are scored: as many as keep what was read ahead of them in the nearest cache. */
const PAIRS_AHEAD = 64

/**
 * Scores pairs in the order in which they come, a batch at a time: the lines of a batch, which lie anywhere in memory, are read one
 * right after another before the first is compared, so that their reads are under way together.
 */
class PairScorer {
  readonly patterns = new PatternCounts()
  /** Pairs scored so far. */
  scored = 0
  private readonly left = new Int32Array(PAIRS_AHEAD)
  private readonly right = new Int32Array(PAIRS_AHEAD)
  private taken = 0
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0
  private readonly kernel: Kernel
  private readonly lines: Int32Array
  private readonly names: NameFeatures
  private readonly writer: PairWriter

  constructor(kernel: Kernel, lines: Int32Array, names: NameFeatures, writer: PairWriter) {
    this.kernel = kernel
    this.lines = lines
    this.names = names
    this.writer = writer
  }

  take(left: number, right: number): void {
    this.left[this.taken] = left
    this.right[this.taken++] = right
    if (this.taken === PAIRS_AHEAD) this.score()
  }

  /** Scores what was taken: once more after the last pair. */
  score(): void {
    this.readAhead()
    const { kernel, lines, writer, left, right } = this
    for (let k = 0; k < this.taken; k++) {
      const at = left[k] * LINE_WORDS
      const bt = right[k] * LINE_WORDS
      // Versions of one person in the police system are one person already.
      const personNo = lines[at + WORD.personNo]
      if (personNo !== 0 && personNo === lines[bt + WORD.personNo]) continue
      const pattern = kernel.compare(left[k], right[k])
      this.scored++
      this.patterns.add(pattern)
      const household = lines[at + WORD.household]
      if (isPlausible(pattern, household !== 0 && household === lines[bt + WORD.household]))
        writer.push(left[k], right[k], pattern)
    }
    this.taken = 0
  }

  private readAhead(): void {
    const { lines, left, right, taken } = this
    const { compared } = this.names
    let touched = 0
    for (let k = 0; k < taken; k++)
      touched ^= lines[left[k] * LINE_WORDS + WORD.name] ^ lines[right[k] * LINE_WORDS + WORD.name]
    for (let k = 0; k < taken; k++) {
      const nameA = lines[left[k] * LINE_WORDS + WORD.name]
      const nameB = lines[right[k] * LINE_WORDS + WORD.name]
      touched ^= compared[nameA * COMPARED_WORDS] ^ compared[nameB * COMPARED_WORDS]
    }
    this.touched = touched
  }
}
