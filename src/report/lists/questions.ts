/**
 * What the field is asked about each kind of finding, and what it needs to see to answer.
 *
 * A question is one short sentence for a person at a door; the finding's own sentence stands before it. No wording of
 * fault (实施条例 art. 30). Codes and their Chinese terms belong to the table of findings; an unknown code falls back to
 * a plain question, so a new finding is never left off a list.
 */

import type { FindingCode } from '../../findings/table.ts'
import { FINDING_TABLE } from '../../findings/table.ts'

/** Which evidence stands in 户籍所载 and 普查所载: where they live and are registered, or the items that differ. */
export type Evidence = 'place' | 'items' | 'own-items'

export interface Question {
  readonly ask: string
  readonly evidence: Evidence
}

function place(ask: string): Question {
  return { ask, evidence: 'place' }
}
function items(ask: string): Question {
  return { ask, evidence: 'items' }
}
function own(ask: string): Question {
  return { ask, evidence: 'own-items' }
}

const WHERE_SLEPT = '10月31日晚此人住在哪里？'

export const QUESTIONS: Readonly<Record<string, Question>> = {
  'halfyear-conflict-double': place('何时离开户口登记地？请问清年月，改正一处。'),
  'halfyear-conflict-zero': place('何时离开户口登记地？请问清年月，改正一处。'),
  'departure-detail-mismatch': place('何时离开户口登记地？'),
  'residence-claim-mismatch': place('现住何处？请写清乡镇、村居。'),
  'hukou-claim-mismatch': place('户口簿上的地址是哪里？'),
  'present-twice': place(WHERE_SLEPT),
  'duplicate-cross-place': place(WHERE_SLEPT),
  'duplicate-same-place': place('是同一人登记了两次吗？应保留哪一户？'),
  'duplicate-away': place('户口究竟在哪里？'),
  'present-and-away': place(`${WHERE_SLEPT}应保留哪一行？`),
  'away-row-after-move': place('户口何时迁出？迁往何处？'),
  'household-duplicate': place('这一户是否登记了两次？应保留哪一处？'),
  'missing-at-residence': place('此人是否住在这里？未登的请补登。'),
  'missing-at-hukou': place('户口是否在这里？未登的请补登外出人口。'),
  'undetermined-but-registered': place('户口簿上的地址是哪里？'),
  'claimed-hukou-not-found': place('请看户口簿：姓名、号码、地址是否有误？'),
  'missing-everywhere': place('此人现在何处？未登的请补登。'),
  'whole-household-missing': place('这一户现在何处？未登的请补登。'),
  'missing-possibly-dead': place('此人是否健在？'),
  'military-counted': place('此人10月31日是否服现役？'),
  'wrong-form': place('此人是否为中国大陆居民？'),
  'transient-counted': place('此人来此多久？'),
  'settled-abroad-counted': place('此人是否已在境外定居？'),
  'household-count-mismatch': place('本户现住几人？外出几人？'),
  'empty-hukou': place('这一户有人居住吗？人在何处？'),
  'attached-hukou': place('挂靠的人现在何处？'),
  'collective-empty': place('户上的人现在何处？'),
  'counted-dead': place('此人是否已去世？何时？请先核对是否同名。'),
  'died-after-reference': place('此人何时去世？'),
  'missing-died-after-reference': place('此人何时去世？11月1日以后去世的应补登。'),
  'death-form-out-of-window': place('何时去世？请问清年月。'),
  'death-form-missing': place('此人生前是否住在这里？应补填死亡表。'),
  'reported-death-unconfirmed': place('是否已办死亡证明？何时去世？'),
  'dead-and-alive': place('此人是否健在？'),
  'death-form-duplicate': place('生前常住何处？应保留哪一张？'),
  'cancelled-dead-but-present': place('此人是否健在？请核对身份证件。'),
  'birth-not-registered': place('孩子户口落在哪里？可能随另一方或用另一姓。'),
  'newborn-missing': place('孩子现在何处？由谁抚养？未登的请补登。'),
  'post-reference-birth-counted': place('孩子哪天出生？'),
  'infant-birth-death-missing': place('出生和死亡是否都已登记？'),
  'birth-without-certificate': place('孩子在哪里出生？'),
  'double-hukou': place('两处户口以哪一处为准？'),
  'multiple-id': items('以哪个号码为准？请核对证件后写后四位。'),
  'shared-id': items('请核对身份证件后写后四位。'),
  'pocket-hukou': place('迁出后户口落在哪里？'),
  'moved-not-cancelled': place('户口现在哪里？'),
  'dead-not-cancelled': place('是否已去世？户口是否已注销？'),
  'death-of-unregistered': place('此人户口曾在何处？'),
  'implausible-age-active': place('此人是否健在？'),
  'late-cancellation': place('户口何时注销？'),
  'main-item-error': items('以证件为准，哪一处有误？'),
  'secondary-item-error': items('哪一处有误？'),
  'household-relation-error': items('与户主是什么关系？'),
  'name-variant': items('身份证上是哪个字？'),
  'name-damaged': own('身份证上的姓名怎样写？'),
  'id-missing': own('请核对身份证件后写后四位。'),
  'id-placeholder': own('请核对身份证件后写后四位。'),
  'id-invalid-check': own('请核对身份证件后写后四位。'),
  'id-invalid-date': own('请核对身份证件。'),
  'id-area-unknown': own('请核对身份证件。'),
  'id-area-not-in-force': own('请核对身份证件。'),
  'id-sex-mismatch': own('请核对身份证件上的性别。'),
  'id-birth-mismatch': own('请核对身份证件上的出生日期。'),
  'id-legacy-15': own('请核对身份证件。'),
  'id-excel-truncated': own('请核对身份证件后写后四位。'),
  'id-swapped-in-household': items('请核对两人的身份证件。'),
  'parent-id-borrowed': own('孩子自己的号码后四位是多少？'),
  'lunar-suspect': items('身份证上的出生日期是哪天？'),
  'birth-heaped': own('身份证上的出生日期是哪天？'),
  'address-code-obsolete': own('现在的地址是什么？'),
  'address-unresolved': own('现在的地址是什么？'),
}

export function questionOf(code: string): Question {
  return QUESTIONS[code] ?? place('情况是否属实？')
}

/** The Chinese term of the table of findings. */
export function termOf(code: string): string {
  return Object.hasOwn(FINDING_TABLE, code) ? FINDING_TABLE[code as FindingCode].zh : code
}

/** The answers the field may give; the drop-down of every list and the only words taken back. */
export const VERDICTS = ['属实', '不属实', '已补登', '已删除', '已更正', '查无此人', '拒访', '无法核实'] as const
export type Verdict = (typeof VERDICTS)[number]

export function isVerdict(text: string): text is Verdict {
  return (VERDICTS as readonly string[]).includes(text)
}

/** Nobody was met or nothing could be found out: the question stays open. Every other answer closes the case. */
const OPEN_VERDICTS: ReadonlySet<Verdict> = new Set(['拒访', '无法核实'])

export function closesCase(verdict: Verdict): boolean {
  return !OPEN_VERDICTS.has(verdict)
}
