/**
 * 户人数不符: the household's declared counts (H2) are not those of its rows. One finding on its first row, which
 * is the head's (in whatever order the file stood). A count that was not declared is not compared; quarantined rows are missing from the household and show here.
 */
import type { HouseholdDetector } from '../../detector.ts'
import { RELATION } from '../../../records/record-table.ts'
import { CENSUS } from '../../../registers/columns.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('household-count-mismatch')

export const householdCountMismatch: HouseholdDetector = {
  observe(ground) {
    return {
      see() {},
      finish(out) {
        const { table } = ground
        const { household, residence, relation, personsPresent, personsAway } = table.columns
        const from = table.starts[CENSUS]
        const end = table.starts[CENSUS + 1]
        if (!ground.given[CENSUS]) return
        const size = table.households.size + 1
        const first = new Int32Array(size).fill(-1)
        const present = new Uint16Array(size)
        const away = new Uint16Array(size)
        const homes = new Int32Array(Math.min(end - from, size))
        let count = 0
        let isAsked = false
        for (let row = from; row < end; row++) {
          const home = household[row]
          if (home === 0) continue
          if (first[home] < 0) {
            first[home] = row
            homes[count++] = home
          } else if (relation[row] === RELATION.head && relation[first[home]] !== RELATION.head) first[home] = row
          if (residence[row] !== 0) isAsked = true
          if (residence[row] === 1) present[home]++
          else away[home]++
        }
        // Where no row of the county says where anybody lives, the column was left out: nothing to count.
        if (!isAsked) return
        for (let h = 0; h < count; h++) {
          const home = homes[h]
          const row = first[home]
          const isSame =
            (personsPresent[row] === 0 || personsPresent[row] - 1 === present[home]) &&
            (personsAway[row] === 0 || personsAway[row] - 1 === away[home])
          if (isSame || !out.start(CODE)) continue
          out.row(row)
          out.end()
        }
      },
    }
  },
  sentences: {
    'household-count-mismatch': (f, w) => {
      const { personsPresent, personsAway } = w.table.columns
      const count = (declared: number): string => (declared === 0 ? '未填' : `${declared - 1}人`)
      const row = f.rows[0]
      return `${w.block(row)}一户申报现住${count(personsPresent[row])}、外出${count(personsAway[row])}，与登记行数不符。`
    },
  },
}
