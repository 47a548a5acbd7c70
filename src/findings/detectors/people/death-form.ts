/**
 * The death form against certificates, register and short form: 死亡表错登, 死亡待证, 死亡在世并存, 死亡重登. Four facts
 * about the same rows, kept together as two tables of conditions. What the form lacks is death-form-missing's.
 */
import { type PersonDetector, writeEvidence, writeRows } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { STATUS } from '../../ground.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const OUT_OF_WINDOW = codeNumber('death-form-out-of-window')
const UNCONFIRMED = codeNumber('reported-death-unconfirmed')
const ALIVE = codeNumber('dead-and-alive')
const DUPLICATE = codeNumber('death-form-duplicate')

export const deathForm: PersonDetector = {
  when: BIT.FORM,
  detect(s, out) {
    for (let k = 0; k < s.forms.length; k++) writeOutOfWindow(s, s.forms.items[k], out)
    if (s.forms.length > 1 && out.start(DUPLICATE)) {
      writeRows(out, s.forms)
      out.end()
    }
    if (s.deaths.length > 0) return
    if (hasNormalHukou(s) && out.start(UNCONFIRMED)) {
      writeRows(out, s.forms)
      writeEvidence(out, s.active)
      out.end()
    }
  },
  sentences: {
    'death-form-out-of-window': (f, w) => {
      const row = f.evidence[0] ?? f.rows[0]
      return `死亡日期${w.death(row)}不在普查年度内，${w.block(f.rows[0])}死亡表有登记。`
    },
    'reported-death-unconfirmed': (f, w) =>
      `${w.blocks(f.rows)}死亡表登记${w.death(f.rows[0])}死亡，没有死亡证明，${w.areas(f.evidence)}户籍状态正常。`,
    'death-form-duplicate': (f, w) => `死亡表登记${f.rows.length}次：${w.blocks(f.rows)}。`,
  },
}

/** Apart from the others: it is also asked of two people who are likely one (supposed-people.ts). */
export const deadAndAlive: PersonDetector = {
  when: BIT.FORM | BIT.PRESENT,
  detect(s, out) {
    if (s.deaths.length > 0 || !out.start(ALIVE)) return
    writeRows(out, s.forms)
    writeRows(out, s.present)
    out.end()
  },
  sentences: {
    'dead-and-alive': (f, w) => `死亡表登记${w.death(f.rows[0])}死亡，短表又登记为现住：${w.blocks(f.rows)}。`,
  },
}

function writeOutOfWindow(s: Situation, form: number, out: FindingList): void {
  const { ground } = s
  const date = s.death !== 0 ? s.death : ground.table.columns.death[form]
  if (date === 0 || ground.isInWindow(date) || !out.start(OUT_OF_WINDOW)) return
  out.row(form)
  if (s.death !== 0) out.evidence(s.deathRow)
  out.end()
}

function hasNormalHukou(s: Situation): boolean {
  const { status } = s.ground.table.columns
  for (let k = 0; k < s.active.length; k++) if (status[s.active.items[k]] === STATUS.normal) return true
  return false
}
