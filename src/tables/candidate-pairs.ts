/**
 * Candidate pairs, each once, with the comparison pattern of each.
 *
 * In:  blocks of all rules in order, comparisons. Out: parallel arrays left row, right row, pattern number, first rule;
 *      and the distinct patterns with their counts. For each row all its blocks are walked and every partner is stamped,
 *      so a pair met under a second rule is known without a set of pairs.
 */
import type { RuleBlocks } from './blocks.ts'
import type { Comparison } from './comparisons.ts'

export interface Patterns {
  readonly width: number
  /** Levels of pattern p at [p × width …). */
  readonly levels: Uint8Array
  readonly count: number
  readonly counts: Float64Array
}

export interface CandidatePairs {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly pattern: Int32Array
  readonly patterns: Patterns
  /** Pairs first found by each rule. */
  readonly pairsByRule: readonly number[]
}

export function comparePairs(
  blocks: readonly RuleBlocks[],
  comparisons: readonly Comparison[],
  rowCount: number,
  leftCount: number,
): CandidatePairs {
  const isLink = leftCount < rowCount
  const stamp = new Int32Array(rowCount).fill(-1)
  const interner = new PatternInterner(comparisons.length)
  const pairsByRule = blocks.map(() => 0)
  let left = new Int32Array(1 << 16)
  let right = new Int32Array(1 << 16)
  let pattern = new Int32Array(1 << 16)
  let count = 0
  const rows = isLink ? leftCount : rowCount
  for (let a = 0; a < rows; a++) {
    for (let r = 0; r < blocks.length; r++) {
      const { slots, start, members } = blocks[r]
      for (const slot of slots) {
        const block = slot[a]
        if (block < 0) continue
        const end = start[block + 1]
        // Rows of a block ascend: partners come after the row itself, or from the right table on.
        for (let at = firstAfter(members, start[block], end, isLink ? leftCount - 1 : a); at < end; at++) {
          const b = members[at]
          if (stamp[b] === a) continue
          stamp[b] = a
          if (count === left.length) {
            left = wider(left)
            right = wider(right)
            pattern = wider(pattern)
          }
          for (let c = 0; c < comparisons.length; c++) interner.levels[c] = comparisons[c].levelOf(a, b)
          left[count] = a
          right[count] = b
          pattern[count++] = interner.add(1)
          pairsByRule[r]++
        }
      }
    }
  }
  return {
    count,
    left: left.subarray(0, count),
    right: right.subarray(0, count),
    pattern: pattern.subarray(0, count),
    patterns: interner.patterns(),
    pairsByRule,
  }
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

/** Dense numbers for comparison patterns, with counts. */
export class PatternInterner {
  /** Put the levels here, then call add. */
  readonly levels: Uint8Array
  private readonly width: number
  private slots = new Int32Array(1 << 14)
  private stored: Uint8Array
  private counts = new Float64Array(1 << 13)
  private count = 0

  constructor(width: number) {
    this.width = width
    this.levels = new Uint8Array(width)
    this.stored = new Uint8Array(width << 13)
  }

  add(times: number): number {
    const { width, levels } = this
    let h = 0x811c9dc5
    for (let c = 0; c < width; c++) h = Math.imul(h ^ levels[c], 0x01000193)
    h ^= h >>> 15
    const mask = this.slots.length - 1
    let i = h & mask
    for (;;) {
      const held = this.slots[i] - 1
      if (held < 0) break
      const at = held * width
      let c = 0
      while (c < width && this.stored[at + c] === levels[c]) c++
      if (c === width) {
        this.counts[held] += times
        return held
      }
      i = (i + 1) & mask
    }
    const number = this.count++
    this.stored.set(levels, number * width)
    this.counts[number] = times
    this.slots[i] = number + 1
    if (this.count * 2 >= this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const { width } = this
    const length = this.slots.length * 2
    const stored = new Uint8Array((length / 2) * width)
    stored.set(this.stored)
    const counts = new Float64Array(length / 2)
    counts.set(this.counts)
    this.stored = stored
    this.counts = counts
    this.slots = new Int32Array(length)
    for (let n = 0; n < this.count; n++) {
      let h = 0x811c9dc5
      for (let c = 0; c < width; c++) h = Math.imul(h ^ stored[n * width + c], 0x01000193)
      h ^= h >>> 15
      let i = h & (length - 1)
      while (this.slots[i] !== 0) i = (i + 1) & (length - 1)
      this.slots[i] = n + 1
    }
  }

  patterns(): Patterns {
    return {
      width: this.width,
      levels: this.stored.slice(0, this.count * this.width),
      count: this.count,
      counts: this.counts.slice(0, this.count),
    }
  }
}
