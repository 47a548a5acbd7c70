/**
 * The compared fields of a record in one 64-byte line.
 *
 * Memory latency is the limit of scoring, not arithmetic: one line per record is one cache miss per side of a pair.
 *
 *   word  0        1         2                  3      4       5       6
 *         id area  id birth  tail|sex|reg|kind  name   former  birth   hukou area
 *   word  7        8                9          10         11        12        13        14           15
 *         area     residence claim  household  mother id  father id person no address   mother name  flags|id number
 *
 * In: RecordTable. Out: an Int32Array of 16 words a row in shared memory. Leaves comparing to kernel.ts.
 */
import { comparableBirth } from '../blocking/keys.ts'
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'

export const LINE_WORDS = 16

export const WORD = {
  idArea: 0,
  idBirth: 1,
  /** tail 16 bits | sex << 16 (2) | register << 18 (3) | id kind << 21 (4) | presence << 25 (2) */
  packed: 2,
  name: 3,
  formerName: 4,
  birth: 5,
  hukouArea: 6,
  area: 7,
  residenceArea: 8,
  household: 9,
  motherId: 10,
  fatherId: 11,
  personNo: 12,
  address: 13,
  motherName: 14,
  idText: 15,
} as const

/** Whether a census row says the person is here. */
export const PRESENCE = { none: 0, present: 1, away: 2 } as const

/** What stands in WORD.packed: sex 0–2, number of the register, ID_KIND, PRESENCE. */
export function sexOf(packed: number): number {
  return (packed >>> 16) & 3
}
export function registerOf(packed: number): number {
  return (packed >>> 18) & 7
}
export function idKindOf(packed: number): number {
  return (packed >>> 21) & 15
}
export function presenceOf(packed: number): number {
  return (packed >>> 25) & 3
}

/** A census row of somebody who is there. */
export function isPresent(lines: Int32Array, row: number): boolean {
  return presenceOf(lines[row * LINE_WORDS + WORD.packed]) === PRESENCE.present
}

/** Packs rows [from, to) of the table into `lines`. Each row is written by exactly one caller. */
export function packRecords(table: RecordTable, lines: Int32Array, from: number, to: number): void {
  const c = table.columns
  const { ids } = table
  for (let row = from; row < to; row++) {
    const at = row * LINE_WORDS
    const register = table.registerOf(row)
    const idNo = c.idNo[row]
    let tail = 0
    const isOwn = idNo !== 0 && c.idKind[row] !== ID_KIND.nobodys
    if (isOwn) {
      lines[at] = ids.first(idNo)
      lines[at + 1] = ids.second(idNo)
      tail = ids.third(idNo)
    } else {
      lines[at] = 0
      lines[at + 1] = 0
    }
    const kind = isOwn || c.idText[row] !== 0 ? c.idKind[row] : ID_KIND.missing
    const presence = c.residence[row] === 0 ? PRESENCE.none : c.residence[row] === 1 ? PRESENCE.present : PRESENCE.away
    lines[at + 2] = (tail & 0xffff) | (c.sex[row] << 16) | (register << 18) | (kind << 21) | (presence << 25)
    lines[at + 3] = c.name[row]
    lines[at + 4] = c.formerName[row]
    lines[at + 5] = comparableBirth(c.birth[row], kind, lines[at + 1])
    lines[at + 6] = register === POLICE ? c.area[row] : c.hukouArea[row]
    lines[at + 7] = register === POLICE ? 0 : c.area[row]
    lines[at + 8] = c.residenceArea[row]
    lines[at + 9] = c.household[row]
    lines[at + 10] = c.motherId[row]
    lines[at + 11] = c.fatherId[row]
    lines[at + 12] = c.personNo[row]
    lines[at + 13] = c.addressHash[row]
    lines[at + 14] = c.motherName[row]
    lines[at + 15] = c.idText[row]
  }
}
