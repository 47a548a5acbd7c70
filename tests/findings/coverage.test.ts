/** Coverage: known answers of the dual-system estimate, its unbiasedness, pooling that hides small cells. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addEstimates,
  type Coverage,
  estimateCoverage,
  estimatePopulation,
  missedRate,
  POOLED,
  poolSmallStrata,
  type StratumCounts,
} from '../../src/findings/coverage/index.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, death, police, T0, V3, visitor } from './check.ts'

const PERFECT = { missed: 0, false: 0 }

function coverageOf(rows: readonly RowText[], minimum = 1, linkage = PERFECT, given = REGISTERS.slice()): Coverage {
  const { table, people } = buildTable(rows, { counties: [513027] })
  const asOf = { police: T0, census: T0, census_deaths: T0, births: T0, deaths: T0 }
  return estimateCoverage(
    { table, people, given: new Set(given), settings: { referenceDate: T0, asOf, graceDays: 30 } },
    { minimum, linkage },
  )
}

/** C(n, k) for small n. */
const choose = (n: number, k: number): number => {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return k < 0 || k > n ? 0 : product
}

test('the textbook case: 10 marked, 15 caught, 5 of them marked', () => {
  const { population, variance } = estimatePopulation({ first: 10, second: 15, both: 5 })
  expect(population).toBeCloseTo(28.333, 3)
  expect(variance).toBeCloseTo((11 * 16 * 5 * 10) / (36 * 7), 9)
})

test('two lists of the same people estimate just these', () => {
  const { population, low, high, variance } = estimatePopulation({ first: 40, second: 40, both: 40 })
  expect([population, low, high, variance]).toEqual([40, 40, 40, 0])
})

test('over all draws of two independent lists the mean of the estimate is the true number, and of the variance its own', () => {
  const [all, first, second] = [30, 18, 16]
  let [mean, square, variance] = [0, 0, 0]
  for (let both = first + second - all; both <= Math.min(first, second); both++) {
    const chance = (choose(first, both) * choose(all - first, second - both)) / choose(all, second)
    const estimate = estimatePopulation({ first, second, both })
    mean += chance * estimate.population
    square += chance * estimate.population ** 2
    variance += chance * estimate.variance
  }
  expect(mean).toBeCloseTo(all, 9)
  expect(variance).toBeCloseTo(square - mean ** 2, 6)
})

test('the interval holds the estimate and never fewer than were seen', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (onlyFirst, onlySecond, both) => {
      const lists = { first: onlyFirst + both, second: onlySecond + both, both }
      const { population, low, high } = estimatePopulation(lists)
      expect(low).toBeLessThanOrEqual(population + 1e-9)
      expect(high).toBeGreaterThanOrEqual(population - 1e-9)
      expect(low).toBeGreaterThanOrEqual(onlyFirst + onlySecond + both - 1e-9)
    }),
  )
})

test('a missed link inflates the estimate one for one, and the correction takes it back', () => {
  const truth = estimatePopulation({ first: 9000, second: 9000, both: 8100 }).population
  const lists = { first: 9000, second: 9000, both: 8019 }
  expect(estimatePopulation(lists).population / truth).toBeCloseTo(1.01, 3)
  expect(estimatePopulation(lists, { missed: 0.01, false: 0 }).population).toBeCloseTo(truth, 6)
})

test('false links deflate it, and the correction takes them out', () => {
  const lists = { first: 9000, second: 9000, both: 8100 / 0.99 }
  const truth = estimatePopulation({ first: 9000, second: 9000, both: 8100 }).population
  expect(estimatePopulation(lists, { missed: 0, false: 0.01 }).population).toBeCloseTo(truth, 6)
})

test('a correction that asks for more matches than people is capped and says so', () => {
  const { both, isCapped } = estimatePopulation({ first: 100, second: 90, both: 89 }, { missed: 0.1, false: 0 })
  expect([both, isCapped]).toEqual([90, true])
})

test('strata add: numbers and variances', () => {
  const lists = [
    { first: 10, second: 15, both: 5 },
    { first: 40, second: 40, both: 40 },
  ]
  const sum = addEstimates(
    lists.map((list) => estimatePopulation(list)),
    lists,
  )
  expect(sum.population).toBeCloseTo(68.333, 3)
  expect(sum.variance).toBeCloseTo(8800 / 252, 9)
})

test('漏登率 is missed by registered and missed', () => {
  expect(missedRate({ first: 95, second: 90, both: 85 })).toBe(0.05)
  expect(missedRate({ first: 0, second: 0, both: 0 })).toBe(0)
})

const stratum: fc.Arbitrary<StratumCounts> = fc
  .record({
    township: fc.constantFrom('513027001', '513027002', '513027003'),
    ages: fc.constantFrom('0-4', '5-14', '65+'),
    sex: fc.constantFrom('男', '女'),
    both: fc.nat(25),
    a: fc.nat(5),
    b: fc.nat(5),
  })
  .map(({ township, ages, sex, both, a, b }) => ({ township, ages, sex, both, first: both + a, second: both + b }))
const someStrata = fc.uniqueArray(stratum, { selector: (s) => `${s.township}${s.ages}${s.sex}`, maxLength: 18 })

test('no published stratum is below the minimum unless all together are, and nobody is lost', () => {
  fc.assert(
    fc.property(someStrata, (strata) => {
      const pooled = poolSmallStrata(strata, 10)
      const sum = (list: readonly StratumCounts[], of: 'first' | 'second' | 'both'): number =>
        list.reduce((n, s) => n + s[of], 0)
      for (const of of ['first', 'second', 'both'] as const) expect(sum(pooled, of)).toBe(sum(strata, of))
      if (sum(strata, 'both') >= 10) for (const { both } of pooled) expect(both).toBeGreaterThanOrEqual(10)
    }),
  )
})

test('one small cell takes a second with it, so that it cannot be found by subtraction', () => {
  const cells = [3, 20, 40].map((both, k) => ({
    township: '513027001',
    ages: ['0-4', '5-14', '65+'][k],
    sex: '男',
    first: both,
    second: both,
    both,
  }))
  expect(poolSmallStrata(cells, 10).map(({ township, ages, both }) => [township, ages, both])).toEqual([
    ['513027001', POOLED, 23],
    ['513027001', '65+', 40],
  ])
})

const both = (n: number): RowText[] =>
  Array.from({ length: n }, (_, k) => [police({ person: `p${k}` }), census({ person: `p${k}` })]).flat()

test('a county: missed, unregistered, away, dead and duplicated people each go where they belong', () => {
  const { total, strata, notMade } = coverageOf([
    ...both(20),
    police({ person: 'missed' }),
    census({ person: 'unregistered' }),
    police({ person: 'pair' }),
    away({ person: 'pair' }),
    visitor({ person: 'pair' }),
    police({ person: 'dead' }),
    census({ person: 'dead' }),
    death({ person: 'dead' }),
    police({ person: 'twice' }),
    census({ person: 'twice' }),
    census({ person: 'twice', block_code: `${V3}001` }),
    police({ person: 'answered' }),
    census({ person: 'answered', hukou_place: '4', away_duration: '5' }),
    census({ person: 'inflow', hukou_place: '4', away_duration: '5' }),
  ])
  expect(notMade).toBe('')
  expect(total).toMatchObject({
    first: 24,
    second: 24,
    both: 23,
    overcount: { duplicateRows: 1, dead: 1, bornAfter: 0 },
  })
  expect(total?.missedRate).toBeCloseTo(1 / 25, 9)
  expect(strata.map(({ ages, sex }) => [ages, sex])).toEqual([['15-24', '男']])
})

test('without both registers, or with too few people, there is no table and it says why', () => {
  expect(coverageOf([census()], 1, PERFECT, ['census'])).toMatchObject({ notMade: 'needs-both-registers', strata: [] })
  expect(coverageOf(both(4), 10)).toMatchObject({ notMade: 'too-few', strata: [], total: undefined })
})

test('the sensitivity bounds stand in order of how much linkage is believed to miss', () => {
  const rows = [...both(30), ...Array.from({ length: 10 }, (_, k) => police({ person: `x${k}` }))]
  const more = [...rows, ...Array.from({ length: 10 }, (_, k) => census({ person: `y${k}` }))]
  const { sensitivity } = coverageOf(more, 1, { missed: 0.02, false: 0 })
  const [perfect, given, twice] = sensitivity.map(({ population }) => population)
  expect(perfect).toBeGreaterThan(given)
  expect(given).toBeGreaterThan(twice)
})
