/**
 * Birth certificates against register and forms: 出生应落未落 (no hukou after the grace period although a parent has one
 * here), 新生儿漏登 (no short-form row), 出生死亡双漏 (born and dead in W, on neither form), 区域外出生 (nobody's here).
 */
import { POLICE } from '../../../registers/columns.ts'
import { GRACE, isBefore } from '../../calendar.ts'
import { type PersonDetector, writeRows } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const NOT_REGISTERED = codeNumber('birth-not-registered')
const NEWBORN = codeNumber('newborn-missing')
const OUTSIDE = codeNumber('birth-outside-area')
const INFANT = codeNumber('infant-birth-death-missing')

const ALIVE = BIT.NO_DEATH | BIT.NO_FORM
const UNLISTED = BIT.NO_CENSUS | BIT.NO_FORM

export const birthCertificate: PersonDetector = {
  when: BIT.BIRTH,
  detect(s, out) {
    const { ground } = s
    const { area } = ground.table.columns
    const isAlive = (s.bits & ALIVE) === ALIVE
    const isHere = ground.places.loaded[area[s.birthRow]] === 1
    if (isAlive && s.effective.length === 0) writeUnregistered(s, isHere, out)
    if (isAlive && s.census.length === 0 && isBefore(s.birth, ground.reference)) {
      // A cancelled row beside the one in force, as of a birth registered twice, takes nothing back.
      const isUnregistered = isHere && s.active.length === 0 && s.cancelledFor === 0
      if (((s.bits & BIT.P1) !== 0 || isUnregistered) && out.start(NEWBORN)) {
        // The work falls where the first record lies: a mother who lives elsewhere has the child registered here.
        if (!isHere) writeRows(out, s.active)
        writeRows(out, s.births)
        if (isHere) writeRows(out, s.active)
        out.end()
      }
    }
    if ((s.bits & UNLISTED) === UNLISTED && s.death !== 0 && ground.isInWindow(s.birth) && ground.isInWindow(s.death)) {
      if (!out.start(INFANT)) return
      writeRows(out, s.births)
      out.row(s.deathRow)
      out.end()
    }
  },
  sentences: {
    'birth-not-registered': (f, w) => `${w.birth(f.rows[0])}出生，父母一方户口在本区域，户籍册上没有该婴儿。`,
    'newborn-missing': (f, w) =>
      w.table.registerOf(f.rows[0]) === POLICE
        ? `${w.birth(f.rows[f.rows.length - 1])}出生，户口在${w.area(f.rows[0])}，短表没有登记。`
        : `${w.birth(f.rows[0])}出生，母亲现住${w.area(f.rows[0])}，短表没有登记。`,
    'birth-outside-area': (f, w) => `${w.birth(f.rows[0])}出生，母亲现住${w.area(f.rows[0])}，父母户口都不在本区域。`,
    'infant-birth-death-missing': (f, w) =>
      `${w.birth(f.rows[0])}出生，${w.death(f.rows[f.rows.length - 1])}死亡，短表和死亡表都没有登记。`,
  },
}

function writeUnregistered(s: Situation, isHere: boolean, out: FindingList): void {
  const { ground } = s
  if (hasActiveParent(s)) {
    const grace = ground.grace(s.birth, 'police')
    if (grace === GRACE.running || !out.start(NOT_REGISTERED)) return
    writeRows(out, s.births)
    out.end(undefined, grace === GRACE.timing)
  } else if (!isHere && s.census.length === 0 && isBefore(s.birth, ground.reference) && out.start(OUTSIDE)) {
    writeRows(out, s.births)
    out.end()
  }
}

/** Whether a parent's number on the certificate is that of a person with an active hukou here. */
function hasActiveParent(s: Situation): boolean {
  const { activeNumbers, table } = s.ground
  const { motherId, fatherId } = table.columns
  for (let k = 0; k < s.births.length; k++) {
    const row = s.births.items[k]
    if (activeNumbers[motherId[row]] === 1 || activeNumbers[fatherId[row]] === 1) return true
  }
  return false
}
