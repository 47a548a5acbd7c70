/** A pair that waits beside rivals who may be one person with its own. */
import { expect, test } from 'vitest'
import { weighRivalsOfOnePerson } from '../../../src/linking/last/rivals-of-one-person.ts'
import { LINK, REASONS, type Reason, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { probabilityOf, weightOfProbability } from '../../../src/linking/people.ts'

/** A census row, two police rows that it fits, and a census row of the second that is linked to it. */
const [ROW, FIRST, SECOND, LINKED] = [0, 1, 2, 3]

interface Waiting {
  readonly of: readonly [left: number, right: number]
  readonly chance: number
  readonly reason: Reason
  readonly decision?: number
}

/** Chances afterwards; every pair alone is of 0.97. */
function weighedAnew(waiting: readonly Waiting[], later: readonly Waiting[] = []): number[] {
  const pairs = {
    count: waiting.length,
    left: waiting.map(({ of }) => of[0]),
    right: waiting.map(({ of }) => of[1]),
    weight: waiting.map(() => weightOfProbability(0.97)),
  }
  const weight = Int32Array.from(waiting, ({ chance }) => weightOfProbability(chance))
  const decisions = {
    decision: Uint8Array.from(waiting, ({ decision }) => decision ?? REVIEW),
    reason: Uint8Array.from(waiting, ({ reason }) => REASONS.indexOf(reason)),
    beyond: new Uint8Array(waiting.length),
    weight,
  }
  const groups = { root: (row: number) => (row === LINKED ? SECOND : row) }
  const found = later.map(({ of: [left, right], chance }) => ({
    left,
    right,
    weight: weightOfProbability(chance),
    decision: 'review',
  }))
  weighRivalsOfOnePerson({ groups, pairs, later: found } as never, decisions)
  return Array.from(weight, (milliBits) => Math.round(100 * probabilityOf(milliBits)) / 100)
}

const toFirst: Waiting = { of: [ROW, FIRST], chance: 0.4, reason: 'ambiguous' }
const toSecond: Waiting = { of: [ROW, SECOND], chance: 0.5, reason: 'ambiguous' }
const twoHukou: Waiting = { of: [FIRST, SECOND], chance: 0.6, reason: 'two-hukou' }

test('whoever is the second one is the first one as well, as far as the two are one', () => {
  // 0.4 + 0.5 · 0.6 and 0.5 + 0.4 · 0.6; that the two are one is not told by the row.
  expect(weighedAnew([toFirst, toSecond, twoHukou])).toEqual([0.7, 0.74, 0.6])
})

test('rows that are linked already are one person, and later layers are asked too', () => {
  expect(weighedAnew([toFirst, { ...toSecond, of: [ROW, LINKED] }], [twoHukou])).toEqual([0.7, 0.74])
})

test('rivals of whom nobody asks whether they are one stay rivals', () => {
  expect(weighedAnew([toFirst, toSecond])).toEqual([0.4, 0.5])
  expect(weighedAnew([toFirst, toSecond, { ...twoHukou, decision: LINK }])).toEqual([0.4, 0.5, 0.6])
})

test('what waits for another reason, or weighs no more by itself, is left alone', () => {
  expect(weighedAnew([{ ...toFirst, reason: 'second-row' }, toSecond, twoHukou])[0]).toBe(0.4)
  const sure = { ...twoHukou, chance: 0.999 }
  expect(weighedAnew([{ ...toFirst, chance: 0.48 }, { ...toSecond, chance: 0.52 }, sure])).toEqual([0.97, 0.97, 1])
})
