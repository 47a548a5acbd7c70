/**
 * Where a pair stands for the layers that look beyond blocking: asked of one pair, after the run, when everybody is linked.
 *
 * In:  the table, people and two rows. Out: who stands in both households (households/), and which row of the other register
 * each person has already (leftovers/). Leaves to the caller whether the pair has a line of its own in the links.
 */
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { People } from '../people.ts'

export interface LayerMeeting {
  /** Other people with a row in both households; -1 where a row has no household, or both stand in one. */
  readonly inBothHouseholds: number
  /** A row of the left person in the right one's register, and the other way round; -1: none. One police and one census row only. */
  readonly counterparts?: { readonly left: number; readonly right: number }
}

export function layerMeetingOf(table: RecordTable, people: People, left: number, right: number): LayerMeeting {
  const registers = [table.registerOf(left), table.registerOf(right)]
  const inBothHouseholds = peopleInBoth(table, people, left, right)
  if (!registers.includes(POLICE) || !registers.includes(CENSUS)) return { inBothHouseholds }
  return {
    inBothHouseholds,
    counterparts: {
      left: rowInRegister(table, people, left, registers[1]),
      right: rowInRegister(table, people, right, registers[0]),
    },
  }
}

function peopleInBoth({ columns, rows }: RecordTable, people: People, left: number, right: number): number {
  const { household } = columns
  if (household[left] === 0 || household[right] === 0 || household[left] === household[right]) return -1
  const here = new Set<number>()
  const there = new Set<number>()
  for (let row = 0; row < rows; row++) {
    if (household[row] === household[left]) here.add(people.personOf[row])
    if (household[row] === household[right]) there.add(people.personOf[row])
  }
  const own = [people.personOf[left], people.personOf[right]]
  return [...here].filter((person) => there.has(person) && !own.includes(person)).length
}

/** A row of this row's person in a register, the first; -1 if there is none. */
function rowInRegister(table: RecordTable, people: People, row: number, register: number): number {
  const person = people.personOf[row]
  for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++)
    if (table.registerOf(people.rows[k]) === register) return people.rows[k]
  return -1
}
