/**
 * 漏登 and 疑似死亡未报: an active hukou, alive as far as is known, and no census row. From 95 years of age on the
 * question is another one, and death must not be presumed. Newborns with a certificate are newborn-missing's; a
 * household missing as a whole replaces its members.
 */
import { ageOn } from '../../calendar.ts'
import { type PersonDetector, writeRows } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const MISSING = codeNumber('missing-everywhere')
const POSSIBLY_DEAD = codeNumber('missing-possibly-dead')

/** Age from which a death that nobody reported is likelier than an omission. */
const OLD = 95

export const missingEverywhere: PersonDetector = {
  when: BIT.OPEN | BIT.P1 | BIT.NO_CENSUS | BIT.NO_FORM | BIT.NO_DEATH | BIT.NO_BIRTH,
  waitsForHouseholds: true,
  detect(s, out) {
    const { ground } = s
    if (ground.replacedMissing.has(s.person)) return
    const code = ageOn(s.registerBirth(), ground.reference) >= OLD ? POSSIBLY_DEAD : MISSING
    if (!out.start(code)) return
    writeRows(out, s.active)
    out.end()
  },
  sentences: {
    'missing-everywhere': (f, w) => `户口在${w.areas(f.rows)}，普查各表都没有登记，也没有死亡证明。`,
    'missing-possibly-dead': (f, w) =>
      `户口在${w.areas(f.rows)}，按户籍已${ageOn(w.table.columns.birth[f.rows[0]], w.ground.reference)}岁，普查各表都没有登记。`,
  },
}
