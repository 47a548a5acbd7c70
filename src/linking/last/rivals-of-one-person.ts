/**
 * Rivals who may be one person themselves: a pair that waits because another fits as well.
 *
 * A census row fits two police rows of one name and birthday, and each pair lost to the other what it has. But where the two police rows
 * wait as two hukou of one person, the row is the first one's also if it is the second one's and the two are one:
 *
 *     P(A) + Σ P(B) · P(A and B are one)
 *
 * over the rivals B that wait as well; never more than the pair weighs by itself.
 *
 * In:  groups and decisions after all layers, rivals counted. Out: such pairs weighed anew.
 */
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type LaterPair, type PairDecisions, REASONS, REVIEW } from '../pair-decisions.ts'
import { pairKey, probabilityOf, weightOfProbability } from '../people.ts'

/** What waits is never told as certain. */
const SURE = 1 - 1e-6
const AMBIGUOUS = REASONS.indexOf('ambiguous')

export interface RivalsContext {
  readonly groups: Groups
  readonly pairs: OrderedPairs
  /** What the later layers decided. */
  readonly later: readonly LaterPair[]
}

/** Changes `decisions` in place. */
export function weighRivalsOfOnePerson(context: RivalsContext, decisions: PairDecisions): void {
  const { groups, pairs } = context
  const { decision, reason, weight } = decisions
  const waiting = new WaitingPeople(context, decisions)
  // The chances that others are weighed by are those from before.
  const anew: (readonly [pair: number, weight: number])[] = []
  for (let i = 0; i < pairs.count; i++) {
    if (decision[i] !== REVIEW || reason[i] !== AMBIGUOUS || weight[i] >= pairs.weight[i]) continue
    const byRivals = waiting.throughRivals(groups.root(pairs.left[i]), groups.root(pairs.right[i]))
    if (byRivals === 0) continue
    const chance = Math.min(SURE, probabilityOf(weight[i]) + byRivals)
    anew.push([i, Math.min(pairs.weight[i], weightOfProbability(chance))])
  }
  for (const [i, weighed] of anew) weight[i] = weighed
}

/** Who waits with whom, and the chance of the likeliest pair of two people. */
class WaitingPeople {
  private readonly chances = new Map<number, number>()
  private readonly beside = new Map<number, number[]>()

  constructor({ groups, pairs, later }: RivalsContext, { decision, weight }: PairDecisions) {
    const add = (left: number, right: number, milliBits: number): void => {
      const [one, other] = [groups.root(left), groups.root(right)]
      if (one === other) return
      const key = pairKey(one, other)
      const known = this.chances.get(key)
      if (known === undefined) {
        this.list(one, other)
        this.list(other, one)
      }
      this.chances.set(key, Math.max(known ?? 0, probabilityOf(milliBits)))
    }
    for (let i = 0; i < pairs.count; i++) if (decision[i] === REVIEW) add(pairs.left[i], pairs.right[i], weight[i])
    for (const pair of later) if (pair.decision === 'review') add(pair.left, pair.right, pair.weight)
  }

  /** Chance that two people are one because both are a third. */
  throughRivals(one: number, other: number): number {
    let sum = 0
    for (const third of this.beside.get(one) ?? [])
      sum += (this.chances.get(pairKey(one, third)) ?? 0) * (this.chances.get(pairKey(other, third)) ?? 0)
    return sum
  }

  private list(one: number, other: number): void {
    const list = this.beside.get(one)
    if (list === undefined) this.beside.set(one, [other])
    else list.push(other)
  }
}
