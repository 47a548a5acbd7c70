/**
 * 口袋户口: moved away, no active hukou anywhere, and a present row that says 户口待定. Every other mover without an
 * active row here has most likely settled outside: not made.
 */
import type { PersonDetector } from '../../detector.ts'
import { STANDING, STATUS } from '../../ground.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('pocket-hukou')

export const pocketHukou: PersonDetector = {
  when: BIT.MOVED | BIT.NO_P1 | BIT.PRESENT,
  detect(s, out) {
    if ((s.bits & BIT.DEAD) !== 0) return
    const { ground } = s
    const { hukouPlace, status } = ground.table.columns
    let isUndetermined = false
    for (let k = 0; k < s.present.length; k++) if (hukouPlace[s.present.items[k]] === 5) isUndetermined = true
    if (!isUndetermined || !out.start(CODE)) return
    for (let k = 0; k < s.effective.length; k++) {
      const row = s.effective.items[k]
      if (status[row] === STATUS.moved && ground.standing[row] === STANDING.gone) out.row(row)
    }
    for (let k = 0; k < s.present.length; k++) if (hukouPlace[s.present.items[k]] === 5) out.row(s.present.items[k])
    out.end()
  },
  sentences: {
    'pocket-hukou': (f, w) => {
      const moved = w.date(w.table.columns.movedOut[f.rows[0]])
      return `户口已于${moved}迁出${w.area(f.rows[0])}，未见落户，${w.block(f.rows[f.rows.length - 1])}填户口待定。`
    },
  },
}
