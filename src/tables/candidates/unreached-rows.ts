/**
 * Rows that hardly any rule looks at: a table may hold works and persons, and of a person the name alone.
 *
 * In:  blocks of the rules taken, rules of one key with their costs, a budget. Out: further rules, by which these rows are met too.
 * Rules are taken for the likely matches they find, and those come from the kind of row that says most. Rows of another kind
 * have other columns filled; where none of theirs is a rule, they would stay alone whatever they hold.
 */
import type { RuleBlocks } from './blocks.ts'
import { LazyGreedy } from './lazy-greedy.ts'

/** Rules that must look at a row: one finds what is written alike, others how it is misspelt. */
const LOOKS_LEAST = 3
/** Part of the rows that may stay with fewer: a row of gaps is nobody's copy. */
const UNREACHED_MOST = 0.01
/** Further rules that are taken, at most: each is paid from what the budget of pairs has left. */
const RULES_MOST = 8

/** A rule of one key that could be taken. */
export interface LookingRule {
  /** Pairs, and what it leaves out counted against it. */
  readonly cost: number
  readonly slots: readonly Int32Array[]
}

/**
 * Rules to be taken besides, those first that look at most of such rows for their cost.
 * @param offers rules of one key that were not taken
 * @param blocksOf the blocks of an offer, undefined where they would cost too much
 */
export function reachRows(
  taken: readonly RuleBlocks[],
  offers: readonly LookingRule[],
  rowCount: number,
  blocksOf: (offer: number) => RuleBlocks | undefined,
): RuleBlocks[] {
  const looks = new Looks(rowCount)
  for (const { slots } of taken) {
    if (looks.areEnough()) return []
    looks.add(slots)
  }
  const more: RuleBlocks[] = []
  const open = new Set(offers.keys())
  const greedy = new LazyGreedy(offers.length, (r) => looks.gainOf(offers[r].slots) / Math.max(offers[r].cost, 1))
  while (more.length < RULES_MOST && !looks.areEnough()) {
    const best = greedy.best([...open])
    if (best < 0) break
    open.delete(best)
    const blocks = blocksOf(best)
    if (blocks === undefined) continue
    looks.add(blocks.slots)
    more.push(blocks)
  }
  return more
}

/** By how many rules each row is looked at, as far as it matters. */
class Looks {
  private readonly counts: Uint8Array
  /** Rows that too few rules look at. */
  private wanting: number

  constructor(rowCount: number) {
    this.counts = new Uint8Array(rowCount)
    this.wanting = rowCount
  }

  areEnough(): boolean {
    return this.wanting <= UNREACHED_MOST * this.counts.length
  }

  add(slots: readonly Int32Array[]): void {
    const { counts } = this
    for (let row = 0; row < counts.length; row++)
      if (counts[row] < LOOKS_LEAST && hasKey(slots, row) && ++counts[row] === LOOKS_LEAST) this.wanting--
  }

  /** Looks that are wanting and that a rule with these slots would bring. */
  gainOf(slots: readonly Int32Array[]): number {
    const { counts } = this
    let gain = 0
    for (let row = 0; row < counts.length; row++) if (counts[row] < LOOKS_LEAST && hasKey(slots, row)) gain++
    return gain
  }
}

function hasKey(slots: readonly Int32Array[], row: number): boolean {
  for (const slot of slots) if (slot[row] >= 0) return true
  return false
}
