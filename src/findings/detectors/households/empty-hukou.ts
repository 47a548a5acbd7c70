/**
 * 空挂户, 集体户空挂, 挂靠户: hukou with nobody living there. A family household of which somebody says that the hukou is
 * parked; a collective household without a member present; a member of a family household who is no relative and lives
 * elsewhere. Lists for 落实去向, not errors.
 */
import { HOUSEHOLD_TYPE, RELATION } from '../../../records/record-table.ts'
import { CENSUS } from '../../../registers/columns.ts'
import type { HouseholdDetector } from '../../detector.ts'
import { HOUSEHOLD_STATUS, HouseholdStatuses } from '../../household-status.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const EMPTY = codeNumber('empty-hukou')
const COLLECTIVE_EMPTY = codeNumber('collective-empty')
const ATTACHED = codeNumber('attached-hukou')
const COLLECTIVE = HOUSEHOLD_TYPE.collective

export const emptyHukou: HouseholdDetector = {
  observe(ground) {
    const { table } = ground
    const { household, householdType, relation } = table.columns
    const statuses = new HouseholdStatuses(ground)
    /** 1 = the hukou row of a member who was alive and born at T0. */
    const isOfLiving = new Uint8Array(table.starts[1])
    /** Rows of members who are no relatives and live elsewhere. */
    const attached: number[] = []
    return {
      see(s) {
        if (!ground.given[CENSUS]) return
        statuses.see(s)
        if ((s.bits & BIT.P1) !== 0 && (s.bits & (BIT.DEAD | BIT.BORN_AFTER)) === 0)
          for (let k = 0; k < s.active.length; k++) isOfLiving[s.active.items[k]] = 1
        if ((s.bits & (BIT.P1 | BIT.CENSUS | BIT.OPEN)) !== (BIT.P1 | BIT.CENSUS | BIT.OPEN)) return
        for (let k = 0; k < s.active.length; k++) {
          const row = s.active.items[k]
          if (relation[row] !== RELATION.nonRelative || householdType[row] === COLLECTIVE || household[row] === 0)
            continue
          let isHere = false
          for (let j = 0; j < s.present.length; j++) if (s.isAtHukou(s.present.items[j])) isHere = true
          if (!isHere) attached.push(row)
        }
      },
      finish(out) {
        const rowsOf = new Map<number, number[]>()
        for (let row = 0; row < table.starts[1]; row++) {
          const home = household[row]
          if (home === 0 || isOfLiving[row] === 0) continue
          const status = statuses.statusOf(home)
          if (status !== HOUSEHOLD_STATUS.allAway) continue
          if (householdType[row] === COLLECTIVE ? statuses.members[home] < 2 : statuses.parked[home] === 0) continue
          const rows = rowsOf.get(home)
          if (rows === undefined) rowsOf.set(home, [row])
          else if (householdType[row] !== COLLECTIVE) rows.push(row)
        }
        for (const rows of rowsOf.values()) {
          if (!out.start(householdType[rows[0]] === COLLECTIVE ? COLLECTIVE_EMPTY : EMPTY)) return
          for (const row of rows) out.row(row)
          out.end()
        }
        for (const row of attached) {
          if (!out.start(ATTACHED)) return
          out.row(row)
          out.end()
        }
      },
    }
  },
  sentences: {
    'empty-hukou': (f, w) => `户口在${w.area(f.rows[0])}的一户${f.rows.length}人无人在户口地居住，有人填寄挂户口。`,
    'collective-empty': (f, w) => `户口在${w.area(f.rows[0])}的集体户无人在户口地居住。`,
    'attached-hukou': (f, w) => `户口在${w.area(f.rows[0])}家庭户内，与户主为非亲属，人不住在户口地。`,
  },
}
