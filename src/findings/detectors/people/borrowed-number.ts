/**
 * Another's number on a census row: 户内号码互换 (two members of a household bear each other's) and 借用父母号码 (a
 * child bears a parent's: one that register or certificate names, or that of the head of its household or the head's spouse). Both
 * explain why main-item-error says that the numbers differ.
 */
import { RELATION } from '../../../records/record-table.ts'
import { CENSUS } from '../../../registers/columns.ts'
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const SWAPPED = codeNumber('id-swapped-in-household')
const PARENT = codeNumber('parent-id-borrowed')

export const borrowedNumber: PersonDetector = {
  when: BIT.CENSUS,
  detect(s, out) {
    const { idNo } = s.ground.table.columns
    for (let k = 0; k < s.census.length; k++) {
      const row = s.census.items[k]
      const id = idNo[row]
      if (id === 0 || isOwn(s, id)) continue
      if (!writeSwap(row, s, out) && (isParents(s, id) || isOfHead(row, s))) writeParent(row, s, out)
    }
  },
  sentences: {
    'id-swapped-in-household': (f, w) => `${w.block(f.rows[0])}一户内两人的号码与户籍正好互换。`,
    'parent-id-borrowed': (f, w) => `${w.block(f.rows[0])}的记录填的是父母的号码。`,
  },
}

function isOwn(s: Situation, id: number): boolean {
  const { idNo } = s.ground.table.columns
  for (let k = 0; k < s.effective.length; k++) if (idNo[s.effective.items[k]] === id) return true
  for (let k = 0; k < s.otherVersions.length; k++) if (idNo[s.otherVersions.items[k]] === id) return true
  return false
}

function isParents(s: Situation, id: number): boolean {
  const { fatherId, motherId } = s.ground.table.columns
  for (let k = 0; k < s.effective.length; k++) {
    const row = s.effective.items[k]
    if (fatherId[row] === id || motherId[row] === id) return true
  }
  for (let k = 0; k < s.births.length; k++) {
    const row = s.births.items[k]
    if (fatherId[row] === id || motherId[row] === id) return true
  }
  return false
}

/** Years that a parent is older, at the least. */
const PARENT_OLDER = 15

/** Whether the row is that of a child of the household, and its number that of the head or of the head's spouse. */
function isOfHead(row: number, { ground }: Situation): boolean {
  const { table, people } = ground
  const { idNo, household, relation, birth } = table.columns
  const holder = ground.holderOf(idNo[row])
  if (holder < 0 || relation[row] !== RELATION.child || household[row] === 0) return false
  if (birth[row] >> 9 < (birth[holder] >> 9) + PARENT_OLDER) return false
  const other = people.personOf[holder]
  for (let k = people.rowStart[other]; k < people.rowStart[other + 1]; k++) {
    const theirs = people.rows[k]
    const isHead = relation[theirs] === RELATION.head || relation[theirs] === RELATION.spouse
    // Households are numbered for each register: a row of this household is one of the census.
    if (isHead && household[theirs] === household[row]) return true
  }
  return false
}

function writeParent(row: number, s: Situation, out: FindingList): void {
  if (!out.start(PARENT)) return
  out.row(row)
  for (let k = 0; k < s.effective.length; k++) out.evidence(s.effective.items[k])
  out.end()
}

/** The holder of this number has a row in the same household that bears this person's number. */
function writeSwap(row: number, s: Situation, out: FindingList): boolean {
  const { ground, active } = s
  const { table, people } = ground
  const { idNo, household } = table.columns
  const holder = ground.holderOf(idNo[row])
  if (holder < 0 || active.length === 0 || household[row] === 0) return false
  const other = people.personOf[holder]
  for (let k = people.rowStart[other]; k < people.rowStart[other + 1]; k++) {
    const theirs = people.rows[k]
    if (theirs < table.starts[CENSUS] || theirs >= table.starts[CENSUS + 1]) continue
    if (household[theirs] !== household[row] || theirs === row) continue
    for (let j = 0; j < active.length; j++) {
      if (idNo[active.items[j]] !== idNo[theirs]) continue
      // Said once, on the row that comes first.
      if (theirs < row || !out.start(SWAPPED)) return true
      out.row(row)
      out.row(theirs)
      out.evidence(holder)
      out.evidence(active.items[j])
      out.end()
      return true
    }
  }
  return false
}
