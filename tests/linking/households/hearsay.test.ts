/** A form filled in by a neighbour: a wrong birth says less where another member's is wrong as well. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countHearsay,
  hearsayWeight,
  hearsayWeights,
  isHearsay,
  NO_HEARSAY,
} from '../../../src/linking/households/hearsay.ts'
import { householdWeights } from '../../../src/linking/households/household-weights.ts'
import { linkHouseholds } from '../../../src/linking/households/households.ts'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { DEFAULT_RULES } from '../../../src/blocking/rules.ts'
import { matchCounty } from '../../../src/matching/match-county.ts'
import { workspaceBytes } from '../../../src/matching/workspace.ts'
import { BIRTH_LEVEL, ID_LEVEL } from '../../../src/matching/compare/levels.ts'
import { Kernel, PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { PatternCounts } from '../../../src/matching/pattern-counts.ts'
import { buildTable } from '../../support/build-table.ts'
import { inlinePool } from '../../support/inline-pool.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'
import { census, police } from '../../support/village-rows.ts'

const usual = householdWeights(UNTAUGHT_MODEL, new PatternCounts())
const { monthKnown, lunar, nearYear, yearBeside, different } = BIRTH_LEVEL
const countsOf = (families: readonly (readonly number[])[]): number[] => {
  const counts = [...NO_HEARSAY]
  for (const family of families) countHearsay(family, counts)
  return counts
}
const weightsOf = (families: readonly (readonly number[])[]): readonly number[] =>
  hearsayWeights(countsOf(families), usual)
const families = (n: number, ...births: number[]): number[][] => Array.from({ length: n }, () => births)
const pattern = (level: number, pairClass: number, number: number): number =>
  (level << SHIFT.birth) | (number << SHIFT.id) | (pairClass << SHIFT.pairClass)

describe('births beside a guessed one', () => {
  test('are counted, the guess itself where it has another beside it', () => {
    const counts = countsOf([[monthKnown, nearYear], [nearYear], [nearYear, yearBeside], [monthKnown, monthKnown]])
    expect([counts[monthKnown], counts[nearYear], counts[yearBeside]]).toEqual([1, 1, 1])
  })

  test('a day of the moon is none', () => expect(isHearsay([monthKnown, lunar])).toBe(false))

  test('of a county without such forms count as in any', () =>
    expect(hearsayWeights(NO_HEARSAY, usual).every((weight) => weight === 0)).toBe(true))

  test('count more the oftener guesses come together, and right ones less', () => {
    const [few, many] = [weightsOf(families(10, nearYear, nearYear)), weightsOf(families(400, nearYear, nearYear))]
    expect(few[nearYear]).toBeGreaterThan(0)
    expect(many[nearYear]).toBeGreaterThan(few[nearYear])
    expect(many[monthKnown]).toBeLessThan(0)
    expect(many[different]).toBeLessThan(0)
  })

  test('never weigh what is not known, nor beside a number, nor between forms', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: different }), { maxLength: 5 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: different }),
        (counted, level) => {
          const weights = weightsOf(counted)
          expect(weights[BIRTH_LEVEL.missing]).toBe(0)
          expect(weights.every(Number.isInteger)).toBe(true)
          expect(hearsayWeight(weights, pattern(level, PAIR_CLASS.policeCensus, ID_LEVEL.oneDigit))).toBe(0)
          expect(hearsayWeight(weights, pattern(level, PAIR_CLASS.censusCensus, ID_LEVEL.missing))).toBe(0)
        },
      ),
    ))
})

test('a child by its pet name and two years off is found where its father is off as well, in a county of such forms', async () => {
  const rows = [
    police('A', { name: '张国强', sex: '1', birth_date: '19710310', household_no: '7' }),
    police('C', { name: '张晓晨', sex: '1', birth_date: '19990810', household_no: '7' }),
    census('a', { name: '张国强', sex: '1', birth_month: '197306', household_no: '7' }),
    census('c', { name: '小晨', sex: '1', birth_month: '200103', household_no: '7' }),
  ]
  const { table, memory, rowOf } = buildTable(rows, { extraBytes: workspaceBytes(10_000) })
  const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const discredited = new Uint8Array(table.rows)
  const decided = (counted: readonly number[]): string[] => {
    const groups = new Groups(table, lines, discredited)
    groups.join(rowOf('police:A'), rowOf('census:a'))
    return linkHouseholds({
      table,
      groups,
      kernel: new Kernel(table, names, lines),
      weights: usual,
      thresholds: { link: 0.98, review: 0.05 },
      households: indexFamilies(table).households,
      discredited,
      unseenTwins: { oddsOf: () => 0 },
      leftOver: { share: 0.9, weights: usual, hearsay: hearsayWeights(counted, usual), named: NO_HEARSAY },
    }).map(({ decision }) => decision)
  }
  expect(decided(countsOf(families(400, nearYear, nearYear)))).toEqual(['link'])
  expect(decided(NO_HEARSAY)).toEqual(['review'])
})
