/**
 * D10, why a person left the place of registration: text or code → AWAY_REASON.
 *
 * Code digits differ between printed copies of the form; the order of the form's list, from 1, is taken here, and
 * text is always preferred.
 */
import { AWAY_REASON } from '../records/record-table.ts'
import { foldCode, withoutFloatTail } from './cell-text.ts'

/** The first pattern that is found in the text decides: 为子女就学 before 学习. */
const PATTERNS: readonly (readonly [reason: number, pattern: RegExp])[] = [
  [AWAY_REASON.childSchooling, /子女就学|子女上学|陪读/],
  [AWAY_REASON.grandchildren, /照料孙|照看孙|带孙|照顾孙/],
  [AWAY_REASON.parked, /寄挂|挂靠|空挂/],
  [AWAY_REASON.relocation, /拆迁|搬家|搬迁/],
  [AWAY_REASON.marriage, /婚姻|婚嫁|结婚|嫁/],
  [AWAY_REASON.elderCare, /养老|康养/],
  [AWAY_REASON.accompany, /随同|投亲|靠友|投靠|随迁/],
  [AWAY_REASON.work, /工作|就业|务工|打工|经商/],
  [AWAY_REASON.study, /学习|培训|上学|就学|读书/],
  [AWAY_REASON.other, /其他|其它/],
]

export function parseAwayReason(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
  if (/^\d{1,2}$/.test(folded)) {
    const code = Number(folded)
    return code === 0 || code === 10 ? AWAY_REASON.other : code < 10 ? code : AWAY_REASON.unknown
  }
  for (const [reason, pattern] of PATTERNS) if (pattern.test(folded)) return reason
  return AWAY_REASON.unknown
}
