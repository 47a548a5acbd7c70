/**
 * 户籍地重登: an away row in each of two hukou villages. S1 if one of them says less than half a year: it is counted.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('duplicate-away')

export const duplicateAway: PersonDetector = {
  when: BIT.OPEN | BIT.SEVERAL_AWAY,
  detect(s, out) {
    const { area, awayDuration } = s.ground.table.columns
    const { items, length } = s.away
    let first = 0
    let isSecond = false
    let isCounted = false
    for (let k = 0; k < length; k++) {
      const village = area[items[k]]
      if (!s.isHukouVillage(village)) continue
      if (first === 0) first = village
      else if (village !== first) isSecond = true
      if (awayDuration[items[k]] === 2) isCounted = true
    }
    if (!isSecond || !out.start(CODE)) return
    for (let k = 0; k < length; k++) if (s.isHukouVillage(area[items[k]])) out.row(items[k])
    for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
    out.end(isCounted ? 1 : 2)
  },
  sentences: {
    'duplicate-away': (f, w) => `两个以上户口所在村居都登记为外出：${w.blocks(f.rows)}。`,
  },
}
