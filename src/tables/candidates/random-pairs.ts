/**
 * Random pairs that no blocking rule proposes: with the candidates they show how strangers compare.
 *
 * In:  comparisons, the candidate pairs, how many. Out: distinct patterns with counts, and how many real pairs one sampled pair
 *      stands for. Small tables are walked whole. The sequence is fixed: rows lie in an order that only values decide.
 * Threads that have nothing else to do may compare the pairs before it is known which of them are candidates.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import type { CandidatePairs, TableSizes } from './candidate-pairs.ts'
import type { Comparison } from '../compare/comparison.ts'
import { PairComparer } from '../compare/pair-comparer.ts'
import { PatternInterner, type Patterns } from '../compare/patterns.ts'
import { BATCH } from '../compare/value-pairs.ts'

export interface OutsidePairs {
  readonly patterns: Patterns
  /** Pairs sampled, those inside some block not counted. */
  readonly sampled: number
  /** All pairs of the tables, compared or not. */
  readonly pairsTotal: number
}

/** Pairs drawn by chance, in memory that all threads read, and the levels of each. */
export interface DrawnPairs {
  readonly left: Int32Array
  /** Equal to left where chance drew one row twice: no pair. */
  readonly right: Int32Array
  /** [draw × comparisons + comparison] */
  readonly levels: Uint8Array
  /** [0] the next batch that nobody has claimed. */
  readonly claim: Int32Array
}

/** Draws pairs that are still to be compared; undefined for tables so small that they are walked whole. */
export function drawPairs(sizes: TableSizes, comparisons: number, wanted: number): DrawnPairs | undefined {
  if (pairsOf(sizes.rowCount, sizes.leftCount) <= wanted) return undefined
  const left = sharedInts(wanted)
  const right = sharedInts(wanted)
  const draw = drawFrom(sizes)
  for (let i = 0; i < wanted; i++) [left[i], right[i]] = draw()
  return { left, right, levels: new Uint8Array(new SharedArrayBuffer(wanted * comparisons)), claim: sharedInts(1) }
}

/** Compares batches of drawn pairs that no other thread has claimed, until there are none. */
export function compareDrawn({ left, right, levels, claim }: DrawnPairs, comparisons: readonly Comparison[]): void {
  const comparer = new PairComparer(comparisons)
  const width = comparisons.length
  for (let from = BATCH * Atomics.add(claim, 0, 1); from < left.length; from = BATCH * Atomics.add(claim, 0, 1)) {
    const to = Math.min(from + BATCH, left.length)
    levels.set(comparer.levelsOf(left, right, from, to).subarray(0, (to - from) * width), from * width)
  }
}

/** @param drawn what was compared already: as many pairs as wanted, or more */
export function sampleOutside(
  comparisons: readonly Comparison[],
  candidates: Pick<CandidatePairs, 'from' | 'to' | 'right'>,
  sizes: TableSizes,
  wanted: number,
  drawn?: DrawnPairs,
): OutsidePairs {
  const { rowCount, leftCount } = sizes
  const isLink = leftCount < rowCount
  const pairsTotal = pairsOf(rowCount, leftCount)
  const isCandidate = candidateTest(candidates)
  const interner = new PatternInterner(comparisons.length)
  const comparer = new PairComparer(comparisons)
  const left = new Int32Array(BATCH)
  const right = new Int32Array(BATCH)
  let waiting = 0
  let sampled = 0
  const take = (a: number, b: number) => {
    if (isCandidate(a, b)) return
    left[waiting] = a
    right[waiting] = b
    if (++waiting === BATCH) comparer.count(left, right, waiting, interner)
    waiting %= BATCH
    sampled++
  }
  if (pairsTotal <= wanted) {
    for (let a = 0; a < (isLink ? leftCount : rowCount); a++)
      for (let b = isLink ? leftCount : a + 1; b < rowCount; b++) take(a, b)
  } else if (drawn === undefined) {
    const draw = drawFrom(sizes)
    for (let i = 0; i < wanted; i++) {
      const [a, b] = draw()
      if (a !== b) take(a, b)
    }
  } else
    for (let i = 0; i < wanted; i++) {
      if (drawn.left[i] === drawn.right[i] || isCandidate(drawn.left[i], drawn.right[i])) continue
      interner.add(drawn.levels, i * comparisons.length, 1)
      sampled++
    }
  comparer.count(left, right, waiting, interner)
  return { patterns: interner.patterns(), sampled, pairsTotal }
}

/** Two rows by chance, the smaller first; of two tables one of each. */
function drawFrom({ rowCount, leftCount }: TableSizes): () => [a: number, b: number] {
  const isLink = leftCount < rowCount
  const random = sequence(0x2f6e2b1)
  return () => {
    const a = Math.floor(random() * (isLink ? leftCount : rowCount))
    const b = isLink ? leftCount + Math.floor(random() * (rowCount - leftCount)) : Math.floor(random() * rowCount)
    return [Math.min(a, b), Math.max(a, b)]
  }
}

function candidateTest({
  from,
  to,
  right,
}: Pick<CandidatePairs, 'from' | 'to' | 'right'>): (a: number, b: number) => boolean {
  return (a, b) => {
    for (let i = from[a]; i < to[a]; i++) if (right[i] === b) return true
    return false
  }
}

/** All pairs of one table, or of two. */
export function pairsOf(rowCount: number, leftCount: number): number {
  return leftCount < rowCount ? leftCount * (rowCount - leftCount) : (rowCount * (rowCount - 1)) / 2
}

/** Marsaglia's xorshift with a multiplier; the same numbers every time. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (Math.imul(state, 0x9e3779b1) >>> 0) / 2 ** 32
  }
}
