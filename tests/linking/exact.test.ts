/** The exact layer by itself: one number is enough, unless something says that it is somebody else's. */
import { expect, test } from 'vitest'
import { linkExactly } from '../../src/linking/exact.ts'
import { DISCREDITED } from '../../src/linking/number-holders.ts'
import type { OrderedPairs } from '../../src/linking/ordered-pairs.ts'
import { LINK } from '../../src/linking/pair-decisions.ts'
import { LAYERS } from '../../src/linking/people.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../src/matching/compare/levels.ts'
import { PAIR_CLASS, SHIFT } from '../../src/matching/kernel.ts'
import { plainGroups } from '../support/plain-groups.ts'

interface Shown {
  readonly name?: number
  readonly id?: number
  readonly sex?: number
  /** Milli-bits. */
  readonly weight?: number
  readonly discredited?: boolean
  readonly forbidden?: boolean
}

/** Whether a police and a census row of one number, name, birth and sex are linked where they are otherwise as shown. */
function isLinked(shown: Shown): boolean {
  const { name = NAME_LEVEL.exact, id = ID_LEVEL.sameValid, sex = SEX_LEVEL.equal, weight = 30_000 } = shown
  const pattern =
    (name << SHIFT.name) |
    (BIRTH_LEVEL.monthKnown << SHIFT.birth) |
    (id << SHIFT.id) |
    (sex << SHIFT.sex) |
    (PAIR_CLASS.policeCensus << SHIFT.pairClass)
  const pairs = { count: 1, left: [0], right: [1], pattern: [pattern], weight: [weight] } as unknown as OrderedPairs
  const decisions = {
    decision: new Uint8Array(1),
    weight: Int32Array.of(weight),
    reason: new Uint8Array(1),
    beyond: new Uint8Array(1),
  }
  const groups = plainGroups(2, () => shown.forbidden === true)
  const layer = new Uint8Array(1)
  linkExactly({ groups, pairs, decisions, layer, discredited: Uint8Array.of(0, shown.discredited ? DISCREDITED : 0) })
  const isLink = decisions.decision[0] === LINK
  expect(groups.root(1)).toBe(isLink ? 0 : 1)
  expect(layer[0]).toBe(isLink ? LAYERS.indexOf('exact') : 0)
  return isLink
}

test('one valid number links, and a number that proves nothing does not', () => {
  expect(isLinked({})).toBe(true)
  expect(isLinked({ id: ID_LEVEL.sameUnproved })).toBe(false)
  expect(isLinked({ id: ID_LEVEL.oneDigit })).toBe(false)
})

test('a number under another name and sex is somebody else’s, however heavy the pair', () => {
  expect(isLinked({ name: NAME_LEVEL.different })).toBe(false)
  expect(isLinked({ name: NAME_LEVEL.surnameEqual, sex: SEX_LEVEL.different })).toBe(false)
  // A name that changed altogether but for the surname, and nothing else against it.
  expect(isLinked({ name: NAME_LEVEL.surnameEqual })).toBe(true)
})

test('a pair that has too much against it waits for the other layers', () => {
  expect(isLinked({ weight: 6000 })).toBe(true)
  expect(isLinked({ weight: 5999 })).toBe(false)
})

test('a number that is not its own row’s links under one name only', () => {
  expect(isLinked({ discredited: true })).toBe(true)
  expect(isLinked({ discredited: true, name: NAME_LEVEL.oneOther })).toBe(false)
})

test('what a person keeps apart no number joins', () => expect(isLinked({ forbidden: true })).toBe(false))
