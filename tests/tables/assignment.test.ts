import { expect, test } from 'vitest'
import { secondPartners, usualBestWeight } from '../../src/tables/assignment.ts'

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
