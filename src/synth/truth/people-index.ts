/**
 * Rows by person, and what the register says of each person at the standard time.
 *
 * In:  the rows of all registers, each with its true person. Out: one person's rows at a time, with
 *      active hukou, cancelled hukou, deaths and births read as docs/findings.md says.
 */
import { T0 } from '../calendar.ts'
import type { BirthRow, CensusDeathRow, CensusRow, DeathRow, PoliceRow, RegisterName, Registers } from '../rows.ts'
import { readDate, readMonth } from './readings.ts'

export interface PersonRows {
  readonly person: number
  readonly police: readonly PoliceRow[]
  readonly census: readonly CensusRow[]
  readonly forms: readonly CensusDeathRow[]
  readonly births: readonly BirthRow[]
  readonly deaths: readonly DeathRow[]
}

export interface PersonState extends PersonRows {
  readonly effective: readonly PoliceRow[]
  readonly active: readonly PoliceRow[]
  readonly present: readonly CensusRow[]
  readonly away: readonly CensusRow[]
  readonly hukouVillages: ReadonlySet<string>
  /** Date of the death certificate; 0 without one. */
  readonly death: number
  /** Date of the birth certificate; 0 without one. */
  readonly born: number
  /** Dead, enlisted, settled abroad or not yet born: presence tests are not for them. */
  readonly decided: boolean
}

export class PeopleIndex {
  readonly size: number
  private readonly registers: Registers
  private readonly starts: Readonly<Record<RegisterName, Uint32Array>>
  private readonly order: Readonly<Record<RegisterName, Uint32Array>>

  constructor(registers: Registers) {
    this.registers = registers
    let size = 0
    for (const rows of Object.values(registers) as (readonly { readonly person: number }[])[])
      for (const row of rows) size = Math.max(size, row.person + 1)
    this.size = size
    const starts = {} as Record<RegisterName, Uint32Array>
    const order = {} as Record<RegisterName, Uint32Array>
    for (const name of Object.keys(registers) as RegisterName[]) {
      ;[starts[name], order[name]] = sortByPerson(registers[name], size)
    }
    this.starts = starts
    this.order = order
  }

  at(person: number): PersonRows {
    return {
      person,
      police: this.rowsOf('police', person) as PoliceRow[],
      census: this.rowsOf('census', person) as CensusRow[],
      forms: this.rowsOf('census_deaths', person) as CensusDeathRow[],
      births: this.rowsOf('births', person) as BirthRow[],
      deaths: this.rowsOf('deaths', person) as DeathRow[],
    }
  }

  private rowsOf(register: RegisterName, person: number): unknown[] {
    const starts = this.starts[register]
    const found: unknown[] = []
    for (let i = starts[person] as number; i < (starts[person + 1] as number); i++)
      found.push(this.registers[register][this.order[register][i] as number])
    return found
  }
}

/** Counting sort: rows of one person stay in file order. */
function sortByPerson(rows: readonly { readonly person: number }[], size: number): [Uint32Array, Uint32Array] {
  const starts = new Uint32Array(size + 1)
  for (const row of rows) starts[row.person + 1] = (starts[row.person + 1] as number) + 1
  for (let i = 0; i < size; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const order = new Uint32Array(rows.length)
  rows.forEach((row, i) => {
    const at = next[row.person] as number
    order[at] = i
    next[row.person] = at + 1
  })
  return [starts, order]
}

export function isEffective(row: PoliceRow): boolean {
  return (row.record_flag === '1' || row.record_flag === '') && (row.reversal_flag === '0' || row.reversal_flag === '')
}

export function statusOf(row: PoliceRow): string {
  return row.status === '' ? '0' : row.status
}

/** P1: an effective row that stands at the standard time. */
export function isActive(row: PoliceRow): boolean {
  if (!isEffective(row)) return false
  switch (statusOf(row)) {
    case '0':
      return readDate(row.moved_in_on) < T0
    case '1':
      return (readDate(row.death_date) || readDate(row.cancelled_on)) >= T0
    case '2':
      return readDate(row.moved_out_on) >= T0
    default:
      return readDate(row.cancelled_on) >= T0
  }
}

/** Px(status): effective rows that were cancelled for that reason before the standard time. */
export function cancelledRows(state: PersonState, ...statuses: readonly string[]): PoliceRow[] {
  return state.effective.filter((row) => statuses.includes(statusOf(row)) && !isActive(row))
}

export function villageOf(row: CensusRow): string {
  return row.block_code.slice(0, 12)
}

export function describePerson(rows: PersonRows): PersonState {
  const effective = rows.police.filter(isEffective)
  const active = effective.filter(isActive)
  const death = rows.deaths.reduce(
    (earliest, row) => Math.min(earliest || 99999999, readDate(row.death_date) || 99999999),
    0,
  )
  const born = rows.births.length === 0 ? 0 : readDate((rows.births[0] as BirthRow).birth_date)
  const cancelled = effective.some((row) => ['1', '3', '4'].includes(statusOf(row)) && !isActive(row))
  const births = [...rows.births, ...effective].map((row) => readDate(row.birth_date)).filter((date) => date > 0)
  const claimed = rows.census.map((row) => readMonth(row.birth_month)).filter((month) => month > 0)
  const saysLate = claimed.length > 0 && claimed.every((month) => month >= Math.floor(T0 / 100))
  const bornAfter = births.some((date) => date >= T0) || (births.length === 0 && saysLate)
  // Written out: a spread gives every object a hidden class of its own, slow and 3 kB each.
  return {
    person: rows.person,
    police: rows.police,
    census: rows.census,
    forms: rows.forms,
    births: rows.births,
    deaths: rows.deaths,
    effective,
    active,
    present: rows.census.filter((row) => row.residence === '1'),
    away: rows.census.filter((row) => row.residence >= '2' && row.residence <= '7'),
    hukouVillages: new Set(active.map((row) => row.area_code)),
    death: death === 99999999 ? 0 : death,
    born,
    decided: (death > 0 && death < T0) || cancelled || bornAfter,
  }
}
