/**
 * What a common or a rare value changes: sharing the surname 禄 says more than sharing 王.
 *
 * In:  how often each value occurs (by people, as near as that is known) and the average agreement the model assumes.
 * Out: a correction in milli-bits for one agreement, to be added to the level's weight.
 *
 * u of agreeing on value v is f(v); the level's u is the average, sum of f². The correction is log2(u / f(v)), damped
 * for values hardly seen: a value met once is at least as common as half a person in the table (Good–Turing in spirit).
 */
import { unboundedMilliBits } from './weights.ts'

/** Probability that two random rows agree on the column: Σ f(v)². */
export function averageAgreement(counts: ArrayLike<number>): number {
  let total = 0
  for (let v = 0; v < counts.length; v++) total += counts[v]
  if (total === 0) return 1
  let sum = 0
  for (let v = 0; v < counts.length; v++) sum += (counts[v] / total) ** 2
  return sum
}

export interface FrequencyCorrectionInput {
  readonly count: number
  readonly total: number
  /** u of the exact level (averageAgreement, or measured on random pairs). */
  readonly u: number
  /** How many rows of `count` are likely the same person again: rows per person, ≥ 1. */
  readonly rowsPerPerson?: number
  /** Share of the correction that is used, 0–1: less than 1 for near agreement, or where columns depend. */
  readonly strength?: number
}

/** Milli-bits by which an agreement on this value weighs more or less than one on the average value. */
export function frequencyCorrection(input: FrequencyCorrectionInput): number {
  const people = input.total / (input.rowsPerPerson ?? 1)
  const holders = input.count / (input.rowsPerPerson ?? 1)
  const frequency = Math.max(holders - 0.5, 0.5) / people
  return Math.round(unboundedMilliBits(input.u / frequency) * (input.strength ?? 1)) | 0
}
