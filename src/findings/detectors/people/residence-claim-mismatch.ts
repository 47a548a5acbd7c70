/**
 * 现住地错报: one present and one away row, and the residence the away row claims (category, digits) is not where the
 * present row is; also an away row D7 ≠ 2 with the present row in another block of its village.
 * Rows of one block are present-and-away's.
 */
import type { PersonDetector } from '../../detector.ts'
import { FIT } from '../../places.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('residence-claim-mismatch')

export const residenceClaimMismatch: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT | BIT.ONE_AWAY,
  detect(s, out) {
    const here = s.present.items[0]
    const gone = s.away.items[0]
    if (s.isSameBlock(here, gone) || s.residenceFits(gone, here) !== FIT.fails || !out.start(CODE)) return
    out.row(gone)
    out.evidence(here)
    out.end()
  },
  sentences: {
    'residence-claim-mismatch': (f, w) =>
      `${w.block(f.rows[0])}登记为外出到${w.residence(f.rows[0])}，实际现住登记在${w.block(f.evidence[0])}。`,
  },
}
