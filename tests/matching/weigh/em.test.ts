import { expect, test } from 'vitest'
import { type EstimateInput, estimateModel } from '../../../src/matching/weigh/em.ts'
import { estimateErrorRates, thresholdForFalseLinkRate } from '../../../src/matching/weigh/error-rates.ts'

/** Name (exact, near, else), birth, sex, place; level 0 is missing. */
const plantedM = [
  [1, 0.85, 0.1, 0.05],
  [1, 0.93, 0.07],
  [1, 0.99, 0.01],
  [1, 0.7, 0.2, 0.1],
]
const plantedU = [
  [1, 0.01, 0.03, 0.96],
  [1, 0.002, 0.998],
  [1, 0.5, 0.5],
  [1, 0.02, 0.08, 0.9],
]
const missingShare = [0.1, 0.2, 0, 0]
const width = plantedM.length
/** A first m that knows nothing of what was planted. */
const guessed = [
  [0, 0.8, 0.15, 0.05],
  [0, 0.95, 0.05],
  [0, 0.95, 0.05],
  [0, 0.8, 0.15, 0.05],
]
const FREE = plantedM.map(() => undefined)

/** The expected counts of every pattern: what an endless sample would show. */
function planted(lambda: number, pairs: number) {
  const patterns: number[] = []
  const counts: number[] = []
  const walk = (c: number, levels: number[], m: number, u: number) => {
    if (c === width) {
      patterns.push(...levels)
      counts.push(pairs * (lambda * m + (1 - lambda) * u))
      return
    }
    plantedM[c].forEach((_, l) => {
      const seen = l === 0 ? missingShare[c] : 1 - missingShare[c]
      walk(c + 1, [...levels, l], m * seen * plantedM[c][l], u * seen * plantedU[c][l])
    })
  }
  walk(0, [], 1, 1)
  return { patterns, counts }
}

function estimate(lambda: number, pairs: number, given: Partial<EstimateInput> = {}) {
  const known = { m: guessed, u: plantedU, held: FREE, lambda: 0.02, iterationsMax: 500, pairsTotal: pairs }
  return estimateModel({ ...planted(lambda, pairs), ...known, ...given })
}

test('one step is what the textbook says: each pattern shared out by its odds, missing levels left aside', () => {
  const { patterns, counts } = planted(0.3, 1e4)
  const model = estimate(0.3, 1e4, {
    m: plantedM.map(([, ...levels]) => [0, ...levels]),
    lambda: 0.3,
    iterationsMax: 1,
  })
  const sumOf = (wanted: (row: readonly number[], i: number) => number): number =>
    counts.reduce((sum, _, i) => sum + wanted(patterns.slice(i * width, (i + 1) * width), i), 0)
  // Fellegi and Sunter's likelihoods as plain products.
  const product = (table: readonly (readonly number[])[], row: readonly number[]): number =>
    row.reduce((p, level, c) => (level === 0 ? p : p * table[c][level]), 1)
  const matches = counts.map((count, i) => {
    const row = patterns.slice(i * width, (i + 1) * width)
    const [asMatch, asOther] = [0.3 * product(plantedM, row), 0.7 * product(plantedU, row)]
    return (count * asMatch) / (asMatch + asOther)
  })
  expect(model.lambda).toBeCloseTo(sumOf((_, i) => matches[i]) / sumOf((_, i) => counts[i]), 12)
  plantedM.forEach((levels, c) => {
    // Half a pair more of each level, that none may be impossible.
    const known = sumOf((row, i) => (row[c] === 0 ? 0 : matches[i])) + (levels.length - 1) / 2
    levels.forEach((_, l) => {
      if (l === 0) return
      expect(model.m[c][l]).toBeCloseTo((sumOf((row, i) => (row[c] === l ? matches[i] : 0)) + 0.5) / known, 12)
    })
  })
})

test('EM recovers the lambda and m that were planted', () => {
  const model = estimate(0.05, 1e7)
  expect(model.converged).toBe(true)
  expect(model.lambda).toBeCloseTo(0.05, 3)
  plantedM.forEach((levels, c) => {
    levels.forEach((m, l) => expect(model.m[c][l]).toBeCloseTo(m, 2))
  })
})

test('EM recovers the planted m from pairs that blocking chose, and lambda less what blocking lost', () => {
  const { patterns, counts } = planted(0.001, 1e8)
  const kept = counts.map((count, p) => (patterns[p * width] <= 2 || patterns[p * width + 1] === 1 ? count : 0))
  const model = estimate(0.001, 1e8, { counts: kept })
  expect(model.lambda).toBeGreaterThan(0.0009)
  expect(model.lambda).toBeLessThan(0.00101)
  expect(Math.abs(model.m[3][1] - 0.7)).toBeLessThan(0.01)
})

test('EM says plainly that it has not converged when it only ran out of iterations', () => {
  expect(estimate(0.05, 1e6, { iterationsMax: 2 })).toMatchObject({ converged: false, iterations: 2 })
})

test('no probability is ever zero, even for a level no pair has', () => {
  const model = estimate(0.5, 1010, { patterns: [1, 1, 1, 1, 3, 2, 2, 3], counts: [10, 1000] })
  for (const row of model.m) for (const value of row) expect(value).toBeGreaterThan(0)
})

test('the likelihood never falls from one iteration to the next', () => {
  const { patterns, counts } = planted(0.03, 1e6)
  const likelihoodOf = (table: readonly (readonly number[])[], p: number): number =>
    table.reduce(
      (product, levels, c) => product * (patterns[p * width + c] === 0 ? 1 : levels[patterns[p * width + c]]),
      1,
    )
  let before = Number.NEGATIVE_INFINITY
  for (let iterationsMax = 1; iterationsMax < 30; iterationsMax++) {
    const { lambda, m } = estimate(0.03, 1e6, { iterationsMax })
    const now = counts.reduce(
      (sum, count, p) => sum + count * Math.log(lambda * likelihoodOf(m, p) + (1 - lambda) * likelihoodOf(plantedU, p)),
      0,
    )
    // The half pairs that are added pull a little the other way.
    expect(now).toBeGreaterThanOrEqual(before - 0.1)
    before = now
  }
})

test('a held m stays, and the free levels share the rest', () => {
  const { m } = estimate(0.05, 1e6, { held: [[undefined, 0.6, undefined, undefined], ...FREE.slice(1)] })
  expect(m[0][1]).toBe(0.6)
  expect(m[0][1] + m[0][2] + m[0][3]).toBeCloseTo(1, 9)
})

test('estimated error rates agree with the truth that was planted', () => {
  const { patterns, counts } = planted(0.05, 1e6)
  const weights = counts.map((_, p) => {
    const levels = patterns.slice(p * width, (p + 1) * width)
    const ratio = levels.reduce((product, l, c) => product * (plantedM[c][l] / plantedU[c][l]), 0.05 / 0.95)
    return Math.round(Math.log2(ratio) * 1000)
  })
  const rates = estimateErrorRates(weights, counts)
  const threshold = thresholdForFalseLinkRate(rates, 0.01)
  if (threshold === undefined) throw new Error('no threshold')
  let links = 0
  let matches = 0
  let matchesLinked = 0
  counts.forEach((count, p) => {
    let likelihood = 0.05
    plantedM.forEach((levels, c) => {
      const level = patterns[p * width + c]
      likelihood *= level === 0 ? missingShare[c] : levels[level] * (1 - missingShare[c])
    })
    matches += likelihood * 1e6
    if (weights[p] < threshold) return
    links += count
    matchesLinked += likelihood * 1e6
  })
  const row = rates.find((r) => r.threshold === threshold)
  expect(row?.falseLinkRate).toBeCloseTo(1 - matchesLinked / links, 4)
  expect(row?.missedLinkRate).toBeCloseTo(1 - matchesLinked / matches, 4)
  expect(row?.falseLinkRateLow).toBeLessThan(row?.falseLinkRate ?? 0)
  expect(row?.falseLinkRateHigh).toBeGreaterThan(row?.falseLinkRate ?? 1)
})
