/**
 * Blocks of one rule: rows that agree on all its keys, with blocks too large split by further keys.
 *
 * In:  a rule, the largest block allowed, keys to split by. Out: block numbers per row and the rows of each block,
 *      the exact number of pairs, and what was split or left out because nothing could split it.
 * Leaves to rules.ts: which rules. Leaves to candidate-pairs.ts: taking each pair once.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { type Combination, groupRows } from './group-rows.ts'
import type { BlockingKey } from './keys.ts'

export interface BlockingRule {
  readonly name: string
  /** One or two. */
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
  const [first, ...further] = rule.keys
  const combos = further.reduce<Combination[]>(
    (lists, key) => lists.flatMap(([one]) => key.slots.map((slot): Combination => [one, slot])),
    first.slots.map((slot): Combination => [slot]),
  )
  const { slots, groupCount } = groupRows(combos, rowCount, sample)
  let sizes = sizesOf(slots, groupCount, rowCount, leftCount)
  let blocksSplit = 0
  /** Of blocks that are too large: the rows, asked for once. */
  let large: Entries | undefined
  for (const key of splitKeys) {
    if (rule.keys.some((own) => own === key || own.fields.some((field) => key.fields.includes(field)))) continue
    const count = countAbove(sizes.all, rowsPerBlockMax)
    if (count === 0) break
    blocksSplit += count
    large ??= entriesAbove(slots, sizes.all, rowsPerBlockMax)
    sizes = splitLarge(slots, large, key.slots[0], sizes, { rowsPerBlockMax, leftCount })
  }
  const rowsLeftOut = leaveOut(slots, sizes, rowsPerBlockMax * 2, large)
  let pairs = 0
  for (let block = 0; block < sizes.all.length; block++) {
    const all = sizes.all[block]
    if (leftCount < rowCount) pairs += sizes.left[block] * (all - sizes.left[block])
    else pairs += (all * (all - 1)) / 2
  }
  const { start, members } = membersOf(slots, sizes.all, rowCount)
  return {
    name: rule.name,
    slots,
    start,
    members,
    pairs: pairs * sample,
    blocksSplit: blocksSplit * sample,
    rowsLeftOut: rowsLeftOut * sample,
  }
}

/** Rows by block, all of them and those of the left table. */
interface BlockSizes {
  readonly all: Int32Array
  readonly left: Int32Array
}

/** Rows with the slot in which each stands in its block, side by side. */
type Entries = Int32Array

function countAbove(sizes: Int32Array, most: number): number {
  let count = 0
  for (let block = 0; block < sizes.length; block++) if (sizes[block] > most) count++
  return count
}

function entriesAbove(slots: readonly Int32Array[], sizes: Int32Array, most: number): Entries {
  let count = 0
  for (let block = 0; block < sizes.length; block++) if (sizes[block] > most) count += sizes[block]
  const entries = new Int32Array(2 * count)
  let end = 0
  slots.forEach((blocks, slot) => {
    for (let row = 0; row < blocks.length; row++) {
      if (blocks[row] < 0 || sizes[blocks[row]] <= most) continue
      entries[end++] = row
      entries[end++] = slot
    }
  })
  return entries
}

/** Rows of large blocks go to new ones by the further key, numbered behind all others; rows without that key to none. */
function splitLarge(
  slots: readonly Int32Array[],
  large: Entries,
  by: Int32Array,
  { all, left }: BlockSizes,
  { rowsPerBlockMax, leftCount }: Pick<BlockOptions, 'rowsPerBlockMax' | 'leftCount'>,
): BlockSizes {
  const count = large.length / 2
  const blocks = new Int32Array(count).fill(-1)
  const keys = new Int32Array(count)
  for (let e = 0; e < count; e++) {
    const row = large[2 * e]
    const block = slots[large[2 * e + 1]][row]
    if (block < 0 || all[block] <= rowsPerBlockMax) continue
    blocks[e] = block
    keys[e] = by[row]
  }
  const parts = groupRows([[blocks, keys]], count, 1)
  const sizes = { all: longer(all, parts.groupCount), left: longer(left, parts.groupCount) }
  for (let e = 0; e < count; e++) {
    if (blocks[e] < 0) continue
    sizes.all[blocks[e]] = sizes.left[blocks[e]] = 0
    const row = large[2 * e]
    const part = parts.slots[0][e] < 0 ? -1 : all.length + parts.slots[0][e]
    slots[large[2 * e + 1]][row] = part
    if (part < 0) continue
    sizes.all[part]++
    if (row < leftCount) sizes.left[part]++
  }
  return sizes
}

function longer(numbers: Int32Array, by: number): Int32Array {
  const next = new Int32Array(numbers.length + by)
  next.set(numbers)
  return next
}

/** Takes rows of blocks larger than `most` out of them; out: how many. */
function leaveOut(slots: readonly Int32Array[], { all, left }: BlockSizes, most: number, large?: Entries): number {
  if (countAbove(all, most) === 0) return 0
  const entries = large ?? entriesAbove(slots, all, most)
  let rowsLeftOut = 0
  for (let e = 0; e < entries.length; e += 2) {
    const blocks = slots[entries[e + 1]]
    const row = entries[e]
    if (blocks[row] < 0 || all[blocks[row]] <= most) continue
    blocks[row] = -1
    rowsLeftOut++
  }
  for (let block = 0; block < all.length; block++) if (all[block] > most) all[block] = left[block] = 0
  return rowsLeftOut
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

function sizesOf(slots: readonly Int32Array[], blockCount: number, rowCount: number, leftCount: number): BlockSizes {
  const all = new Int32Array(blockCount)
  const left = new Int32Array(blockCount)
  const isLink = leftCount < rowCount
  for (const blocks of slots)
    for (let row = 0; row < rowCount; row++) {
      const block = blocks[row]
      if (block < 0) continue
      all[block]++
      if (isLink && row < leftCount) left[block]++
    }
  return { all, left }
}

function membersOf(slots: readonly Int32Array[], sizes: Int32Array, rowCount: number) {
  const start = sharedInts(sizes.length + 1)
  for (let block = 0; block < sizes.length; block++) start[block + 1] = start[block] + sizes[block]
  const next = Int32Array.from(start.subarray(0, sizes.length))
  const members = sharedInts(start[sizes.length])
  for (let row = 0; row < rowCount; row++)
    for (const blocks of slots) if (blocks[row] >= 0) members[next[blocks[row]]++] = row
  return { start, members }
}
