/**
 * Tables of any kind: phase `open` makes the comparisons of this thread while the main thread still looks for blocking
 * rules; phase `drawn` compares pairs by chance, phase `cost` counts what rules would cost; phase `compare` compares slices of rows until there are none; after the last there are no comparisons here any more.
 */
import type { Blocks } from '../../tables/candidates/blocks.ts'
import { type ComparedSlices, compareSlices, type PairSpace } from '../../tables/candidates/candidate-pairs.ts'
import type { Comparison } from '../../tables/compare/comparison.ts'
import { compareDrawn, type DrawnPairs } from '../../tables/candidates/random-pairs.ts'
import { costRules, type RuleCosting } from '../../tables/candidates/rule-costs.ts'
import { openComparisons, type TablesHandle } from '../../tables/shared-tables.ts'

export type CompareTablesMessage =
  | { readonly phase: 'open'; readonly run: number; readonly tables: TablesHandle }
  | { readonly phase: 'drawn'; readonly run: number; readonly tables: TablesHandle; readonly drawn: DrawnPairs }
  | { readonly phase: 'cost'; readonly costing: RuleCosting }
  | {
      readonly phase: 'compare'
      readonly run: number
      readonly tables: TablesHandle
      readonly blocks: readonly Blocks[]
      readonly space: PairSpace
      readonly isLast: boolean
    }

/** Comparisons of this thread, by the number of the run they belong to. */
const held = new Map<number, readonly Comparison[]>()
let runs = 0

/** A number for a run of its own. */
export function nextRun(): number {
  return ++runs
}

/** The main thread has comparisons of its own: its jobs shall use these. */
export function holdComparisons(run: number, comparisons: readonly Comparison[]): void {
  held.set(run, comparisons)
}

export function run(message: CompareTablesMessage): ComparedSlices | undefined {
  if (message.phase === 'cost') {
    costRules(message.costing)
    return undefined
  }
  const comparisons = held.get(message.run) ?? openComparisons(message.tables)
  held.set(message.run, comparisons)
  if (message.phase === 'open') return undefined
  if (message.phase === 'drawn') {
    compareDrawn(message.drawn, comparisons)
    return undefined
  }
  const { tables, blocks, space, isLast } = message
  if (isLast) held.delete(message.run)
  return compareSlices(space, blocks, comparisons, tables)
}
