/**
 * True findings on single rows: numbers missing, impossible, or at odds with sex and birth beside them.
 *
 * In:  rows. Out: findings; only police rows of status 0 and census rows must be named for a missing
 *      or impossible number.
 */
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
      sink.may('id-placeholder', keys)
      break
    case 'bad-check':
      sink.put('id-invalid-check', numberCounts, keys)
      break
    case 'truncated':
      sink.may('id-excel-truncated', keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-date':
      sink.may('id-invalid-date', keys)
      sink.may('id-invalid-check', keys)
      break
    case 'bad-length':
      sink.may('id-invalid-check', keys)
      break
    case 'good':
      if (number.legacy) sink.may('id-legacy-15', keys)
  }
  const good = number.kind === 'good' && valuesCount
  const sex = readSex(row.sex)
  if (sex !== 0 && number.sex !== 0 && sex !== number.sex) sink.put('id-sex-mismatch', good, keys)
  if (birth !== 0 && number.birth !== 0 && Math.floor(number.birth / unit) !== birth) {
    sink.put('id-birth-mismatch', good, keys)
    sink.may('lunar-suspect', keys)
  }
}
