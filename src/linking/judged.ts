/**
 * The layer before all others: what people decided of pairs. It outranks whatever the engine would say.
 *
 * In:  judgements by row. Out: pairs kept apart or joined, and pairs whose rows changed since, which are asked again.
 */
import type { Kernel } from '../matching/kernel.ts'
import type { CountyWeights } from '../matching/weigh-county.ts'
import { conflictOf } from './conflicts.ts'
import type { Layered } from './results/gather-links.ts'
import type { Groups } from './groups.ts'
import { creditedPattern } from './number-holders.ts'
import type { DecidedPair, LinkThresholds } from './pair-decisions.ts'
import { probabilityOf } from './people.ts'

/** Milli-bits of what a person said: more than any pair weighs by itself. */
const SAID = 60_000

export interface Judgement {
  readonly left: number
  readonly right: number
  readonly verdict: 'same' | 'different'
  /**
   * A compared field changed since: asked again. Until then "same" joins only where tonight's rows do not speak against it (no
   * conflict, and weight enough to be worth a look): what a person said of other rows proves nothing of these.
   */
  readonly isStale?: boolean
}

export interface JudgedContext {
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly groups: Groups
  readonly discredited: Uint8Array
}

/** What is kept apart comes first: no order of judgements joins what another one keeps apart. */
export function joinJudged(
  { kernel, weights, thresholds, groups, discredited }: JudgedContext,
  judgements: readonly Judgement[],
): Pick<Layered, 'judged' | 'stale'> {
  const judged: DecidedPair[] = []
  const stale: DecidedPair[] = []
  for (const { left, right, verdict } of judgements) if (verdict === 'different') groups.forbid(left, right)
  for (const { left, right, verdict, isStale } of judgements) {
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    if (isStale === true)
      stale.push({ left, right, pattern, weight: weights.weigh(left, right, pattern), decision: 'review' })
    if (verdict !== 'same' || groups.isForbidden(groups.root(left), groups.root(right))) continue
    if (isStale === true && !isStillLikely(groups, stale[stale.length - 1], thresholds)) continue
    groups.join(left, right)
    if (isStale !== true) judged.push({ left, right, pattern, weight: SAID, decision: 'link' })
  }
  return { judged, stale }
}

function isStillLikely(groups: Groups, { left, right, pattern, weight }: DecidedPair, { review }: LinkThresholds) {
  return (
    conflictOf(groups, groups.root(left), groups.root(right), pattern, weight) === '' && probabilityOf(weight) >= review
  )
}
