/** Which rows wait for an answer, and which of them most likely have their partner among the asked. */
import { expect, test } from 'vitest'
import { LIKELY_PARTNER } from '../../src/findings/finding-list.ts'
import { markReviewRows } from '../../src/findings/review-rows.ts'
import { DECISION, type Links } from '../../src/linking/people.ts'

type Pair = readonly [left: number, right: number, weight: number, decision?: number]

function marksOf(pairs: readonly Pair[], personOf: readonly number[], policeEnd = 0): number[] {
  const links: Links = {
    count: pairs.length,
    left: Int32Array.from(pairs, ([left]) => left),
    right: Int32Array.from(pairs, ([, right]) => right),
    weight: Int32Array.from(pairs, ([, , weight]) => weight),
    decision: Uint8Array.from(pairs, ([, , , decision]) => decision ?? DECISION.review),
    layer: new Uint8Array(pairs.length),
  }
  return [...markReviewRows(personOf.length, links, { personOf: Int32Array.from(personOf) }, policeEnd)]
}

test('a pair more likely than not is a likely partner of both; a link is no question', () => {
  expect(marksOf([[0, 1, 0]], [0, 1, 2])).toEqual([LIKELY_PARTNER, LIKELY_PARTNER, 0])
  expect(marksOf([[0, 1, -1000]], [0, 1, 2])).toEqual([1, 1, 0])
  expect(marksOf([[0, 1, 9000, DECISION.link]], [0, 1, 2])).toEqual([0, 0, 0])
})

test('one of two twins is likely where neither is', () => {
  const twins: Pair[] = [
    [0, 2, -200],
    [1, 2, -200],
  ]
  expect(marksOf(twins, [0, 1, 2])).toEqual([1, 1, LIKELY_PARTNER])
})

test('two rows of one person are one partner', () => {
  const versions: Pair[] = [
    [0, 2, -1000],
    [1, 2, -1000],
  ]
  expect(marksOf(versions, [0, 0, 2])).toEqual([1, 1, 1])
})

test('of two police persons the one known elsewhere is a partner of the other, one known nowhere of nobody', () => {
  expect(marksOf([[0, 1, 9000]], [0, 1, 2], 2)).toEqual([1, 1, 0])
  expect(marksOf([[0, 1, 9000]], [0, 1, 1], 2)).toEqual([LIKELY_PARTNER, 1, 0])
  expect(marksOf([[0, 2, 9000]], [0, 1, 2], 2)).toEqual([LIKELY_PARTNER, 0, LIKELY_PARTNER])
})
