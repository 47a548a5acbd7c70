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
  drawInto({ left, right }, sizes)
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
  const partners = new PartnersOfRow(candidates, rowCount)
  const interner = new PatternInterner(comparisons.length)
  const comparer = new PairComparer(comparisons)
  const left = new Int32Array(BATCH)
  const right = new Int32Array(BATCH)
  let waiting = 0
  let sampled = 0
  const take = (a: number, b: number) => {
    left[waiting] = a
    right[waiting] = b
    if (++waiting === BATCH) comparer.count(left, right, waiting, interner)
    waiting %= BATCH
    sampled++
  }
  if (pairsTotal <= wanted) {
    for (let a = 0; a < (isLink ? leftCount : rowCount); a++)
      for (let b = isLink ? leftCount : a + 1; b < rowCount; b++) if (!partners.have(a, b)) take(a, b)
  } else if (drawn === undefined) {
    const draws = { left: new Int32Array(wanted), right: new Int32Array(wanted) }
    drawInto(draws, sizes)
    const areNoDraws = strikeCandidates(draws, partners, rowCount)
    for (let i = 0; i < wanted; i++) if (areNoDraws[i] === 0) take(draws.left[i], draws.right[i])
  } else {
    const draws = { left: drawn.left.subarray(0, wanted), right: drawn.right.subarray(0, wanted) }
    const areNoDraws = strikeCandidates(draws, partners, rowCount)
    for (let i = 0; i < wanted; i++) {
      if (areNoDraws[i] !== 0) continue
      interner.add(drawn.levels, i * comparisons.length, 1)
      sampled++
    }
  }
  comparer.count(left, right, waiting, interner)
  return { patterns: interner.patterns(), sampled, pairsTotal }
}

type Draws = Pick<DrawnPairs, 'left' | 'right'>

/** 1 for every draw that is a candidate, or one row twice. */
function strikeCandidates({ left, right }: Draws, partners: PartnersOfRow, rowCount: number): Uint8Array {
  // By their left rows: the partners of a row are hundreds, and looked at once.
  const ends = new Int32Array(rowCount + 1)
  for (const a of left) ends[a + 1]++
  for (let a = 0; a < rowCount; a++) ends[a + 1] += ends[a]
  const draws = new Int32Array(left.length)
  left.forEach((a, i) => (draws[ends[a]++] = i))
  const struck = new Uint8Array(left.length)
  for (const i of draws) if (left[i] === right[i] || partners.have(left[i], right[i])) struck[i] = 1
  return struck
}

/** Which rows are candidates with a row: quick where one row is asked for many times running. */
class PartnersOfRow {
  private readonly candidates: Pick<CandidatePairs, 'from' | 'to' | 'right'>
  /** Per row, 1 + the last row asked for whose partner it is. */
  private readonly stamp: Int32Array
  private row = -1

  constructor(candidates: Pick<CandidatePairs, 'from' | 'to' | 'right'>, rowCount: number) {
    this.candidates = candidates
    this.stamp = new Int32Array(rowCount)
  }

  have(row: number, other: number): boolean {
    if (row !== this.row) {
      const { from, to, right } = this.candidates
      for (let i = from[row]; i < to[row]; i++) this.stamp[right[i]] = row + 1
      this.row = row
    }
    return this.stamp[other] === row + 1
  }
}

/** Two rows by chance for each place, the smaller one left; of two tables one of each. */
function drawInto({ left, right }: Draws, { rowCount, leftCount }: TableSizes): void {
  const isLink = leftCount < rowCount
  const random = sequence(0x2f6e2b1)
  for (let i = 0; i < left.length; i++) {
    const a = Math.floor(random() * (isLink ? leftCount : rowCount))
    const b = isLink ? leftCount + Math.floor(random() * (rowCount - leftCount)) : Math.floor(random() * rowCount)
    left[i] = Math.min(a, b)
    right[i] = Math.max(a, b)
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
