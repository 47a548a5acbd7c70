/**
 * The Fellegi–Sunter model, estimated by expectation–maximisation on distinct comparison patterns.
 *
 * In:  the comparisons and their levels, the distinct patterns (one level number per comparison) with their counts,
 *      and whatever is already known: u from random pairs, seeds for m, values pinned by a person.
 * Out: lambda, m and u per level, how many iterations it took and whether it converged, said plainly.
 * Leaves to weights.ts: integer weights. Leaves to the caller: which pairs are compared.
 *
 * A missing level is no evidence: it multiplies both likelihoods by one, and m and u are shares of the pairs where both
 * sides are known. Free estimation of u on wide blocks converges to "same household", not "same person" (Winkler 1988,
 * and our own measurement): give `fixedU` taken from random pairs whenever there are any.
 */
interface LevelShape {
  readonly name: string
  readonly isMissing?: boolean
}

export interface ComparisonShape {
  readonly name: string
  /** From the firmest agreement to plain disagreement; at most one missing level, anywhere. */
  readonly levels: readonly LevelShape[]
}

type LevelProbabilities = readonly (readonly number[])[]

/** Values a person has fixed: `undefined` is free, a number is held. */
export interface PinnedValues {
  readonly lambda?: number
  readonly m?: readonly (readonly (number | undefined)[] | undefined)[]
  readonly u?: readonly (readonly (number | undefined)[] | undefined)[]
}

export interface EstimateInput {
  readonly comparisons: readonly ComparisonShape[]
  /** Level numbers, row by row: pattern p, comparison c at [p × comparisons + c]. */
  readonly patterns: ArrayLike<number>
  readonly counts: ArrayLike<number>
  /** All pairs that could have been compared; those beyond the counts are taken as non-matches. Default: the counts. */
  readonly pairsTotal?: number
  readonly seedM?: LevelProbabilities
  /** u held throughout; the usual case. */
  readonly fixedU?: LevelProbabilities
  readonly pinned?: PinnedValues
  /** First guess of lambda. */
  readonly lambda?: number
  readonly iterationsMax?: number
  /** Largest change of any probability that still counts as converged. */
  readonly tolerance?: number
  /** Pseudo-pairs per level: no probability may reach zero, or it would stay there. */
  readonly laplace?: number
}

export interface Model {
  readonly comparisons: readonly ComparisonShape[]
  /** Probability that two random records (of all `pairsTotal` pairs) match. */
  readonly lambda: number
  readonly m: LevelProbabilities
  readonly u: LevelProbabilities
  readonly iterations: number
  readonly converged: boolean
  /** Natural logarithm, observed patterns only. */
  readonly logLikelihood: number
  /** One sentence for the log: converged or not, and what that means. */
  readonly verdict: string
}

/** What one iteration changes. */
interface Estimate {
  readonly lambda: number
  readonly m: number[][]
  readonly u: number[][]
}

/** @throws RangeError where patterns and counts do not fit each other, or pinned values add up to more than one */
export function estimateModel(input: EstimateInput): Model {
  const { comparisons, patterns, counts } = input
  const width = comparisons.length
  if (patterns.length !== width * counts.length)
    throw new RangeError(`${patterns.length} level numbers for ${counts.length} patterns of ${width} comparisons`)
  const iterationsMax = input.iterationsMax ?? 200
  const tolerance = input.tolerance ?? 1e-6
  const missing = comparisons.map((c) => c.levels.findIndex((l) => l.isMissing === true))

  let estimate = firstEstimate(input, missing)
  let iterations = 0
  let converged = false
  let logLikelihood = Number.NEGATIVE_INFINITY
  while (iterations < iterationsMax && !converged) {
    iterations++
    const expected = expectMatches(input, estimate, missing)
    const next = maximise(input, estimate, expected, missing)
    converged = changeBetween(estimate, next) < tolerance
    logLikelihood = expected.logLikelihood
    estimate = next
  }
  const verdict = converged
    ? `converged after ${iterations} iterations`
    : `NOT converged: stopped at the limit of ${iterations} iterations; probabilities may still move`
  return { comparisons, ...estimate, iterations, converged, logLikelihood, verdict }
}

function firstEstimate(input: EstimateInput, missing: readonly number[]): Estimate {
  const { comparisons, pinned } = input
  const lambda = clamp(pinned?.lambda ?? input.lambda ?? 0.01)
  const m = comparisons.map((c, i) => [...(input.seedM?.[i] ?? usualM(c))])
  const u = comparisons.map((_, i) => [...(input.fixedU?.[i] ?? marginals(input, i, missing[i]))])
  holdPins(m, pinned?.m, missing)
  holdPins(u, pinned?.u, missing)
  return { lambda, m, u }
}

/** What the E step makes of the patterns: how many pairs of each level are matches, and how many are not. */
interface Expected {
  readonly matches: number
  /** By comparison and level. */
  readonly mSums: readonly Float64Array[]
  readonly uSums: readonly Float64Array[]
  readonly logLikelihood: number
}

/** The E step, in logarithms: products of many small probabilities would underflow. */
function expectMatches(input: EstimateInput, { lambda, m, u }: Estimate, missing: readonly number[]): Expected {
  const { comparisons, patterns, counts } = input
  const width = comparisons.length
  const mSums = comparisons.map((c) => new Float64Array(c.levels.length))
  const uSums = comparisons.map((c) => new Float64Array(c.levels.length))
  let matches = 0
  let logLikelihood = 0
  for (let p = 0; p < counts.length; p++) {
    const count = counts[p]
    if (count === 0) continue
    let logM = Math.log(lambda)
    let logU = Math.log1p(-lambda)
    const at = p * width
    for (let c = 0; c < width; c++) {
      const level = patterns[at + c]
      if (level === missing[c]) continue
      logM += Math.log(m[c][level])
      logU += Math.log(u[c][level])
    }
    const top = Math.max(logM, logU)
    const logSum = top + Math.log(Math.exp(logM - top) + Math.exp(logU - top))
    logLikelihood += count * logSum
    const match = count * Math.exp(logM - logSum)
    matches += match
    for (let c = 0; c < width; c++) {
      const level = patterns[at + c]
      mSums[c][level] += match
      uSums[c][level] += count - match
    }
  }
  return { matches, mSums, uSums, logLikelihood }
}

/** The M step: shares of what was expected, but for what is held. */
function maximise(input: EstimateInput, before: Estimate, expected: Expected, missing: readonly number[]): Estimate {
  const { pinned, fixedU, laplace } = input
  const lambda = pinned?.lambda === undefined ? clamp(expected.matches / pairsTotalOf(input)) : before.lambda
  const m = expected.mSums.map((sums, c) => shares(sums, missing[c], laplace))
  holdPins(m, pinned?.m, missing)
  if (fixedU !== undefined) return { lambda, m, u: before.u }
  const u = expected.uSums.map((sums, c) => shares(sums, missing[c], laplace))
  holdPins(u, pinned?.u, missing)
  return { lambda, m, u }
}

function pairsTotalOf({ counts, pairsTotal }: EstimateInput): number {
  let observed = 0
  for (let p = 0; p < counts.length; p++) observed += counts[p]
  return Math.max(pairsTotal ?? observed, observed, 1)
}

/** The largest change of any probability; of lambda, which is small, by its size. */
function changeBetween(before: Estimate, after: Estimate): number {
  return Math.max(
    Math.abs(after.lambda - before.lambda) / Math.max(before.lambda, after.lambda),
    largestChange(before.m, after.m),
    largestChange(before.u, after.u),
  )
}

/** Without a better guess: four in five matches agree wholly, one in twenty disagrees. */
function usualM(comparison: ComparisonShape): number[] {
  const known = comparison.levels.flatMap((l, i) => (l.isMissing === true ? [] : [i]))
  const m = comparison.levels.map(() => 1)
  known.forEach((level, i) => {
    if (known.length === 1) m[level] = 1
    else if (i === 0) m[level] = known.length === 2 ? 0.95 : 0.8
    else if (i === known.length - 1) m[level] = 0.05
    else m[level] = 0.15 / (known.length - 2)
  })
  return m
}

/** Level shares over all pairs: nearly all are non-matches, so these are a first guess of u. */
function marginals(input: EstimateInput, c: number, missing: number): number[] {
  const width = input.comparisons.length
  const sums = new Float64Array(input.comparisons[c].levels.length)
  for (let p = 0; p < input.counts.length; p++) sums[input.patterns[p * width + c]] += input.counts[p]
  return shares(sums, missing, input.laplace)
}

/** @param laplace see EstimateInput */
function shares(sums: Float64Array, missing: number, laplace = 0.5): number[] {
  let total = 0
  for (let l = 0; l < sums.length; l++) if (l !== missing) total += sums[l] + laplace
  return Array.from(sums, (sum, l) => (l === missing ? 1 : (sum + laplace) / total))
}

/** Puts pinned values in place and lets the free ones share what is left, in their own proportions. */
function holdPins(values: number[][], pins: PinnedValues['m'], missing: readonly number[]): void {
  pins?.forEach((row, c) => {
    if (row === undefined) return
    let pinned = 0
    let free = 0
    values[c].forEach((value, l) => {
      if (l === missing[c]) return
      if (row[l] === undefined) free += value
      else pinned += row[l]
    })
    if (pinned > 1 + 1e-9) throw new RangeError(`pinned probabilities of comparison ${c} add up to ${pinned}, above 1`)
    values[c] = values[c].map((value, l) => {
      if (l === missing[c]) return 1
      const pin = row[l]
      if (pin !== undefined) return Math.max(pin, 1e-12)
      return free > 0 ? Math.max((value / free) * (1 - pinned), 1e-12) : value
    })
  })
}

function largestChange(before: LevelProbabilities, after: LevelProbabilities): number {
  let largest = 0
  for (let c = 0; c < before.length; c++)
    for (let l = 0; l < before[c].length; l++) largest = Math.max(largest, Math.abs(before[c][l] - after[c][l]))
  return largest
}

function clamp(lambda: number): number {
  return Math.min(Math.max(lambda, 1e-12), 1 - 1e-12)
}
