/**
 * What the chances of unlisted second hukou (gather.ts) decide: pairs that wait get them, likelier ones are linked or asked.
 *
 * In:  chances, groups, pairs that wait by name and birth or by the family. Out: pairs decided in place, and those not met before.
 */
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
  const waiting = waitingKeys(context, decisions, families)
  const weighed = weighUnlisted(
    context,
    (unlisted, other, probability) =>
      probability >= ASKED_FROM || waiting.has(pairKey(groups.root(unlisted), groups.root(other))),
  ).sort((p, q) => q.probability - p.probability || p.unlisted - q.unlisted || p.other - q.other)
  const byRoots = new Map<number, UnlistedPair>()
  for (const pair of weighed) {
    const key = pairKey(groups.root(pair.unlisted), groups.root(pair.other))
    if (!byRoots.has(key)) byRoots.set(key, pair)
  }
  const waits = waitingByRoots(context, decisions, families, byRoots)
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

/** Groups of police rows that wait together, whether or not one of them is unlisted. */
function waitingKeys(
  { groups, pairs, table }: DecideContext,
  { decision, reason }: PairDecisions,
  families: readonly DecidedPair[][],
): Set<number> {
  const end = table.starts[POLICE + 1]
  const waiting = new Set<number>()
  const add = (left: number, right: number): unknown =>
    right < end && waiting.add(pairKey(groups.root(left), groups.root(right)))
  for (const family of families)
    for (const { left, right, decision: decided } of family) if (decided === 'review') add(left, right)
  for (let i = 0; i < pairs.count; i++)
    if (decision[i] === REVIEW && REASONS[reason[i]] === 'two-hukou') add(pairs.left[i], pairs.right[i])
  return waiting
}

/** Pairs of police rows that wait and have been weighed, by the roots of their groups; those of `families` are taken out. */
function waitingByRoots(
  { groups, pairs, table }: DecideContext,
  { decision, reason }: PairDecisions,
  families: readonly DecidedPair[][],
  byRoots: ReadonlyMap<number, UnlistedPair>,
): Map<number, Waits> {
  const end = table.starts[POLICE + 1]
  const waits = new Map<number, Waits>()
  const keyOf = (left: number, right: number): number => pairKey(groups.root(left), groups.root(right))
  for (const family of families) {
    let kept = 0
    for (const pair of family) {
      const key = keyOf(pair.left, pair.right)
      if (pair.decision !== 'review' || pair.right >= end || !byRoots.has(key)) family[kept++] = pair
      else waits.set(key, { rows: [pair.left, pair.right] })
    }
    family.length = kept
  }
  for (let i = 0; i < pairs.count; i++) {
    if (decision[i] !== REVIEW || REASONS[reason[i]] !== 'two-hukou' || pairs.right[i] >= end) continue
    const key = keyOf(pairs.left[i], pairs.right[i])
    if (byRoots.has(key)) waits.set(key, { pair: i })
  }
  return waits
}
