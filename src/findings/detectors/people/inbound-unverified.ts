/** 流入待核: one present row whose hukou is said to be outside the county, and none is active here. Not an error. */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('inbound-unverified')

export const inboundUnverified: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT | BIT.NO_P1,
  detect(s, out) {
    const here = s.present.items[0]
    if (s.ground.table.columns.hukouPlace[here] !== 4 || !out.start(CODE)) return
    out.row(here)
    out.end()
  },
  sentences: {
    'inbound-unverified': (f, w) => `现住${w.block(f.rows[0])}，户口在${w.hukouPlace(f.rows[0])}，不在本县，无法核对。`,
  },
}
