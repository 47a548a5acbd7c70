/**
 * The Fellegi–Sunter model, estimated by expectation–maximisation on distinct comparison patterns.
 *
 * In:  how many levels each comparison has, the distinct patterns (one level number per comparison) with their counts,
 *      and what is already known: u from random pairs, a first m, values of m that are held.
 * Out: lambda and m per level, how many iterations it took and whether it converged.
 * Leaves to the caller: which pairs are compared, and weights.
 *
 * Level 0 is missing: no evidence, it multiplies both likelihoods by one, and m and u are shares of the pairs where both
 * sides are known. u is never estimated: on wide blocks that converges to "same household", not "same person" (Winkler 1988,
 * and our own measurement).
 */
type LevelProbabilities = readonly (readonly number[])[]

/** Values of m that are held: a number is, `undefined` is free. */
export type HeldValues = readonly (readonly (number | undefined)[] | undefined)[]

export interface EstimateInput {
  /** Level numbers, row by row: pattern p, comparison c at [p × comparisons + c]. */
  readonly patterns: ArrayLike<number>
  readonly counts: ArrayLike<number>
  /** All pairs that could have been compared; those beyond the counts are taken as non-matches. */
  readonly pairsTotal: number
  /** First guess of m, by comparison and level. */
  readonly m: LevelProbabilities
  readonly u: LevelProbabilities
  readonly held: HeldValues
  /** First guess of lambda. */
  readonly lambda: number
  readonly iterationsMax: number
}

export interface Model {
  /** Probability that two random records (of all `pairsTotal` pairs) match. */
  readonly lambda: number
  readonly m: LevelProbabilities
  readonly iterations: number
  readonly converged: boolean
}

/** Largest change of any probability that still counts as converged. */
const TOLERANCE = 1e-6
/** Pseudo-pairs per level: no probability may reach zero, or it would stay there. */
const LAPLACE = 0.5

/** What one iteration changes. */
type Estimate = Pick<Model, 'lambda' | 'm'>

/** @throws RangeError where patterns and counts do not fit each other, or held values add up to more than one */
export function estimateModel(input: EstimateInput): Model {
  const { patterns, counts, u, held, iterationsMax } = input
  const width = u.length
  if (patterns.length !== width * counts.length)
    throw new RangeError(`${patterns.length} level numbers for ${counts.length} patterns of ${width} comparisons`)
  let estimate: Estimate = { lambda: clamp(input.lambda), m: withHeld(input.m, held) }
  let iterations = 0
  let converged = false
  while (iterations < iterationsMax && !converged) {
    iterations++
    const next = maximise(input, expectMatches(input, estimate))
    converged = changeBetween(estimate, next) < TOLERANCE
    estimate = next
  }
  return { ...estimate, iterations, converged }
}

/** What the E step makes of the patterns: how many pairs are matches, in all and of each level. */
interface Expected {
  readonly matches: number
  /** By comparison and level. */
  readonly sums: readonly Float64Array[]
}

/** The E step, in logarithms: products of many small probabilities would underflow. */
function expectMatches({ patterns, counts, u }: EstimateInput, { lambda, m }: Estimate): Expected {
  const width = u.length
  const sums = u.map((levels) => new Float64Array(levels.length))
  let matches = 0
  for (let p = 0; p < counts.length; p++) {
    const count = counts[p]
    if (count === 0) continue
    let logM = Math.log(lambda)
    let logU = Math.log1p(-lambda)
    const at = p * width
    for (let c = 0; c < width; c++) {
      const level = patterns[at + c]
      if (level === 0) continue
      logM += Math.log(m[c][level])
      logU += Math.log(u[c][level])
    }
    const top = Math.max(logM, logU)
    const match = count * Math.exp(logM - (top + Math.log(Math.exp(logM - top) + Math.exp(logU - top))))
    matches += match
    for (let c = 0; c < width; c++) sums[c][patterns[at + c]] += match
  }
  return { matches, sums }
}

/** The M step: shares of what was expected, but for what is held. */
function maximise({ counts, pairsTotal, held }: EstimateInput, { matches, sums }: Expected): Estimate {
  let observed = 0
  for (let p = 0; p < counts.length; p++) observed += counts[p]
  return {
    lambda: clamp(matches / Math.max(pairsTotal, observed, 1)),
    m: withHeld(sums.map(shares), held),
  }
}

/** The largest change of any probability; of lambda, which is small, by its size. */
function changeBetween(before: Estimate, after: Estimate): number {
  let largest = Math.abs(after.lambda - before.lambda) / Math.max(before.lambda, after.lambda)
  before.m.forEach((row, c) =>
    row.forEach((value, l) => {
      largest = Math.max(largest, Math.abs(value - after.m[c][l]))
    }),
  )
  return largest
}

function shares(sums: Float64Array): number[] {
  let total = 0
  for (let l = 1; l < sums.length; l++) total += sums[l] + LAPLACE
  return Array.from(sums, (sum, l) => (l === 0 ? 1 : (sum + LAPLACE) / total))
}

/** Held values in their place; the free ones share what is left, in their own proportions. */
function withHeld(m: LevelProbabilities, held: HeldValues): LevelProbabilities {
  return m.map((values, c) => {
    const row = held[c]
    if (row === undefined) return values
    let sum = 0
    let free = 0
    for (let l = 1; l < values.length; l++) {
      const value = row[l]
      if (value === undefined) free += values[l]
      else sum += value
    }
    if (sum > 1 + 1e-9) throw new RangeError(`held probabilities of comparison ${c} add up to ${sum}, above 1`)
    return values.map((value, l) => {
      if (l === 0) return 1
      const pin = row[l]
      if (pin !== undefined) return Math.max(pin, 1e-12)
      return free > 0 ? Math.max((value / free) * (1 - sum), 1e-12) : value
    })
  })
}

function clamp(lambda: number): number {
  return Math.min(Math.max(lambda, 1e-12), 1 - 1e-12)
}
