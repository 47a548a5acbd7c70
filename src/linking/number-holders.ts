/**
 * Whose number is it? Rows that carry a valid number of somebody else: borrowed from a parent, swapped inside a
 * household, another's by a slip.
 *
 * In:  pairs with the same valid number. Out: for each row 1 if its number is discredited: another row holds the
 * number, name and birth of the two do not fit, and the number's own birth date and sex speak for the other.
 * A discredited number is neither agreement nor disagreement later on; two people with one number in the police
 * register both keep it (the finding `shared-id` says so).
 */
import { dateOfBcd } from '../blocking/keys.ts'
import { PAIR_WORDS } from '../blocking/pair-buffer.ts'
import { compareBirths } from '../matching/compare/birth.ts'
import { BIRTH_LEVEL, ID_LEVEL } from '../matching/compare/levels.ts'
import { isMisfit } from '../matching/county-model.ts'
import { idLevelOf } from '../matching/kernel.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'

export function discreditNumbers(table: RecordTable, pairs: Int32Array, count: number): Uint8Array {
  const discredited = new Uint8Array(table.rows)
  const fits = new Uint8Array(table.rows)
  for (let row = 0; row < table.rows; row++) if (contradictsItself(table, row)) discredited[row] = 1
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const pattern = pairs[at + 2]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern)) continue
    // Only the police register's own row can vouch for a census row or a certificate.
    if (table.registerOf(pairs[at]) === POLICE) fits[pairs[at + 1]] = 1
  }
  for (let i = 0; i < count; i++) {
    const at = i * PAIR_WORDS
    const pattern = pairs[at + 2]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || !isMisfit(pattern)) continue
    const left = pairs[at]
    const right = pairs[at + 1]
    const leftPolice = table.registerOf(left) === POLICE
    const rightPolice = table.registerOf(right) === POLICE
    if (leftPolice && rightPolice) continue
    if (leftPolice) {
      if (fits[right] === 0) discredited[right] = 1
      continue
    }
    if (fits[left] === 0 && misfitsOwnNumber(table, left) > misfitsOwnNumber(table, right)) discredited[left] = 1
    if (fits[right] === 0 && misfitsOwnNumber(table, right) > misfitsOwnNumber(table, left)) discredited[right] = 1
  }
  return discredited
}

/**
 * A valid number whose birth date is plainly not the row's, or that ends in a spreadsheet's 000: it does not prove that
 * the row is another person than its neighbour with another number.
 */
function contradictsItself(table: RecordTable, row: number): boolean {
  const c = table.columns
  const idNo = c.idNo[row]
  if (idNo === 0 || c.idKind[row] !== ID_KIND.valid) return false
  if ((table.ids.third(idNo) & 0xfff) === 0) return true
  const own = c.birth[row]
  return own !== 0 && compareBirths(own, dateOfBcd(table.ids.second(idNo))) >= BIRTH_LEVEL.yearEqual
}

/** How badly a row's birth and sex fit its own number: 0 fits, 1 one differs, 2 both. */
export function misfitsOwnNumber(table: RecordTable, row: number): number {
  const c = table.columns
  const idNo = c.idNo[row]
  if (idNo === 0) return 0
  const born = dateOfBcd(table.ids.second(idNo))
  const own = c.birth[row]
  let misfits = 0
  if (own !== 0 && own >> 5 !== born >> 5) misfits++
  const sexDigit = (table.ids.third(idNo) >>> 4) & 15
  if (c.sex[row] !== 0 && (sexDigit & 1 ? 1 : 2) !== c.sex[row]) misfits++
  return misfits
}
