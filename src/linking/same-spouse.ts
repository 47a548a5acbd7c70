/**
 * Second hukou that the spouse tells: nobody's husband or wife is two people.
 *
 * A second hukou often bears another number, a birth moved by a year or two, sometimes another name, so that neither
 * number, name nor birth brings the two rows together. The spouse written in both does, by number or by name; a row with
 * the spouse's number alone is read through the register, which knows the number's name.
 * In:  effective police rows that are not cancelled, groups after the statistical layer. Out: links of layer `household`.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, sexLevelOf } from '../matching/kernel.ts'
import type { RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import type { HouseholdPair } from './households.ts'

/** Milli-bits: the spouse's number; the spouse's name beside the own name (of 850,000 people about two such pairs by chance). */
const BY_NUMBER = 14_000
const BY_NAME = 8000
/** Rows under one key; more are a filler in the spouse's place. */
const SHARED_KEY_MAX = 4

export function linkSameSpouse(table: RecordTable, groups: Groups, kernel: Kernel): HouseholdPair[] {
  const c = table.columns
  const nameOf = namesOfNumbers(table)
  const byNumber = new Map<number, number[]>()
  const byNames = new Map<number, number[]>()
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
    if (c.recordFlag[row] !== 1 || c.reversalFlag[row] !== 0 || c.status[row] !== 0) continue
    if (c.spouseId[row] !== 0) add(byNumber, c.spouseId[row], row)
    const spouse = c.spouseName[row] || nameOf[c.spouseId[row]]
    if (spouse !== 0 && c.name[row] !== 0) add(byNames, c.name[row] * (table.names.size + 1) + spouse, row)
  }
  const found: HouseholdPair[] = []
  const consider = (rows: readonly number[], isByNumber: boolean): void => {
    if (rows.length < 2 || rows.length > SHARED_KEY_MAX) return
    for (const [i, left] of rows.entries())
      for (const right of rows.slice(i + 1)) {
        const ra = groups.root(left)
        const rb = groups.root(right)
        if (ra === rb || groups.isForbidden(ra, rb) || c.household[left] === c.household[right]) continue
        const pattern = kernel.compare(left, right)
        if (!isOnePerson(pattern, isByNumber)) continue
        found.push({ left, right, pattern, weight: isByNumber ? BY_NUMBER : BY_NAME, decision: 'link' })
        groups.join(left, right)
      }
  }
  for (const rows of byNumber.values()) consider(rows, true)
  for (const rows of byNames.values()) consider(rows, false)
  return found
}

/** Of the same spouse: who marries twice does not marry people of one birth date, nor of one name and age. */
function isOnePerson(pattern: number, isByNumber: boolean): boolean {
  const birth = birthLevelOf(pattern)
  const name = nameLevelOf(pattern)
  if (sexLevelOf(pattern) !== SEX_LEVEL.equal || birth === BIRTH_LEVEL.missing) return false
  if (isByNumber && birth === BIRTH_LEVEL.dateEqual) return true
  return name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant && birth <= BIRTH_LEVEL.nearYear
}

/** The name of each number in force in the police register; 0 none. */
function namesOfNumbers(table: RecordTable): Uint32Array {
  const { idNo, name, recordFlag, reversalFlag } = table.columns
  const names = new Uint32Array(table.ids.size + 1)
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
    if (recordFlag[row] === 1 && reversalFlag[row] === 0 && names[idNo[row]] === 0) names[idNo[row]] = name[row]
  names[0] = 0
  return names
}

function add(lists: Map<number, number[]>, key: number, row: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [row])
  else list.push(row)
}
