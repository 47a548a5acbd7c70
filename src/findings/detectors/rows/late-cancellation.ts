/**
 * Register rows by themselves: 迟销 (cancelled more than the grace period after the death) and 高龄待核 (a hundred years
 * or more and active; only where no census can say whether the person was met).
 */
import { ageOn, daysBetween } from '../../calendar.ts'
import type { RowDetector } from '../../detector.ts'
import { STANDING, STATUS } from '../../ground.ts'
import { CENSUS, POLICE } from '../../../registers/columns.ts'
import { codeNumber } from '../../table.ts'

const LATE = codeNumber('late-cancellation')
const AGED = codeNumber('implausible-age-active')
const HUNDRED = 100

export const lateCancellation: RowDetector = {
  registers: [POLICE],
  detect(row, ground, out) {
    const { status, death, cancelled, birth } = ground.table.columns
    const standing = ground.standing[row]
    if (standing === STANDING.ineffective) return
    if (status[row] === STATUS.dead && death[row] !== 0 && cancelled[row] !== 0) {
      if (daysBetween(death[row], cancelled[row]) <= ground.settings.graceDays || !out.start(LATE)) return
    } else if (standing === STANDING.active && birth[row] !== 0 && !ground.given[CENSUS]) {
      if (ageOn(birth[row], ground.reference) < HUNDRED || !out.start(AGED)) return
    } else return
    out.row(row)
    out.end()
  },
  sentences: {
    'late-cancellation': (f, w) => {
      const { death, cancelled } = w.table.columns
      return `${w.death(f.rows[0])}死亡，${w.date(cancelled[f.rows[0]])}注销，相隔${w.days(death[f.rows[0]], cancelled[f.rows[0]])}。`
    },
    'implausible-age-active': (f, w) =>
      `户口在${w.area(f.rows[0])}，按户籍已${ageOn(w.table.columns.birth[f.rows[0]], w.ground.reference)}岁且有效。`,
  },
}
