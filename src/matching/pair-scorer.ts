/**
 * Scores candidate pairs: keeps the plausible ones and counts the patterns of all.
 *
 * In:  pairs of rows, in the order in which blocking proposes them. Out: kept pairs in the pair buffer, pattern counts.
 */
import type { PairWriter } from '../blocking/pair-buffer.ts'
import { COMPARED_WORDS, type NameFeatures } from '../records/name-features.ts'
import { isPlausible, type Kernel } from './kernel.ts'
import { LINE_WORDS, WORD } from './packed-records.ts'
import { PatternCounts } from './pattern-counts.ts'

/** Pairs gathered before they are scored: as many as keep what was read ahead of them in the nearest cache. */
export const PAIRS_AHEAD = 64

/**
 * Scores pairs in the order in which they come, a batch at a time: the lines of a batch, which lie anywhere in memory, are read one
 * right after another before the first is compared, so that their reads are under way together.
 */
export class PairScorer {
  readonly patterns = new PatternCounts()
  /** Pairs scored so far. */
  scored = 0
  private readonly left = new Int32Array(PAIRS_AHEAD)
  private readonly right = new Int32Array(PAIRS_AHEAD)
  private taken = 0
  /** What was read ahead: kept, so that no compiler leaves the reading out. */
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
    const { kernel, lines, names, writer, left, right } = this
    this.touched = readAhead(lines, names.compared, left, right, 0, this.taken)
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
}

/**
 * Reads what comparing pairs [from, to) reads first: the lines of their rows, then those of their names.
 * @param lines packed rows (packed-records.ts) @param compared name lines (NameFeatures.compared)
 * @returns a mix of what was read, to be kept somewhere
 * @public for bench/county/kernel.ts, which takes it from the built program
 */
export function readAhead(
  lines: Int32Array,
  compared: Int32Array,
  left: Int32Array,
  right: Int32Array,
  from: number,
  to: number,
): number {
  let touched = 0
  for (let k = from; k < to; k++)
    touched ^= lines[left[k] * LINE_WORDS + WORD.name] ^ lines[right[k] * LINE_WORDS + WORD.name]
  for (let k = from; k < to; k++) {
    const nameA = lines[left[k] * LINE_WORDS + WORD.name]
    const nameB = lines[right[k] * LINE_WORDS + WORD.name]
    touched ^= compared[nameA * COMPARED_WORDS] ^ compared[nameB * COMPARED_WORDS]
  }
  return touched
}
