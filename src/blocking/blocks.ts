/**
 * Blocks of one rule: rows with the same key, found by sorting; oversize blocks are split by further parts first.
 *
 * In:  keys (rule after rule, see keys.ts). Out: candidate pairs, each once over all rules, through a callback.
 * Splitting rewrites the keys of the rows concerned before any pair is proposed, so the skip rule stays true.
 * A block that stays too large after all further parts is walked with a window over its rows and reported.
 */
import { isProposedEarlier, type KeyParts, keysOfRule, partNumbers, type RuleKeys } from './keys.ts'
import { RadixSorter } from './radix-sort.ts'
import type { BlockingRule } from './rules.ts'

/** A block larger than this is split by the rule's further parts. */
const BLOCK_ROWS_MAX = 400

/** A block that nothing splits is walked whole up to this size, and with a window beyond it. */
export const WHOLE_BLOCK_ROWS_MAX = 4 * BLOCK_ROWS_MAX

/** With a window, each row meets this many following rows. */
export const WINDOW_ROWS = 400

interface BlockReport {
  readonly rule: string
  /** Any row of the block: the reader can look up what it has in common. */
  readonly row: number
  readonly rows: number
  /** Pairs not proposed because the block could not be split further. */
  readonly pairsLeftOut: number
}

export interface RuleCensus {
  readonly rule: string
  /** Rows that have a key under the rule. */
  readonly rows: number
  /** Blocks of two rows or more. */
  readonly blocks: number
  readonly pairs: number
  /** Pairs that no earlier rule proposed. */
  readonly pairsAdded: number
  /** Rows that got a finer key because their block was too large. */
  readonly rowsRefined: number
  readonly largest: readonly BlockReport[]
}

const BUCKET_BITS_MAX = 22

/**
 * Gives rows in oversize blocks of `rule` a finer key. Oversize is judged on hashed buckets: two blocks that fall into
 * one bucket are at worst split without need.
 * @param counts as refineBuckets makes them
 * @returns rows whose key changed
 */
export function refineOversizeBlocks(
  rule: BlockingRule,
  ruleNumber: number,
  parts: KeyParts,
  keys: RuleKeys,
  counts: Uint16Array,
): number {
  const own = keysOfRule(keys, ruleNumber)
  const shift = Math.clz32(counts.length) + 1
  let refined = 0
  counts.fill(0)
  for (let step = 1; step <= rule.refineBy.length; step++) {
    if (step > 1) counts.fill(0)
    if (!countBuckets(own, shift, counts)) break
    const finer = partNumbers([...rule.parts, ...rule.refineBy.slice(0, step)])
    const coarser = partNumbers([...rule.parts, ...rule.refineBy.slice(0, step - 1)])
    for (let row = 0; row < own.length; row++) {
      const key = own[row]
      if (key === 0 || counts[bucketOf(key, shift)] <= BLOCK_ROWS_MAX) continue
      parts.read(row)
      const next = parts.key(finer)
      // A row that lacks the further part keeps its coarser key: it still meets others that lack it.
      own[row] = next === 0 ? parts.key(coarser) || key : next
      refined++
    }
  }
  return refined
}

/** Counts the rows of each bucket, up to one more than a block may have; tells whether a bucket has come to that. */
function countBuckets(own: Int32Array, shift: number, counts: Uint16Array): boolean {
  let isOversize = false
  for (let row = 0; row < own.length; row++) {
    const key = own[row]
    if (key === 0) continue
    const bucket = bucketOf(key, shift)
    if (counts[bucket] > BLOCK_ROWS_MAX) continue
    counts[bucket]++
    if (counts[bucket] > BLOCK_ROWS_MAX) isOversize = true
  }
  return isOversize
}

/** Counts for refineOversizeBlocks: four buckets a row, so that few blocks share one, and no more than a cache holds. */
export function refineBuckets(rows: number): Uint16Array {
  return new Uint16Array(1 << Math.min(BUCKET_BITS_MAX, 34 - Math.clz32(Math.max(1, rows))))
}

/**
 * What walking the rule that the counts were last made for will cost, beside another rule: its pairs, as far as blocks
 * can be told from buckets; 0 for a rule that has no further parts.
 */
export function expectedPairs(counts: Uint16Array): number {
  let pairs = 0
  for (let bucket = 0; bucket < counts.length; bucket++) pairs += counts[bucket] * counts[bucket]
  return pairs
}

/** @param shift 32 less the bits of a bucket number */
function bucketOf(key: number, shift: number): number {
  return Math.imul(key, 0x9e3779b1) >>> shift
}

/** Scratch for walks over up to `rows` rows; one per worker, reused. */
export class BlockScratch {
  readonly sorter: RadixSorter
  readonly keys: Int32Array
  /** Rows by key; the last row of a block of two or more is inverted (~row) until the block is walked. */
  readonly rows: Int32Array
  /** Of each block of two rows or more: its first row, and where it starts in `rows`. */
  readonly firstRows: Int32Array
  readonly starts: Int32Array
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(rows: number) {
    this.sorter = new RadixSorter(rows)
    this.keys = new Int32Array(rows)
    this.rows = new Int32Array(rows)
    this.firstRows = new Int32Array(rows >> 1)
    this.starts = new Int32Array(rows >> 1)
  }

  /** Blocks in the order of their first rows lie anywhere in `rows`: reads of many are under way together. */
  readAhead(from: number, to: number): void {
    const { rows, starts } = this
    let touched = 0
    for (let block = from; block < to; block++) touched ^= rows[starts[block]]
    this.touched = touched
  }
}

const BLOCKS_AHEAD = 64
/** Blocks that a census names, and how many are gathered before the smaller of them are dropped. */
const LARGEST_TOLD = 10
const LARGEST_GATHERED = 64

/**
 * Walks the blocks of one rule and proposes the pairs that no earlier rule proposes.
 *
 * Blocks come by their first row, not by their key: rows lie by birth, so the other rows of a block and of the blocks
 * after it are mostly near, and what is read of them is still in the cache (a third less time for the county).
 * @param propose called with row numbers left < right
 */
export function walkBlocks(
  rule: BlockingRule,
  ruleNumber: number,
  keys: RuleKeys,
  scratch: BlockScratch,
  propose: (left: number, right: number) => void,
): RuleCensus {
  const { sorter, keys: sortKeys, rows: sortRows, firstRows, starts } = scratch
  const { words, rows } = keys
  const n = gatherKeyed(keysOfRule(keys, ruleNumber), sortKeys, sortRows)
  sorter.sort(sortKeys, sortRows, n)
  const blocks = markBlocks(sortKeys, sortRows, n, firstRows, starts)
  sorter.sort(firstRows, starts, blocks)
  let pairs = 0
  let pairsAdded = 0
  const largest: BlockReport[] = []
  let smallestKept = 2
  for (let block = 0; block < blocks; block++) {
    if (block % BLOCKS_AHEAD === 0) scratch.readAhead(block, Math.min(blocks, block + BLOCKS_AHEAD))
    const start = starts[block]
    const end = openBlock(sortRows, start)
    const size = end - start
    const window = size > WHOLE_BLOCK_ROWS_MAX ? WINDOW_ROWS : size
    let leftOut = 0
    for (let i = start; i < end - 1; i++) {
      const left = sortRows[i]
      const stop = Math.min(end, i + 1 + window)
      leftOut += end - stop
      pairs += stop - i - 1
      for (let j = i + 1; j < stop; j++) {
        const right = sortRows[j]
        if (isProposedEarlier(words, rows, left, right, ruleNumber)) continue
        pairsAdded++
        propose(left, right)
      }
    }
    if (size > smallestKept || leftOut > 0) {
      largest.push({ rule: rule.name, row: sortRows[start], rows: size, pairsLeftOut: leftOut })
      if (largest.length > LARGEST_GATHERED) {
        largest.sort(byRowsThenRow)
        largest.length = LARGEST_TOLD
        smallestKept = largest[LARGEST_TOLD - 1].rows
      }
    }
  }
  largest.sort(byRowsThenRow)
  return {
    rule: rule.name,
    rows: n,
    blocks,
    pairs,
    pairsAdded,
    rowsRefined: 0,
    largest: largest.slice(0, LARGEST_TOLD),
  }
}

// The loops of a walk stand in functions of their own: where one function held them all, what the compiler had made of
// one loop was thrown away at its end, for every rule anew.

/** Rows that have a key, and their keys; returns how many. */
function gatherKeyed(own: Int32Array, sortKeys: Int32Array, sortRows: Int32Array): number {
  let n = 0
  for (let row = 0; row < own.length; row++) {
    if (own[row] === 0) continue
    sortKeys[n] = own[row]
    sortRows[n] = row
    n++
  }
  return n
}

/** Where blocks of two rows and more start, and their first rows; inverts the last row of each. Returns how many. */
function markBlocks(
  sortKeys: Int32Array,
  sortRows: Int32Array,
  n: number,
  firstRows: Int32Array,
  starts: Int32Array,
): number {
  let blocks = 0
  for (let start = 0; start < n; ) {
    let end = start + 1
    while (end < n && sortKeys[end] === sortKeys[start]) end++
    if (end - start > 1) {
      firstRows[blocks] = sortRows[start]
      starts[blocks++] = start
      sortRows[end - 1] = ~sortRows[end - 1]
    }
    start = end
  }
  return blocks
}

/** Takes the mark from the last row of a block; returns where the block ends. */
function openBlock(sortRows: Int32Array, start: number): number {
  let end = start
  while (sortRows[end] >= 0) end++
  sortRows[end] = ~sortRows[end]
  return end + 1
}

function byRowsThenRow(a: BlockReport, b: BlockReport): number {
  return b.pairsLeftOut - a.pairsLeftOut || b.rows - a.rows || a.row - b.row
}
