/**
 * Integer weight tables from m and u: one milli-bit number per comparison level, and the prior.
 *
 * In:  a model. Out: tables to add up; the sum is the same in any order, on any engine (1,000 = one log2 unit).
 * Leaves to term-frequency.ts: what a common or rare value changes.
 */
import type { Model } from './em.ts'

export interface WeightTables {
  /** milli-bits of lambda / (1 − lambda) */
  readonly prior: number
  /** weights[comparison][level], milli-bits; missing levels are 0. */
  readonly weights: readonly Int32Array[]
}

/** Integer milli-bits by comparison and level; missing levels weigh nothing. */
export function weightTables(model: Pick<Model, 'comparisons' | 'lambda' | 'm' | 'u'>): WeightTables {
  return {
    prior: priorWeight(model.lambda),
    weights: model.comparisons.map((comparison, c) =>
      Int32Array.from(comparison.levels, (level, l) =>
        level.isMissing === true ? 0 : unboundedMilliBits(model.m[c][l] / model.u[c][l]),
      ),
    ),
  }
}

function priorWeight(lambda: number): number {
  return unboundedMilliBits(lambda / (1 - lambda))
}

/** log2 of a ratio of two probabilities that are not zero, in whole milli-bits; never −0. */
export function unboundedMilliBits(ratio: number): number {
  return Math.round(Math.log2(ratio) * 1000) | 0
}

/** Match weight of one pattern, prior included, milli-bits. */
export function patternWeight(tables: WeightTables, levels: ArrayLike<number>, at = 0): number {
  let weight = tables.prior
  for (let c = 0; c < tables.weights.length; c++) weight += tables.weights[c][levels[at + c]]
  return weight
}
