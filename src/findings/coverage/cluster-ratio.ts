/**
 * A share in a sample of whole blocks, with an interval that knows that neighbours resemble each other.
 *
 * In:  for each drawn block how many have the property and how many there are. Out: the ratio, its design effect and a
 * 95 % interval. Variance of a ratio of cluster totals by linearisation (Cochran, Sampling Techniques, 6.11; 9.A): the
 * effective size is n / deff, deff at least 1, and the interval is Wilson's at that size, as Korn and Graubard (1998) do
 * with Clopper and Pearson's; so it has a sense when nothing was found at all.
 */
import { wilsonInterval } from '../../wilson.ts'

export interface ClusterCount {
  /** Those with the property, out of `of`. */
  readonly count: number
  readonly of: number
}

export interface Share {
  readonly count: number
  readonly of: number
  /** count / of; 0 where nobody was asked. */
  readonly rate: number
  readonly low: number
  readonly high: number
  /** Variance against that of as many people drawn one by one; at least 1. */
  readonly designEffect: number
  readonly clusters: number
}

/** `population`: how many blocks there are; without it the sample is taken as a small part of them. */
export function shareOfClusters(clusters: readonly ClusterCount[], population = Number.POSITIVE_INFINITY): Share {
  const asked = clusters.filter(({ of }) => of > 0)
  const m = asked.length
  const count = asked.reduce((sum, cluster) => sum + cluster.count, 0)
  const of = asked.reduce((sum, cluster) => sum + cluster.of, 0)
  if (of === 0) return { count: 0, of: 0, rate: 0, low: 0, high: 1, designEffect: 1, clusters: 0 }
  const rate = count / of
  const simple = (rate * (1 - rate)) / of
  const residual = asked.reduce((sum, cluster) => sum + (cluster.count - rate * cluster.of) ** 2, 0)
  // All blocks drawn: nothing is left to chance between them, but the count stays one of people.
  const unseen = Math.max(0, 1 - m / Math.max(population, m))
  const variance = m > 1 ? (unseen * m * residual) / ((m - 1) * of ** 2) : simple
  const designEffect = simple > 0 ? Math.max(1, variance / simple) : 1
  return { count, of, rate, ...wilsonInterval(rate, of / designEffect), designEffect, clusters: m }
}
