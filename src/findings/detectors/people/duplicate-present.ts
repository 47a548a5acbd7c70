/**
 * 双现住重登, 异地重登, 同地重登: two or more present rows of one person. Pair by pair: one village; two villages of which
 * exactly one is a hukou village; none or both. One file, because they divide one fact between them; one finding per
 * person and code. Pairs for which household-duplicate speaks are left out.
 */
import { pairKey } from '../../../linking/people.ts'
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const TWICE = codeNumber('present-twice')
const CROSS = codeNumber('duplicate-cross-place')
const SAME = codeNumber('duplicate-same-place')

export const duplicatePresent: PersonDetector = {
  when: BIT.OPEN | BIT.SEVERAL_PRESENT,
  waitsForHouseholds: true,
  detect(s, out) {
    for (const code of [TWICE, CROSS, SAME]) writePairs(s, code, out)
  },
  sentences: {
    'present-twice': (f, w) => `户口所在村居与另一村居都登记为现住：${w.blocks(f.rows)}。`,
    'duplicate-cross-place': (f, w) => `${f.rows.length}处登记为现住，分属不同村居：${w.blocks(f.rows)}。`,
    'duplicate-same-place': (f, w) =>
      `在同一村居${w.area(f.rows[0])}内登记为现住${f.rows.length}次：${w.blocks(f.rows)}。`,
  },
}

function writePairs(s: Situation, code: number, out: FindingList): void {
  const { items, length } = s.present
  let isOpen = false
  for (let k = 0; k < length; k++) {
    let isInPair = false
    for (let j = 0; j < length && !isInPair; j++) isInPair = j !== k && codeOfPair(s, items[j], items[k]) === code
    if (!isInPair) continue
    if (!isOpen && !out.start(code)) return
    isOpen = true
    out.row(items[k])
  }
  if (!isOpen) return
  for (let k = 0; k < s.active.length; k++) out.evidence(s.active.items[k])
  out.end()
}

/** The code of two present rows; -1 if their households speak for them. */
function codeOfPair(s: Situation, a: number, b: number): number {
  const { area, household } = s.ground.table.columns
  if (s.ground.replacedPairs.has(pairKey(household[a], household[b]))) return -1
  // Villages that cannot be read are not known to be one.
  if (area[a] === area[b] && area[a] !== 0) return SAME
  return s.isHukouVillage(area[a]) !== s.isHukouVillage(area[b]) ? TWICE : CROSS
}
