/** Of several things that move a weight the one that moved it most, the way it went, is what is told. */
import { expect, test } from 'vitest'
import { beyondTurn } from '../../../src/linking/statistical/beyond-turn.ts'
import { BEYOND } from '../../../src/matching/beyond-pair.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { BIRTHS, DEATHS } from '../../../src/registers/columns.ts'

const PARTS = { weight: 0, taken: 0, sameHousehold: 0, doubt: 0, books: 0, others: 0, version: 0 }

interface Shown {
  readonly pairClass?: number
  readonly parts?: Partial<typeof PARTS>
  readonly lost?: number
  readonly isTwin?: boolean
  /** What relatives at home say, and two present rows of one person. */
  readonly family?: number
  readonly twice?: number
  readonly register?: number
}

function told({ pairClass = PAIR_CLASS.policeCensus, parts, lost = 0, isTwin = false, ...rows }: Shown): string {
  const context = {
    table: { registerOf: () => rows.register },
    relatives: { weightOf: () => rows.family ?? 0 },
    presentTwice: { weightOf: () => rows.twice },
  }
  const pair = { a: 0, b: 1, ra: 0, rb: 1, pattern: pairClass << SHIFT.pairClass }
  const beyond = beyondTurn(context as never, pair, { ...PARTS, ...parts }, { lost, isTwin })
  return Object.entries(BEYOND).find(([, value]) => value === beyond)?.[0] ?? ''
}

test('a rival, a twin, a place that is taken and no relative at home are told apart', () => {
  expect(told({ lost: -3000 })).toBe('rivals')
  expect(told({ lost: -3000, isTwin: true })).toBe('twin')
  expect(told({ parts: { taken: -9000 }, lost: -100 })).toBe('taken')
  expect(told({ parts: { others: -4000 }, lost: -3999 })).toBe('noRelative')
  expect(told({ parts: { sameHousehold: -9000, others: 3000 }, family: 3000 })).toBe('oneHousehold')
})

test('what speaks for a pair is not told where the whole speaks against it, nor the other way round', () => {
  expect(told({ parts: { others: 3000 }, family: 3000, lost: -3001 })).toBe('rivals')
  expect(told({ parts: { others: 3000 }, family: 3000, lost: -2999 })).toBe('relatives')
  // The heaviest of all three speaks for the pair, and yet the pair weighs less than its rows.
  expect(told({ parts: { others: 4000, taken: -3000 }, family: 4000, lost: -2500 })).toBe('taken')
  expect(told({ parts: { others: 3000 }, family: 1000 })).toBe('otherRows')
  expect(told({ parts: { others: 3000 }, family: 3000, lost: -3000 })).toBe('none')
})

test('two rows that are both present weigh as such pairs do: nobody’s place is taken', () => {
  const censusCensus = PAIR_CLASS.censusCensus
  expect(told({ pairClass: censusCensus, parts: { taken: -9000 } })).toBe('taken')
  expect(told({ pairClass: censusCensus, parts: { taken: -2000 }, twice: -2000 })).toBe('bothPresentApart')
  expect(told({ pairClass: censusCensus, parts: { taken: 2000 }, twice: 2000 })).toBe('bothPresentAlike')
  expect(told({ pairClass: censusCensus, parts: { others: 2000 } })).toBe('answersAlike')
  expect(told({ pairClass: censusCensus, parts: { others: -2000 } })).toBe('answersApart')
})

test('a certificate of birth is spoken against by parents, one of a death by the living', () => {
  const certificate = { pairClass: PAIR_CLASS.other, parts: { others: -5000 } }
  expect(told({ ...certificate, register: BIRTHS })).toBe('otherParents')
  expect(told({ ...certificate, register: DEATHS })).toBe('alive')
})

test('how two hukou stand in their books, and an old version', () => {
  const policePolice = PAIR_CLASS.policePolice
  expect(told({ pairClass: policePolice, parts: { books: 3000 } })).toBe('booksAlike')
  expect(told({ pairClass: policePolice, parts: { books: -3000 } })).toBe('booksApart')
  expect(told({ pairClass: policePolice, parts: { version: 9000, books: -3000 } })).toBe('version')
  expect(told({ pairClass: policePolice, parts: { sameHousehold: 1800 } })).toBe('version')
})
