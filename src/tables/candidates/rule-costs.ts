/**
 * What each blocking rule would cost, counted on some of the rows by whichever thread is free.
 *
 * In:  keys, a budget. Out: pairs and rows left out of every key and of every two keys, one rule beside the other.
 * Leaves to rules.ts: which rules.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import type { BlockOptions } from './blocks.ts'
import { limitOf, mix, PairInterner } from './pair-hash.ts'
import type { BlockingKey } from './keys.ts'

export interface RuleOptions {
  readonly rowCount: number
  readonly leftCount: number
  readonly pairsPerRow: number
}

export function rowSampleOf(rowCount: number): number {
  return Math.max(1, Math.floor(rowCount / 100_000))
}

export function rowsPerBlockMaxOf(pairsPerRow: number): number {
  return Math.max(24, pairsPerRow)
}

/** Rules to be costed, and the rows that tell: any thread may cost any rule. */
export interface RuleCosting {
  /** Places of the two keys of each rule, side by side; −1: no second key. */
  readonly rules: Int32Array
  readonly from: CostSample
  readonly options: { readonly rowsPerBlockMax: number; readonly sample: number }
  /** [0] the next rule that nobody has claimed. */
  readonly claim: Int32Array
  /** Pairs and rows left out of each rule, side by side. */
  readonly costs: Float64Array
}

/** Every key, and every two keys of different columns. */
export function planCosting(
  keys: readonly BlockingKey[],
  { rowCount, leftCount, pairsPerRow }: RuleOptions,
): RuleCosting {
  // Of a large table one row in so many is costed, and of those rows one block in so many.
  const rowSample = rowSampleOf(rowCount)
  const sample = Math.max(1, Math.floor(rowCount / rowSample / 20_000))
  const rules = keys.flatMap((_, i) => [i, -1])
  keys.forEach((a, i) => {
    for (let j = i + 1; j < keys.length; j++) {
      const b = keys[j]
      if (a.fields.some((field) => b.fields.includes(field))) continue
      rules.push(...(a.slots.length >= b.slots.length ? [i, j] : [j, i]))
    }
  })
  const shared = sharedInts(rules.length)
  shared.set(rules)
  return {
    rules: shared,
    from: sampleForCosts(keys, { rowCount, leftCount, rowSample }),
    options: { rowsPerBlockMax: rowsPerBlockMaxOf(pairsPerRow), sample },
    claim: sharedInts(1),
    costs: new Float64Array(new SharedArrayBuffer(8 * rules.length)),
  }
}

/** Costs rules that no other thread has claimed, until there are none. */
export function costRules({ rules, from, options, claim, costs }: RuleCosting): void {
  const counting = new BlockCounts(Math.ceil(from.rowCount / options.sample))
  for (let at = 2 * Atomics.add(claim, 0, 1); at < rules.length; at = 2 * Atomics.add(claim, 0, 1)) {
    const { pairs, rowsLeftOut } = ruleCost(rules[at], rules[at + 1], from, options, counting)
    costs[at] = pairs
    costs[at + 1] = rowsLeftOut
  }
}

export interface RuleCost {
  readonly pairs: number
  /** Rows in blocks too large to be paired. */
  readonly rowsLeftOut: number
}

/** Of every slot of every key only the rows that costing looks at, side by side: rules are many, rows are far between. */
export interface CostSample {
  /** Slots of each key, in memory that all threads read. */
  readonly slots: readonly (readonly Int32Array[])[]
  /** Rows looked at, and how many of them are of the left table. */
  readonly rowCount: number
  readonly leftCount: number
  readonly isLink: boolean
  /** One row in so many is looked at. */
  readonly rowSample: number
}

/** Which rows are looked at, a hash decides: rows in order are near each other. */
export function sampleForCosts(
  keys: readonly BlockingKey[],
  options: Pick<BlockOptions, 'rowCount' | 'leftCount'> & { readonly rowSample: number },
): CostSample {
  const { rowCount, leftCount, rowSample } = options
  const rows: number[] = []
  let left = 0
  for (let row = 0; row < rowCount; row++) {
    if (mix(row, 0) >= limitOf(rowSample)) continue
    rows.push(row)
    if (row < leftCount) left++
  }
  return {
    slots: keys.map((key) =>
      key.slots.map((slot) => {
        const sampled = sharedInts(rows.length)
        for (let i = 0; i < rows.length; i++) sampled[i] = slot[rows[i]]
        return sampled
      }),
    ),
    rowCount: rows.length,
    leftCount: left,
    isLink: leftCount < rowCount,
    rowSample,
  }
}

/**
 * What blockRule without keys to split by would propose, counted only: no blocks are made. Pairs are scaled by the square
 * of the sample's part.
 * @param firstKey place of the rule's first key in the sample
 * @param secondKey place of its second key; −1 for none
 */
export function ruleCost(
  firstKey: number,
  secondKey: number,
  from: CostSample,
  options: Pick<BlockOptions, 'rowsPerBlockMax' | 'sample'>,
  counting = new BlockCounts(from.rowCount),
): RuleCost {
  const { rowCount, leftCount, isLink, rowSample } = from
  const rowsMost = (options.rowsPerBlockMax * 2) / rowSample
  const sample = options.sample ?? 1
  const sampled = limitOf(sample)
  counting.clear()
  for (const first of from.slots[firstKey])
    for (const second of secondKey < 0 ? [undefined] : from.slots[secondKey])
      for (let row = 0; row < rowCount; row++) {
        const a = first[row]
        const b = second === undefined ? 0 : second[row]
        if (a < 0 || b < 0 || (sample > 1 && mix(a, b) >= sampled)) continue
        counting.add(a, b, row < leftCount)
      }
  const { all, left } = counting
  let pairs = 0
  let rowsLeftOut = 0
  for (let block = 0; block < counting.blocks; block++) {
    if (all[block] > rowsMost) rowsLeftOut += all[block]
    else if (isLink) pairs += left[block] * (all[block] - left[block])
    else pairs += (all[block] * (all[block] - 1)) / 2
  }
  return { pairs: pairs * sample * rowSample ** 2, rowsLeftOut: rowsLeftOut * sample * rowSample }
}

/** Rows of each block, those of the left table beside; used again for the next rule. */
class BlockCounts {
  all = new Int32Array(1024)
  left = new Int32Array(1024)
  private readonly interner: PairInterner

  constructor(blocksExpected: number) {
    this.interner = new PairInterner(blocksExpected)
  }

  get blocks(): number {
    return this.interner.size
  }

  clear(): void {
    this.all.fill(0, 0, this.blocks)
    this.left.fill(0, 0, this.blocks)
    this.interner.clear()
  }

  add(a: number, b: number, isLeft: boolean): void {
    const block = this.interner.of(a, b)
    if (block >= this.all.length) {
      this.all = doubled(this.all)
      this.left = doubled(this.left)
    }
    this.all[block]++
    if (isLeft) this.left[block]++
  }
}

function doubled(counts: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(counts.length * 2)
  next.set(counts)
  return next
}
