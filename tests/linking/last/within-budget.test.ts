/** What waits for want of weight is linked while the expected number of false links allows; each risk is counted once. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderedPairs } from '../../../src/linking/ordered-pairs.ts'
import { LINK, REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { probabilityOf } from '../../../src/linking/people.ts'
import { ExpectedFalse, promoteWithinBudget } from '../../../src/linking/last/within-budget.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { plainGroups } from '../../support/plain-groups.ts'

const doubt = (weight: number): number => 1 - probabilityOf(weight)
const link = (left: number, right: number, weight: number) => ({ left, right, weight })
function expectedFalseLinks(links: readonly ReturnType<typeof link>[], rows: number): number {
  const expected = new ExpectedFalse(rows)
  for (const { left, right, weight } of links) expected.add(left, right, weight)
  expect(expected.links).toBe(links.length)
  return expected.sum()
}

describe('the expected number of people joined falsely', () => {
  test('is the doubt of each link that joins', () => {
    expect(expectedFalseLinks([link(0, 1, 3000), link(2, 3, 5000)], 4)).toBeCloseTo(doubt(3000) + doubt(5000), 12)
  })

  test('holds no doubt of a light link between rows that heavier ones join', () => {
    const triangle = [link(0, 2, 500), link(0, 1, 9000), link(1, 2, 8000)]
    expect(expectedFalseLinks(triangle, 3)).toBeCloseTo(doubt(9000) + doubt(8000), 12)
    expect(expectedFalseLinks([link(0, 1, 30_000), link(0, 2, 30_000), link(1, 2, 100)], 3)).toBe(0)
  })

  test('is never more than the sum over all links, nor does it depend on their order', () => {
    const anyLink = fc.record({
      left: fc.nat({ max: 9 }),
      right: fc.nat({ max: 9 }),
      weight: fc.integer({ min: 0, max: 25_000 }),
    })
    fc.assert(
      fc.property(fc.array(anyLink, { maxLength: 25 }), (links) => {
        const expected = expectedFalseLinks(links, 10)
        expect(expectedFalseLinks(links.toReversed(), 10)).toBeCloseTo(expected, 9)
        expect(expected).toBeLessThanOrEqual(links.reduce((sum, { weight }) => sum + doubt(weight), 0) + 1e-9)
      }),
    )
  })
})

describe('what waits', () => {
  /** Pairs of rows 2k and 2k + 1; those without `decided` wait for want of weight. */
  function promote(
    weights: readonly number[],
    decided: number,
    pairClass: number,
    rate = 0.05,
    keptApart: readonly number[] = [],
  ): number[] {
    const rows = 2 * weights.length
    const groups = plainGroups(rows, (ra) => keptApart.includes(ra / 2))
    const pairs = {
      count: weights.length,
      left: Int32Array.from(weights, (_, k) => 2 * k),
      right: Int32Array.from(weights, (_, k) => 2 * k + 1),
      pattern: Int32Array.from(weights, () => pairClass << SHIFT.pairClass),
    } as unknown as OrderedPairs
    const decisions = {
      decision: Uint8Array.from(weights, (_, k) => (k < decided ? LINK : REVIEW)),
      weight: Int32Array.from(weights),
      reason: new Uint8Array(weights.length).fill(REASONS.indexOf('weight')),
      beyond: new Uint8Array(weights.length),
    }
    promoteWithinBudget({ groups, pairs, decisions, layer: new Uint8Array(weights.length), rows }, [], rate)
    return [...decisions.decision]
  }
  const { policeCensus, policePolice } = PAIR_CLASS

  test('is linked from the likeliest on while the budget lasts, never below four in five', () => {
    // 20 links without doubt; 0.03 and 0.11 of doubt fit into 0.05 × 21, at 1 bit it is less likely than four in five.
    const certain = Array.from({ length: 20 }, () => 40_000)
    expect(promote([...certain, 5000, 3000, 1000], 20, policeCensus).slice(20)).toEqual([LINK, LINK, REVIEW])
    expect(promote([...certain, 5000, 3000], 20, policeCensus, 0.002).slice(20)).toEqual([LINK, REVIEW])
  })

  test('two hukou are linked where they are likelier still', () => {
    const certain = Array.from({ length: 20 }, () => 40_000)
    expect(promote([...certain, 5000, 3000], 20, policePolice).slice(20)).toEqual([LINK, REVIEW])
  })

  test('is not linked, however likely, where a person has kept the two apart; it takes no room from the next', () => {
    const certain = Array.from({ length: 20 }, () => 40_000)
    expect(promote([...certain, 5000, 3000], 20, policeCensus, 0.05, [20]).slice(20)).toEqual([REVIEW, LINK])
    // Room for one of the two.
    expect(promote([...certain, 3000, 3000], 20, policeCensus, 0.006, [20]).slice(20)).toEqual([REVIEW, LINK])
  })

  test('is linked while the doubts together stay within the wanted share of all links, and not one pair longer', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1000, max: 14_000 }), { maxLength: 12 }),
        fc.nat({ max: 30 }),
        fc.double({ min: 0.001, max: 0.05, noNaN: true }),
        (waiting, certain, rate) => {
          const weights = [...Array.from({ length: certain }, () => 40_000), ...waiting]
          const decided = promote(weights, certain, policeCensus, rate).slice(certain)
          const heaviestFirst = (list: readonly number[]) => list.toSorted((a, b) => b - a)
          const linked = heaviestFirst(waiting.filter((_, k) => decided[k] === LINK))
          const likely = heaviestFirst(waiting.filter((weight) => probabilityOf(weight) >= 0.8))
          expect(linked).toEqual(likely.slice(0, linked.length))
          const links = certain + linked.length
          const doubts = linked.reduce((sum, weight) => sum + doubt(weight), 0)
          if (linked.length > 0) expect(doubts).toBeLessThanOrEqual(rate * links + 1e-12)
          const next = likely.at(linked.length)
          if (next !== undefined) expect(doubts + doubt(next)).toBeGreaterThan(rate * (links + 1) - 1e-12)
        },
      ),
    ))
})
