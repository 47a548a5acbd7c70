/**
 * Dual-system estimate: how many there are, from two lists and those on both (Chapman's form), with its variance, a
 * log-normal interval for those on neither list, and a correction for links that are false or missing.
 *
 * In:  three counts, error rates of linkage. Out: the estimate. It says nothing of its assumptions: see ASSUMPTIONS.
 */
import { NORMAL_975 } from '../../wilson.ts'

export interface TwoLists {
  /** On the first list, errors taken out. */
  readonly first: number
  readonly second: number
  readonly both: number
}

export interface LinkageError {
  /** Share of true matches that were not linked, 0 to below 1. */
  readonly missed: number
  /** Share of links that are false, 0 to below 1. */
  readonly false: number
}

export const PERFECT_LINKAGE: LinkageError = { missed: 0, false: 0 }

export interface Estimate {
  readonly population: number
  readonly variance: number
  /** 95 % interval; never below those seen. */
  readonly low: number
  readonly high: number
  /** On both lists after correction for linkage. */
  readonly both: number
  /** The correction asked for more matches than a list has people: the smaller list was taken. */
  readonly isCapped: boolean
}

export function estimatePopulation(lists: TwoLists, error: LinkageError = PERFECT_LINKAGE): Estimate {
  const { first, second } = lists
  const wanted = (lists.both * (1 - error.false)) / (1 - error.missed)
  const most = Math.min(first, second)
  const both = Math.min(wanted, most)
  const population = ((first + 1) * (second + 1)) / (both + 1) - 1
  const variance = ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2))
  return {
    population,
    variance,
    ...intervalOf(population, variance, first + second - both),
    both,
    isCapped: wanted > most,
  }
}

/** Strata estimated one by one and added: homogeneity is asked of a stratum only, variances add. */
export function addEstimates(parts: readonly Estimate[], lists: readonly TwoLists[]): Estimate {
  const sum = (of: (part: Estimate) => number): number => parts.reduce((total, part) => total + of(part), 0)
  const population = sum((part) => part.population)
  const variance = sum((part) => part.variance)
  const both = sum((part) => part.both)
  const seen = lists.reduce((total, { first, second }) => total + first + second, 0) - both
  return {
    population,
    variance,
    ...intervalOf(population, variance, seen),
    both,
    isCapped: parts.some(({ isCapped }) => isCapped),
  }
}

/** Those on neither list are log-normal: the interval is skewed and never claims fewer than were seen. */
function intervalOf(population: number, variance: number, seen: number): { low: number; high: number } {
  const unseen = population - seen
  // Rounding may leave less than nothing where one list holds the other.
  if (unseen <= 1e-9 || variance <= 0) return { low: Math.max(population, seen), high: Math.max(population, seen) }
  const factor = Math.exp(NORMAL_975 * Math.sqrt(Math.log(1 + variance / unseen ** 2)))
  return { low: seen + unseen / factor, high: seen + unseen * factor }
}
