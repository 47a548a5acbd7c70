/**
 * What the one present row says of its hukou, against the register: 户口登记地错报 (category or digits do not fit any
 * active hukou), 待定错登 (undetermined, but registered), 户口待定 (undetermined and not registered).
 */
import type { PersonDetector } from '../../detector.ts'
import { STATUS } from '../../ground.ts'
import { FIT } from '../../places.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const MISMATCH = codeNumber('hukou-claim-mismatch')
const REGISTERED = codeNumber('undetermined-but-registered')
const UNDETERMINED = codeNumber('hukou-undetermined')

export const hukouClaim: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT,
  detect(s, out) {
    const here = s.present.items[0]
    const place = s.ground.table.columns.hukouPlace[here]
    if (place === 0) return
    const isRegistered = s.active.length > 0
    if (place !== 5 && !(isRegistered && fitsNoHukou(s, here))) return
    // A mover without a new hukou is pocket-hukou's.
    if (place === 5 && !isRegistered && s.isCancelledFor(STATUS.moved)) return
    if (!out.start(place !== 5 ? MISMATCH : isRegistered ? REGISTERED : UNDETERMINED)) return
    out.row(here)
    for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
    out.end()
  },
  sentences: {
    'hukou-claim-mismatch': (f, w) =>
      `${w.block(f.rows[0])}填户口登记地为${w.hukouPlace(f.rows[0])}，户籍册上在${w.areas(f.evidence)}。`,
    'undetermined-but-registered': (f, w) => `${w.block(f.rows[0])}填户口待定，户籍册上户口在${w.areas(f.evidence)}。`,
    'hukou-undetermined': (f, w) => `${w.block(f.rows[0])}填户口待定，户籍册上没有有效户口。`,
  },
}

function fitsNoHukou(s: Situation, here: number): boolean {
  const { area } = s.ground.table.columns
  for (let k = 0; k < s.active.length; k++) if (s.hukouFits(here, area[s.active.items[k]]) !== FIT.fails) return false
  return true
}
