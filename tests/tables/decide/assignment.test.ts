import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignOneToOne, isOneToOne, secondPartners, usualBestWeight } from '../../../src/tables/decide/assignment.ts'

type Pairs = readonly (readonly [number, number, number])[]
const columns = (pairs: Pairs) =>
  [pairs.map(([left]) => left), pairs.map(([, right]) => right), pairs.map(([, , weight]) => weight)] as const
const partnersWhere = (areOne: (a: number, b: number) => boolean, pairs: Pairs) =>
  secondPartners(...columns(pairs), 0, areOne)
const partners = (...pairs: Pairs) => partnersWhere(() => true, pairs)

test('a second row that is one thing with the better partner is a repetition', () =>
  expect(partners([1, 11, 9000], [1, 12, 8000], [2, 13, 9000])).toEqual({ first: 2, repeats: 1, rivals: 0 }))
test('one that is not is a rival: the camera in black and in white', () =>
  expect(
    partnersWhere(
      () => false,
      [
        [1, 11, 9000],
        [1, 12, 8000],
      ],
    ),
  ).toEqual({ first: 1, repeats: 0, rivals: 1 }))
test('where both rows have better partners both must be one with these', () => {
  const pairs: Pairs = [
    [1, 11, 9000],
    [2, 12, 9000],
    [1, 12, 8000],
  ]
  expect(partnersWhere((a) => a > 10, pairs)).toEqual({ first: 2, repeats: 0, rivals: 1 })
  expect(partnersWhere(() => true, pairs)).toEqual({ first: 2, repeats: 1, rivals: 0 })
})
test('either table may be the one that repeats, and the order of pairs does not matter', () =>
  expect(partners([2, 11, 8000], [1, 11, 9000])).toEqual({ first: 1, repeats: 1, rivals: 0 }))
test('pairs too weak to be linked do not count', () =>
  expect(partners([1, 11, 9000], [1, 12, -1])).toEqual({ first: 1, repeats: 0, rivals: 0 }))

test('the usual weight is what three quarters of the pairs reach that prefer each other', () => {
  const pairs: Pairs = [
    [1, 11, 30_000],
    [2, 12, 20_000],
    [3, 13, 25_000],
    [4, 14, 5000],
    // Preferred by one side only, and too weak to say anything: neither counts.
    [1, 12, 6000],
    [5, 15, 3999],
  ]
  expect(usualBestWeight(...columns(pairs), 4000)).toBe(20_000)
  expect(usualBestWeight([1], [2], [3000], 4000)).toBe(0)
})

test.each([
  [16, true],
  [47, false],
])('of a hundred second partners %i are as alike as pairs usually are: one to one %s', (alike, expected) => {
  // Row k of the left table, its best partner 1000 + k and a second one, 2000 + k.
  const pairs: Pairs = Array.from({ length: 100 }, (_, k) => [
    [k, 1000 + k, 20_000] as const,
    [k, 2000 + k, 15_000] as const,
  ]).flat()
  expect(isOneToOne(...columns(pairs), (_, second) => (second % 1000 < alike ? 20_000 : 19_000))).toBe(expected)
})

test('where no row has a second partner the tables are one to one, and where one second partner in three is a repetition', () => {
  expect(isOneToOne([], [], [], () => 0)).toBe(true)
  const pairs: Pairs = Array.from({ length: 90 }, (_, k) => [
    [k, 1000 + k, 20_000] as const,
    [k, 2000 + k, 15_000] as const,
  ]).flat()
  const repeating = (alike: number) => (_: number, second: number) => (second % 1000 < alike ? 20_000 : 19_000)
  expect(isOneToOne(...columns(pairs), repeating(30))).toBe(true)
  expect(isOneToOne(...columns(pairs), repeating(31))).toBe(false)
})

describe('one to one', () => {
  const PRIOR = -5000
  const assign = (pairs: Pairs) => {
    const [left, right, weight] = columns(pairs)
    const sides = { leftCount: 10, rightCount: 10 }
    return assignOneToOne({ count: pairs.length, left, right, weight, prior: PRIOR, ...sides, areOddsKept: true })
  }
  /** Pairs of few rows and few weights, each pair once: rivals and ties are frequent. */
  const anyPairs = fc.uniqueArray(
    fc.tuple(
      fc.nat({ max: 5 }),
      fc.nat({ max: 5 }),
      fc.integer({ min: -3, max: 6 }).map((step) => step * 2000),
    ),
    { selector: ([left, right]) => `${left} ${right}`, maxLength: 20 },
  )
  const shareRow = ([a, b]: Pairs[number], [c, d]: Pairs[number]): boolean => a === c || b === d

  test('nobody is assigned twice, and nobody by less than chance', () =>
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const assigned = assign(pairs).map(({ pair }) => pairs[pair])
        expect(new Set(assigned.map(([left]) => left)).size).toBe(assigned.length)
        expect(new Set(assigned.map(([, right]) => right)).size).toBe(assigned.length)
        for (const [, , weight] of assigned) expect(weight).toBeGreaterThan(PRIOR)
      }),
    ))

  test('a pair is left out only for one at least as heavy that has its row', () =>
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const assigned = assign(pairs).map(({ pair }) => pairs[pair])
        for (const pair of pairs) {
          if (assigned.includes(pair) || pair[2] <= PRIOR) continue
          expect(assigned.some((other) => shareRow(pair, other) && other[2] >= pair[2])).toBe(true)
        }
      }),
    ))

  test('the last rows left over are likelier one thing, unless they say nothing for it', () => {
    const nine: Pairs = Array.from({ length: 9 }, (_, k) => [k, k, 20_000] as const)
    const lastOf = (weight: number) => assign([...nine, [9, 9, weight]]).find(({ pair }) => pair === 9)?.weight
    expect(lastOf(2000)).toBeGreaterThan(4000)
    expect(lastOf(PRIOR + 5999)).toBe(PRIOR + 5999)
  })

  test('a tie is where another pair of the same weight wants one of the rows, and nowhere else', () =>
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        for (const { pair, isTied } of assign(pairs)) {
          const wants = (other: Pairs[number]): boolean =>
            other !== pairs[pair] && shareRow(other, pairs[pair]) && other[2] === pairs[pair][2]
          expect(isTied).toBe(pairs.some(wants))
        }
      }),
    ))
})
