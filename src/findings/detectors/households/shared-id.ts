/**
 * 重号: one good number on normal police rows of two people. One finding per number, on all its rows.
 */
import type { HouseholdDetector } from '../../detector.ts'
import { STANDING, STATUS } from '../../ground.ts'
import { isGoodNumber } from '../../id-rows.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('shared-id')

export const sharedId: HouseholdDetector = {
  observe(ground) {
    return {
      see() {},
      finish(out) {
        const { table, people, standing } = ground
        const { idNo, idKind, status } = table.columns
        const end = table.starts[1]
        const counts = (row: number): boolean =>
          standing[row] !== STANDING.ineffective && status[row] === STATUS.normal && isGoodNumber(idKind[row])
        /** First holder of each number, plus 1. */
        const holder = new Int32Array(table.ids.size + 1)
        const shared = new Map<number, number[]>()
        for (let row = 0; row < end; row++) {
          if (!counts(row)) continue
          const id = idNo[row]
          const person = people.personOf[row] + 1
          if (holder[id] === 0) holder[id] = person
          else if (holder[id] !== person) shared.set(id, [])
        }
        if (shared.size === 0) return
        for (let row = 0; row < end; row++) if (counts(row)) shared.get(idNo[row])?.push(row)
        for (const rows of Array.from(shared.values()).sort((a, b) => a[0] - b[0])) {
          if (!out.start(CODE)) return
          for (const row of rows) out.row(row)
          out.end()
        }
      },
    }
  },
  sentences: {
    'shared-id': (f, w) => {
      const people = new Set(f.rows.map((row) => w.ground.people.personOf[row])).size
      return `${people}人使用同一号码：户口在${w.areas(f.rows)}。`
    },
  },
}
