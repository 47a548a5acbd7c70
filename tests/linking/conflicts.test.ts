/** What keeps two groups apart, and what a second row of one kind costs: certificates and death forms are given once. */
import { expect, test } from 'vitest'
import { conflictOf, SECOND_ROW_WEIGHT, secondRowWeight } from '../../src/linking/conflicts.ts'
import type { Groups } from '../../src/linking/groups.ts'
import { ID_LEVEL } from '../../src/matching/compare/levels.ts'
import { SHIFT } from '../../src/matching/kernel.ts'
import { plainGroups } from '../support/plain-groups.ts'

/** Two groups, of which each holds one row of the kinds named. */
function bothHolding(...kinds: readonly ('births' | 'deaths' | 'deathForms' | 'present' | 'away')[]): Groups {
  const none = [0, 0]
  const held = Object.fromEntries(kinds.map((kind) => [kind, [1, 1]]))
  return { ...plainGroups(2), present: none, away: none, deathForms: none, ...held } as unknown as Groups
}
const WEIGHT = 30_000
const under = (id: number) => id << SHIFT.id

test('two certificates of death under no one number are two people; under one number they are one, certified twice', () => {
  expect(conflictOf(bothHolding('deaths'), 0, 1, under(ID_LEVEL.missing), WEIGHT)).toBe('two-numbers')
  expect(conflictOf(bothHolding('deaths'), 0, 1, under(ID_LEVEL.sameValid), WEIGHT)).toBe('')
  expect(conflictOf(bothHolding('deathForms'), 0, 1, under(ID_LEVEL.missing), WEIGHT)).toBe('')
})

test('two certificates of birth are two people, whatever they weigh', () => {
  for (const id of [ID_LEVEL.missing, ID_LEVEL.sameValid])
    expect(conflictOf(bothHolding('births'), 0, 1, under(id), WEIGHT)).toBe('two-numbers')
})

test('a second present row, away row and death form cost alike, each by itself', () => {
  for (const kind of ['present', 'away', 'deathForms'] as const)
    expect(secondRowWeight(bothHolding(kind), 0, 1), kind).toBe(SECOND_ROW_WEIGHT)
  expect(secondRowWeight(bothHolding('present', 'deathForms'), 0, 1)).toBe(2 * SECOND_ROW_WEIGHT)
  expect(secondRowWeight(bothHolding('births'), 0, 1)).toBe(0)
})
