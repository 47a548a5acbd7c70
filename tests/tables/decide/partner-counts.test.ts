import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignOneToOne } from '../../../src/tables/decide/assignment.ts'
import { oddsTooLow, shareWithPartner } from '../../../src/tables/decide/partner-counts.ts'

describe('the part of rows that have a partner', () => {
  test('is found again whatever it is and however many strangers there are', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (g, mean) => {
          const none = Math.exp(-mean)
          const one = 1 - (1 - g) * none
          const two = one - none * (g + (1 - g) * mean)
          fc.pre(two <= 0.5)
          expect(shareWithPartner(one, two)).toBeCloseTo(g, 4)
        },
      ),
    ))
  test('is none where strangers come by twos more often than chance brings them', () => {
    expect(shareWithPartner(0.2, 0.05)).toBe(0)
    expect(shareWithPartner(0.9, 0.6)).toBe(0)
  })
  test('is all that have a pair where nobody has two', () => expect(shareWithPartner(0.3, 0)).toBeCloseTo(0.3, 9))
})

const ROWS = 400

/** Row n of the left table and row n of the right are one thing; those from `sure` on have a weight of `low` only. */
function world(low: number, { sure = 200, partners = 300, strangers = [] as readonly (readonly [number, number])[] }) {
  const own = Array.from({ length: partners }, (_, n) => [n, ROWS + n, n < sure ? 9000 : low] as const)
  const all = [...own, ...strangers.map(([a, b]) => [a, ROWS + b, low] as const)]
  return {
    left: all.map(([left]) => left),
    right: all.map(([, right]) => right),
    weight: all.map(([, , weight]) => weight),
    leftCount: ROWS,
    rightCount: ROWS,
  }
}

/** Pairs of strangers at random, the same ones every time. */
function strangersOf(count: number): (readonly [number, number])[] {
  let state = 7
  const row = () => {
    state = (state * 48_271) % 2_147_483_647
    return state % ROWS
  }
  return Array.from({ length: count }, () => [row(), row()] as const)
}

describe('odds that are too low', () => {
  test('are raised to where partners are, not beyond', () => {
    const pairs = world(-2600, {})
    expect(oddsTooLow(pairs, pairs.weight)).toBe(2750)
  })
  test('are left where they are if it would take more than four bits', () => {
    const pairs = world(-4100, {})
    expect(oddsTooLow(pairs, pairs.weight)).toBe(0)
  })
  test('are what they should be where likeness comes by chance', () => {
    const pairs = world(-2000, { partners: 200, strangers: strangersOf(200) })
    const assigned = assignOneToOne({ ...pairs, count: pairs.weight.length, prior: -12_000 })
    expect(assigned.length).toBeGreaterThan(220)
    expect(
      oddsTooLow(
        pairs,
        assigned.map(({ pair }) => pairs.weight[pair]),
      ),
    ).toBe(0)
  })
  test('stay where so few rows have a pair that strangers would not have met them', () => {
    const pairs = world(-2000, { sure: 20, partners: 60 })
    expect(oddsTooLow(pairs, pairs.weight)).toBe(0)
  })
})

test('pairs that were raised keep their order, below those that are sure', () => {
  const pairs = world(-2000, {
    sure: 200,
    partners: 298,
    strangers: [
      [298, 298],
      [299, 299],
    ],
  })
  const weight = pairs.weight.map((own, i) => (i >= 298 ? -2500 : own))
  const assigned = assignOneToOne({ ...pairs, weight, count: weight.length, prior: -12_000 })
  const of = new Map(assigned.map((item) => [item.pair, item.weight]))
  expect(of.get(0)).toBe(9000)
  expect(of.get(250)).toBeGreaterThan(of.get(299) as number)
  expect(of.get(299)).toBeGreaterThanOrEqual(0)
  expect(of.get(250)).toBeLessThan(7000)
})

test('pairs whose models differ are not raised, nor counted among the partners', () => {
  const pairs = { ...world(-2600, {}), prior: -12_000 }
  const count = pairs.weight.length
  const lightest = pairs.weight.indexOf(Math.min(...pairs.weight))
  const weightOf = (isContradicted: (pair: number) => boolean) =>
    assignOneToOne({ ...pairs, count, isContradicted }).find(({ pair }) => pair === lightest)?.weight as number
  expect(weightOf((pair) => pair === lightest)).toBeLessThan(weightOf(() => false))
  expect(weightOf(() => true)).toBe(weightOf((pair) => pair === lightest))
})

test('odds are kept where a share of false links was wished for', () => {
  const pairs = { ...world(-2600, {}), prior: -12_000 }
  const least = (areOddsKept: boolean) => {
    const assigned = assignOneToOne({ ...pairs, count: pairs.weight.length, areOddsKept })
    return Math.min(...assigned.map(({ weight }) => weight))
  }
  expect(least(false)).toBeGreaterThan(least(true))
})
