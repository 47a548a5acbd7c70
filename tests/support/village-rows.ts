/** Invented rows of one village for tests of linking: what a row leaves open is usual. */
import { checkDigit } from '../../src/normalise/id-number.ts'
import type { RowText } from './build-table.ts'

export const VILLAGE = '513027001002'
export const OTHER = '513027105201'

/** An invented number: area code abolished in 1993, births after. */
export const id = (birth: string, sequence: string): string => {
  const digits = `513027${birth}${sequence}`
  return digits + checkDigit(digits)
}

export const police = (key: string, row: Record<string, string>): RowText => ({
  register: 'police',
  id: key,
  area_code: VILLAGE,
  household_no: `H${key}`,
  status: '0',
  record_flag: '1',
  reversal_flag: '0',
  ...row,
})
export const census = (key: string, row: Record<string, string>): RowText => ({
  register: 'census',
  id: key,
  block_code: `${VILLAGE}003`,
  household_no: `C${key}`,
  residence: '1',
  hukou_place: '1',
  ...row,
})

/** One person in two police rows of two villages, under two numbers; and the number of his wife. */
export const TWO_HUKOU = {
  spouse: id('19960827', '798'),
  first: { name: '彭昌发', sex: '1', birth_date: '19950720', id_number: id('19950720', '675') },
  second: {
    name: '彭昌发',
    sex: '1',
    birth_date: '19960114',
    id_number: id('19960114', '617'),
    area_code: OTHER,
  },
} as const
