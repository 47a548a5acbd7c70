/**
 * 迁出仍报: an away row in a village from which the hukou was moved away before the reference time, with no active
 * hukou there. S1 if the row says less than half a year: it is counted.
 */
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { STANDING, STATUS } from '../../ground.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('away-row-after-move')

export const awayRowAfterMove: PersonDetector = {
  when: BIT.OPEN | BIT.AWAY | BIT.MOVED,
  detect(s, out) {
    const { area } = s.ground.table.columns
    for (let k = 0; k < s.away.length; k++) {
      const gone = s.away.items[k]
      if (!s.isHukouVillage(area[gone])) writeRow(s, gone, out)
    }
  },
  sentences: {
    'away-row-after-move': (f, w) =>
      `户口已于${w.date(w.table.columns.movedOut[f.evidence[0]])}迁出${w.area(f.rows[0])}，该处仍登记为外出到${w.residence(f.rows[0])}。`,
  },
}

function writeRow(s: Situation, gone: number, out: FindingList): void {
  const { ground, effective } = s
  const { area, status, awayDuration } = ground.table.columns
  for (let k = 0; k < effective.length; k++) {
    const row = effective.items[k]
    if (status[row] !== STATUS.moved || ground.standing[row] !== STANDING.gone || area[row] === 0) continue
    if (area[row] !== area[gone]) continue
    if (!out.start(CODE)) return
    out.row(gone)
    out.evidence(row)
    out.end(awayDuration[gone] === 2 ? 1 : 2)
    return
  }
}
