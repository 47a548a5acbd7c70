/**
 * Lines of links.csv while they are gathered: parallel arrays, since there may be millions.
 *
 * In: pairs in any order. Out: Links sorted by left row, then right row, in shared memory, and why a line waits.
 */
import { RadixSorter } from '../../blocking/radix-sort.ts'
import { BEYOND } from '../../matching/beyond-pair.ts'
import type { Links } from '../people.ts'
import { REASONS, type Reason } from '../pair-decisions.ts'

/** Two rows and what they weigh. */
export interface WeighedLine {
  readonly left: number
  readonly right: number
  readonly weight: number
  readonly beyond?: number
}

export interface SortedLines {
  readonly links: Links
  /** Why a line waits, by line number. */
  readonly reasons: ReadonlyMap<number, Reason>
  /** What beside the rows moved the weight, one of BEYOND, by line number. */
  readonly beyond: Uint8Array
}

export class LinkLines {
  private count = 0
  private readonly left: Int32Array
  private readonly right: Int32Array
  private readonly weight: Int32Array
  private readonly decision: Uint8Array
  private readonly layer: Uint8Array
  private readonly reason: Uint8Array
  private readonly beyond: Uint8Array

  constructor(capacity: number) {
    this.left = new Int32Array(capacity)
    this.right = new Int32Array(capacity)
    this.weight = new Int32Array(capacity)
    this.decision = new Uint8Array(capacity)
    this.layer = new Uint8Array(capacity)
    this.reason = new Uint8Array(capacity)
    this.beyond = new Uint8Array(capacity)
  }

  /** @param beyond what beside the rows moved the weight, one of BEYOND */
  push(
    { left, right, weight, beyond = BEYOND.none }: WeighedLine,
    decision: number,
    layer: number,
    reason: Reason | '',
  ): void {
    const i = this.count++
    this.left[i] = left
    this.right[i] = right
    this.weight[i] = weight
    this.decision[i] = decision
    this.layer[i] = layer
    this.reason[i] = reason === '' ? 255 : REASONS.indexOf(reason)
    this.beyond[i] = beyond
  }

  /** By left row, then right row. */
  sorted(): SortedLines {
    const { count } = this
    const order = new Int32Array(count)
    const keys = new Int32Array(count)
    const sorter = new RadixSorter(count)
    for (let i = 0; i < count; i++) {
      order[i] = i
      keys[i] = this.right[i]
    }
    sorter.sort(keys, order, count)
    for (let i = 0; i < count; i++) keys[i] = this.left[order[i]]
    sorter.sort(keys, order, count)
    const reasons = new Map<number, Reason>()
    const reason = this.reason
    for (let i = 0; i < count; i++) if (reason[order[i]] !== 255) reasons.set(i, REASONS[reason[order[i]]])
    // Shared: the threads that write the outputs read them where they are.
    const links = {
      count,
      left: new Int32Array(new SharedArrayBuffer(count * 4)),
      right: new Int32Array(new SharedArrayBuffer(count * 4)),
      weight: new Int32Array(new SharedArrayBuffer(count * 4)),
      decision: new Uint8Array(new SharedArrayBuffer(count)),
      layer: new Uint8Array(new SharedArrayBuffer(count)),
    }
    const beyond = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      const line = order[i]
      beyond[i] = this.beyond[line]
      links.left[i] = this.left[line]
      links.right[i] = this.right[line]
      links.weight[i] = this.weight[line]
      links.decision[i] = this.decision[line]
      links.layer[i] = this.layer[line]
    }
    return { links, reasons, beyond }
  }
}
