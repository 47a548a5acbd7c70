import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NameFrequencies } from '../../../src/matching/weigh/name-frequencies.ts'
import { buildNameFeatures } from '../../../src/normalise/name-features.ts'
import { NameFeatures, nameFeatureBytes, reserveNameFeatures } from '../../../src/records/name-features.ts'
import { buildTable } from '../../support/build-table.ts'

const VILLAGES = ['513027001001', '513027001002', '513027002001']
/** 李静 and 李婧 sound alike; 张喆 and 张哲 too; 刘国强 and 劉國强 are one name in standard characters. */
const NAMES = ['李静', '李婧', '张喆', '张哲', '刘国强', '劉國强', '王芳', '欧阳娜娜']

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
        const county = (Math.max(1, bearers) - 0.5) / total
        expect(counted.chance(name[row], 0)).toBeCloseTo(county, 12)
        expect(counted.soundChance(name[row])).toBeCloseTo((homophones + 0.5) / total, 12)
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
