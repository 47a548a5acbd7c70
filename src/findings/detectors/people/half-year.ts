/**
 * 半年口径冲突 (重计, 漏计) and 离开时间不一致: one away row and one present row outside the hukou village whose
 * durations disagree. Across half a year the person is counted twice or nowhere although both rows look legitimate.
 * Made beside a claim mismatch; inside the township (D7 2, 3) durations mean nothing.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'
import { isSeparatedPair } from './separated-pair.ts'

const DOUBLE = codeNumber('halfyear-conflict-double')
const ZERO = codeNumber('halfyear-conflict-zero')
const DETAIL = codeNumber('departure-detail-mismatch')

export const halfYear: PersonDetector = {
  when: BIT.OPEN | BIT.ONE_PRESENT | BIT.ONE_AWAY,
  detect(s, out) {
    const { residence, awayDuration } = s.ground.table.columns
    const here = s.present.items[0]
    const gone = s.away.items[0]
    if (residence[gone] !== 4 && residence[gone] !== 5) return
    const atHome = awayDuration[gone]
    const atResidence = awayDuration[here]
    if (atHome < 2 || atResidence < 2 || atHome === atResidence || s.isAtHukou(here)) return
    const code = atHome === 2 ? DOUBLE : atResidence === 2 ? ZERO : DETAIL
    // Where the places do not even agree the duration is the smaller question.
    if (code === DETAIL && !isSeparatedPair(s)) return
    if (!out.start(code)) return
    out.row(gone)
    out.row(here)
    for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
    out.end()
  },
  sentences: {
    'halfyear-conflict-double': (f, w) =>
      `户口地${w.block(f.rows[0])}填离开${w.duration(f.rows[0])}，现住地${w.block(f.rows[1])}填${w.duration(f.rows[1])}，两处都计入常住。`,
    'halfyear-conflict-zero': (f, w) =>
      `户口地${w.block(f.rows[0])}填离开${w.duration(f.rows[0])}，现住地${w.block(f.rows[1])}填${w.duration(f.rows[1])}，两处都不计入常住。`,
    'departure-detail-mismatch': (f, w) =>
      `户口地${w.block(f.rows[0])}填离开${w.duration(f.rows[0])}，现住地${w.block(f.rows[1])}填${w.duration(f.rows[1])}。`,
  },
}
