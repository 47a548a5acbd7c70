/**
 * Capture–recapture of three lists by log-linear models: how many are on none of them, when the lists may depend on each
 * other two by two (Fienberg 1972; Bishop, Fienberg and Holland, Discrete Multivariate Analysis, ch. 6).
 *
 * In:  the seven counts that can be seen. Out: for each of the eight hierarchical models the estimate, its fit and its
 * interval, and the one with the least AIC. What no model can know is whether all three lists depend at once: the spread of
 * the models is given beside the choice.
 */
import { NORMAL_975 } from '../../wilson.ts'

/** How many are on exactly these lists; `a`, `b`, `c` in that order, 1 = on it. */
export interface ThreeLists {
  readonly n111: number
  readonly n110: number
  readonly n101: number
  readonly n011: number
  readonly n100: number
  readonly n010: number
  readonly n001: number
}

/** Pairs of lists that a model lets depend on each other. */
type Dependence = 'ab' | 'ac' | 'bc'

interface ThreeListModel {
  readonly dependences: readonly Dependence[]
  /** Estimated on none of the lists, and in all. */
  readonly unseen: number
  readonly population: number
  /** 95 %, log-normal for those unseen: never fewer than were seen. */
  readonly low: number
  readonly high: number
  /** −2 log likelihood ratio against the counts themselves; 0 for the saturated model. */
  readonly deviance: number
  readonly aic: number
}

export interface ThreeListEstimate {
  readonly seen: number
  readonly models: readonly ThreeListModel[]
  /** Least AIC; undefined where no model can be fitted. */
  readonly chosen: ThreeListModel | undefined
}

const CELLS = ['n111', 'n110', 'n101', 'n011', 'n100', 'n010', 'n001'] as const
const SETS: readonly (readonly Dependence[])[] = [
  [],
  ['ab'],
  ['ac'],
  ['bc'],
  ['ab', 'ac'],
  ['ab', 'bc'],
  ['ac', 'bc'],
  ['ab', 'ac', 'bc'],
]
const STEPS_MAX = 100
/** An intercept whose error is larger says nothing: some cell that the model rests on is empty. */
const ERROR_MAX = 3

export function estimateThreeLists(counts: ThreeLists): ThreeListEstimate {
  const seen = CELLS.reduce((sum, cell) => sum + counts[cell], 0)
  const models = SETS.flatMap((dependences) => fit(counts, dependences, seen) ?? [])
  const chosen = models.reduce<ThreeListModel | undefined>(
    (best, model) => (best === undefined || model.aic < best.aic - 1e-9 ? model : best),
    undefined,
  )
  return { seen, models, chosen }
}

/** Poisson regression of the seven counts by Newton's method (iteratively reweighted least squares). */
function fit(counts: ThreeLists, dependences: readonly Dependence[], seen: number): ThreeListModel | undefined {
  const y = CELLS.map((cell) => counts[cell])
  const x = CELLS.map((cell) => regressors(cell, dependences))
  const size = 4 + dependences.length
  let beta = solve(
    ...normalEquations(
      x,
      y.map(() => 1),
      y.map((n) => Math.log(n + 0.5)),
      size,
    ),
  )
  let inverse: number[][] | undefined
  for (let step = 0; step < STEPS_MAX && beta !== undefined; step++) {
    const eta = x.map((row) => dot(row, beta as readonly number[]))
    const mu = eta.map((value) => Math.exp(Math.min(value, 40)))
    const working = eta.map((value, i) => value + (y[i] - mu[i]) / mu[i])
    const [matrix, right] = normalEquations(x, mu, working, size)
    const next = solve(matrix, right)
    if (next === undefined) return undefined
    inverse = invert(matrix)
    const moved = Math.max(...next.map((value, i) => Math.abs(value - (beta as number[])[i])))
    beta = next
    if (moved < 1e-10) break
  }
  if (beta === undefined || inverse === undefined) return undefined
  const error = Math.sqrt(inverse[0][0])
  const unseen = Math.exp(beta[0])
  if (!(error < ERROR_MAX) || !Number.isFinite(unseen)) return undefined
  const mu = x.map((row) => Math.exp(dot(row, beta as number[])))
  const deviance = Math.max(
    0,
    2 * y.reduce((sum, n, i) => sum + (n === 0 ? 0 : n * Math.log(n / mu[i])) - (n - mu[i]), 0),
  )
  // The unseen are a Poisson count around their estimate: both variances add.
  const factor = Math.exp(NORMAL_975 * Math.sqrt(Math.log(1 + (unseen + unseen ** 2 * error ** 2) / unseen ** 2)))
  return {
    dependences,
    unseen,
    population: seen + unseen,
    low: seen + unseen / factor,
    high: seen + unseen * factor,
    deviance,
    aic: deviance + 2 * size,
  }
}

/** Intercept, one effect a list, one a dependence: the intercept is the log of the cell that nobody sees. */
function regressors(cell: string, dependences: readonly Dependence[]): readonly number[] {
  const [a, b, c] = Array.from(cell.slice(1), Number)
  const both = { ab: a * b, ac: a * c, bc: b * c }
  return [1, a, b, c, ...dependences.map((pair) => both[pair])]
}

function normalEquations(
  x: readonly (readonly number[])[],
  weights: readonly number[],
  y: readonly number[],
  size: number,
): [number[][], number[]] {
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  const right = Array.from({ length: size }, () => 0)
  x.forEach((row, i) => {
    for (let j = 0; j < size; j++) {
      right[j] += weights[i] * row[j] * y[i]
      for (let k = 0; k < size; k++) matrix[j][k] += weights[i] * row[j] * row[k]
    }
  })
  return [matrix, right]
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0)
}

/** Gauss with the largest pivot; undefined if the matrix is singular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, i) => [...row, right[i]])
  const size = rows.length
  for (let k = 0; k < size; k++) {
    let pivot = k
    for (let i = k + 1; i < size; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i
    if (!(Math.abs(rows[pivot][k]) > 1e-12)) return undefined
    ;[rows[k], rows[pivot]] = [rows[pivot], rows[k]]
    for (let i = 0; i < size; i++) {
      if (i === k) continue
      const factor = rows[i][k] / rows[k][k]
      for (let j = k; j <= size; j++) rows[i][j] -= factor * rows[k][j]
    }
  }
  return rows.map((row, i) => row[size] / row[i])
}

function invert(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const columns: number[][] = []
  for (let k = 0; k < matrix.length; k++) {
    const column = solve(
      matrix,
      matrix.map((_, i) => (i === k ? 1 : 0)),
    )
    if (column === undefined) return undefined
    columns.push(column)
  }
  return columns
}
