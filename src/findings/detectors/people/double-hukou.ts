/**
 * 双重户口 and 迁出未销: two or more rows of one person active at T0. If one was moved in later than the others it is the
 * true one and the old ones were left open; otherwise the person has two hukou.
 */
import { type PersonDetector, writeRows } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const DOUBLE = codeNumber('double-hukou')
const MOVED = codeNumber('moved-not-cancelled')

export const doubleHukou: PersonDetector = {
  when: BIT.SEVERAL_ACTIVE,
  detect(s, out) {
    const { movedIn } = s.ground.table.columns
    let last = 0
    let times = 0
    for (let k = 0; k < s.active.length; k++) {
      const date = movedIn[s.active.items[k]]
      if (date > last) {
        last = date
        times = 1
      } else if (date === last) times++
    }
    if (!out.start(last !== 0 && times < s.active.length ? MOVED : DOUBLE)) return
    writeRows(out, s.active)
    out.end()
  },
  sentences: {
    'double-hukou': (f, w) =>
      `有${f.rows.length}条有效户口：${w.areas(f.rows)}${idNote(f.rows, w.table.columns.idNo)}。`,
    'moved-not-cancelled': (f, w) => {
      const { movedIn, idNo } = w.table.columns
      const latest = Math.max(...f.rows.map((row) => movedIn[row]))
      const to = f.rows.filter((row) => movedIn[row] === latest)
      const from = f.rows.filter((row) => movedIn[row] !== latest)
      return `${w.date(latest)}迁入${w.areas(to)}，${w.areas(from)}户口仍有效${idNote(f.rows, idNo)}。`
    },
  },
}

function idNote(rows: readonly number[], idNo: Uint32Array): string {
  const numbers = new Set(rows.map((row) => idNo[row]).filter((id) => id !== 0))
  return numbers.size > 1 ? '，号码不同' : ''
}
