import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NameFrequencies } from '../../../src/matching/weigh/name-frequencies.ts'
import { buildNameFeatures } from '../../../src/normalise/name-features.ts'
import { NameFeatures, nameFeatureBytes, reserveNameFeatures } from '../../../src/records/name-features.ts'
import { buildTable } from '../../support/build-table.ts'

const VILLAGES = ['513027001001', '513027001002', '513027002001']
/** 李静 and 李婧 sound alike; 张喆 and 张哲 too; 刘国强 and 劉國强 are one name in standard characters. */
const NAMES = ['李静', '李婧', '张喆', '张哲', '刘国强', '劉國强', '王芳', '欧阳娜娜']

/** So many bearers among so many people, and among a thousand more as many as is usual: one in 50,000. */
const believed = (bearers: number, people: number): number => (bearers + 0.02) / (people + 1000)

const people = fc.array(
  fc.record({ name: fc.constantFrom(...NAMES), village: fc.constantFrom(...VILLAGES), isOld: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
)

test('names are as frequent as counting them one by one says', () => {
  fc.assert(
    fc.property(people, (drawn) => {
      const { table, memory } = buildTable(
        drawn.map(({ name, village, isOld }, k) => ({
          register: 'police' as const,
          id: `P${k}`,
          person_no: `N${k}`,
          name,
          area_code: village,
          record_flag: isOld ? '0' : '1',
          reversal_flag: '0',
        })),
        { extraBytes: nameFeatureBytes(200) },
      )
      const names = new NameFeatures(
        memory.memory,
        reserveNameFeatures(memory, table.names.size, table.names.units),
        table.names,
      )
      buildNameFeatures(table.names, 1, table.names.size + 1, names)
      const counted = NameFrequencies.count(table, names)
      // A worker opens the same counts.
      const opened = new NameFrequencies(structuredClone(counted.handle), names)

      const { name, area, recordFlag } = table.columns
      const rows = Array.from({ length: table.rows }, (_, row) => row)
      const inForce = rows.filter((row) => recordFlag[row] === 1)
      const total = Math.max(1, inForce.length)
      expect(counted.total).toBe(total)
      for (const row of rows) {
        const isWritten = (other: number): boolean => names.variantHash(name[other]) === names.variantHash(name[row])
        const isHeard = (other: number): boolean => names.soundHash(name[other]) === names.soundHash(name[row])
        const bearers = inForce.filter(isWritten).length
        const homophones = inForce.filter((other) => isHeard(other) && !isWritten(other)).length
        // So few names adjust nothing: r − ½.
        const county = believed(Math.max(1, bearers) - 0.5, total)
        expect(counted.chance(name[row], 0)).toBeCloseTo(county, 12)
        expect(counted.soundChance(name[row])).toBeCloseTo(believed(homophones + 0.5, total), 12)
        const villagers = inForce.filter((other) => area[other] === area[row])
        const others = Math.max(0, villagers.filter(isWritten).length - 1)
        const local = villagers.length === 0 ? 0 : (others + 500 * county) / (villagers.length + 500)
        expect(counted.chance(name[row], area[row])).toBeCloseTo(Math.max(county, local), 12)
        expect(opened.chance(name[row], area[row])).toBe(counted.chance(name[row], area[row]))
        expect(opened.soundChance(name[row])).toBe(counted.soundChance(name[row]))
      }
    }),
    { numRuns: 60 },
  )
})

/** How common each name of `listed` is, which stand in the census beside so many rows of 李静 in the register. */
function chancesBeside(registered: number, listed: readonly string[]): (name: string) => number | undefined {
  const rows = [
    ...Array.from({ length: registered }, (_, k) => ({
      register: 'police' as const,
      id: `P${k}`,
      name: '李静',
      area_code: VILLAGES[0],
    })),
    ...listed.map((name, k) => ({
      register: 'census' as const,
      id: `C${k}`,
      name,
      block_code: `${VILLAGES[0]}001`,
      household_no: `${k}`,
    })),
  ]
  const { table, memory } = buildTable(rows, { extraBytes: nameFeatureBytes(200) })
  const features = reserveNameFeatures(memory, table.names.size, table.names.units)
  const names = new NameFeatures(memory.memory, features, table.names)
  buildNameFeatures(table.names, 1, table.names.size + 1, names)
  const counted = NameFrequencies.count(table, names)
  const chances = Array.from(table.columns.name.subarray(0, table.rows), (name) => [
    table.names.text(name),
    counted.chance(name, 0),
  ])
  return (name) => new Map(chances as [string, number][]).get(name)
}

test('a name that the register lacks has as many bearers as half its rows in the census', () => {
  const chanceOf = chancesBeside(10, ['小宝', '小宝', '小宝', '小宝', '小宝', '小宝', '贾文', '贾文', '李静', '李静'])
  // r − ½ of ten. Two rows are one newcomer's, who is counted twice; the register's own ten stay ten.
  expect(chanceOf('小宝')).toBeCloseTo(believed(2.5, 10), 12)
  expect(chanceOf('贾文')).toBeCloseTo(believed(0.5, 10), 12)
  expect(chanceOf('李静')).toBeCloseTo(believed(9.5, 10), 12)
})

test('and beside a small register no more than its share of the census', () => {
  const listed = Array.from({ length: 20 }, (_, k) => (k < 8 ? '贾文' : `李静`))
  // Eight of twenty rows are two bearers of five.
  expect(chancesBeside(5, listed)('贾文')).toBeCloseTo(believed(2 - 0.5, 5), 12)
})

test('so many names in so many villages that the table of their counts must grow are counted like few', () => {
  const villages = Array.from({ length: 400 }, (_, k) => `513027001${String(100 + k)}`)
  const listed = villages.flatMap((village, k) => [
    ...NAMES.map((name) => ({ name, village })),
    ...Array.from({ length: k === 7 || k === 390 ? 40 : 0 }, () => ({ name: '王芳', village })),
  ])
  const { table, memory } = buildTable(
    listed.map(({ name, village }, k) => ({
      register: 'police' as const,
      id: `P${k}`,
      person_no: `N${k}`,
      name,
      area_code: village,
      record_flag: '1',
      reversal_flag: '0',
    })),
    { extraBytes: nameFeatureBytes(200) },
  )
  const features = reserveNameFeatures(memory, table.names.size, table.names.units)
  const names = new NameFeatures(memory.memory, features, table.names)
  buildNameFeatures(table.names, 1, table.names.size + 1, names)
  const counted = NameFrequencies.count(table, names)
  const bearers = listed.filter(({ name }) => name === '王芳').length
  const county = believed(bearers - 0.5, listed.length)
  // 41 of 48 villagers bear the name, one of whom is asked about.
  const local = (40 + 500 * county) / (48 + 500)
  for (let row = 0; row < table.rows; row++) {
    const { name, area } = table.columns
    if (table.names.text(name[row]) !== '王芳') continue
    const isCrowded = [7, 390].some((k) => table.areaText(area[row]) === villages[k])
    expect(counted.chance(name[row], area[row])).toBeCloseTo(isCrowded ? local : county, 12)
  }
})
