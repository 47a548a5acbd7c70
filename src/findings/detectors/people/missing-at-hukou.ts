/**
 * 户籍地漏登: one present row outside the hukou village, no away row, an active hukou elsewhere in the county, and the
 * row says so (D8 1–3). S1 if D8 = 3 and away less than half a year: then nobody counts the person.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('missing-at-hukou')

export const missingAtHukou: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT | BIT.NO_AWAY | BIT.P1,
  detect(s, out) {
    const { hukouPlace, awayDuration } = s.ground.table.columns
    const here = s.present.items[0]
    const place = hukouPlace[here]
    if (place < 1 || place > 3 || s.isAtHukou(here) || !out.start(CODE)) return
    out.row(here)
    for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
    out.end(place === 3 && awayDuration[here] === 2 ? 1 : 2)
  },
  sentences: {
    'missing-at-hukou': (f, w) => `现住${w.block(f.rows[0])}，户口在${w.areas(f.evidence)}，户口地没有登记。`,
  },
}
