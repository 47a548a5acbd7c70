import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ID_LEVEL } from '../../../src/matching/compare/levels.ts'
import { KIN_LEVEL, PAIR_CLASS, PLACE_LEVEL, SHIFT } from '../../../src/matching/kernel.ts'
import {
  countEthnicities,
  type EthnicityModel,
  EthnicityWeights,
  NO_ETHNICITY,
} from '../../../src/matching/weigh/ethnicity.ts'
import { readCountyPins } from '../../../src/matching/weigh/county-model-file.ts'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'

const POLICE_ROW = {
  register: 'police',
  sex: '1',
  area_code: '513027001002',
  status: '0',
  record_flag: '1',
  reversal_flag: '0',
} as const

const numberOf = (k: number): string => {
  const digits = `51302719930203${String(100 + k).padStart(3, '0')}`
  return digits + checkDigit(digits)
}

const person = (k: number, name: string, ethnicity: string): RowText => ({
  ...POLICE_ROW,
  id: `P${k}`,
  name,
  ethnicity,
  birth_date: '19930203',
  id_number: numberOf(k),
})

const NAMES = ['彭文明', '田家顺', '向红英']

/** The obvious way: all ordered pairs of two people of one name. */
function judge(people: readonly (readonly [name: string, code: number])[], caution: number) {
  const total = people.length
  const shareOf = (code: number): number => people.filter((p) => p[1] === code).length / total
  const codes = [...new Set(people.map((p) => p[1]))]
  let others = 0
  let alike = 0
  const among = new Map(
    codes.map((code) => {
      let met = 0
      let same = 0
      people.forEach((a, i) =>
        people.forEach((b, j) => {
          if (i === j || a[0] !== b[0] || a[1] !== code) return
          met++
          if (b[1] === code) same++
        }),
      )
      others += met
      alike += same
      return [code, (same + caution * shareOf(code)) / (met + caution)] as const
    }),
  )
  const differ = codes.reduce((sum, code) => sum - shareOf(code) ** 2, 1)
  return { among, differ: (others - alike + caution * differ) / (others + caution) }
}

test('the chance that a namesake has the same ethnicity is what counting all pairs of namesakes gives', () => {
  const people = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(1, 15, 6)), {
    minLength: 1,
    maxLength: 25,
  })
  fc.assert(
    fc.property(people, (drawn) => {
      const { table } = buildTable(drawn.map(([name, code], k) => person(k, name, String(code))))
      const model = countEthnicities(table)
      const expected = judge(drawn, 20)
      for (const [code, chance] of expected.among) expect(model.amongNamesakes[code]).toBeCloseTo(chance, 9)
      expect(model.amongNamesakes[3]).toBe(1)
      expect(model.namesakesDiffer).toBeCloseTo(expected.differ, 9)
    }),
    { numRuns: 60 },
  )
})

test('how often one person has two ethnicities is counted on rows of one number and one name', () => {
  const rows: RowText[] = []
  for (let k = 0; k < 60; k++) {
    rows.push(person(k, NAMES[k % 3], '土家族'))
    rows.push({
      register: 'census',
      id: `C${k}`,
      name: k === 59 ? '别人' : NAMES[k % 3],
      ethnicity: k < 12 || k === 59 ? '01' : '15',
      sex: '1',
      birth_month: '199302',
      id_number: numberOf(k),
      block_code: '513027001002003',
      residence: '1',
      hukou_place: '1',
    })
  }
  const { differs } = countEthnicities(buildTable(rows).table)
  expect(differs[PAIR_CLASS.policeCensus]).toBeCloseTo((12 + 2) / (59 + 200), 9)
  expect(differs[PAIR_CLASS.censusCensus]).toBeCloseTo(0.01, 9)
})

const model: EthnicityModel = {
  differs: [0.01, 0.02, 0.02, 0.02],
  amongNamesakes: NO_ETHNICITY.amongNamesakes.map((u, code) => (code === 1 ? 0.9 : code === 15 ? 0.02 : u)),
  namesakesDiffer: 0.1,
}
const ethnicity = Uint8Array.from([1, 1, 15, 15, 0])
const weights = new EthnicityWeights(model, ethnicity)
const apart =
  (PAIR_CLASS.censusCensus << SHIFT.pairClass) |
  (PLACE_LEVEL.countyDiffers << SHIFT.place) |
  (KIN_LEVEL.missing << SHIFT.kin) |
  (ID_LEVEL.missing << SHIFT.id)

test('a rare ethnicity speaks for a pair, a common one hardly, another one against it, an unknown one not at all', () => {
  const bits = (ratio: number): number => Math.round(1000 * Math.log2(ratio))
  expect(weights.weightOf(0, 1, apart)).toBe(bits(0.98 / 0.9))
  expect(weights.weightOf(2, 3, apart)).toBe(5000)
  expect(weights.weightOf(0, 2, apart)).toBe(bits(0.02 / 0.1))
  expect(weights.weightOf(2, 0, apart)).toBe(bits(0.02 / 0.1))
  expect(weights.weightOf(0, 4, apart)).toBe(0)
  expect(weights.weightOf(4, 4, apart)).toBe(0)
  expect(new EthnicityWeights(NO_ETHNICITY, ethnicity).weightOf(2, 3, apart)).toBe(0)
  expect(new EthnicityWeights(NO_ETHNICITY, ethnicity).weightOf(0, 3, apart)).toBe(0)
})

test('in a county of one ethnicity a second one says nothing, and its model can be saved', () => {
  const { table } = buildTable(NAMES.map((name, k) => person(k, name, '01')))
  const only = countEthnicities(table)
  expect(only.namesakesDiffer).toBe(0)
  expect(new EthnicityWeights(only, ethnicity).weightOf(0, 2, apart)).toBe(0)
  expect(new EthnicityWeights(only, ethnicity).weightOf(0, 1, apart)).toBe(0)
  const pins = JSON.stringify({ version: 1, ethnicity: { namesakes_differ: only.namesakesDiffer } })
  expect(readCountyPins(pins, 'model.json').ethnicity?.namesakes_differ).toBe(0)
})

test('beside a village, a family or a number that both have, the ethnicity is no further agreement, but may disagree', () => {
  const sharing = [
    (apart & ~(7 << SHIFT.place)) | (PLACE_LEVEL.village << SHIFT.place),
    (apart & ~(7 << SHIFT.place)) | (PLACE_LEVEL.townshipAsKnown << SHIFT.place),
    (apart & ~(7 << SHIFT.place)) | (PLACE_LEVEL.sameVillageHere << SHIFT.place),
    apart | (KIN_LEVEL.partly << SHIFT.kin),
    apart | (KIN_LEVEL.claimVillage << SHIFT.kin),
    apart | (ID_LEVEL.oneDigit << SHIFT.id),
  ]
  for (const pattern of sharing) {
    expect(weights.weightOf(2, 3, pattern)).toBe(0)
    expect(weights.weightOf(0, 3, pattern)).toBe(weights.weightOf(0, 3, apart))
  }
})

test('it stands in the weight of a pair', async () => {
  const rows = (ethnicity: string): RowText[] => [
    ...Array.from({ length: 120 }, (_, k) => person(k, NAMES[k % 2], k < 90 ? '汉族' : '土家族')),
    {
      register: 'census',
      id: 'C1',
      name: NAMES[0],
      sex: '1',
      ethnicity,
      birth_month: '199302',
      block_code: '513027105002003',
      residence: '1',
      hukou_place: '4',
    },
  ]
  const weightOf = async (text: string): Promise<number> => {
    const { explain } = await linkRows(rows(text))
    return explain('police:P100', 'census:C1').total
  }
  const unknown = await weightOf('')
  expect(await weightOf('土家')).toBeGreaterThan(unknown + 1000)
  expect(await weightOf('汉')).toBeLessThan(unknown - 1000)
})
