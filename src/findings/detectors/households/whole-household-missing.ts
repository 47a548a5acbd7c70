/**
 * 整户漏登: a family household of the register with at least two living members, none of whom has a census row
 * anywhere. One finding on its police rows; it replaces missing-everywhere of its members.
 * Members with a death certificate or a death-form row do not count as living.
 */
import { type HouseholdDetector } from '../../detector.ts'
import { STANDING } from '../../ground.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'
import { HOUSEHOLD_TYPE } from '../../../records/record-table.ts'

const CODE = codeNumber('whole-household-missing')
const COLLECTIVE = HOUSEHOLD_TYPE.collective

export const wholeHouseholdMissing: HouseholdDetector = {
  observe(ground) {
    const { table, people, standing } = ground
    const { household, householdType } = table.columns
    const policeEnd = table.starts[1]
    const size = table.households.size + 1
    const living = new Uint16Array(size)
    const isSeen = new Uint8Array(size)
    /** Living people without a census row, with a hukou in a family household. */
    const absent = new Uint8Array(people.count)
    return {
      see(s) {
        if ((s.bits & BIT.P1) === 0 || (s.bits & (BIT.DEAD | BIT.BORN_AFTER)) !== 0) return
        // While its likely partner waits for a person's word, nobody is said to be missing.
        const isListed = (s.bits & BIT.CENSUS) !== 0 || ground.hasLikelyPartner(s.person)
        if (!isListed && (s.bits & BIT.FORM) !== 0 && (s.bits & BIT.DIED_AFTER) === 0) return
        if (!isListed) absent[s.person] = 1
        for (let k = 0; k < s.active.length; k++) {
          const row = s.active.items[k]
          if (household[row] === 0 || householdType[row] === COLLECTIVE) continue
          // Two rows of one person in one household are one member.
          let isAgain = false
          for (let j = 0; j < k; j++) if (household[s.active.items[j]] === household[row]) isAgain = true
          if (isAgain) continue
          if (living[household[row]] < 65_535) living[household[row]]++
          if (isListed) isSeen[household[row]] = 1
        }
      },
      finish(out) {
        const rowsOf = new Map<number, number[]>()
        for (let row = 0; row < policeEnd; row++) {
          const home = household[row]
          if (living[home] < 2 || isSeen[home] === 1 || householdType[row] === COLLECTIVE) continue
          if (standing[row] !== STANDING.active || absent[people.personOf[row]] === 0) continue
          const rows = rowsOf.get(home)
          if (rows === undefined) rowsOf.set(home, [row])
          else rows.push(row)
        }
        for (const rows of rowsOf.values()) {
          if (!out.start(CODE)) return
          for (const row of rows) {
            out.row(row)
            ground.replacedMissing.add(people.personOf[row])
          }
          out.end()
        }
      },
    }
  },
  sentences: {
    'whole-household-missing': (f, w) => {
      const people = new Set(f.rows.map((row) => w.ground.people.personOf[row])).size
      return `户口在${w.areas(f.rows)}的一户，在世${people}人普查各表都没有登记。`
    },
  },
}
