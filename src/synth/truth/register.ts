/**
 * True findings on the police register: double hukou, moves not cancelled, pocket hukou, shared numbers.
 *
 * In:  one person's state, or for shared numbers all rows. Out: findings.
 */
import { T0 } from '../calendar.ts'
import type { CensusRow, PoliceRow, Registers } from '../rows.ts'
import { readNumber } from './number-readings.ts'
import { cancelledRows, isEffective, type PersonState, statusOf } from './people-index.ts'
import { readDate } from './readings.ts'
import { type FindingSink, keysOf } from './sink.ts'

export function judgeHukou(state: PersonState, sink: FindingSink): void {
  const { active } = state
  if (active.length > 1) {
    const keys = keysOf('police', active)
    const dates = active.map((row) => readDate(row.moved_in_on))
    const numbers = new Set(
      active
        .map((row) => readNumber(row.id_number))
        .filter((number) => number.kind === 'good')
        .map((number) => number.value),
    )
    if (dates.every((date) => date === 0)) sink.must('double-hukou', keys)
    else {
      // The row with the later move-in is right, so the others were not cancelled.
      sink.put(
        'moved-not-cancelled',
        new Set(dates).size === dates.length || dates.filter((date) => date === Math.max(...dates)).length === 1,
        keys,
      )
      sink.may('double-hukou', keys)
    }
    if (numbers.size > 1) sink.may('multiple-id', keys)
  }
  const left = cancelledRows(state, '2')
  if (left.length > 0 && active.length === 0) {
    const undetermined = state.present.filter((row) => row.hukou_place === '5')
    const must = undetermined.length > 0 && !(state.death > 0 && state.death < T0)
    sink.put('pocket-hukou', must, [...keysOf('police', left), ...keysOf('census', undetermined)])
  }
}

/** One good number on status-0 rows of two people; borrowed ones elsewhere may be named too. */
export function judgeSharedNumbers(registers: Registers, sink: FindingSink): void {
  // Nearly every number stands on one row: only the others get a list.
  const holders = new Map<string, PoliceRow | PoliceRow[]>()
  for (const row of registers.police) {
    if (!isEffective(row) || statusOf(row) !== '0') continue
    const number = readNumber(row.id_number)
    if (number.kind !== 'good') continue
    const found = holders.get(number.value)
    if (found === undefined) holders.set(number.value, row)
    else if (Array.isArray(found)) found.push(row)
    else holders.set(number.value, [found, row])
  }
  for (const rows of holders.values()) {
    if (Array.isArray(rows) && new Set(rows.map((row) => row.person)).size > 1)
      sink.must('shared-id', keysOf('police', rows))
  }
  const borrowed: CensusRow[] = []
  for (const register of ['census', 'census_deaths', 'deaths'] as const) {
    for (const row of registers[register] as readonly { person: number; id_number: string; record_id: string }[]) {
      const number = readNumber(row.id_number)
      const found = number.kind === 'good' ? holders.get(number.value) : undefined
      if (found === undefined) continue
      const rows = Array.isArray(found) ? found : [found]
      if (rows.every((other) => other.person !== row.person)) {
        const keys = [...keysOf(register, [row]), ...keysOf('police', rows)]
        for (const code of ['shared-id', 'id-swapped-in-household', 'parent-id-borrowed']) sink.may(code, keys)
        if (register === 'census') borrowed.push(row as CensusRow)
      }
    }
  }
  judgeBorrowed(borrowed, holders, parentsOf(registers, borrowed), sink)
  judgeParentsUnknown(registers, sink)
}

/** A parent who has no row any more is known by the child's row alone: the number on it may be called borrowed. */
function judgeParentsUnknown(registers: Registers, sink: FindingSink): void {
  const parents = parentsOf(registers, registers.census)
  for (const row of registers.census)
    if (parents.get(row.person)?.has(readNumber(row.id_number).value))
      sink.may('parent-id-borrowed', keysOf('census', [row]))
}

type Holders = ReadonlyMap<string, PoliceRow | PoliceRow[]>

/** The only person on whose row of the register a number stands; -1 none or several. */
function holderOf(number: string, holders: Holders): number {
  const found = holders.get(number)
  const people = new Set((found === undefined ? [] : [found].flat()).map((row) => row.person))
  return people.size === 1 ? ([...people][0] as number) : -1
}

/** Census rows that bear the number of somebody else: exchanged with a row of the household, or a parent's. */
function judgeBorrowed(
  rows: readonly CensusRow[],
  holders: Holders,
  parents: ReadonlyMap<number, ReadonlySet<string>>,
  sink: FindingSink,
): void {
  const homeOf = (row: CensusRow): string => `${row.block_code}/${row.household_no}`
  const byHome = new Map<string, CensusRow[]>()
  for (const row of rows) byHome.set(homeOf(row), [...(byHome.get(homeOf(row)) ?? []), row])
  for (const row of rows) {
    const number = readNumber(row.id_number).value
    const holder = holderOf(number, holders)
    const other = byHome
      .get(homeOf(row))
      ?.find(
        (beside) => beside.person === holder && holderOf(readNumber(beside.id_number).value, holders) === row.person,
      )
    if (other !== undefined) sink.must('id-swapped-in-household', keysOf('census', [row]))
    else if (parents.get(row.person)?.has(number)) sink.must('parent-id-borrowed', keysOf('census', [row]))
  }
}

/** The numbers that register and certificates give as those of a person's parents. */
function parentsOf(registers: Registers, of: readonly CensusRow[]): Map<number, Set<string>> {
  const parents = new Map(of.map((row) => [row.person, new Set<string>()]))
  const add = (row: { person: number; father_id: string; mother_id: string }): void => {
    const numbers = parents.get(row.person)
    if (numbers === undefined) return
    for (const text of [row.father_id, row.mother_id]) {
      const number = readNumber(text)
      if (number.kind === 'good') numbers.add(number.value)
    }
  }
  for (const row of registers.police) if (isEffective(row)) add(row)
  registers.births.forEach(add)
  return parents
}
