import { expect, test } from 'vitest'
import { repeatShare, usualBestWeight } from '../../src/tables/assignment.ts'

type Pairs = readonly (readonly [number, number, number])[]
const shareWhere = (areOne: (a: number, b: number) => boolean, pairs: Pairs) =>
  repeatShare(
    pairs.map(([left]) => left),
    pairs.map(([, right]) => right),
    pairs.map(([, , weight]) => weight),
    4000,
    areOne,
  )
const share = (...pairs: Pairs) => shareWhere(() => true, pairs)

test('two rows that both have their best partner in one row are a repetition', () =>
  expect(share([1, 11, 9000], [1, 12, 8000], [2, 13, 9000])).toBe(1 / 2))
test('a second partner who has a better one elsewhere is none', () =>
  expect(share([1, 11, 9000], [1, 12, 8000], [2, 12, 9000], [2, 11, 8000])).toBe(0))
test('pairs that are not firm do not count', () => expect(share([1, 11, 9000], [1, 12, 3999])).toBe(0))
test('the worse side speaks', () => expect(share([1, 11, 9000], [2, 11, 9000])).toBe(1))
test('two best partners who do not match each other are rivals', () =>
  expect(
    shareWhere(
      () => false,
      [
        [1, 11, 9000],
        [1, 12, 8000],
        [2, 13, 9000],
      ],
    ),
  ).toBe(0))

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
  const usual = usualBestWeight(
    pairs.map(([left]) => left),
    pairs.map(([, right]) => right),
    pairs.map(([, , weight]) => weight),
    4000,
  )
  expect(usual).toBe(20_000)
  expect(usualBestWeight([1], [2], [3000], 4000)).toBe(0)
})
