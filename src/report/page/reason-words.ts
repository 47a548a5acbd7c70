/** Why a pair waits for a person, in the words of the review desk: one word for one thing on both. */
import type { Reason } from '../../linking/pair-decisions.ts'

export const REASON_WORDS: Readonly<Record<Reason, readonly [zh: string, en: string]>> = {
  weight: ['依据不足以自动判定', 'not enough evidence either way'],
  decided: ['已有裁决', 'judged before'],
  ambiguous: ['候选相近，难分先后', 'candidates too close to call'],
  'two-numbers': ['两个有效证件号', 'two valid numbers'],
  'two-hukou': ['疑似双重户口', 'perhaps registered twice'],
  'second-row': ['该人已有同类登记', 'the person has such a row already'],
  household: ['同户证据不一致', 'household evidence disagrees'],
  'twin-suspect': ['疑似双胞胎', 'perhaps twins'],
}
