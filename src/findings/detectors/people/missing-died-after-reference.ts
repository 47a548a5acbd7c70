/**
 * 时点后死亡漏登 and 时点后死亡: dead at or after the reference time, so alive at it. Without a short-form row the person
 * was missed; with one all is well and the row must stay.
 */
import { type PersonDetector, writeRows } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const MISSING = codeNumber('missing-died-after-reference')
const DIED_AFTER = codeNumber('died-after-reference')

export const missingDiedAfterReference: PersonDetector = {
  when: BIT.DIED_AFTER,
  detect(s, out) {
    if ((s.bits & BIT.BORN_AFTER) !== 0) return
    const isListed = s.census.length > 0
    if (!isListed && (s.bits & BIT.P1) === 0) return
    if (!out.start(isListed ? DIED_AFTER : MISSING)) return
    writeRows(out, isListed ? s.census : s.active)
    out.row(s.deathRow)
    out.end()
  },
  sentences: {
    'missing-died-after-reference': (f, w) =>
      `${w.death(f.rows[f.rows.length - 1])}死亡，标准时点${w.referenceDate()}时在世，短表没有登记。`,
    'died-after-reference': (f, w) =>
      `${w.death(f.rows[f.rows.length - 1])}死亡，标准时点${w.referenceDate()}时在世，短表应当保留。`,
  },
}
