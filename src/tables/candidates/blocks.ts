/**
 * Blocks of one rule: rows that agree on all its keys, with blocks too large split by further keys.
 *
 * In:  a rule, the largest block allowed, keys to split by. Out: block numbers per row and the rows of each block,
 *      the exact number of pairs, and what was split or left out because nothing could split it.
 * Leaves to rules.ts: which rules. Leaves to candidate-pairs.ts: taking each pair once.
 */
import { sharedCopy, sharedInts } from '../../records/shared-memory.ts'
import { type Combination, groupRows } from './group-rows.ts'
import type { BlockingKey } from './keys.ts'
import { PairInterner } from './pair-hash.ts'

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
