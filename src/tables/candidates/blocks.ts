/**
 * Blocks of one rule: rows that agree on all its keys, with blocks too large split by further keys.
 *
 * In:  a rule, the largest block allowed, keys to split by. Out: block numbers per row and the rows of each block,
 *      the exact number of pairs, and what was split or left out because nothing could split it.
 * Leaves to rules.ts: which rules. Leaves to candidate-pairs.ts: taking each pair once.
 */
import { sharedCopy, sharedInts } from '../../records/shared-memory.ts'
import type { BlockingKey } from './keys.ts'

export interface BlockingRule {
  readonly name: string
  readonly keys: readonly BlockingKey[]
}

/** Which rows stand together, in memory that all threads read. */
export interface Blocks {
  /** Per slot: block number of each row, −1 for none. */
  readonly slots: readonly Int32Array[]
  /** members[start[block] … start[block + 1]) are the rows of a block, ascending. */
  readonly start: Int32Array
  readonly members: Int32Array
}

/** The keys of the rule are not kept: of a million rows they hold more than the blocks. */
export interface RuleBlocks extends Blocks {
  /** Name of the rule. */
  readonly name: string
  readonly pairs: number
  readonly blocksSplit: number
  /** Rows in blocks that stayed too large and are not paired by this rule. */
  readonly rowsLeftOut: number
}

export interface BlockOptions {
  readonly rowCount: number
  readonly leftCount: number
  readonly rowsPerBlockMax: number
  readonly splitKeys: readonly BlockingKey[]
  /** Look at one block in `sample` only (1: all of them); pairs are scaled up. */
  readonly sample?: number
}

export function blockRule(rule: BlockingRule, options: BlockOptions): RuleBlocks {
  const { rowCount, leftCount, rowsPerBlockMax, splitKeys } = options
  const sample = options.sample ?? 1
  const combos = rule.keys.reduce<Int32Array[][]>(
    (lists, key) => lists.flatMap((list) => key.slots.map((slot) => [...list, slot])),
    [[]],
  )
  const grouped = groupRows(combos, rowCount, sample)
  const { slots } = grouped
  let { groupCount } = grouped
  let blocksSplit = 0
  let sizes = sizesOf(slots, groupCount, rowCount, leftCount)
  for (const key of splitKeys) {
    if (rule.keys.some((own) => own === key || own.fields.some((field) => key.fields.includes(field)))) continue
    const isLarge = new Uint8Array(groupCount)
    let entries = 0
    let large = 0
    for (let block = 0; block < groupCount; block++) {
      if (sizes.all[block] <= rowsPerBlockMax) continue
      isLarge[block] = 1
      large++
      entries += sizes.all[block]
    }
    if (large === 0) break
    blocksSplit += large
    const parts = new PairInterner(Math.min(entries, 1 << 20))
    for (const blocks of slots) splitLarge(blocks, isLarge, key.slots[0], parts, groupCount)
    groupCount += parts.size
    sizes = sizesOf(slots, groupCount, rowCount, leftCount)
  }
  let rowsLeftOut = 0
  let pairs = 0
  const isLarge = new Uint8Array(sizes.all.length)
  for (let block = 0; block < sizes.all.length; block++) {
    const all = sizes.all[block]
    if (all > rowsPerBlockMax * 2) {
      isLarge[block] = 1
      rowsLeftOut += all
    } else if (leftCount < rowCount) pairs += sizes.left[block] * (all - sizes.left[block])
    else pairs += (all * (all - 1)) / 2
  }
  if (rowsLeftOut > 0)
    for (const blocks of slots)
      for (let row = 0; row < rowCount; row++) if (blocks[row] >= 0 && isLarge[blocks[row]] === 1) blocks[row] = -1
  const { start, members } = membersOf(slots, groupCount, rowCount)
  return {
    name: rule.name,
    slots: slots.map(sharedCopy),
    start,
    members,
    pairs: pairs * sample,
    blocksSplit: blocksSplit * sample,
    rowsLeftOut: rowsLeftOut * sample,
  }
}

/** Rows of large blocks go to new ones by the further key, numbered from `first` on; rows without that key to none. */
function splitLarge(blocks: Int32Array, isLarge: Uint8Array, by: Int32Array, parts: PairInterner, first: number): void {
  for (let row = 0; row < blocks.length; row++) {
    const block = blocks[row]
    if (block >= 0 && isLarge[block] === 1) blocks[row] = by[row] < 0 ? -1 : first + parts.of(block, by[row])
  }
}

/** Entries of one partition: their table stays in the processor's cache. */
const ENTRIES_PER_PARTITION = 4096

/**
 * Numbers the groups of rows that agree on both keys of any combination; who is alone in a group gets −1, for it has no
 * partner. Rows are first thrown on partitions by a hash of their keys: one table for all of them would be too large for
 * the processor's cache, and every look into it a wait for memory.
 */
export function groupRows(
  combos: readonly (readonly Int32Array[])[],
  rowCount: number,
  sample: number,
): { slots: Int32Array[]; groupCount: number } {
  let partitions = 1
  while (partitions * ENTRIES_PER_PARTITION < rowCount * combos.length && partitions < 1 << 12) partitions *= 2
  const shift = 32 - Math.log2(partitions)
  const sampled = limitOf(sample)
  const partitionOf = (hash: number) => (partitions === 1 ? 0 : Math.imul(hash, 0x9e3779b1) >>> shift)
  const ends = new Int32Array(partitions)
  for (const [first, second] of combos as readonly (readonly [Int32Array, Int32Array | undefined])[])
    for (let row = 0; row < rowCount; row++) {
      const a = first[row]
      const b = second === undefined ? 0 : second[row]
      if (a < 0 || b < 0) continue
      const hash = mix(a, b)
      if (hash < sampled) ends[partitionOf(hash)]++
    }
  let largest = 0
  let entries = 0
  for (let p = 0; p < partitions; p++) {
    const size = ends[p]
    if (size > largest) largest = size
    ends[p] = entries
    entries += size
  }
  // Of each entry: first key, second key, row, combination.
  const held = new Int32Array(entries * 4)
  combos.forEach(([first, second]: readonly (Int32Array | undefined)[], combo) => {
    if (first === undefined) return
    for (let row = 0; row < rowCount; row++) {
      const a = first[row]
      const b = second === undefined ? 0 : second[row]
      if (a < 0 || b < 0) continue
      const hash = mix(a, b)
      if (hash >= sampled) continue
      const at = 4 * ends[partitionOf(hash)]++
      held[at] = a
      held[at + 1] = b
      held[at + 2] = row
      held[at + 3] = combo
    }
  })
  const slots = combos.map(() => new Int32Array(rowCount).fill(-1))
  let size = 1024
  while (size < largest * 2) size *= 2
  const table = new Int32Array(size)
  /** Per entry of the partition: the first entry of its group, and on that the size, then the number of the group. */
  const leader = new Int32Array(largest)
  const number = new Int32Array(largest)
  let groupCount = 0
  for (let p = 0, from = 0; p < partitions; from = ends[p++]) {
    const count = ends[p] - from
    let mask = 1023
    while (mask < count * 2) mask = 2 * mask + 1
    table.fill(0, 0, mask + 1)
    for (let i = 0; i < count; i++) {
      const at = 4 * (from + i)
      const a = held[at]
      const b = held[at + 1]
      let place = mix(a, b) & mask
      for (;;) {
        const other = table[place] - 1
        if (other < 0) {
          table[place] = i + 1
          leader[i] = i
          number[i] = 1
          break
        }
        if (held[4 * (from + other)] === a && held[4 * (from + other) + 1] === b) {
          leader[i] = other
          number[other]++
          break
        }
        place = (place + 1) & mask
      }
    }
    for (let i = 0; i < count; i++) {
      const first = leader[i]
      if (first === i) number[i] = number[i] > 1 ? groupCount++ : -1
      const at = 4 * (from + i)
      slots[held[at + 3]][held[at + 2]] = number[first]
    }
  }
  return { slots, groupCount }
}

/** True when the rule puts the two rows in one block. */
export function areBlocked(blocks: RuleBlocks, a: number, b: number): boolean {
  for (const mine of blocks.slots) {
    const block = mine[a]
    if (block < 0) continue
    for (const theirs of blocks.slots) if (theirs[b] === block) return true
  }
  return false
}

function sizesOf(slots: readonly Int32Array[], blockCount: number, rowCount: number, leftCount: number) {
  const all = new Int32Array(blockCount)
  const left = new Int32Array(blockCount)
  for (const blocks of slots)
    for (let row = 0; row < rowCount; row++) {
      const block = blocks[row]
      if (block < 0) continue
      all[block]++
      if (row < leftCount) left[block]++
    }
  return { all, left }
}

function membersOf(slots: readonly Int32Array[], blockCount: number, rowCount: number) {
  const start = sharedInts(blockCount + 1)
  for (const blocks of slots) for (let row = 0; row < rowCount; row++) if (blocks[row] >= 0) start[blocks[row] + 1]++
  for (let block = 0; block < blockCount; block++) start[block + 1] += start[block]
  const next = Int32Array.from(start.subarray(0, blockCount))
  const members = sharedInts(start[blockCount])
  for (let row = 0; row < rowCount; row++)
    for (const blocks of slots) if (blocks[row] >= 0) members[next[blocks[row]]++] = row
  return { start, members }
}

/** Below it lies one hash of mix in so many: a remainder would take a division for each row of each rule. */
export function limitOf(sample: number): number {
  return 2 ** 32 / sample
}

export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** Dense numbers for pairs of integers. */
export class PairInterner {
  private slots: Int32Array
  private first: Int32Array
  private second: Int32Array
  size = 0

  constructor(expected: number) {
    let length = 1024
    while (length < expected * 2) length *= 2
    this.slots = new Int32Array(length)
    this.first = new Int32Array(length / 2)
    this.second = new Int32Array(length / 2)
  }

  /** Nothing is known any more; the room stays. */
  clear(): void {
    this.slots.fill(0)
    this.size = 0
  }

  of(a: number, b: number): number {
    const mask = this.slots.length - 1
    let i = mix(a, b) & mask
    for (;;) {
      const held = this.slots[i]
      if (held === 0) break
      if (this.first[held - 1] === a && this.second[held - 1] === b) return held - 1
      i = (i + 1) & mask
    }
    const number = this.size++
    this.first[number] = a
    this.second[number] = b
    this.slots[i] = number + 1
    if (this.size * 2 >= this.slots.length) this.grow()
    return number
  }

  private grow(): void {
    const length = this.slots.length * 2
    const first = new Int32Array(length / 2)
    const second = new Int32Array(length / 2)
    first.set(this.first.subarray(0, this.size))
    second.set(this.second.subarray(0, this.size))
    this.first = first
    this.second = second
    this.slots = new Int32Array(length)
    for (let n = 0; n < this.size; n++) {
      let i = mix(first[n], second[n]) & (length - 1)
      while (this.slots[i] !== 0) i = (i + 1) & (length - 1)
      this.slots[i] = n + 1
    }
  }
}
