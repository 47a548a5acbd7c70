/**
 * 现住地漏登, 流出待核, 境外计入: one away row and no present row. Into the loaded area the residence should have listed
 * the person; outside it nobody here can say; abroad is legitimate and counted.
 * S1 if nobody counts the person: away half a year or more, or inside the township.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const MISSING = codeNumber('missing-at-residence')
const OUTBOUND = codeNumber('outbound-unverified')
const ABROAD = codeNumber('abroad-counted')

export const loneAway: PersonDetector = {
  when: BIT.OPEN | BIT.NO_PRESENT | BIT.ONE_AWAY,
  detect(s, out) {
    const { places, table } = s.ground
    const { residence, residenceArea, awayDuration } = table.columns
    const gone = s.away.items[0]
    const place = residence[gone]
    const isInside = place <= 4 || (place === 5 && places.loaded[residenceArea[gone]] === 1)
    if (!out.start(place >= 6 ? ABROAD : isInside ? MISSING : OUTBOUND)) return
    out.row(gone)
    if (isInside) out.end(place === 2 || place === 3 || awayDuration[gone] >= 3 ? 1 : 2)
    else out.end()
  },
  sentences: {
    'missing-at-residence': (f, w) =>
      `${w.block(f.rows[0])}登记为外出到${w.residence(f.rows[0])}，离开${w.duration(f.rows[0])}，现住地没有登记。`,
    'outbound-unverified': (f, w) =>
      `${w.block(f.rows[0])}登记为外出到${w.residence(f.rows[0])}，不在本区域，无法核对。`,
    'abroad-counted': (f, w) => `${w.block(f.rows[0])}登记为在${w.residence(f.rows[0])}，计入户口地常住人口。`,
  },
}
