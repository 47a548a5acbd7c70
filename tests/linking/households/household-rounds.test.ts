/**
 * A later round of the household step looks only where somebody has been joined since the last one. The slow judge goes
 * through all households again: people and links come out the same, and no question is new.
 */
import type { DecidedPair } from '../../../src/linking/pair-decisions.ts'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../../src/blocking/rules.ts'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { Groups, joinPersonNumbers } from '../../../src/linking/groups.ts'
import { NO_HEARSAY } from '../../../src/linking/households/hearsay.ts'
import { householdWeights } from '../../../src/linking/households/household-weights.ts'
import { type HouseholdContext, linkHouseholds } from '../../../src/linking/households/households.ts'
import { Kernel } from '../../../src/matching/kernel.ts'
import { matchCounty } from '../../../src/matching/match-county.ts'
import { sampleNeighbours } from '../../../src/matching/random-pairs.ts'
import { workspaceBytes } from '../../../src/matching/workspace.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { inlinePool } from '../../support/inline-pool.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'
import { census, police } from '../../support/village-rows.ts'

const FAMILIES = 12
/** The members of each family: police row and census row, told apart well, badly or hardly at all. */
const MEMBERS = ['志强', '秀英', '浩', '婷']
const AS_WRITTEN_IN_CENSUS = ['志强', '秀芳', '浩浩', '']

let context: Omit<HouseholdContext, 'groups'>
let freshGroups: () => Groups

beforeAll(async () => {
  const { table, memory } = buildTable(families(), { extraBytes: workspaceBytes(10_000) })
  const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const kernel = new Kernel(table, names, lines)
  const discredited = new Uint8Array(table.rows)
  const weights = householdWeights(UNTAUGHT_MODEL, sampleNeighbours(table, kernel).household)
  context = {
    table,
    kernel,
    weights,
    thresholds: { link: 0.98, review: 0.05 },
    households: indexFamilies(table).households,
    discredited,
    unseenTwins: { oddsOf: () => 0 },
    leftOver: { share: 0.7, weights, hearsay: NO_HEARSAY, named: NO_HEARSAY },
  }
  freshGroups = () => {
    const groups = new Groups(table, lines, discredited)
    joinPersonNumbers(table, groups)
    return groups
  }
})

/** Each family once in the police register and once in the census; each second one also where it lives away. */
function families(): RowText[] {
  return Array.from({ length: FAMILIES }, (_, f) =>
    MEMBERS.flatMap((given, m) => {
      const surname = '赵钱孙李'[f % 4]
      const year = 1960 + 25 * Math.floor(m / 2) + f
      const person = { sex: m % 2 === 0 ? '1' : '2' }
      const month = { ...person, birth_month: `${year}0${m + 1}`, name: surname + AS_WRITTEN_IN_CENSUS[m] }
      const away = { ...month, block_code: '513027105201003', household_no: `A${f}`, hukou_place: '3' }
      return [
        police(`P${f}${m}`, {
          ...person,
          household_no: `${f}`,
          birth_date: `${year}0${m + 1}11`,
          name: surname + given,
        }),
        census(`C${f}${m}`, { ...month, household_no: `${f}` }),
        ...(f % 2 === 0 ? [census(`T${f}${m}`, away)] : []),
      ]
    }),
  ).flat()
}

test('a round that looks only where somebody was joined finds what a whole round finds', () => {
  let linkedLater = 0
  fc.assert(
    fc.property(joins(), joins(), (before, between) => {
      const [whole, part] = [false, true].map((onlyJoined) => {
        const groups = freshGroups()
        for (const [a, b] of before) groups.join(a, b)
        groups.forgetJoined()
        const first = linkHouseholds({ ...context, groups })
        for (const [a, b] of between) groups.join(a, b)
        const second = linkHouseholds({ ...context, groups, onlyJoined })
        return { roots: [...groups.parent.keys()].map((row) => groups.root(row)), first, second }
      })
      expect(part.roots).toEqual(whole.roots)
      expect(links(part.second)).toEqual(links(whole.second))
      expect(new Set(questions([...part.first, ...part.second]))).toEqual(
        new Set(questions([...whole.first, ...whole.second])),
      )
      linkedLater += links(part.second).length
    }),
    { numRuns: 300 },
  )
  expect(linkedLater).toBeGreaterThan(50)
})

/** Pairs of a member's police row and a census row, mostly the same member's. */
function joins(): fc.Arbitrary<[number, number][]> {
  const { table } = context
  const row = fc.integer({ min: 0, max: table.rows - 1 })
  const own = row.map((a): [number, number] => [a, sameMember(a)])
  return fc.array(fc.oneof({ weight: 5, arbitrary: own }, { weight: 1, arbitrary: fc.tuple(row, row) }), {
    maxLength: 12,
  })
}

function sameMember(row: number): number {
  const { table } = context
  const digits = table.recordId(row).slice(1)
  for (let other = 0; other < table.rows; other++)
    if (other !== row && table.recordId(other).slice(1) === digits) return other
  return row
}

function links(pairs: readonly DecidedPair[]): string[] {
  return pairs
    .filter(({ decision }) => decision === 'link')
    .map(({ left, right, weight }) => `${left} ${right} ${weight}`)
}

function questions(pairs: readonly DecidedPair[]): string[] {
  return pairs
    .filter(({ decision }) => decision === 'review')
    .map(({ left, right, weight }) => `${left} ${right} ${weight}`)
}
