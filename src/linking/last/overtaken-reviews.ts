/**
 * Questions that later layers have answered: a pair waits for review as one of several that were likely, then a later
 * layer links one of its rows with somebody else. And second hukou for which no layer found anything: they waited for
 * evidence, however unlikely they were without it.
 *
 * In:  pairs and decisions of the statistical layer, links of later ones. Out: such a pair waits no longer if both cannot
 * be true and it is no longer likely: P = 2^w ÷ (1 + 2^w + 2^v), with v the weight of the link. Nor does a second hukou that
 * is not likely by itself.
 */
import { conflictOf } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type DecidedPair, type PairDecisions, type Reason, REASONS, REVIEW } from '../pair-decisions.ts'
import { probabilityOf } from '../people.ts'

/** Reasons that tell of doubt, not of a conflict that a person must see. */
const DOUBT: ReadonlySet<Reason> = new Set<Reason>(['weight', 'ambiguous'])

/** @param review least probability of a pair that waits for review */
export function dropOvertaken(
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  later: readonly DecidedPair[],
  review: number,
): void {
  const linked = new Map<number, number>()
  for (const { left, right, weight, decision } of later) {
    if (decision !== 'link') continue
    for (const row of [left, right]) linked.set(row, Math.max(weight, linked.get(row) ?? weight))
  }
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] !== REVIEW) continue
    const reason = REASONS[decisions.reason[i]]
    if (reason === 'two-hukou' && probabilityOf(decisions.weight[i]) < review) decisions.decision[i] = 0
    if (!DOUBT.has(reason)) continue
    const rival = Math.max(linked.get(pairs.left[i]) ?? -Infinity, linked.get(pairs.right[i]) ?? -Infinity)
    if (rival === -Infinity) continue
    const [ra, rb] = [groups.root(pairs.left[i]), groups.root(pairs.right[i])]
    const weight = decisions.weight[i]
    if (ra === rb || conflictOf(groups, ra, rb, pairs.pattern[i], weight) === '') continue
    const probability = 1 / (1 + 2 ** (-weight / 1000) + 2 ** ((rival - weight) / 1000))
    if (probability < review) decisions.decision[i] = 0
  }
}
