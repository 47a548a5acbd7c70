/**
 * Levels of the value pairs of one column: one pair, or thousands one after the other.
 *
 * In:  value numbers of a field, 0 for what is not known. Out: the level of each pair. Values that plainly differ are told by
 *      their outlines; the others meet a text distance once, and the level found is kept in a cache of fixed size.
 * Thousands at once are quicker than one by one: the tables of one column stay in the processor's cache, and each loop meets
 * one kind of column.
 */
import { LevelCache } from './level-cache.ts'
import type { DistinctLevels } from './value-levels.ts'

/** Pairs compared together. */
export const BATCH = 4096

/** Places of a batch that a glance has not settled. */
const open = new Int32Array(BATCH)

export class ValuePairs {
  /** The last level: values that have nothing in common. */
  readonly plainly: number
  private readonly distinct: DistinctLevels
  /** Level of each value that agrees with itself. */
  private readonly bin: Uint8Array
  private readonly exactCount: number
  private readonly cache: LevelCache

  /** @param values how many there are, with [0], not known */
  constructor(distinct: DistinctLevels, bin: Uint8Array, exactCount: number, values: number) {
    this.distinct = distinct
    this.bin = bin
    this.exactCount = exactCount
    this.plainly = exactCount + distinct.levels.length
    this.cache = new LevelCache(distinct.isCheap ? 0 : values)
  }

  levelOf(u: number, v: number): number {
    return u === 0 || v === 0 ? 0 : u === v ? this.bin[u] : this.between(u, v)
  }

  /** Of two values that are known and not the same. */
  between(u: number, v: number): number {
    if (this.distinct.isCheap) return this.exactCount + 1 + this.distinct.levelOf(u, v)
    return this.distinct.plainlyDiffer(u, v) ? this.plainly : this.looked(u, v)
  }

  /** True only where no pair with these two can be a swap: one is not known, or they plainly differ. */
  areApart(u: number, v: number): boolean {
    return u === 0 || v === 0 || (u !== v && this.distinct.plainlyDiffer(u, v))
  }

  /** levels[i] becomes the level of us[i] and vs[i], for i below `count` ≤ BATCH. */
  fillLevels(us: Int32Array, vs: Int32Array, count: number, levels: Uint8Array): void {
    const { bin, distinct, plainly, exactCount } = this
    let left = 0
    for (let i = 0; i < count; i++) {
      const u = us[i]
      const v = vs[i]
      levels[i] = u === 0 || v === 0 ? 0 : u === v ? bin[u] : plainly
      if (u !== v && u !== 0 && v !== 0) open[left++] = i
    }
    if (distinct.isCheap) {
      for (let k = 0; k < left; k++) levels[open[k]] = exactCount + 1 + distinct.levelOf(us[open[k]], vs[open[k]])
      return
    }
    let near = 0
    for (let k = 0; k < left; k++) {
      const i = open[k]
      if (!distinct.plainlyDiffer(us[i], vs[i])) open[near++] = i
    }
    for (let k = 0; k < near; k++) levels[open[k]] = this.looked(us[open[k]], vs[open[k]])
  }

  private looked(u: number, v: number): number {
    const found = this.cache.get(u, v)
    return found !== 0 ? found : this.cache.set(u, v, this.exactCount + 1 + this.distinct.levelOf(u, v))
  }
}
