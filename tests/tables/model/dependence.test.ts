import { expect, test } from 'vitest'
import { PatternInterner, type Patterns } from '../../../src/tables/compare/patterns.ts'
import { fitDependentModel } from '../../../src/tables/model/dependence.ts'
import { evidenceOf } from '../../../src/tables/model/evidence.ts'
import { JointTables } from '../../../src/tables/model/trees.ts'

/** Counts of patterns over columns that are 1 (same) or 2 (differs), each same with its own probability. */
function planted(groups: readonly { readonly pairs: number; readonly same: readonly number[] }[]): Patterns {
  const width = groups[0].same.length
  const interner = new PatternInterner(width)
  const levels = new Uint8Array(width)
  for (const { pairs, same } of groups)
    for (let bits = 0; bits < 1 << width; bits++) {
      let share = 1
      for (let c = 0; c < width; c++) {
        levels[c] = bits & (1 << c) ? 1 : 2
        share *= bits & (1 << c) ? same[c] : 1 - same[c]
      }
      if (pairs * share > 0.01) interner.add(levels, 0, pairs * share)
    }
  return interner.patterns()
}

const six = (value: number) => Array.from({ length: 6 }, () => value)
const usualM = Array.from({ length: 6 }, () => [1, 0.9, 0.1])

function fit(candidates: Patterns) {
  return fitDependentModel({
    levelCounts: six(3),
    usualM,
    candidates,
    // Blocking took most pairs that agree on anything: few are left outside.
    outside: planted([{ pairs: 1e6, same: six(0.0001) }]),
    outsideScale: 100,
    pairsTotal: 1e8,
    iterationsMax: 60,
  })
}

test('strangers who share a house and nothing else are not matches, though they are five times as many', () => {
  const candidates = planted([
    { pairs: 2000, same: six(0.9) },
    { pairs: 10_000, same: [0.98, 0.98, 0.98, 0.005, 0.005, 0.005] },
  ])
  const model = fit(candidates)
  const weightOf = (...levels: number[]) =>
    Math.log2(model.lambda / (1 - model.lambda)) + evidenceOf(model, Uint8Array.from(levels), 0)
  expect(weightOf(1, 1, 1, 2, 2, 2)).toBeLessThan(-2)
  expect(weightOf(1, 1, 1, 1, 1, 1)).toBeGreaterThan(8)
  expect(weightOf(1, 2, 1, 1, 1, 1)).toBeGreaterThan(4)
  expect(model.lambda * 1e8).toBeGreaterThan(1700)
  expect(model.lambda * 1e8).toBeLessThan(2300)
})

// Columns 0 and 1 are personal; 2 to 5 are what a household shares. Half of its members write one of those wrongly.
const home = [
  { pairs: 1500, same: [0.95, 0.95, 0.9, 0.8, 0.8, 0.7] },
  { pairs: 9000, same: [0.01, 0.001, 0.95, 0.95, 0.9, 0.85] },
]
const personalLevels = [2, 2, 0, 0, 0, 0]
const rows = { levelCounts: six(3), usualM, outsideScale: 100, pairsTotal: 1e8, iterationsMax: 60 }

test('four columns shared at home make companions, not matches, even where nobody is there twice', () => {
  const outside = planted([{ pairs: 1e6, same: six(0.0001) }])
  const both = fitDependentModel({ ...rows, candidates: planted(home), outside, personalLevels })
  const none = fitDependentModel({ ...rows, candidates: planted(home.slice(1)), outside, personalLevels })
  const prior = (model: { lambda: number }) => Math.log2(model.lambda)
  const same = (...levels: number[]) => Uint8Array.from(levels)
  expect(both.companions).toBeDefined()
  expect(prior(both) + evidenceOf(both, same(2, 2, 1, 1, 1, 1), 0)).toBeLessThan(-4)
  expect(prior(both) + evidenceOf(both, same(1, 1, 1, 1, 1, 1), 0)).toBeGreaterThan(4)
  expect(both.lambda * 1e8).toBeGreaterThan(1300)
  expect(both.lambda * 1e8).toBeLessThan(1800)
  expect(none.lambda * 1e8).toBeLessThan(450)
})

test('without companions in the data there is no such class, and no match is lost to it', () => {
  const outside = planted([{ pairs: 1e6, same: six(0.0001) }])
  const model = fitDependentModel({ ...rows, candidates: planted(home.slice(0, 1)), outside, personalLevels })
  expect(model.companions).toBeUndefined()
  expect(model.lambda * 1e8).toBeGreaterThan(1450)
})

test('a column that only repeats another adds next to nothing', () => {
  const single = planted([
    { pairs: 2000, same: six(0.9) },
    { pairs: 20_000, same: [0.5, 0.02, 0.02, 0.02, 0.02, 0.02] },
  ])
  // Column 5 becomes a copy of column 0, among candidates and outside.
  const copied = (patterns: Patterns): Patterns => {
    const interner = new PatternInterner(6)
    const levels = new Uint8Array(6)
    for (let p = 0; p < patterns.count; p++) {
      for (let c = 0; c < 6; c++) levels[c] = patterns.levels[p * 6 + (c === 5 ? 0 : c)]
      interner.add(levels, 0, patterns.counts[p])
    }
    return interner.patterns()
  }
  const model = fitDependentModel({
    levelCounts: six(3),
    usualM,
    candidates: copied(single),
    outside: copied(planted([{ pairs: 1e5, same: six(0.002) }])),
    outsideScale: 1000,
    pairsTotal: 1e8,
    iterationsMax: 60,
  })
  const evidence = (...levels: number[]) => evidenceOf(model, Uint8Array.from(levels), 0)
  const [known, repeated] = [evidence(1, 1, 1, 1, 1, 0), evidence(1, 1, 1, 1, 1, 1)]
  expect(Math.abs(repeated - known)).toBeLessThan(1)
})

test('missing everywhere is no evidence at all', () => {
  const model = fit(
    planted([
      { pairs: 2000, same: six(0.9) },
      { pairs: 10_000, same: six(0.05) },
    ]),
  )
  expect(evidenceOf(model, Uint8Array.from(six(0)), 0)).toBe(0)
})

test('counts are taken off the last level of a column, and wherever it is met, until its share is held', () => {
  const tables = new JointTables([3, 3])
  const levels = Uint8Array.from([1, 1, 2, 1, 2, 2, 1, 2])
  const counts = Float64Array.from([50, 30, 10, 10])
  tables.addAll({ width: 2, count: 4, levels, counts }, counts)
  tables.holdLast(0, 0.1, 4)
  const [, first, last] = tables.singles[0]
  expect(first).toBeCloseTo(60, 9)
  // Four parts of a tenth and one of what was seen.
  expect(last / (first + last)).toBeCloseTo((0.4 + 4 * 0.1) / 5, 9)
  const table = tables.pairs[1] as Float64Array
  expect(table[2 * 3 + 1] / table[2 * 3 + 2]).toBeCloseTo(3, 9)
  expect(table[2 * 3 + 1] + table[2 * 3 + 2]).toBeCloseTo(last, 9)
  expect(table[1 * 3 + 1]).toBe(50)
  const rare = new JointTables([3, 3])
  rare.addAll({ width: 2, count: 2, levels: levels.subarray(0, 4), counts }, Float64Array.from([95, 5]))
  rare.holdLast(0, 0.1, 4)
  expect(rare.singles[0][2]).toBe(5)
})
