/**
 * The last step: what waits for review only for want of weight is linked while the wanted share of false links allows.
 *
 * In:  decisions of all layers and their weights. Out: the likeliest waiting pairs linked, their groups joined.
 */
import { conflictOf } from './conflicts.ts'
import type { Groups } from './groups.ts'
import type { OrderedPairs } from './ordered-pairs.ts'
import { type LaterPair, LINK, type PairDecisions, type Reason, REASONS, REVIEW } from './pair-decisions.ts'
import { LAYERS, probabilityOf } from './people.ts'

/** No pair is linked below this probability, however much room the wanted error rate leaves. */
const PROMOTED_MIN = 0.8

/**
 * Links the likeliest pairs that wait for review while the expected number of false links stays within the wanted
 * share of all links. The expectation is the sum of 1 − p over the links.
 */
export function promoteWithinBudget(
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  layer: Uint8Array,
  later: LaterPair[],
  maxFalseLinkRate: number,
): void {
  let links = 0
  let expectedFalse = 0
  const waiting: { left: number; right: number; pattern: number; weight: number; pair: number; member: number }[] = []
  for (let i = 0; i < pairs.count; i++) {
    const weight = decisions.weight[i]
    if (decisions.decision[i] === LINK) {
      links++
      expectedFalse += 1 - probabilityOf(weight)
    } else if (
      decisions.decision[i] === REVIEW &&
      PROMOTABLE.has(REASONS[decisions.reason[i]]) &&
      probabilityOf(weight) >= PROMOTED_MIN
    )
      waiting.push({
        left: pairs.left[i],
        right: pairs.right[i],
        pattern: pairs.pattern[i],
        weight,
        pair: i,
        member: -1,
      })
  }
  later.forEach((pair, member) => {
    if (pair.decision === 'link') {
      links++
      expectedFalse += 1 - probabilityOf(pair.weight)
    } else if (probabilityOf(pair.weight) >= PROMOTED_MIN) waiting.push({ ...pair, pair: -1, member })
  })
  waiting.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const { left, right, pattern, weight, pair, member } of waiting) {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra !== rb) {
      const doubt = 1 - probabilityOf(weight)
      if (expectedFalse + doubt > maxFalseLinkRate * (links + 1)) break
      if (conflictOf(groups, ra, rb, pattern, weight) !== '') continue
      expectedFalse += doubt
      groups.join(left, right)
    }
    links++
    if (pair >= 0) {
      decisions.decision[pair] = LINK
      layer[pair] = LAYERS.indexOf('statistical')
    } else later[member] = { ...later[member], decision: 'link' }
  }
}

/** Waiting for want of weight only: no rival, no conflict. */
const PROMOTABLE: ReadonlySet<Reason> = new Set<Reason>(['weight', 'second-row', 'household'])
