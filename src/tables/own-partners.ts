/**
 * Whether links stand out of what two tables' own rows show: do they share anything at all?
 *
 * In:  blocks, comparisons, the pairs across with their weights, the weight of any two rows. Out: yes or no. Pure.
 * EM finds two classes also where nobody is in both tables: its matches are siblings then (one maker, one line of goods). How
 * alike siblings get is seen at home: where a row has one partner at most, no two rows of one table are one thing. It is
 * what search engines of spectra do with sequences known to be false (Elias & Gygi 2007). One shop writes in one way, so
 * rows of one table are rather more alike than strangers of two; so a link need not outbid them: it is enough that at some
 * weight more rows have a partner across than at home.
 */
import type { Blocks } from './blocks.ts'
import type { TableSizes } from './candidate-pairs.ts'
import type { Comparison } from './comparisons.ts'
import type { Edges } from './decide.ts'
import type { WeightOf } from './fit.ts'
import { PairComparer } from './pair-comparer.ts'
import { PatternInterner } from './patterns.ts'
import { BATCH } from './value-pairs.ts'

/** Rows of each table whose partners are looked at. */
const ROWS_MOST = 1000
/** Rows of the smaller table below which nothing can be told. */
const ROWS_TO_TELL = 30
/** Weights looked at, bits. */
const BITS_MOST = 40
/** Rows with a partner at home, per row with one across, below which nothing is suspected. */
const SUSPECT = 0.8
/**
 * Rows that a difference must be at least, and standard deviations of it. Few: of two shelves that did share 160 things the
 * links stood out by two, and to lose them all is worse than some false ones.
 */
const ROWS_LEAST = 3
const DEVIATIONS = 1.5

/** Rows of one table: from … to, to not counted. */
interface Side {
  readonly from: number
  readonly to: number
}

/** How many rows of the whole table have a partner of so many milli-bits or more. */
interface Partners {
  across(least: number): number
  /** As many as there would be if the own table were as large as the other. */
  atHome(least: number): number
  /** Part of the table that was looked at. */
  readonly part: number
}

/** @param edges pairs across, weights in milli-bits */
export function doLinksStandOut(
  { rowCount, leftCount }: TableSizes,
  blocks: readonly Blocks[],
  comparisons: readonly Comparison[],
  edges: Edges,
  weightOf: WeightOf,
): boolean {
  if (Math.min(leftCount, rowCount - leftCount) < ROWS_TO_TELL) return true
  const best = new Float64Array(rowCount).fill(-Infinity)
  edges.weight.forEach((weight, i) => {
    for (const row of [edges.left[i], edges.right[i]]) best[row] = Math.max(best[row], weight)
  })
  const sides = [
    { from: 0, to: leftCount },
    { from: leftCount, to: rowCount },
  ].map((side): Partners => {
    const own = side.to - side.from
    const rows = someRows(side)
    const home = bestAtHome(rows, side, blocks, comparisons, weightOf)
    const part = rows.length / own
    const others = (rowCount - own) / own
    return {
      across: (least) => rows.filter((row) => best[row] >= least).length / part,
      atHome: (least) => (home.filter((weight) => weight >= least).length * others) / part,
      part,
    }
  })
  const across = (least: number) => Math.min(...sides.map((side) => side.across(least)))
  // One side may hold all versions of a program and the other one of each: neither alone is what is met across.
  const atHome = (least: number) => Math.sqrt(sides[0].atHome(least) * sides[1].atHome(least))
  if (atHome(0) <= SUSPECT * across(0)) return true
  const part = Math.min(...sides.map((side) => side.part))
  for (let bits = 0; bits <= BITS_MOST; bits++) {
    const [there, here] = [across(bits * 1000) * part, atHome(bits * 1000) * part]
    if (there - here >= Math.max(ROWS_LEAST, DEVIATIONS * Math.sqrt(there + here))) return true
  }
  return false
}

/** Every so many rows. */
function someRows({ from, to }: Side): number[] {
  const step = Math.max(1, Math.ceil((to - from) / ROWS_MOST))
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step)
}

/** Weight of the best partner in a row's own table, −∞ where blocks know of none. */
function bestAtHome(
  rows: readonly number[],
  side: Side,
  blocks: readonly Blocks[],
  comparisons: readonly Comparison[],
  weightOf: WeightOf,
): number[] {
  const comparer = new PairComparer(comparisons)
  const interner = new PatternInterner(comparisons.length)
  const weights: number[] = []
  const numbers = new Int32Array(BATCH)
  const stamp = new Int32Array(side.to).fill(-1)
  return rows.map((row) => {
    const partners = partnersOf(row, side, blocks, stamp)
    let best = -Infinity
    for (let at = 0; at < partners.length; at += BATCH) {
      const some = partners.subarray(at, at + BATCH)
      const left = new Int32Array(some.length).fill(row)
      comparer.count(left, some, some.length, interner, numbers)
      for (let i = 0; i < some.length; i++) {
        weights[numbers[i]] ??= weightOf(Math.min(row, some[i]), Math.max(row, some[i]))
        if (weights[numbers[i]] > best) best = weights[numbers[i]]
      }
    }
    return best
  })
}

/** Other rows of the table in a block with this one. */
function partnersOf(row: number, { from, to }: Side, blocks: readonly Blocks[], stamp: Int32Array): Int32Array {
  const partners: number[] = []
  stamp[row] = row
  for (const { slots, start, members } of blocks)
    for (const slot of slots) {
      const block = slot[row]
      if (block < 0) continue
      for (let at = start[block]; at < start[block + 1]; at++) {
        const other = members[at]
        if (other < from || other >= to || stamp[other] === row) continue
        stamp[other] = row
        partners.push(other)
      }
    }
  return Int32Array.from(partners)
}
