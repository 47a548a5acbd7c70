/** How often the one left over is the one left over on the other side, and how their names agree: learned in the county itself. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { householdWeights, type HouseholdWeights } from '../../../src/linking/households/household-weights.ts'
import { linkHouseholds } from '../../../src/linking/households/households.ts'
import {
  counterpartPrior,
  fitLoneMembers,
  learnLoneMembers,
  type LoneMembersContext,
  USUAL_COUNTERPARTS,
} from '../../../src/linking/households/lone-members.ts'
import { NO_HEARSAY } from '../../../src/linking/households/hearsay.ts'
import { DEFAULT_RULES } from '../../../src/blocking/rules.ts'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { matchCounty } from '../../../src/matching/match-county.ts'
import { Kernel, PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { workspaceBytes } from '../../../src/matching/workspace.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { inlinePool } from '../../support/inline-pool.ts'
import { census, police } from '../../support/village-rows.ts'
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { PatternCounts } from '../../../src/matching/pattern-counts.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'

const usual: HouseholdWeights = householdWeights(UNTAUGHT_MODEL, new PatternCounts())

const pairs = (n: number, name: number, birth: number, pairClass: number = PAIR_CLASS.policeCensus): number[] =>
  Array.from(
    { length: n },
    () => name | (birth << SHIFT.birth) | (SEX_LEVEL.equal << SHIFT.sex) | (pairClass << SHIFT.pairClass),
  )
const same = (n: number): number[] => pairs(n, NAME_LEVEL.exact, BIRTH_LEVEL.monthKnown)
const strangers = (n: number): number[] => pairs(n, NAME_LEVEL.different, BIRTH_LEVEL.different)
const brothers = (n: number): number[] => pairs(n, NAME_LEVEL.surnameEqual, BIRTH_LEVEL.different)
const renamed = (n: number): number[] => pairs(n, NAME_LEVEL.surnameEqual, BIRTH_LEVEL.monthKnown)
const shareOf = (lone: readonly number[]): number => fitLoneMembers(lone, usual).share

describe('the share of those left over who are one person', () => {
  test('is the usual one in a county without such pairs', () => {
    expect(shareOf([])).toBeCloseTo(USUAL_COUNTERPARTS, 12)
  })

  test('is nearly one where all pairs are alike', () => {
    expect(shareOf(same(1000))).toBeGreaterThan(0.98)
  })

  test('moves little by a few pairs', () => {
    expect(shareOf(same(5))).toBeGreaterThan(USUAL_COUNTERPARTS)
    expect(shareOf(same(5))).toBeLessThan(0.75)
  })

  test('falls where grandparents are unlisted and lodgers many', () => {
    const share = shareOf([...same(300), ...strangers(700)])
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.33)
  })
})

describe('names of those left over', () => {
  const nameWeight = (lone: readonly number[], level: number, pairClass: number = PAIR_CLASS.policeCensus): number =>
    fitLoneMembers(lone, usual).weights.name[pairClass][level]

  test('count as in the county where none are', () => {
    const { weights } = fitLoneMembers([], usual)
    for (const [c, levels] of usual.name.entries())
      for (const [l, weight] of levels.entries()) expect(weights.name[c][l]).toBeCloseTo(weight, 6)
  })

  test('say little against a pair where many of one birth bear another given name', () => {
    const { surnameEqual } = NAME_LEVEL
    const before = usual.name[PAIR_CLASS.policeCensus][surnameEqual]
    expect(before).toBeLessThan(-4000)
    expect(nameWeight(renamed(60), surnameEqual)).toBeGreaterThan(before + 3000)
    // Another class of pairs has names of its own.
    const { censusCensus } = PAIR_CLASS
    expect(nameWeight(renamed(60), surnameEqual, censusCensus)).toBeCloseTo(usual.name[censusCensus][surnameEqual], 6)
  })

  test('brothers left over are not taken for one person, however many', () => {
    const { share, weights } = fitLoneMembers([...brothers(900), ...renamed(30)], usual)
    expect(share).toBeLessThan(0.1)
    expect(weights.birth).toBe(usual.birth)
  })
})

test('neither depends on the order of the pairs', () => {
  const all = [...same(4), ...renamed(3), ...brothers(5), ...strangers(2)]
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (lone) => {
      const [a, b] = [fitLoneMembers(lone, usual), fitLoneMembers(all, usual)]
      expect(a.share).toBe(b.share)
      expect(a.weights.name).toEqual(b.weights.name)
    }),
    { numRuns: 30 },
  )
})

test('the more are left over, the less likely is a given one; shares of one sum to at most one', () => {
  const probability = (size: number): number => 1 / (1 + 2 ** (-counterpartPrior(0.95, size) / 1000))
  expect(probability(1)).toBeCloseTo(0.95, 3)
  expect(probability(2)).toBeLessThan(probability(1))
  for (const size of [2, 3, 10]) expect(size * probability(size)).toBeLessThan(1.0001)
})

describe('births of those left over under one name', () => {
  /** Families whose head is linked, with a child of that name in either list. */
  const families = (n: number, named: string, birth: string, month: string): RowText[] =>
    Array.from({ length: n }, (_, k) => {
      const h = { household_no: `${k}` }
      const head = { ...h, name: `张国${'强伟民军'[k % 4]}`, sex: '1' }
      const child = { ...h, name: '张晓晨', sex: '1' }
      return [
        police(`A${k}`, { ...head, birth_date: '19710310' }),
        police(`C${k}`, { ...child, birth_date: birth }),
        census(`a${k}`, { ...head, birth_month: '197103' }),
        census(`c${k}`, { ...child, name: named, birth_month: month }),
      ]
    }).flat()
  const contextOf = async (rows: readonly RowText[]): Promise<LoneMembersContext> => {
    const { table, memory, rowOf } = buildTable(rows, { extraBytes: workspaceBytes(100_000) })
    const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
    const discredited = new Uint8Array(table.rows)
    const groups = new Groups(table, lines, discredited)
    for (const { register, id } of rows)
      if (register === 'police' && id.startsWith('A'))
        groups.join(rowOf(`police:${id}`), rowOf(`census:a${id.slice(1)}`))
    const { households } = indexFamilies(table)
    return { table, groups, kernel: new Kernel(table, names, lines), weights: usual, households, discredited }
  }
  const linked = async (rows: readonly RowText[], named: readonly number[]): Promise<number> => {
    const leftOver = { share: 0.7, weights: usual, hearsay: NO_HEARSAY, named }
    const decided = linkHouseholds({
      ...(await contextOf(rows)),
      thresholds: { link: 0.98, review: 0.05 },
      leftOver,
      unseenTwins: { oddsOf: () => 0 },
    })
    return decided.filter(({ decision }) => decision === 'link').length
  }
  const guessed = families(30, '张晓晨', '19990810', '200203')

  test('weigh less against them, the oftener they are wrong in the county', async () => {
    const { named } = learnLoneMembers(await contextOf(guessed))
    expect(named[BIRTH_LEVEL.different]).toBeGreaterThan(5000)
    expect(await linked(guessed, named)).toBe(30)
    expect(await linked(guessed, NO_HEARSAY)).toBe(0)
  })

  test('but not of a father and a son, nor beside a name of another sound', async () => {
    const { named } = learnLoneMembers(await contextOf(families(30, '张晓晨', '19990810', '197410')))
    expect(named.every((weight) => weight === 0)).toBe(true)
    const other = families(30, '张国富', '19990810', '200203')
    expect(await linked(other, learnLoneMembers(await contextOf(guessed)).named)).toBe(0)
  })
})
