/**
 * 时点后出生错登: born at or after the reference time by certificate or register, or, where both are silent, by the
 * form's own month, and a census row. A late month on the form alone is main-item-error's.
 */
import { type PersonDetector, writeEvidence, writeRows } from '../../detector.ts'
import { isFrom } from '../../calendar.ts'
import type { FindingList } from '../../finding-list.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('post-reference-birth-counted')

export const postReferenceBirthCounted: PersonDetector = {
  when: BIT.CENSUS,
  detect(s, out) {
    if ((s.bits & BIT.BORN_AFTER) === 0) {
      if (s.census.length > 1 && s.registerBirth() === 0) writeLateRows(s, out)
      return
    }
    if (!out.start(CODE)) return
    writeRows(out, s.census)
    writeEvidence(out, s.births)
    writeEvidence(out, s.effective)
    out.end()
  },
  sentences: {
    'post-reference-birth-counted': (f, w) =>
      `${w.birth(f.evidence[0] ?? f.rows[0])}出生，不早于标准时点${w.referenceDate()}，${w.blocks(f.rows)}短表有登记。`,
  },
}

/** No register knows the birth and the rows do not agree: the finding falls on those that say so. */
function writeLateRows(s: Situation, out: FindingList): void {
  const { ground, census } = s
  const { birth } = ground.table.columns
  let isOpen = false
  for (let k = 0; k < census.length; k++) {
    if (!isFrom(birth[census.items[k]], ground.reference)) continue
    if (!isOpen && !out.start(CODE)) return
    isOpen = true
    out.row(census.items[k])
  }
  if (isOpen) out.end()
}
