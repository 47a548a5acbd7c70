/**
 * 人户分离成对: exactly one present and one away row whose places agree both ways; between townships both durations
 * must lie on one side of half a year. Inside the township the duration is irrelevant.
 */
import type { PersonDetector } from '../../detector.ts'
import { FIT } from '../../places.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('separated-pair')

export const separatedPair: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT | BIT.ONE_AWAY,
  detect(s, out) {
    if (!isSeparatedPair(s) || !out.start(CODE)) return
    out.row(s.present.items[0])
    out.row(s.away.items[0])
    out.end()
  },
  sentences: {
    'separated-pair': (f, w) => `现住${w.block(f.rows[0])}，户口在${w.block(f.rows[1])}，两处登记相互一致。`,
  },
}

export function isSeparatedPair(s: Situation): boolean {
  const { table } = s.ground
  const { area, residence, awayDuration } = table.columns
  const here = s.present.items[0]
  const gone = s.away.items[0]
  if (s.isSameBlock(here, gone)) return false
  if (s.residenceFits(gone, here) !== FIT.fits || s.hukouFits(here, area[gone]) !== FIT.fits) return false
  if (residence[gone] < 4) return true
  const one = awayDuration[here]
  const other = awayDuration[gone]
  return one >= 2 && other >= 2 && (one === 2) === (other === 2)
}
