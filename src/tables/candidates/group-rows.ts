/**
 * Groups of rows that agree on both keys of a combination: what a blocking rule asks, for a million rows at once.
 *
 * In:  combinations of one or two key columns. Out: per combination the group number of each row, −1 for none and for who is
 *      alone. Rows are first thrown on partitions by a hash of their keys: one table for all of them would be too large for
 *      the processor's cache, and every look into it a wait for memory.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { limitOf, mix } from './pair-hash.ts'

/** Entries of one partition: their table stays in the processor's cache. */
const ENTRIES_PER_PARTITION = 4096
const PARTITIONS_MOST = 1 << 12
/** Places of the smallest table, a power of two. */
const TABLE_LEAST = 1024

/** One or two key columns: a key number per row, −1 for none. */
export type Combination = readonly [first: Int32Array, second?: Int32Array]

/**
 * Numbers the groups; the same row may stand in one group by each combination. Two rows that agree crosswise, on one
 * combination of the one and another of the other, are of one group.
 *
 * @param sample one group in so many is looked at, by its hash; 1: all
 */
export function groupRows(
  combos: readonly Combination[],
  rowCount: number,
  sample: number,
): { slots: Int32Array[]; groupCount: number } {
  const partitions = partition(combos, rowCount, limitOf(sample))
  const slots = combos.map(() => sharedInts(rowCount).fill(-1))
  const grouper = new PartitionGrouper(partitions.largest)
  let groupCount = 0
  let from = 0
  for (const end of partitions.ends) {
    groupCount = grouper.number(partitions.entries, from, end, groupCount)
    grouper.tell(partitions.entries, from, end, slots)
    from = end
  }
  return { slots, groupCount }
}

/** Entries of ENTRY numbers each, partition after partition. */
interface Partitions {
  readonly entries: Int32Array
  /** Per partition, the entry after its last. */
  readonly ends: Int32Array
  /** Entries of the largest one. */
  readonly largest: number
}

/** Of each entry: first key, second key, row, combination. */
const ENTRY = 4

function partition(combos: readonly Combination[], rowCount: number, hashesBelow: number): Partitions {
  let count = 1
  while (count * ENTRIES_PER_PARTITION < rowCount * combos.length && count < PARTITIONS_MOST) count *= 2
  const ends = new Int32Array(count)
  for (const combo of combos) countEntries(combo, rowCount, hashesBelow, ends)
  let largest = 0
  let total = 0
  for (let p = 0; p < count; p++) {
    const size = ends[p]
    if (size > largest) largest = size
    ends[p] = total
    total += size
  }
  const entries = new Int32Array(total * ENTRY)
  combos.forEach((combo, place) => placeEntries(combo, place, rowCount, hashesBelow, { ends, entries }))
  return { entries, ends, largest }
}

/** The high bits of a hash once more: the low ones find the place within the partition. `shift` 32: one partition. */
function partitionOf(hash: number, shift: number): number {
  return shift === 32 ? 0 : Math.imul(hash, 0x9e3779b1) >>> shift
}

// The two loops below stand twice on purpose: with the visit as a function of its own they take half as long again.

/** Adds to `sizes` how many rows of each partition have both keys. */
function countEntries([first, second]: Combination, rowCount: number, hashesBelow: number, sizes: Int32Array): void {
  const shift = 32 - Math.log2(sizes.length)
  for (let row = 0; row < rowCount; row++) {
    const a = first[row]
    const b = second === undefined ? 0 : second[row]
    if (a < 0 || b < 0) continue
    const hash = mix(a, b)
    if (hash < hashesBelow) sizes[partitionOf(hash, shift)]++
  }
}

/** Writes the same rows into the entries, each where its partition goes on. */
function placeEntries(
  [first, second]: Combination,
  combo: number,
  rowCount: number,
  hashesBelow: number,
  { ends, entries }: Omit<Partitions, 'largest'>,
): void {
  const shift = 32 - Math.log2(ends.length)
  for (let row = 0; row < rowCount; row++) {
    const a = first[row]
    const b = second === undefined ? 0 : second[row]
    if (a < 0 || b < 0) continue
    const hash = mix(a, b)
    if (hash >= hashesBelow) continue
    const at = ENTRY * ends[partitionOf(hash, shift)]++
    entries[at] = a
    entries[at + 1] = b
    entries[at + 2] = row
    entries[at + 3] = combo
  }
}

/** The groups of one partition after the other, in a table that is cleared as far as the next needs it. */
class PartitionGrouper {
  /** Open addressing: entry of the partition + 1. */
  private readonly table: Int32Array
  /** Per entry of the partition: the first entry of its group, and on that the size, then the number of the group. */
  private readonly leader: Int32Array
  private readonly groups: Int32Array

  constructor(largest: number) {
    let size = TABLE_LEAST
    while (size < largest * 2) size *= 2
    this.table = new Int32Array(size)
    this.leader = new Int32Array(largest)
    this.groups = new Int32Array(largest)
  }

  /** Numbers the groups of entries from … end from `next` on; out: the next number after them. */
  number(entries: Int32Array, from: number, end: number, next: number): number {
    const { table, leader, groups } = this
    const count = end - from
    let mask = TABLE_LEAST - 1
    while (mask < count * 2) mask = 2 * mask + 1
    table.fill(0, 0, mask + 1)
    for (let i = 0; i < count; i++) {
      const first = this.leaderOf(entries, from, i, mask)
      leader[i] = first
      if (first === i) groups[i] = 1
      else groups[first]++
    }
    let number = next
    for (let i = 0; i < count; i++) if (leader[i] === i) groups[i] = groups[i] > 1 ? number++ : -1
    return number
  }

  /** Writes the group of each entry where its combination keeps those of its row. */
  tell(entries: Int32Array, from: number, end: number, slots: readonly Int32Array[]): void {
    for (let i = 0; i < end - from; i++) {
      const at = ENTRY * (from + i)
      slots[entries[at + 3]][entries[at + 2]] = this.groups[this.leader[i]]
    }
  }

  /** The first entry with the keys of entry i: entry i itself where there was none. */
  private leaderOf(entries: Int32Array, from: number, i: number, mask: number): number {
    const { table } = this
    const at = ENTRY * (from + i)
    const a = entries[at]
    const b = entries[at + 1]
    for (let place = mix(a, b) & mask; ; place = (place + 1) & mask) {
      const other = table[place] - 1
      if (other < 0) {
        table[place] = i + 1
        return i
      }
      const otherAt = ENTRY * (from + other)
      if (entries[otherAt] === a && entries[otherAt + 1] === b) return other
    }
  }
}
