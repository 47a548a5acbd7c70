import { expect, test } from 'vitest'
import { type ComparisonShape, estimateModel } from '../../../src/matching/weigh/em.ts'
import {
  estimateErrorRates,
  thresholdForF1,
  thresholdForFalseLinkRate,
} from '../../../src/matching/weigh/error-rates.ts'
import { modelText, readModelText } from '../../../src/matching/weigh/model-file.ts'
import { averageAgreement, frequencyCorrection } from '../../../src/matching/weigh/term-frequency.ts'
import { patternWeight, weightTables } from '../../../src/matching/weigh/weights.ts'

const comparisons: ComparisonShape[] = [
  {
    name: 'name',
    levels: [{ name: 'exact' }, { name: 'near' }, { name: 'else' }, { name: 'missing', isMissing: true }],
  },
  { name: 'birth', levels: [{ name: 'missing', isMissing: true }, { name: 'exact' }, { name: 'else' }] },
  { name: 'sex', levels: [{ name: 'exact' }, { name: 'else' }] },
  { name: 'place', levels: [{ name: 'exact' }, { name: 'near' }, { name: 'else' }] },
]
const plantedM = [
  [0.85, 0.1, 0.05, 1],
  [1, 0.93, 0.07],
  [0.99, 0.01],
  [0.7, 0.2, 0.1],
]
const plantedU = [
  [0.01, 0.03, 0.96, 1],
  [1, 0.002, 0.998],
  [0.5, 0.5],
  [0.02, 0.08, 0.9],
]
const missingShare = [0.1, 0.2, 0, 0]

/** The expected counts of every pattern: what an endless sample would show. */
function planted(lambda: number, pairs: number) {
  const patterns: number[] = []
  const counts: number[] = []
  const walk = (c: number, levels: number[], m: number, u: number) => {
    if (c === comparisons.length) {
      patterns.push(...levels)
      counts.push(pairs * (lambda * m + (1 - lambda) * u))
      return
    }
    comparisons[c].levels.forEach((level, l) => {
      const seen = level.isMissing ? missingShare[c] : 1 - missingShare[c]
      walk(c + 1, [...levels, l], m * seen * plantedM[c][l], u * seen * plantedU[c][l])
    })
  }
  walk(0, [], 1, 1)
  return { patterns, counts }
}

test('one step is what the textbook says: each pattern shared out by its odds, missing levels left aside', () => {
  const { patterns, counts } = planted(0.3, 1e4)
  const width = comparisons.length
  // Of a missing level a seed knows nothing: nought, which is not to be multiplied.
  const seedM = plantedM.map((levels, c) => levels.map((m, l) => (comparisons[c].levels[l].isMissing ? 0 : m)))
  const model = estimateModel({ comparisons, patterns, counts, lambda: 0.3, seedM, iterationsMax: 1, laplace: 0 })
  // The first u are the shares of all pairs; Fellegi and Sunter's likelihoods as plain products.
  const sumOf = (wanted: (row: readonly number[], i: number) => number): number =>
    counts.reduce((sum, _, i) => sum + wanted(patterns.slice(i * width, (i + 1) * width), i), 0)
  const isMissing = (c: number, level: number): boolean => comparisons[c].levels[level].isMissing === true
  const u = comparisons.map(({ levels }, c) => {
    const known = sumOf((row, i) => (isMissing(c, row[c]) ? 0 : counts[i]))
    return levels.map((_, l) => sumOf((row, i) => (row[c] === l ? counts[i] : 0)) / known)
  })
  const product = (table: readonly (readonly number[])[], row: readonly number[]): number =>
    row.reduce((p, level, c) => (isMissing(c, level) ? p : p * table[c][level]), 1)
  const matches = counts.map((count, i) => {
    const row = patterns.slice(i * width, (i + 1) * width)
    const [asMatch, asOther] = [0.3 * product(seedM, row), 0.7 * product(u, row)]
    return (count * asMatch) / (asMatch + asOther)
  })
  expect(model.lambda).toBeCloseTo(sumOf((_, i) => matches[i]) / sumOf((_, i) => counts[i]), 12)
  comparisons.forEach(({ levels }, c) => {
    const known = sumOf((row, i) => (isMissing(c, row[c]) ? 0 : matches[i]))
    levels.forEach((_, l) => {
      if (isMissing(c, l)) return
      expect(model.m[c][l]).toBeCloseTo(sumOf((row, i) => (row[c] === l ? matches[i] : 0)) / known, 12)
    })
  })
})

test('EM recovers the lambda, m and u that were planted, with u free', () => {
  const model = estimateModel({ comparisons, ...planted(0.05, 1e7), lambda: 0.02, iterationsMax: 500 })
  expect(model.converged).toBe(true)
  expect(model.lambda).toBeCloseTo(0.05, 3)
  comparisons.forEach((comparison, c) =>
    comparison.levels.forEach((_, l) => {
      expect(model.m[c][l]).toBeCloseTo(plantedM[c][l], 2)
      expect(model.u[c][l]).toBeCloseTo(plantedU[c][l], 3)
    }),
  )
})

test('EM recovers the planted m with u held, from pairs that blocking chose, and lambda less what blocking lost', () => {
  const all = planted(0.001, 1e8)
  const kept = all.counts.map((count, p) => (all.patterns[p * 4] <= 1 || all.patterns[p * 4 + 1] === 1 ? count : 0))
  const model = estimateModel({ comparisons, patterns: all.patterns, counts: kept, fixedU: plantedU, pairsTotal: 1e8 })
  expect(model.lambda).toBeGreaterThan(0.0009)
  expect(model.lambda).toBeLessThan(0.00101)
  expect(Math.abs(model.m[3][0] - 0.7)).toBeLessThan(0.01)
  expect(model.u).toEqual(plantedU)
})

test('EM says plainly that it has not converged when it only ran out of iterations', () => {
  const model = estimateModel({ comparisons, ...planted(0.05, 1e6), iterationsMax: 2 })
  expect(model.converged).toBe(false)
  expect(model.verdict).toMatch(/NOT converged/)
})

test('no probability is ever zero, even for a level no pair has', () => {
  const model = estimateModel({ comparisons, patterns: [0, 1, 0, 0, 2, 2, 1, 2], counts: [10, 1000] })
  for (const row of [...model.m, ...model.u]) for (const value of row) expect(value).toBeGreaterThan(0)
})

test('the likelihood never falls from one iteration to the next', () => {
  let before = Number.NEGATIVE_INFINITY
  for (let iterationsMax = 1; iterationsMax < 30; iterationsMax++) {
    const model = estimateModel({ comparisons, ...planted(0.03, 1e6), iterationsMax, laplace: 0 })
    expect(model.logLikelihood).toBeGreaterThanOrEqual(before - 1e-3)
    before = model.logLikelihood
  }
})

test('a pinned lambda and a pinned m stay, and the free levels share the rest', () => {
  const pinned = { lambda: 0.1, m: [[0.6, undefined, undefined, undefined]] }
  const model = estimateModel({ comparisons, ...planted(0.05, 1e6), pinned })
  expect(model.lambda).toBe(0.1)
  expect(model.m[0][0]).toBe(0.6)
  expect(model.m[0][0] + model.m[0][1] + model.m[0][2]).toBeCloseTo(1, 9)
})

test('a missing level adds nothing to the weight', () => {
  const tables = weightTables({ comparisons, lambda: 0.5, m: plantedM, u: plantedU })
  expect(tables.prior).toBe(0)
  expect(patternWeight(tables, [3, 0, 0, 0]) - patternWeight(tables, [0, 0, 0, 0])).toBe(-tables.weights[0][0])
  expect(tables.weights[0][3]).toBe(0)
})

test('a saved model comes back the same, pins included', () => {
  const model = estimateModel({ comparisons, ...planted(0.05, 1e5) })
  const saved = readModelText(modelText(model, { lambda: 0.05, m: [[0.6, undefined]] }), 'model.json')
  expect(saved.model).toEqual(model)
  expect(saved.pinned).toEqual({ lambda: 0.05, m: [[0.6, undefined]] })
  expect(() => readModelText('{"version": 9}', 'model.json')).toThrow(/E521.*version/)
})

test('a rare value is worth more than a common one, and the average is worth nothing more', () => {
  const counts = [500, 300, 100, 50, 50]
  const u = averageAgreement(counts)
  expect(u).toBeCloseTo(0.355, 6)
  const worth = (count: number) => frequencyCorrection({ count, total: 1000, u })
  expect(worth(50)).toBeGreaterThan(worth(500))
  expect(worth(356)).toBeCloseTo(0, -2)
})

test('estimated error rates agree with the truth that was planted', () => {
  const { patterns, counts } = planted(0.05, 1e6)
  const tables = weightTables({ comparisons, lambda: 0.05, m: plantedM, u: plantedU })
  const weights = counts.map((_, p) => patternWeight(tables, patterns, p * 4))
  const rates = estimateErrorRates(weights, counts)
  const threshold = thresholdForFalseLinkRate(rates, 0.01)
  if (threshold === undefined) throw new Error('no threshold')
  let links = 0
  let matches = 0
  let matchesLinked = 0
  counts.forEach((count, p) => {
    let likelihood = 0.05
    comparisons.forEach((comparison, c) => {
      const level = patterns[p * 4 + c]
      likelihood *= comparison.levels[level].isMissing ? missingShare[c] : plantedM[c][level] * (1 - missingShare[c])
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
  expect(thresholdForF1(rates)).toBeLessThan(threshold)
})
