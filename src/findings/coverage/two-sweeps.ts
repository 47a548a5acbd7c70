/**
 * Capture–recapture of two sweeps (二清查一比对): two independent walks through a community, and how many both missed.
 *
 * In:  who was met on each sweep, by community and a key that means one person on both. Out: counts and an estimate for
 * each community and in all; a community with too few on both sweeps has counts and no estimate.
 */
import { addEstimates, type Estimate, estimatePopulation, PERFECT_LINKAGE, type TwoLists } from './dual-system.ts'

export interface Met {
  readonly community: string
  readonly key: string
}

interface SweepLine extends TwoLists {
  readonly community: string
  readonly estimate: Estimate | undefined
}

export interface TwoSweeps {
  readonly communities: readonly SweepLine[]
  readonly total: SweepLine
}

/** Chapman's estimate is all but unbiased from here on. */
const SWEEP_MINIMUM = 7

export function compareSweeps(
  first: readonly Met[],
  second: readonly Met[],
  linkage = PERFECT_LINKAGE,
  minimum = SWEEP_MINIMUM,
): TwoSweeps {
  const sweeps = [first, second].map(keysByCommunity)
  const names = Array.from(new Set([...sweeps[0].keys(), ...sweeps[1].keys()])).sort((a, b) => (a < b ? -1 : 1))
  const communities = names.map((community): SweepLine => {
    const [one, two] = sweeps.map((sweep) => sweep.get(community) ?? new Set<string>())
    const counts = { first: one.size, second: two.size, both: Array.from(one).filter((key) => two.has(key)).length }
    return {
      community,
      ...counts,
      estimate: counts.both < minimum ? undefined : estimatePopulation(counts, linkage),
    }
  })
  const sum = (of: (line: SweepLine) => number): number => communities.reduce((total, line) => total + of(line), 0)
  const counts = { first: sum((c) => c.first), second: sum((c) => c.second), both: sum((c) => c.both) }
  // All communities must carry an estimate for their sum to mean the whole; otherwise they are taken as one.
  const estimates = communities.flatMap(({ estimate }) => (estimate === undefined ? [] : [estimate]))
  const whole =
    estimates.length === communities.length && estimates.length > 0
      ? addEstimates(estimates, communities)
      : counts.both < minimum
        ? undefined
        : estimatePopulation(counts, linkage)
  return { communities, total: { community: '', ...counts, estimate: whole } }
}

function keysByCommunity(met: readonly Met[]): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { community, key } of met) {
    const keys = found.get(community)
    if (keys === undefined) found.set(community, new Set([key]))
    else keys.add(key)
  }
  return found
}
