/**
 * The count function (常住人口): what one short-form row adds to the usual residents of its township, and
 * what a person's rows add up to. A person rightly registered sums to one over all his rows in the country.
 *
 * c = 1  lives here, hukou in this township or undetermined
 * c = 1  lives here, away from the hukou township for half a year or more
 * c = 1  hukou side: away less than half a year, or in Hong Kong, Macao, Taiwan or abroad
 * c = 0  otherwise
 */
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'
import type { People } from '../linking/people.ts'

export interface Answers {
  /** D7 1–7. */
  readonly residence: number
  /** D8 1–5. */
  readonly hukouPlace: number
  /** D9 1–9. */
  readonly awayDuration: number
}

/** D9: under half a year. */
const SHORT = 2

/** D8 up to here: the hukou is in the township of the row. */
const NEAR_HUKOU = 2

/** D7 up to here: lives in the township of the hukou. */
const NEAR_RESIDENCE = 3

/** 0 or 1. An answer that is missing adds nothing: nobody is counted on a guess. */
export function contributionOf(row: Answers): number {
  const { residence, hukouPlace, awayDuration } = row
  if (residence === 1) {
    if (hukouPlace === 5 || (hukouPlace >= 1 && hukouPlace <= NEAR_HUKOU)) return 1
    return hukouPlace > NEAR_HUKOU && awayDuration > SHORT ? 1 : 0
  }
  if (residence >= 6) return 1
  return residence > NEAR_RESIDENCE && awayDuration === SHORT ? 1 : 0
}

/** The same for a row of the table; rows of other registers add nothing. */
export function contributionOfRow(table: RecordTable, row: number): number {
  if (row < table.starts[CENSUS] || row >= table.starts[CENSUS + 1]) return 0
  const { residence, hukouPlace, awayDuration } = table.columns
  return contributionOf({ residence: residence[row], hukouPlace: hukouPlace[row], awayDuration: awayDuration[row] })
}

/** How often a person is counted in the loaded area. */
export function countOfPerson(table: RecordTable, people: People, person: number): number {
  let sum = 0
  for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++)
    sum += contributionOfRow(table, people.rows[k])
  return sum
}

/** Why a row counts or does not, in one Chinese clause. */
export function reasonOfContribution(row: Answers): string {
  const counts = contributionOf(row) === 1
  if (row.residence === 1) {
    if (row.hukouPlace === 5) return '住在此处、户口待定，计入'
    if (row.hukouPlace === 0) return '户口登记地未填，不计'
    if (row.hukouPlace <= NEAR_HUKOU) return '住在此处、户口在本乡镇，计入'
    if (row.awayDuration === 0) return '户口在外、离开时间未填，不计'
    return counts ? '住在此处、离开户口地半年以上，计入' : '住在此处、离开户口地不满半年，不计'
  }
  if (row.residence === 0) return '居住地未填，不计'
  if (row.residence >= 6) return '户口在此、人在境外，计入'
  if (row.residence <= NEAR_RESIDENCE) return '户口在此、住在本乡镇另处，在现住处计'
  return counts ? '户口在此、外出不满半年，计入' : '户口在此、外出半年以上，不计'
}
