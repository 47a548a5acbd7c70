/**
 * 时点后出生错登: born at or after the reference time by certificate or register, or, where both are silent, by the
 * form's own month, and a census row. A late month on the form alone is main-item-error's.
 */
import { type PersonDetector, writeEvidence, writeRows } from '../detector.ts'
import { BIT } from '../situation.ts'
import { codeNumber } from '../table.ts'

const CODE = codeNumber('post-reference-birth-counted')

export const postReferenceBirthCounted: PersonDetector = {
  when: BIT.BORN_AFTER | BIT.CENSUS,
  detect(s, out) {
    if (!out.start(CODE)) return
    writeRows(out, s.census)
    writeEvidence(out, s.births)
    writeEvidence(out, s.effective)
    out.end()
  },
  sentences: {
    'post-reference-birth-counted': (f, w) =>
      `${w.birth(f.evidence[0] ?? f.rows[0])}出生,不早于标准时点${w.referenceDate()},${w.blocks(f.rows)}短表有登记。`,
  },
}
