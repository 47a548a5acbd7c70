/**
 * Death certificates against form and register: 死亡漏登 (dead in W, residence in the county, on neither form), 死亡未销
 * (status still normal after the grace period), 无户口人员死亡 (hukou said to be here, none found).
 */
import { GRACE } from '../../calendar.ts'
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { STATUS } from '../../ground.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const FORM_MISSING = codeNumber('death-form-missing')
const NOT_CANCELLED = codeNumber('dead-not-cancelled')
const UNREGISTERED = codeNumber('death-of-unregistered')

export const deathCertificate: PersonDetector = {
  when: BIT.DEATH,
  detect(s, out) {
    const { places, table } = s.ground
    const { area, hukouArea } = table.columns
    const paper = s.deathRow
    const isUnlisted = (s.bits & (BIT.NO_FORM | BIT.NO_CENSUS)) === (BIT.NO_FORM | BIT.NO_CENSUS)
    if (isUnlisted && s.ground.isInWindow(s.death) && places.loaded[area[paper]] === 1)
      writeOne(FORM_MISSING, paper, out)
    if (s.effective.length > 0) writeNotCancelled(s, out)
    else if (s.births.length === 0 && places.loaded[hukouArea[paper]] === 1) writeOne(UNREGISTERED, paper, out)
  },
  sentences: {
    'death-form-missing': (f, w) =>
      `死亡证明载明${w.death(f.rows[0])}死亡、生前住${w.area(f.rows[0])}，死亡表没有登记。`,
    'death-of-unregistered': (f, w) =>
      `死亡证明载明户籍在${w.areaCode(w.table.columns.hukouArea[f.rows[0]])}，户籍册上没有该人。`,
    'dead-not-cancelled': (f, w) => {
      const death = w.table.columns.death[f.rows[f.rows.length - 1]]
      const asOf = w.ground.settings.asOf.police
      const reach = f.isTiming ? w.ground.reference : asOf > w.ground.reference ? asOf : w.ground.reference
      return `${w.date(death)}死亡，至${w.date(reach)}已${w.days(death, reach)}，${w.area(f.rows[0])}户籍状态仍为正常。`
    },
  },
}

function writeOne(code: number, row: number, out: FindingList): void {
  if (!out.start(code)) return
  out.row(row)
  out.end()
}

function writeNotCancelled(s: Situation, out: FindingList): void {
  const { ground, effective } = s
  const { status } = ground.table.columns
  const grace = ground.grace(s.death, 'police')
  if (grace === GRACE.running) return
  let count = 0
  for (let k = 0; k < effective.length; k++) if (status[effective.items[k]] === STATUS.normal) count++
  if (count === 0 || !out.start(NOT_CANCELLED)) return
  for (let k = 0; k < effective.length; k++)
    if (status[effective.items[k]] === STATUS.normal) out.row(effective.items[k])
  out.row(s.deathRow)
  out.end(undefined, grace === GRACE.timing)
}
