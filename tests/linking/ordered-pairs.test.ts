import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OrderedPairs, orderPairs, reorderPairs, WEIGHT_MIN } from '../../src/linking/ordered-pairs.ts'

const ROWS = 12
/** Distinct pairs of rows with a pattern and few different weights, so that ties are common. */
const drawn = fc.uniqueArray(
  fc
    .record({
      left: fc.nat(ROWS - 2),
      apart: fc.integer({ min: 1, max: ROWS - 1 }),
      pattern: fc.nat(7),
    })
    .map(({ left, apart, pattern }) => ({ left, right: Math.min(ROWS - 1, left + apart), pattern })),
  { selector: ({ left, right }) => left * ROWS + right, maxLength: 60 },
)

const weigh = (_left: number, _right: number, pattern: number): number =>
  [-9000, -4000, 0, 100, 100, 5000, 9000, -4001][pattern]

const listed = ({ count, left, right, pattern, weight }: OrderedPairs): number[][] =>
  Array.from({ length: count }, (_, n) => [left[n], right[n], pattern[n], weight[n]])

const words = (pairs: readonly { left: number; right: number; pattern: number }[]): Int32Array =>
  Int32Array.from(pairs.flatMap(({ left, right, pattern }) => [left, right, pattern]))

test('pairs stand heaviest first, then by left, then by right row; light ones are left out', () => {
  fc.assert(
    fc.property(drawn, (pairs) => {
      const weights = Int32Array.from(pairs, ({ left, right, pattern }) => weigh(left, right, pattern))
      const expected = pairs
        .map(({ left, right, pattern }, i) => [left, right, pattern, weights[i]])
        .filter(([, , , weight]) => weight >= WEIGHT_MIN)
        .sort((p, q) => q[3] - p[3] || p[0] - q[0] || p[1] - q[1])
      expect(listed(orderPairs(words(pairs), pairs.length, weights))).toEqual(expected)
    }),
  )
})

test('giving some pairs another pattern is as ordering them with it from the beginning', () => {
  fc.assert(
    fc.property(
      drawn,
      fc.array(fc.boolean(), { minLength: ROWS, maxLength: ROWS }),
      fc.nat(7),
      (pairs, flagged, to) => {
        const flags = Uint8Array.from(flagged, (isFlagged) => (isFlagged ? 1 : 0))
        const patternOf = (left: number, right: number, pattern: number): number =>
          (flags[left] | flags[right]) === 0 || pattern % 2 === 0 ? pattern : to
        const weightsOf = (list: readonly { left: number; right: number; pattern: number }[]): Int32Array =>
          Int32Array.from(list, ({ left, right, pattern }) => weigh(left, right, pattern))
        const asScored = orderPairs(words(pairs), pairs.length, weightsOf(pairs))
        const changed = pairs.map(({ left, right, pattern }) => ({
          left,
          right,
          pattern: patternOf(left, right, pattern),
        }))
        const expected = orderPairs(words(changed), changed.length, weightsOf(changed))
        const found = reorderPairs(asScored, words(pairs), pairs.length, flags, { patternOf, weigh })
        expect(listed(found)).toEqual(listed(expected))
      },
    ),
  )
})
