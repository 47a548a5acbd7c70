/**
 * Strata too small to publish are put together until they are large enough, never printed on their own.
 *
 * In:  strata and the smallest number a stratum must have on both lists. Out: strata that all have it. Small strata of
 * a township become one "rest of the township"; a rest still too small takes in the next larger stratum, so that it
 * cannot be found by subtracting from the township's total; a township too small as a whole joins other townships.
 */
import type { StratumCounts } from './strata.ts'
import { compareText } from '../../text-order.ts'

/** What a pooled stratum is called in the columns it no longer tells apart. */
export const POOLED = '*'

export function poolSmallStrata(strata: readonly StratumCounts[], minimum: number): readonly StratumCounts[] {
  const townships = new Map<string, StratumCounts[]>()
  for (const stratum of strata) {
    const known = townships.get(stratum.township)
    if (known === undefined) townships.set(stratum.township, [stratum])
    else known.push(stratum)
  }
  const published: StratumCounts[] = []
  const small: StratumCounts[] = []
  for (const [township, members] of townships) {
    const { large, pool } = split(members, minimum)
    published.push(...large)
    if (pool.length === 0) continue
    const rest = { township, ages: POOLED, sex: POOLED, ...sumOf(pool) }
    if (rest.both >= minimum) published.push(rest)
    else small.push(rest)
  }
  // The county's rest: townships too small as a whole, and if these are too few, the smallest stratum that is not.
  const pool = [...small]
  const large = published.sort(bySize)
  while (pool.length > 0 && sumOf(pool).both < minimum && large.length > 0) pool.push(large.shift() as StratumCounts)
  if (pool.length > 0) large.push({ township: POOLED, ages: POOLED, sex: POOLED, ...sumOf(pool) })
  return large.sort(byPlace)
}

function split(
  members: readonly StratumCounts[],
  minimum: number,
): { readonly large: readonly StratumCounts[]; readonly pool: readonly StratumCounts[] } {
  const sorted = [...members].sort(bySize)
  let taken = sorted.filter(({ both }) => both < minimum).length
  if (taken > 0) while (taken < sorted.length && sumOf(sorted.slice(0, taken)).both < minimum) taken++
  return { pool: sorted.slice(0, taken), large: sorted.slice(taken) }
}

export function sumOf(strata: readonly StratumCounts[]): { first: number; second: number; both: number } {
  const sum = { first: 0, second: 0, both: 0 }
  for (const stratum of strata) {
    sum.first += stratum.first
    sum.second += stratum.second
    sum.both += stratum.both
  }
  return sum
}

function bySize(a: StratumCounts, b: StratumCounts): number {
  return a.both - b.both || byPlace(a, b)
}

function byPlace(a: StratumCounts, b: StratumCounts): number {
  return compareText(a.township, b.township) || compareText(a.ages, b.ages) || compareText(a.sex, b.sex)
}
