/**
 * True findings of whole households: listed twice, missed altogether, counted wrongly.
 *
 * In:  all rows and every person's state. Out: findings, and for the persons' own codes the answer
 *      whether a household finding replaces them.
 */
import { T0 } from '../calendar.ts'
import type { CensusRow, PoliceRow, Registers } from '../rows.ts'
import { isActive, type PersonState } from './people-index.ts'
import { readDate } from './readings.ts'
import { type FindingSink, keysOf } from './sink.ts'
import { groupBy } from './group-by.ts'

const householdOf = (row: CensusRow): string => `${row.block_code}/${row.household_no}`
const pairKey = (left: CensusRow, right: CensusRow): string => {
  const [a, b] = [householdOf(left), householdOf(right)]
  return a < b ? `${a}|${b}` : `${b}|${a}`
}

/** Persons present in the same two households, gathered while the people pass by. */
export class DoubledHouseholds {
  private readonly pairs = new Map<string, { persons: number; readonly rows: Set<CensusRow> }>()

  gather(state: PersonState): void {
    if (state.decided || state.present.length < 2) return
    const seen = new Set<string>()
    for (const left of state.present) {
      for (const right of state.present) {
        if (left === right || householdOf(left) >= householdOf(right)) continue
        const key = pairKey(left, right)
        const pair = this.pairs.get(key) ?? { persons: 0, rows: new Set<CensusRow>() }
        if (!seen.has(key)) pair.persons += 1
        seen.add(key)
        pair.rows.add(left).add(right)
        this.pairs.set(key, pair)
      }
    }
  }

  replaces(left: CensusRow, right: CensusRow): boolean {
    return (this.pairs.get(pairKey(left, right))?.persons ?? 0) >= 2
  }

  judge(sink: FindingSink): void {
    for (const { persons, rows } of this.pairs.values())
      if (persons >= 2) sink.must('household-duplicate', keysOf('census', [...rows]))
  }
}

/** H2 against the rows of the household. */
export function judgeCounts(registers: Registers, sink: FindingSink): void {
  for (const block of groupBy(registers.census, (row) => row.block_code).values()) {
    for (const rows of groupBy(block, (row) => row.household_no).values())
      judgeCount(rows as [CensusRow, ...CensusRow[]], sink)
  }
}

function judgeCount(rows: readonly [CensusRow, ...CensusRow[]], sink: FindingSink): void {
  const [first, ...others] = rows
  const present = rows.filter((row) => row.residence === '1').length
  const differs = (declared: string, counted: number): boolean => declared !== '' && Number(declared) !== counted
  if (!differs(first.persons_present, present) && !differs(first.persons_away, rows.length - present)) return
  sink.must('household-count-mismatch', keysOf('census', [first]))
  sink.may('household-count-mismatch', keysOf('census', others))
}

/** Family households of the register of which nobody is listed anywhere. */
export class MissedHouseholds {
  private readonly missed = new Set<string>()
  private readonly living: Uint8Array
  private readonly listed: Uint8Array
  private readonly registers: Registers

  constructor(registers: Registers, size: number) {
    this.registers = registers
    this.living = new Uint8Array(size)
    this.listed = new Uint8Array(size)
  }

  gather(state: PersonState): void {
    const born = state.active.every((row) => readDate(row.birth_date) < T0) && state.born < T0
    const dead = state.death > 0 && state.death < T0
    if (state.census.length > 0) this.listed[state.person] = 1
    // A form row without a certificate leaves it open whether the member lives: counted as 2.
    if (state.active.length > 0 && born && !dead) this.living[state.person] = state.forms.length > 0 ? 2 : 1
  }

  judge(sink: FindingSink): void {
    const standing = this.registers.police.filter(
      (row) => row.household_type === '家庭户' && this.living[row.person] !== 0 && isActive(row),
    )
    for (const village of groupBy(standing, (row) => row.area_code).values()) {
      for (const [no, rows] of groupBy(village, (row) => row.household_no)) this.judgeHousehold(no, rows, sink)
    }
  }

  private judgeHousehold(no: string, rows: readonly PoliceRow[], sink: FindingSink): void {
    if (rows.some((row) => this.listed[row.person] === 1)) return
    const certain = new Set(rows.filter((row) => this.living[row.person] === 1).map((row) => row.person)).size
    if (certain < 2) {
      // One person alone, or too few beyond doubt: the household's name for the same fact.
      sink.may('whole-household-missing', keysOf('police', rows))
      return
    }
    this.missed.add(no)
    const isCertain = (row: PoliceRow): boolean => this.living[row.person] === 1
    sink.must('whole-household-missing', keysOf('police', rows.filter(isCertain)))
    sink.may(
      'whole-household-missing',
      keysOf(
        'police',
        rows.filter((row) => !isCertain(row)),
      ),
    )
  }

  holds(row: PoliceRow): boolean {
    return this.missed.has(row.household_no)
  }
}
