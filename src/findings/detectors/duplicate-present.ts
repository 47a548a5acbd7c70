/**
 * 双现住重登, 异地重登, 同地重登: two or more present rows of one person. Which code depends on the villages: one
 * village; two villages of which exactly one is a hukou village; none or both. A table of three rows in one file,
 * because they divide one fact between them. household-duplicate may replace all of them.
 */
import type { PersonDetector } from '../detector.ts'
import type { FindingList } from '../finding-list.ts'
import { BIT, type Situation } from '../situation.ts'
import { codeNumber } from '../table.ts'

const TWICE = codeNumber('present-twice')
const CROSS = codeNumber('duplicate-cross-place')
const SAME = codeNumber('duplicate-same-place')

export const duplicatePresent: PersonDetector = {
  when: BIT.OPEN | BIT.SEVERAL_PRESENT,
  waitsForHouseholds: true,
  detect(s, out) {
    const { present, ground } = s
    if (ground.replacedDuplicates.has(s.person)) return
    const { area } = ground.table.columns
    for (let k = 0; k < present.length; k++) if (isFirstOfVillage(s, k)) writeSameVillage(s, k, out)
    let villages = 0
    let hukouVillages = 0
    for (let k = 0; k < present.length; k++) {
      if (!isFirstOfVillage(s, k)) continue
      villages++
      if (s.isHukouVillage(area[present.items[k]])) hukouVillages++
    }
    if (villages < 2) return
    const elsewhere = villages - hukouVillages
    if (hukouVillages > 0 && elsewhere > 0) writeVillages(s, TWICE, 'all', out)
    if (hukouVillages > 1) writeVillages(s, CROSS, 'hukou', out)
    if (elsewhere > 1) writeVillages(s, CROSS, 'elsewhere', out)
  },
  sentences: {
    'present-twice': (f, w) => `户口所在村居与另一村居都登记为现住:${w.blocks(f.rows)}。`,
    'duplicate-cross-place': (f, w) => `${f.rows.length}处登记为现住,分属不同村居:${w.blocks(f.rows)}。`,
    'duplicate-same-place': (f, w) =>
      `在同一村居${w.area(f.rows[0])}内登记为现住${f.rows.length}次:${w.blocks(f.rows)}。`,
  },
}

function isFirstOfVillage(s: Situation, k: number): boolean {
  const { area } = s.ground.table.columns
  const { items } = s.present
  for (let j = 0; j < k; j++) if (area[items[j]] === area[items[k]]) return false
  return true
}

function writeSameVillage(s: Situation, first: number, out: FindingList): void {
  const { area } = s.ground.table.columns
  const { items, length } = s.present
  const village = area[items[first]]
  // Rows whose village cannot be read are not known to lie in one.
  if (village === 0) return
  let count = 0
  for (let k = first; k < length; k++) if (area[items[k]] === village) count++
  if (count < 2 || !out.start(SAME)) return
  for (let k = first; k < length; k++) if (area[items[k]] === village) out.row(items[k])
  out.end()
}

function writeVillages(s: Situation, code: number, which: 'all' | 'hukou' | 'elsewhere', out: FindingList): void {
  if (!out.start(code)) return
  const { area } = s.ground.table.columns
  const { items, length } = s.present
  for (let k = 0; k < length; k++) {
    if (which === 'all' || s.isHukouVillage(area[items[k]]) === (which === 'hukou')) out.row(items[k])
  }
  for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
  out.end()
}
