/**
 * Kept candidate pairs of all workers in one shared array: (left, right, pattern) words, written in claimed chunks.
 *
 * Which worker wrote where differs from run to run; whoever needs an order sorts by values. Unused words at the end
 * of a chunk hold left = -1.
 */
import { BiduiError, EXIT } from '../errors.ts'

export const PAIR_WORDS = 3
const CHUNK_PAIRS = 16_384

/** Buffers of their own: they are given back once the pairs are linked. Pages that are never written cost nothing. */
export interface PairBuffer {
  readonly pairs: SharedArrayBuffer
  /** Chunks claimed. */
  readonly counter: SharedArrayBuffer
}

/** @param pairsMax pairs kept at the most; some chunks more are there for workers that do not fill theirs */
export function makePairBuffer(pairsMax: number): PairBuffer {
  const chunks = Math.ceil(pairsMax / CHUNK_PAIRS) + 64
  return {
    pairs: new SharedArrayBuffer(chunks * CHUNK_PAIRS * PAIR_WORDS * 4),
    counter: new SharedArrayBuffer(4),
  }
}

/** Writes the pairs of one worker; each has its own. */
export class PairWriter {
  private readonly pairs: Int32Array
  private readonly counter: Int32Array
  private at = 0
  private end = 0

  constructor(buffer: PairBuffer) {
    this.pairs = new Int32Array(buffer.pairs)
    this.counter = new Int32Array(buffer.counter)
  }

  /** @throws E147 where the buffer is full */
  push(left: number, right: number, pattern: number): void {
    if (this.at === this.end) {
      this.at = Atomics.add(this.counter, 0, 1) * CHUNK_PAIRS * PAIR_WORDS
      this.end = this.at + CHUNK_PAIRS * PAIR_WORDS
      if (this.end > this.pairs.length)
        throw new BiduiError(
          'E147',
          EXIT.data,
          `可能同一人的记录对超过 ${this.pairs.length / PAIR_WORDS} 对 · more pairs of rows than that may be one person.`,
          {
            advice:
              '请查姓名、出生等列是否有大量相同的值(如向下填充) · look for columns in which one value is repeated (filled down); `bidui blocks` shows the largest blocks.',
          },
        )
    }
    const { pairs, at } = this
    pairs[at] = left
    pairs[at + 1] = right
    pairs[at + 2] = pattern
    this.at = at + PAIR_WORDS
  }

  /** Marks the rest of the last chunk as unused. Call once when done. */
  finish(): void {
    for (let at = this.at; at < this.end; at += PAIR_WORDS) this.pairs[at] = -1
    this.at = this.end
  }
}

/** Moves the used pairs together at the front. @returns the number of pairs */
export function compactPairs(buffer: PairBuffer): { pairs: Int32Array; count: number } {
  const pairs = new Int32Array(buffer.pairs)
  const end = Atomics.load(new Int32Array(buffer.counter), 0) * CHUNK_PAIRS * PAIR_WORDS
  let to = 0
  for (let at = 0; at < end; at += PAIR_WORDS) {
    if (pairs[at] < 0) continue
    if (to !== at) {
      pairs[to] = pairs[at]
      pairs[to + 1] = pairs[at + 1]
      pairs[to + 2] = pairs[at + 2]
    }
    to += PAIR_WORDS
  }
  return { pairs, count: to / PAIR_WORDS }
}
