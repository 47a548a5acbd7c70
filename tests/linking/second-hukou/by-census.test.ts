/** What a census row says of two hukou, and what it does not. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { LINK, REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { linkSecondHukou } from '../../../src/linking/second-hukou/by-census.ts'
import { BIRTH_LEVEL, NAME_LEVEL } from '../../../src/matching/compare/levels.ts'
import { PAIR_CLASS, PLACE_LEVEL, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable } from '../../support/build-table.ts'
import { census, OTHER, police } from '../../support/village-rows.ts'

/** Milli-bits of a pair that waits as two hukou, and whether it is linked; the census row belongs to the first of the two. */
function waiting(weight: number, isListed: boolean): { readonly weight: number; readonly isLinked: boolean } {
  const person = { name: '彭昌发', sex: '1' }
  const { table, rowOf } = buildTable([
    police('P1', person),
    police('P2', { ...person, area_code: OTHER }),
    census('C1', person),
  ])
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  groups.join(rowOf('police:P1'), rowOf('census:C1'))
  const fitting =
    (NAME_LEVEL.exact << SHIFT.name) | (BIRTH_LEVEL.dateEqual << SHIFT.birth) | (PLACE_LEVEL.village << SHIFT.place)
  const pairs = {
    count: 1,
    left: Int32Array.of(rowOf('police:P1')),
    right: Int32Array.of(rowOf('police:P2')),
    pattern: Int32Array.of(PAIR_CLASS.policePolice << SHIFT.pairClass),
    weight: Int32Array.of(weight),
  }
  const decisions = {
    decision: Uint8Array.of(REVIEW),
    weight: Int32Array.of(weight),
    reason: Uint8Array.of(REASONS.indexOf('two-hukou')),
    beyond: new Uint8Array(1),
  }
  const kernel = { compare: () => (isListed ? fitting : 0) }
  linkSecondHukou(
    { table, groups, pairs, kernel, thresholds: { link: 0.98, review: 0.05 } } as never,
    decisions as never,
  )
  return { weight: decisions.weight[0], isLinked: decisions.decision[0] === LINK }
}

test('a row that fits the other hukou is eight bits for one person: four in ten have one, of strangers three in two thousand', () => {
  expect(waiting(-2000, true)).toEqual({ weight: -2000 + Math.round(1000 * Math.log2(800 / 3)), isLinked: true })
})

test('a pair that is too unlikely for that stays a question', () => {
  expect(waiting(-3000, true).isLinked).toBe(false)
})

test('without such a row nothing is said', () => {
  expect(waiting(-2000, false)).toEqual({ weight: -2000, isLinked: false })
})
