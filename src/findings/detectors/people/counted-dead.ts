/**
 * 死人错登: a death certificate before the reference time and any census row. It decides the person.
 * Leaves the death form to death-form-missing and the register to dead-not-cancelled.
 */
import { type PersonDetector, writeRows } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('counted-dead')

export const countedDead: PersonDetector = {
  when: BIT.DEAD | BIT.CENSUS,
  detect(s, out) {
    if (!out.start(CODE)) return
    writeRows(out, s.census)
    out.row(s.deathRow)
    out.end()
  },
  sentences: {
    'counted-dead': (f, w) => {
      const dead = f.rows[f.rows.length - 1]
      return `死亡证明载明${w.death(dead)}死亡，早于标准时点${w.referenceDate()}，但${w.blocks(f.rows.slice(0, -1))}短表仍有登记。`
    },
  },
}
