/**
 * What the chances of unlisted second hukou (gather.ts) decide: pairs that wait get them, likelier ones are linked or asked.
 *
 * In:  chances, groups, pairs that wait by name and birth or by the family. Out: pairs decided in place, and those not met before.
 */
import { BEYOND } from '../../../matching/beyond-pair.ts'
import { POLICE } from '../../../registers/columns.ts'
import type { OrderedPairs } from '../../ordered-pairs.ts'
import { type DecidedPair, LINK, type PairDecisions, REASONS, REVIEW } from '../../pair-decisions.ts'
import { pairKey, weightOfProbability } from '../../people.ts'
import { type UnlistedContext, type UnlistedPair, weighUnlisted } from './gather.ts'

/** Less likely pairs that nothing else has brought up are not worth a person's time. */
const ASKED_FROM = 0.3
/** Another name, or a number alone, never makes one person of two (within-budget.ts would): a question at most, milli-bits. */
const UNPROVED_MAX = 3000
/** Nearer to certainty no chance is told. */
const CHANCE_LEAST = 1e-9

export interface DecideContext extends UnlistedContext {
  readonly pairs: OrderedPairs
}

/** @returns pairs linked or asked; pairs of `decisions` that it links, by number; `families` lose those that it has weighed */
export function linkUnlisted(
  context: DecideContext,
  decisions: PairDecisions,
  families: readonly DecidedPair[][],
): { readonly found: DecidedPair[]; readonly linked: number[] } {
  const { groups, kernel, thresholds } = context
  const waits = waitingByRoots(context, decisions, families)
  const weighed = weighUnlisted(
    context,
    (unlisted, other, probability) =>
      probability >= ASKED_FROM || waits.has(pairKey(groups.root(unlisted), groups.root(other))),
  ).sort((p, q) => q.probability - p.probability || p.unlisted - q.unlisted || p.other - q.other)
  const byRoots = new Map<number, UnlistedPair>()
  for (const pair of weighed) {
    const key = pairKey(groups.root(pair.unlisted), groups.root(pair.other))
    if (!byRoots.has(key)) byRoots.set(key, pair)
  }
  leaveOut(families, context, byRoots)
  const found: DecidedPair[] = []
  const linked: number[] = []
  const taken = new Set<number>()
  for (const [key, { unlisted, other, probability, isProved }] of byRoots) {
    const known = waits.get(key)
    const chance = weightOfProbability(Math.min(1 - CHANCE_LEAST, Math.max(CHANCE_LEAST, probability)))
    const weight = isProved ? chance : Math.min(UNPROVED_MAX, chance)
    const [ra, rb] = [groups.root(unlisted), groups.root(other)]
    const isLink = isProved && probability >= thresholds.link && ra !== rb && groups.police[ra] < 2
    if (known?.pair !== undefined) {
      decisions.weight[known.pair] = weight
      decisions.beyond[known.pair] = BEYOND.likeness
      decisions.decision[known.pair] = isLink ? LINK : probability >= thresholds.review ? REVIEW : 0
      if (isLink) linked.push(known.pair)
      if (isLink) groups.join(unlisted, other)
      continue
    }
    if (ra === rb || probability < (known === undefined ? ASKED_FROM : thresholds.review)) continue
    if (!isLink && known === undefined && taken.has(unlisted)) continue
    taken.add(unlisted)
    const [left, right] = known?.rows ?? (unlisted < other ? [unlisted, other] : [other, unlisted])
    const pattern = kernel.compare(left, right)
    found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
    if (isLink) groups.join(left, right)
  }
  return { found, linked }
}

interface Waits {
  readonly pair?: number
  readonly rows?: readonly [number, number]
}

/** Pairs of police rows that wait, by the roots of their groups. */
function waitingByRoots(
  { groups, pairs, table }: DecideContext,
  { decision, reason }: PairDecisions,
  families: readonly DecidedPair[][],
): Map<number, Waits> {
  const end = table.starts[POLICE + 1]
  const waits = new Map<number, Waits>()
  const keyOf = (left: number, right: number): number => pairKey(groups.root(left), groups.root(right))
  for (const { left, right, decision: decided } of families.flat())
    if (decided === 'review' && right < end) waits.set(keyOf(left, right), { rows: [left, right] })
  for (let i = 0; i < pairs.count; i++) {
    if (decision[i] !== REVIEW || REASONS[reason[i]] !== 'two-hukou' || pairs.right[i] >= end) continue
    waits.set(keyOf(pairs.left[i], pairs.right[i]), { pair: i })
  }
  return waits
}

/** Takes pairs that wait and have been weighed out of `families`. */
function leaveOut(
  families: readonly DecidedPair[][],
  { groups, table }: DecideContext,
  weighed: ReadonlyMap<number, UnlistedPair>,
): void {
  const end = table.starts[POLICE + 1]
  for (const family of families) {
    let kept = 0
    for (const pair of family) {
      const isWeighed = weighed.has(pairKey(groups.root(pair.left), groups.root(pair.right)))
      if (pair.decision !== 'review' || pair.right >= end || !isWeighed) family[kept++] = pair
    }
    family.length = kept
  }
}
