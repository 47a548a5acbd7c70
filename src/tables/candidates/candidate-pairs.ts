/**
 * Candidate pairs, each once, with the comparison pattern of each.
 *
 * In:  blocks of all rules in order, comparisons. Out: for each row its partners, the pattern of each, and the distinct
 *      patterns with their counts. For each row all its blocks are walked and every partner is stamped, so a pair met
 *      under a second rule is known without a set of pairs.
 * Several threads may compare at once, slice by slice of the rows: where the pairs of a row lie depends on who came first,
 * what they are and what their patterns are called does not.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import type { Blocks } from './blocks.ts'
import type { Comparison } from '../compare/comparison.ts'
import { PairComparer } from '../compare/pair-comparer.ts'
import { PatternInterner, type Patterns, sortPatterns } from '../compare/patterns.ts'

/** Memory that comparing threads share. Partners of row a: right[from[a] … to[a]). */
export interface PairSpace {
  /** [0] the next slice of rows, [1] pairs put down so far. */
  readonly claim: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly right: Int32Array
  readonly pattern: Int32Array
}

export interface CandidatePairs extends Omit<PairSpace, 'claim'> {
  readonly count: number
  readonly patterns: Patterns
  /** Pairs first found by each rule. */
  readonly pairsByRule: readonly number[]
}

/** What one thread has compared. Its patterns have numbers of its own. */
export interface ComparedSlices {
  readonly patterns: Patterns
  /** Where its pairs lie, two numbers a slice: first, and after the last. */
  readonly places: readonly number[]
  readonly pairsByRule: readonly number[]
}

export interface TableSizes {
  readonly rowCount: number
  readonly leftCount: number
}

const ROWS_PER_SLICE = 512
/** Rows whose blocks are fetched together: forty rules bring one row to as many places in memory. */
const ROWS_AHEAD = 64

export function comparePairs(
  blocks: readonly Blocks[],
  comparisons: readonly Comparison[],
  rowCount: number,
  leftCount: number,
): CandidatePairs {
  const space = reservePairs(blocks, { rowCount, leftCount })
  return joinSlices(space, [compareSlices(space, blocks, comparisons, { rowCount, leftCount })])
}

/** Room for as many pairs as the blocks hold; of pages that are never touched none is taken. */
export function reservePairs(blocks: readonly Blocks[], { rowCount, leftCount }: TableSizes): PairSpace {
  const pairsMost = blocks.reduce((sum, { start, members }) => sum + pairsIn(start, members, rowCount, leftCount), 0)
  return {
    claim: sharedInts(2),
    from: sharedInts(rowCount),
    to: sharedInts(rowCount),
    right: sharedInts(pairsMost),
    pattern: sharedInts(pairsMost),
  }
}

function pairsIn(start: Int32Array, members: Int32Array, rowCount: number, leftCount: number): number {
  let pairs = 0
  for (let block = 0; block + 1 < start.length; block++) {
    const rows = start[block + 1] - start[block]
    if (leftCount === rowCount) pairs += (rows * (rows - 1)) / 2
    else {
      const left = firstAfter(members, start[block], start[block + 1], leftCount - 1) - start[block]
      pairs += left * (rows - left)
    }
  }
  return pairs
}

/** Compares slices of rows that no other thread has claimed, until there are none. */
export function compareSlices(
  space: PairSpace,
  blocks: readonly Blocks[],
  comparisons: readonly Comparison[],
  { rowCount, leftCount }: TableSizes,
): ComparedSlices {
  const interner = new PatternInterner(comparisons.length)
  const places: number[] = []
  const comparer = new PairComparer(comparisons)
  const partners = new Partners(blocks, { rowCount, leftCount })
  const ends = new Int32Array(ROWS_PER_SLICE)
  const rows = leftCount < rowCount ? leftCount : rowCount
  for (;;) {
    const first = ROWS_PER_SLICE * Atomics.add(space.claim, 0, 1)
    if (first >= rows) break
    const last = Math.min(first + ROWS_PER_SLICE, rows)
    partners.clear()
    for (let a = first; a < last; a++) {
      if ((a - first) % ROWS_AHEAD === 0) partners.readAhead(a, Math.min(a + ROWS_AHEAD, last))
      partners.add(a)
      ends[a - first] = partners.count
    }
    const { left, right, count } = partners
    const place = Atomics.add(space.claim, 1, count)
    space.right.set(right.subarray(0, count), place)
    comparer.count(left, right, count, interner, space.pattern.subarray(place, place + count))
    for (let a = first; a < last; a++) {
      space.from[a] = place + (a === first ? 0 : ends[a - first - 1])
      space.to[a] = place + ends[a - first]
    }
    places.push(place, place + count)
  }
  return { patterns: interner.patterns(), places, pairsByRule: partners.pairsByRule }
}

/** The pairs of a slice of rows: each once, credited to the first rule that has it. */
class Partners {
  left = new Int32Array(1 << 14)
  right = new Int32Array(1 << 14)
  count = 0
  readonly pairsByRule: number[]
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0
  private readonly blocks: readonly Blocks[]
  /** Per row, the last row it was made a partner of. */
  private readonly stamp: Int32Array
  /** The last left row where two tables are linked, −1 in one table: partners of a row come after both. */
  private readonly leftLast: number

  constructor(blocks: readonly Blocks[], { rowCount, leftCount }: TableSizes) {
    this.blocks = blocks
    this.pairsByRule = blocks.map(() => 0)
    this.stamp = new Int32Array(rowCount).fill(-1)
    this.leftLast = leftCount < rowCount ? leftCount - 1 : -1
  }

  clear(): void {
    this.count = 0
  }

  /** What `add` will look at of rows first … last: one look after the other would each wait for memory. */
  readAhead(first: number, last: number): void {
    let touched = 0
    for (const { slots, start } of this.blocks)
      for (const slot of slots) for (let a = first; a < last; a++) if (slot[a] >= 0) touched ^= start[slot[a]]
    for (const { slots, start, members } of this.blocks)
      for (const slot of slots) for (let a = first; a < last; a++) if (slot[a] >= 0) touched ^= members[start[slot[a]]]
    this.touched = touched
  }

  /** Adds the partners of row `a`; rows are added in their order. */
  add(a: number): void {
    const after = Math.max(a, this.leftLast)
    for (let rule = 0; rule < this.blocks.length; rule++) {
      const { slots, start, members } = this.blocks[rule]
      const before = this.count
      for (const slot of slots) {
        const block = slot[a]
        if (block < 0) continue
        // Rows of a block ascend.
        const end = start[block + 1]
        this.addMembers(a, members, firstAfter(members, start[block], end, after), end)
      }
      this.pairsByRule[rule] += this.count - before
    }
  }

  private addMembers(a: number, members: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const b = members[at]
      if (this.stamp[b] === a) continue
      this.stamp[b] = a
      if (this.count === this.right.length) {
        this.left = wider(this.left)
        this.right = wider(this.right)
      }
      this.left[this.count] = a
      this.right[this.count++] = b
    }
  }
}

/** One numbering for the patterns of all threads, the same whoever compared what. */
export function joinSlices(space: PairSpace, parts: readonly ComparedSlices[]): CandidatePairs {
  const interner = new PatternInterner(parts[0].patterns.width)
  const numbers = parts.map(({ patterns: { width, levels, count, counts } }) =>
    Int32Array.from({ length: count }, (_, p) => interner.add(levels, p * width, counts[p])),
  )
  const { patterns, placeOf } = sortPatterns(interner.patterns())
  parts.forEach(({ places }, part) => {
    const numberOf = numbers[part].map((number) => placeOf[number])
    for (let s = 0; s < places.length; s += 2)
      for (let i = places[s]; i < places[s + 1]; i++) space.pattern[i] = numberOf[space.pattern[i]]
  })
  const { claim, ...pairs } = space
  return {
    ...pairs,
    count: claim[1],
    patterns,
    pairsByRule: parts[0].pairsByRule.map((_, r) => parts.reduce((sum, part) => sum + part.pairsByRule[r], 0)),
  }
}

/** Every pair, by its left row. */
export function forEachPair(
  { from, to, right, pattern }: Pick<CandidatePairs, 'from' | 'to' | 'right' | 'pattern'>,
  visit: (left: number, right: number, pattern: number) => void,
): void {
  for (let a = 0; a < from.length; a++) for (let i = from[a]; i < to[a]; i++) visit(a, right[i], pattern[i])
}

function firstAfter(members: Int32Array, from: number, to: number, row: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (members[middle] <= row) low = middle + 1
    else high = middle
  }
  return low
}

function wider(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2)
  next.set(array)
  return next
}
