/**
 * What the field is asked about each kind of finding, and what it needs to see to answer.
 *
 * A question is one short sentence for a person at a door; the finding's own sentence stands before it. No wording of
 * fault (实施条例 art. 30). Codes and their Chinese terms belong to the table of findings; an unknown code falls back to
 * a plain question, so a new finding is never left off a list.
 */

/** Which evidence stands in 户籍所载 and 普查所载: where they live and are registered, or the items that differ. */
export type Evidence = 'place' | 'items' | 'own-items'

export interface Question {
  readonly zh: string
  readonly ask: string
  readonly evidence: Evidence
}

function place(zh: string, ask: string): Question {
  return { zh, ask, evidence: 'place' }
}
function items(zh: string, ask: string): Question {
  return { zh, ask, evidence: 'items' }
}
function own(zh: string, ask: string): Question {
  return { zh, ask, evidence: 'own-items' }
}

const WHERE_SLEPT = '10月31日晚此人住在哪里？'

export const QUESTIONS: Readonly<Record<string, Question>> = {
  'halfyear-conflict-double': place('半年口径冲突·重计', '何时离开户口登记地？请问清年月，改正一处。'),
  'halfyear-conflict-zero': place('半年口径冲突·漏计', '何时离开户口登记地？请问清年月，改正一处。'),
  'departure-detail-mismatch': place('离开时间不一致', '何时离开户口登记地？'),
  'residence-claim-mismatch': place('现住地错报', '现住何处？请写清乡镇、村居。'),
  'hukou-claim-mismatch': place('户口登记地错报', '户口簿上的地址是哪里？'),
  'present-twice': place('双现住重登', WHERE_SLEPT),
  'duplicate-cross-place': place('异地重登', WHERE_SLEPT),
  'duplicate-same-place': place('同地重登', '是同一人登记了两次吗？应保留哪一户？'),
  'duplicate-away': place('户籍地重登', '户口究竟在哪里？'),
  'present-and-away': place('在外并报', `${WHERE_SLEPT}应保留哪一行？`),
  'away-row-after-move': place('迁出仍报', '户口何时迁出？迁往何处？'),
  'household-duplicate': place('整户重登', '这一户是否登记了两次？应保留哪一处？'),
  'missing-at-residence': place('现住地漏登', '此人是否住在这里？未登的请补登。'),
  'missing-at-hukou': place('户籍地漏登', '户口是否在这里？未登的请补登外出人口。'),
  'undetermined-but-registered': place('待定错登', '户口簿上的地址是哪里？'),
  'claimed-hukou-not-found': place('户口登记地查无', '请看户口簿：姓名、号码、地址是否有误？'),
  'missing-everywhere': place('漏登', '此人现在何处？未登的请补登。'),
  'whole-household-missing': place('整户漏登', '这一户现在何处？未登的请补登。'),
  'missing-possibly-dead': place('疑似死亡未报', '此人是否健在？'),
  'military-counted': place('现役军人错登', '此人10月31日是否服现役？'),
  'wrong-form': place('用表错误', '此人是否为中国大陆居民？'),
  'transient-counted': place('短期停留错登', '此人来此多久？'),
  'settled-abroad-counted': place('境外定居错登', '此人是否已在境外定居？'),
  'household-count-mismatch': place('户人数不符', '本户现住几人？外出几人？'),
  'empty-hukou': place('空挂户', '这一户有人居住吗？人在何处？'),
  'attached-hukou': place('挂靠户', '挂靠的人现在何处？'),
  'collective-empty': place('集体户空挂', '户上的人现在何处？'),
  'counted-dead': place('死人错登', '此人是否已去世？何时？请先核对是否同名。'),
  'died-after-reference': place('时点后死亡', '此人何时去世？'),
  'missing-died-after-reference': place('时点后死亡漏登', '此人何时去世？11月1日以后去世的应补登。'),
  'death-form-out-of-window': place('死亡表错登', '何时去世？请问清年月。'),
  'death-form-missing': place('死亡漏登', '此人生前是否住在这里？应补填死亡表。'),
  'reported-death-unconfirmed': place('死亡待证', '是否已办死亡证明？何时去世？'),
  'dead-and-alive': place('死亡在世并存', '此人是否健在？'),
  'death-form-duplicate': place('死亡重登', '生前常住何处？应保留哪一张？'),
  'cancelled-dead-but-present': place('已销户仍登记', '此人是否健在？请核对身份证件。'),
  'birth-not-registered': place('出生应落未落', '孩子户口落在哪里？可能随另一方或用另一姓。'),
  'newborn-missing': place('新生儿漏登', '孩子现在何处？由谁抚养？未登的请补登。'),
  'post-reference-birth-counted': place('时点后出生错登', '孩子哪天出生？'),
  'infant-birth-death-missing': place('出生死亡双漏', '出生和死亡是否都已登记？'),
  'birth-without-certificate': place('无出生医学证明', '孩子在哪里出生？'),
  'double-hukou': place('双重户口', '两处户口以哪一处为准？'),
  'multiple-id': items('一人多号', '以哪个号码为准？请核对证件后写后四位。'),
  'shared-id': items('重号', '请核对身份证件后写后四位。'),
  'pocket-hukou': place('口袋户口', '迁出后户口落在哪里？'),
  'moved-not-cancelled': place('迁出未销', '户口现在哪里？'),
  'dead-not-cancelled': place('死亡未销', '是否已去世？户口是否已注销？'),
  'death-of-unregistered': place('无户籍死亡', '此人户口曾在何处？'),
  'implausible-age-active': place('高龄待核', '此人是否健在？'),
  'late-cancellation': place('迟销', '户口何时注销？'),
  'main-item-error': items('主项差错', '以证件为准，哪一处有误？'),
  'secondary-item-error': items('副项差错', '哪一处有误？'),
  'household-relation-error': items('户内关系差错', '与户主是什么关系？'),
  'name-variant': items('姓名异写', '身份证上是哪个字？'),
  'name-damaged': own('姓名字符受损', '身份证上的姓名怎样写？'),
  'id-missing': own('证件号缺失', '请核对身份证件后写后四位。'),
  'id-placeholder': own('证件号为占位', '请核对身份证件后写后四位。'),
  'id-invalid-check': own('证件号校验不符', '请核对身份证件后写后四位。'),
  'id-invalid-date': own('证件号日期不存在', '请核对身份证件。'),
  'id-area-unknown': own('证件号地区码不明', '请核对身份证件。'),
  'id-area-not-in-force': own('证件号地区码失效', '请核对身份证件。'),
  'id-sex-mismatch': own('证件号与性别不符', '请核对身份证件上的性别。'),
  'id-birth-mismatch': own('证件号与出生日期不符', '请核对身份证件上的出生日期。'),
  'id-legacy-15': own('十五位旧号', '请核对身份证件。'),
  'id-excel-truncated': own('证件号末位丢失', '请核对身份证件后写后四位。'),
  'id-swapped-in-household': items('户内证件号互换', '请核对两人的身份证件。'),
  'parent-id-borrowed': own('借用父母号码', '孩子自己的号码后四位是多少？'),
  'lunar-suspect': items('疑为农历生日', '身份证上的出生日期是哪天？'),
  'birth-heaped': own('出生日期堆积', '身份证上的出生日期是哪天？'),
  'address-code-obsolete': own('区划代码已废止', '现在的地址是什么？'),
  'address-unresolved': own('地址不明', '现在的地址是什么？'),
  'link-ambiguous': items('对应不明', '请核对身份证件后写后四位。'),
  'twin-suspect': items('疑似双胞胎', '是两个孩子吗？'),
  'homonym-suspect': items('疑似同名', '是两个人吗？'),
}

export function questionOf(code: string): Question {
  return QUESTIONS[code] ?? { zh: code, ask: '情况是否属实？', evidence: 'place' }
}

/** The answers the field may give; the drop-down of every list and the only words taken back. */
export const VERDICTS = ['属实', '不属实', '已补登', '已删除', '已更正', '查无此人', '拒访', '无法核实'] as const
export type Verdict = (typeof VERDICTS)[number]

export function isVerdict(text: string): text is Verdict {
  return (VERDICTS as readonly string[]).includes(text)
}
