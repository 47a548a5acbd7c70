/**
 * Random pairs that no blocking rule proposes: with the candidates they show how strangers compare.
 *
 * In:  comparisons, the candidate pairs, how many. Out: distinct patterns with counts, and how many real pairs one sampled pair
 *      stands for. Small tables are walked whole. The sequence is fixed: rows lie in an order that only values decide.
 */
import type { CandidatePairs } from './candidate-pairs.ts'
import type { Comparison } from './comparisons.ts'
import { PairComparer } from './pair-comparer.ts'
import { PatternInterner, type Patterns } from './patterns.ts'
import { BATCH } from './value-pairs.ts'

export interface OutsidePairs {
  readonly patterns: Patterns
  /** Pairs sampled, those inside some block not counted. */
  readonly sampled: number
  /** All pairs of the tables, compared or not. */
  readonly pairsTotal: number
}

export function sampleOutside(
  comparisons: readonly Comparison[],
  candidates: Pick<CandidatePairs, 'from' | 'to' | 'right'>,
  rowCount: number,
  leftCount: number,
  wanted: number,
): OutsidePairs {
  const isLink = leftCount < rowCount
  const pairsTotal = pairsOf(rowCount, leftCount)
  const isCandidate = candidateTest(candidates)
  const interner = new PatternInterner(comparisons.length)
  const comparer = new PairComparer(comparisons, interner)
  const left = new Int32Array(BATCH)
  const right = new Int32Array(BATCH)
  let waiting = 0
  let sampled = 0
  const take = (a: number, b: number) => {
    if (isCandidate(a, b)) return
    left[waiting] = a
    right[waiting] = b
    if (++waiting === BATCH) comparer.compare(left, right, waiting)
    waiting %= BATCH
    sampled++
  }
  if (pairsTotal <= wanted) {
    for (let a = 0; a < (isLink ? leftCount : rowCount); a++)
      for (let b = isLink ? leftCount : a + 1; b < rowCount; b++) take(a, b)
  } else {
    const random = sequence(0x2f6e2b1)
    for (let i = 0; i < wanted; i++) {
      const a = Math.floor(random() * (isLink ? leftCount : rowCount))
      const b = isLink ? leftCount + Math.floor(random() * (rowCount - leftCount)) : Math.floor(random() * rowCount)
      if (a !== b) take(Math.min(a, b), Math.max(a, b))
    }
  }
  comparer.compare(left, right, waiting)
  return { patterns: interner.patterns(), sampled, pairsTotal }
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
