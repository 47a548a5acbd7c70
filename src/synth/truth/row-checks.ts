/**
 * True findings on single rows: numbers missing, impossible, or at odds with sex and birth beside them.
 *
 * In:  rows. Out: findings; only police rows of status 0 and census rows must be named for a missing
 *      or impossible number.
 */
import { addDays } from '../calendar.ts'
import type { Registers } from '../rows.ts'
import { readNumber } from './number-readings.ts'
import { isEffective, statusOf } from './people-index.ts'
import { readDate, readMonth, readSex } from './readings.ts'
import { type FindingSink, keysOf, type RecordKey } from './sink.ts'

interface Checked {
  readonly id_number: string
  readonly sex: string
}

export function judgeRows(registers: Registers, sink: FindingSink): void {
  for (const row of registers.police) {
    if (!isEffective(row)) continue
    const birth = readDate(row.birth_date)
    const mustBe = { isNumberWanted: statusOf(row) === '0', areValuesWanted: true }
    check({ keys: keysOf('police', [row]), row, birth, unit: 1, ...mustBe }, sink)
    const death = readDate(row.death_date)
    if (statusOf(row) === '1' && death > 0 && addDays(death, 30) < readDate(row.cancelled_on))
      sink.must('late-cancellation', keysOf('police', [row]))
  }
  const wanted = { isNumberWanted: true, areValuesWanted: true }
  const unwanted = { isNumberWanted: false, areValuesWanted: false }
  for (const row of registers.census)
    check({ keys: keysOf('census', [row]), row, birth: readMonth(row.birth_month), unit: 100, ...wanted }, sink)
  for (const row of registers.census_deaths)
    check(
      { keys: keysOf('census_deaths', [row]), row, birth: readMonth(row.birth_month), unit: 100, ...unwanted },
      sink,
    )
  for (const row of registers.deaths)
    check({ keys: keysOf('deaths', [row]), row, birth: readDate(row.birth_date), unit: 1, ...unwanted }, sink)
}

/** A row to be checked. */
interface Check {
  readonly keys: readonly RecordKey[]
  readonly row: Checked
  /** As read beside the number: a date, or a month, 0 where unknown. */
  readonly birth: number
  /** 1 compares full dates, 100 months. */
  readonly unit: 1 | 100
  /** Whether a missing or impossible number must be named; or only may be. */
  readonly isNumberWanted: boolean
  /** The same of a sex or a birth at odds with the number. */
  readonly areValuesWanted: boolean
}

function check({ keys, row, birth, unit, isNumberWanted, areValuesWanted }: Check, sink: FindingSink): void {
  const number = readNumber(row.id_number)
  switch (number.kind) {
    case 'blank':
      sink.put('id-missing', isNumberWanted, keys)
      return
    case 'placeholder':
      sink.may('id-missing', keys)
      sink.put('id-placeholder', isNumberWanted, keys)
      break
    case 'bad-check':
      sink.put('id-invalid-check', isNumberWanted, keys)
      if (number.birth === 0) sink.may('id-invalid-date', keys)
      break
    case 'truncated':
      sink.put('id-excel-truncated', isNumberWanted, keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-date':
      sink.put('id-invalid-date', isNumberWanted, keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-length':
      sink.may('id-invalid-check', keys)
      // A whole number and a suffix: a parent's on the row of a newborn, or a slip.
      if (readNumber(number.value.slice(0, 18)).kind === 'good') sink.may('id-placeholder', keys)
      break
    case 'good':
      if (number.legacy) sink.put('id-legacy-15', isNumberWanted, keys)
  }
  const good = number.kind === 'good' && areValuesWanted
  const sex = readSex(row.sex)
  if (sex !== 0 && number.sex !== 0 && sex !== number.sex) sink.put('id-sex-mismatch', good, keys)
  if (birth !== 0 && number.birth !== 0 && Math.floor(number.birth / unit) !== birth) {
    sink.put('id-birth-mismatch', good, keys)
    sink.may('lunar-suspect', keys)
  }
}
