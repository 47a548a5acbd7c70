/**
 * Numbers that are nobody's: a 0 or 无 as the police's number of a person (人员编号) in every row of an office that has none to
 * give; a good ID number typed into every row of which none was told, where the form takes nothing less.
 *
 * Rows of one such number would be taken for one person, whatever else they say. One person may have had another name and
 * another birth once, but not in five versions; a household may all bear the number of its head, but not three households
 * beside each other, under given names that share nothing. Such a number joins nobody; its rows go by what else they say.
 *
 * In: the table with all its columns. Out: the column `personNo` emptied, `idKind` set to `nobodys` in those rows, in place,
 * and what is told. The ID number stays in its row, for what is found on it.
 */
import { ID_KIND, type RecordTable } from '../records/record-table.ts'
import { POLICE, type RegisterName, REGISTERS } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'

const STRANGE_VERSIONS_MIN = 5
const STRANGE_HOUSEHOLDS_MIN = 3

export function dropNobodysNumbers(table: RecordTable, filesOf: (register: RegisterName) => string): IngestWarning[] {
  return [...dropPersonNumbers(table, filesOf('police')), ...dropIdNumbers(table, filesOf)]
}

function dropPersonNumbers({ starts, columns: c, personNos }: RecordTable, file: string): IngestWarning[] {
  const areStrangers = (a: number, b: number): boolean =>
    c.name[a] !== c.name[b] &&
    c.birth[a] !== c.birth[b] &&
    (c.idNo[a] !== c.idNo[b] || c.idNo[a] === 0) &&
    c.name[a] * c.name[b] * c.birth[a] * c.birth[b] !== 0
  const numbered = { numbers: c.personNo, names: c.name, end: starts[POLICE + 1], size: personNos.size }
  const found = rowsOfSeveral(numbered, STRANGE_VERSIONS_MIN).filter(
    (rows) => rows.filter((row) => areStrangers(rows[0], row)).length >= STRANGE_VERSIONS_MIN,
  )
  if (found.length === 0) return []
  for (const row of found.flat()) c.personNo[row] = 0
  const count = found.flat().length
  return [
    {
      code: 'E164',
      file,
      message: `${count} 行的人员编号由多个不同的人共用(如0、无)，不按同一人处理，请核对该列 · ${count} rows have a person number (人员编号) that many different people bear, such as 0 or 无; it does not join them, please check the column`,
    },
  ]
}

function dropIdNumbers(table: RecordTable, filesOf: (register: RegisterName) => string): IngestWarning[] {
  const { columns: c, names, ids } = table
  const numbered = { numbers: c.idNo, names: c.name, end: table.rows, size: ids.size }
  const counts = REGISTERS.map(() => 0)
  for (const rows of rowsOfSeveral(numbered, STRANGE_HOUSEHOLDS_MIN)) {
    if (c.idKind[rows[0]] !== ID_KIND.valid) continue
    if (!areStrangers(rows.map((row) => [c.household[row], names.text(c.name[row])]))) continue
    for (const row of rows) {
      c.idKind[row] = ID_KIND.nobodys
      counts[table.registerOf(row)]++
    }
  }
  return REGISTERS.flatMap((register, g) =>
    counts[g] === 0
      ? []
      : [
          {
            code: 'E165',
            file: filesOf(register),
            message: `${counts[g]} 行的公民身份号码见于多户不同的人，疑为代用号码，不据以比对，请核实 · ${counts[g]} rows have an ID number that different people of several households bear, likely typed in for want of one; it is not compared, please check`,
          },
        ],
  )
}

interface NumberedRows {
  /** Dictionary number of each row; 0 none. */
  readonly numbers: Uint32Array
  readonly names: Uint32Array
  /** Rows from 0 to here. */
  readonly end: number
  /** Of the dictionary of the numbers. */
  readonly size: number
}

/** The rows of each number that `othersMin` rows bear under another name than its first row, in the order of the rows. */
function rowsOfSeveral({ numbers, names, end, size }: NumberedRows, othersMin: number): number[][] {
  // Hardly a number has as many: only of their rows it is asked what they say.
  const nameOf = new Uint32Array(size + 1)
  const others = new Uint8Array(size + 1)
  let isAny = false
  for (let row = 0; row < end; row++) {
    const number = numbers[row]
    if (number === 0 || names[row] === 0) continue
    if (nameOf[number] === 0) nameOf[number] = names[row]
    else if (nameOf[number] !== names[row] && others[number] < othersMin && ++others[number] === othersMin) isAny = true
  }
  if (!isAny) return []
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < end; row++) {
    if (others[numbers[row]] < othersMin || names[row] === 0) continue
    const rows = rowsOf.get(numbers[row])
    if (rows === undefined) rowsOf.set(numbers[row], [row])
    else rows.push(row)
  }
  return Array.from(rowsOf.values())
}

/**
 * Whether so many live in households of their own under names that share nothing with each other's nor with the first
 * one's: who has changed the name is written down in several households under the new one.
 */
function areStrangers(rows: readonly (readonly [household: number, name: string])[]): boolean {
  const known = [rows[0][1]]
  const homes = new Set([0, rows[0][0]])
  for (const [household, name] of rows) {
    if (homes.has(household) || !known.every((other) => shareNoGivenName(other, name))) continue
    homes.add(household)
    known.push(name)
  }
  return known.length > STRANGE_HOUSEHOLDS_MIN
}

/** No character behind the first is in both names: no slip, and not one person under a name of the family. */
function shareNoGivenName(one: string, other: string): boolean {
  const given = new Set(Array.from(one).slice(1))
  return Array.from(other)
    .slice(1)
    .every((character) => !given.has(character))
}
