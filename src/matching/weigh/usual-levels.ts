/**
 * How often each comparison level is seen where the county itself says little: what a first run believes.
 *
 * Shares by comparison (comparisons.ts) and level (compare/levels.ts, kernel.ts); level 0 is missing. Thin counts are pulled towards them.
 */
import { COMPARISON } from '../comparisons.ts'
import { PAIR_CLASS } from '../kernel.ts'

/** m by comparison and level. */
const USUAL_M: readonly (readonly number[])[] = [
  [0, 0.963, 0.008, 0.01, 0.004, 0.002, 0.001, 0.004, 0.002, 0.002, 0.002, 0.002],
  [0, 0.5, 0.472, 0.003, 0.001, 0.008, 0.003, 0.004, 0.004, 0.002, 0.003],
  [0, 0.94, 0.012, 0.014, 0.004, 0.004, 0.004, 0.001, 0.001, 0.003, 0.004, 0.01],
  [0, 0.995, 0.005],
  [0, 0.8, 0.06, 0.02, 0.06, 0.02, 0.02, 0.02],
  [0, 0.65, 0.32, 0.03, 0.55, 0.2, 0.2, 0.05],
  [0, 0.45, 0.45, 0.1],
]

/**
 * m of places between two census rows, of which one may say no more of the hukou than the county or township: shares among rows of one
 * number, rounded, of counties of three generators that share no code (bench/accuracy/county).
 */
const USUAL_M_PLACE_OF_FORMS = [0, 0.6, 0.19, 0.01, 0.13, 0.05, 0.01, 0.01]

/** Where an away row of another hukou village says that the person lives: sometimes where the police know them. */
export const USUAL_M_LIVES_THERE = [0.12, 0.12, 0.3, 0.46]

/** A village has about a dozen groups. */
export const USUAL_U_ADDRESS = [0, 0.004, 0.9, 0.096]
const USUAL_U_NAME = [0, 1e-5, 1e-7, 1.5e-5, 3e-6, 1e-5, 3e-6, 2e-4, 1.5e-4, 2e-4, 0.026, 0.973]
/** u of the other comparisons where too few random pairs were to be had. */
export const USUAL_U: readonly (readonly number[])[] = [
  USUAL_U_NAME,
  [0, 4e-5, 0.0011, 0.0008, 0.0001, 0.015, 0.003, 0.002, 0.006, 0.05, 0.92],
  [],
  [0, 0.5, 0.5],
  [0, 0.01, 0.05, 0.05, 0.14, 0.5, 0.2, 0.05],
  [0, 0.1, 0.1, 0.8, 0.02, 0.1, 0.3, 0.58],
  USUAL_U_ADDRESS,
]

/** m of a comparison between rows of one person. */
export function usualM(comparison: number, pairClass: number): readonly number[] {
  // Only police rows and certificates know the day of birth; a census row never agrees on the full date.
  if (
    comparison === COMPARISON.birth &&
    (pairClass === PAIR_CLASS.policeCensus || pairClass === PAIR_CLASS.censusCensus)
  )
    return USUAL_M[COMPARISON.birth].map((value, l) => (l === 1 ? 0.002 : l === 2 ? 0.97 : value))
  if (comparison === COMPARISON.place && pairClass === PAIR_CLASS.censusCensus) return USUAL_M_PLACE_OF_FORMS
  return USUAL_M[comparison]
}

/** Shares over the levels that are not missing, pulled towards `usual` with the weight of `pseudo` pairs. */
export function smooth(counts: readonly number[], usual: readonly number[], pseudo: number): number[] {
  let total = 0
  let usualTotal = 0
  for (let l = 1; l < counts.length; l++) {
    total += counts[l]
    usualTotal += usual[l]
  }
  return counts.map((count, l) => (l === 0 ? 0 : (count + (pseudo * usual[l]) / usualTotal) / (total + pseudo)))
}
