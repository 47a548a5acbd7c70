/**
 * A row in which one cell was left out (or one too many was put in) and every cell after it stands in its neighbour's
 * column: found by what the cells look like, and laid back.
 *
 * In: the row as cut, the canonical column of each cell. Out: the cutter's cells moved back; false if the row is as it
 * should be or if it cannot be told. What a cell looks like is its outward form only (a number is many digits, a
 * name has none), so that a damaged number or an impossible date is no slip. A row is laid back only where at least
 * SLIP_LEAST cells do not look like their columns and after one move all of them do. Where several
 * moves would do, cells on which they disagree are left empty: nobody's name is guessed.
 */
import { isStatus, parseAwayDuration, parseHukouPlace, parseResidence } from '../../normalise/codes.ts'
import { parseDate } from '../../normalise/date.ts'
import { parseEthnicity } from '../../normalise/ethnicity.ts'
import { parseHouseholdType } from '../../normalise/household-type.ts'
import { parseRelation } from '../../normalise/relation.ts'
import { parseSex } from '../../normalise/sex.ts'
import type { RowCutter } from './cells.ts'

/** One odd cell is a bad value; two that are both explained by one missing cell are not chance. */
const SLIP_LEAST = 2

const NUMBER = /^[\dOIl]{12,17}[\dXx*×]$/u
const DATE = /^[12]\d{3}(?:\D?\d|年)/
const DIGITS = /^\d+$/
const SEX_WORD = /^[男女]性?$/

const isCode =
  (parse: (text: string) => number) =>
  (text: string): boolean =>
    text.length < 20 && parse(text) !== 0

const isName = (text: string): boolean => text.length <= 60 && !/\d/.test(text) && !SEX_WORD.test(text)
const isNumber = (text: string): boolean => NUMBER.test(text)
const isDate = (text: string): boolean =>
  text.length <= 24 && !NUMBER.test(text) && (DATE.test(text) || parseDate(text) !== 0)
/** A count has no leading zeros; what has them is a household or a code. */
const isCount = (text: string): boolean => /^(?:0|[1-9]\d{0,2})$/.test(text)
/** 6 to 12 digits, with a block up to 15. */
const isPlace = (text: string): boolean => DIGITS.test(text) && text.length >= 6 && text.length <= 15
const isText = (text: string): boolean => text.length > 1 && !NUMBER.test(text) && parseDate(text) === 0
const isKey = (text: string): boolean => !SEX_WORD.test(text) && !(NUMBER.test(text) && text.length === 18)

/** Whether a text looks like a value of the column; columns not named take anything. */
const LOOKS: Readonly<Record<string, (text: string) => boolean>> = {
  id_number: isNumber,
  father_id: isNumber,
  mother_id: isNumber,
  spouse_id: isNumber,
  name: isName,
  former_name: isName,
  father_name: isName,
  mother_name: isName,
  spouse_name: isName,
  sex: isCode(parseSex),
  ethnicity: isCode(parseEthnicity),
  birth_date: isDate,
  birth_month: isDate,
  death_date: isDate,
  death_month: isDate,
  moved_in_on: isDate,
  moved_out_on: isDate,
  cancelled_on: isDate,
  area_code: isPlace,
  block_code: isPlace,
  hukou_area_code: isPlace,
  residence_area_code: isPlace,
  household_no: isKey,
  household_type: isCode(parseHouseholdType),
  persons_present: isCount,
  persons_away: isCount,
  residence: isCode(parseResidence),
  hukou_place: isCode(parseHukouPlace),
  away_duration: isCode(parseAwayDuration),
  status: isStatus,
  record_flag: isCount,
  reversal_flag: isCount,
  birth_order: isCount,
  age: isCount,
  address: isText,
}
const RELATION = {
  police: isCode((text) => parseRelation(text, 'police')),
  census: isCode((text) => parseRelation(text, 'census')),
}

type Look = ((text: string) => boolean) | undefined

export function looksOf(header: readonly (string | null)[], register: 'police' | 'census'): readonly Look[] {
  return header.map((name) => (name === null ? undefined : name === 'relation' ? RELATION[register] : LOOKS[name]))
}

/**
 * For each column the cell that belongs there, -1 = none; undefined = as it stands, or nobody can tell.
 *
 * @param texts the row's cells, as many as the header; @param fixed column that no slip may touch (the record id), -1 = none
 */
export function unslip(texts: readonly string[], looks: readonly Look[], fixed: number): number[] | undefined {
  const { length } = texts
  const asItStands = texts.map((_, k) => k)
  if (oddCells(texts, looks, asItStands) < SLIP_LEAST) return undefined
  const layouts: number[][] = []
  for (let gap = 0; gap < length; gap++) {
    // One cell was left out: the row's last column has none.
    if (texts[length - 1] === '') layouts.push(asItStands.map((k) => (k < gap ? k : k === gap ? -1 : k - 1)))
    // One empty cell too many.
    if (texts[gap] === '') layouts.push(asItStands.map((k) => (k < gap ? k : k + 1 < length ? k + 1 : -1)))
  }
  const fitting = layouts
    .filter((cells) => cells[fixed] === fixed || fixed < 0)
    .filter((cells) => oddCells(texts, looks, cells) === 0)
  if (fitting.length === 0) return undefined
  return asItStands.map((k) => {
    const cells = new Set(fitting.map((layout) => layout[k]))
    const values = new Set([...cells].map((cell) => texts[cell] ?? ''))
    return values.size === 1 ? fitting[0][k] : -1
  })
}

function oddCells(texts: readonly string[], looks: readonly Look[], cells: readonly number[]): number {
  let odd = 0
  for (let k = 0; k < cells.length; k++) {
    const text = texts[cells[k]] ?? ''
    if (text !== '' && looks[k]?.(text) === false) odd++
  }
  return odd
}

/** Moves the cutter's cells to where `unslip` says. */
export function layBack(cutter: RowCutter, cells: readonly number[]): void {
  const starts = cutter.starts.slice(0, cells.length)
  const ends = cutter.ends.slice(0, cells.length)
  const quoted = cutter.quoted.slice(0, cells.length)
  cells.forEach((cell, k) => {
    cutter.starts[k] = cell < 0 ? 0 : starts[cell]
    cutter.ends[k] = cell < 0 ? 0 : ends[cell]
    cutter.quoted[k] = cell < 0 ? 0 : quoted[cell]
  })
}
