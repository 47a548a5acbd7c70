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
    check(keysOf('police', [row]), row, birth, 1, statusOf(row) === '0', true, sink)
    const death = readDate(row.death_date)
    if (statusOf(row) === '1' && death > 0 && addDays(death, 30) < readDate(row.cancelled_on))
      sink.must('late-cancellation', keysOf('police', [row]))
  }
  for (const row of registers.census)
    check(keysOf('census', [row]), row, readMonth(row.birth_month), 100, true, true, sink)
  for (const row of registers.census_deaths)
    check(keysOf('census_deaths', [row]), row, readMonth(row.birth_month), 100, false, false, sink)
  for (const row of registers.deaths)
    check(keysOf('deaths', [row]), row, readDate(row.birth_date), 1, false, false, sink)
}

/** `unit` 1 compares full dates, 100 months. */
function check(
  keys: readonly RecordKey[],
  row: Checked,
  birth: number,
  unit: 1 | 100,
  numberCounts: boolean,
  valuesCount: boolean,
  sink: FindingSink,
): void {
  const number = readNumber(row.id_number)
  switch (number.kind) {
    case 'blank':
      sink.put('id-missing', numberCounts, keys)
      return
    case 'placeholder':
      sink.may('id-missing', keys)
      sink.put('id-placeholder', numberCounts, keys)
      break
    case 'bad-check':
      sink.put('id-invalid-check', numberCounts, keys)
      if (number.birth === 0) sink.may('id-invalid-date', keys)
      break
    case 'truncated':
      sink.put('id-excel-truncated', numberCounts, keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-date':
      sink.put('id-invalid-date', numberCounts, keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-length':
      sink.may('id-invalid-check', keys)
      // A whole number and a suffix: a parent's on the row of a newborn, or a slip.
      if (readNumber(number.value.slice(0, 18)).kind === 'good') sink.may('id-placeholder', keys)
      break
    case 'good':
      if (number.legacy) sink.put('id-legacy-15', numberCounts, keys)
  }
  const good = number.kind === 'good' && valuesCount
  const sex = readSex(row.sex)
  if (sex !== 0 && number.sex !== 0 && sex !== number.sex) sink.put('id-sex-mismatch', good, keys)
  if (birth !== 0 && number.birth !== 0 && Math.floor(number.birth / unit) !== birth) {
    sink.put('id-birth-mismatch', good, keys)
    sink.may('lunar-suspect', keys)
  }
}
