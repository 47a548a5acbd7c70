/**
 * 已销户仍登记, 现役军人错登, 境外定居错登: police has cancelled the hukou for death, service or settling abroad, no
 * other hukou is active, and the census still lists the person. One rule a row: reason, rows it falls on.
 */
import { type PersonDetector, writeRows } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { STANDING, STATUS } from '../../ground.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const DEAD = codeNumber('cancelled-dead-but-present')
const MILITARY = codeNumber('military-counted')
const ABROAD = codeNumber('settled-abroad-counted')

export const cancelledButCounted: PersonDetector = {
  when: BIT.CENSUS | BIT.NO_P1 | BIT.POLICE,
  detect(s, out) {
    // A certificate before the reference time says the same as the cancelled row (counted-dead).
    if (s.isCancelledFor(STATUS.dead) && (s.bits & BIT.DEAD) === 0) writeDead(s, out)
    if (s.isCancelledFor(STATUS.army)) writeMilitary(s, out)
    if (s.isCancelledFor(STATUS.abroad)) writeAbroad(s, out)
  },
  sentences: {
    'cancelled-dead-but-present': (f, w) => {
      const rows = censusRows(f.rows, w.table.starts[1])
      return `户籍已按死亡注销(${w.death(f.rows[f.rows.length - 1])})，没有死亡证明，${w.blocks(rows)}短表仍有登记。`
    },
    'military-counted': (f, w) => `户籍因服兵役注销，${w.blocks(f.rows)}短表仍有登记。`,
    'settled-abroad-counted': (f, w) =>
      `户籍因出国(境)定居注销，${w.blocks(f.rows)}仍申报其在${w.residence(f.rows[0])}。`,
  },
}

function censusRows(rows: readonly number[], censusAt: number): readonly number[] {
  return rows.filter((row) => row >= censusAt)
}

function writeDead(s: Situation, out: FindingList): void {
  const rows = s.present.length > 0 ? s.present : s.away
  if (rows.length === 0 || !out.start(DEAD)) return
  writeRows(out, rows)
  writeCancelled(s, out, STATUS.dead, 'record')
  out.end()
}

function writeMilitary(s: Situation, out: FindingList): void {
  if (!out.start(MILITARY)) return
  writeRows(out, s.census)
  writeCancelled(s, out, STATUS.army, 'evidence')
  out.end()
}

function writeAbroad(s: Situation, out: FindingList): void {
  const { residence } = s.ground.table.columns
  let found = false
  for (let k = 0; k < s.away.length; k++) if (residence[s.away.items[k]] >= 6) found = true
  if (!found || !out.start(ABROAD)) return
  for (let k = 0; k < s.away.length; k++) if (residence[s.away.items[k]] >= 6) out.row(s.away.items[k])
  writeCancelled(s, out, STATUS.abroad, 'evidence')
  out.end()
}

function writeCancelled(s: Situation, out: FindingList, status: number, as: 'record' | 'evidence'): void {
  const { ground, effective } = s
  for (let k = 0; k < effective.length; k++) {
    const row = effective.items[k]
    if (ground.table.columns.status[row] !== status || ground.standing[row] !== STANDING.gone) continue
    if (as === 'evidence') out.evidence(row)
    else out.row(row)
  }
}
