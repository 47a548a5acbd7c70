/**
 * A first line that is a row: the table came without a header, and the line's cells were taken for the columns' names.
 *
 * In:  a table as read. Out: which cell shows it, by its place, or undefined. A header may hold anything but a
 *      date above dates and an electronic address above such: short of these nothing is said where one of the names means
 *      something (header-words.ts), or a program made all of them up (c3, field_7, 0, 1, 2).
 * Leaves to propose-spec.ts: refusing. A spec that names the columns settles the question without it.
 */
import { readDates } from '../fields/dates.ts'
import { foldText, looksLikeNumber, saysNothing } from '../fields/fold.ts'
import { meaningOf, wordsOf } from './header-words.ts'
import type { Table, TableColumn } from '../read/read-table.ts'
import { isWrittenDate, someOf } from './some-cells.ts'
import { isBareHeader } from './value-meanings.ts'

/** Part of the cells of a column that must be written as its name is. */
const ALIKE_LEAST = 0.8
/** Columns whose names are plainly cells; of forms that a name may have too it takes two. */
const SIGNS_LEAST = 2
/** Headers of years (population by year) are numbers above numbers. */
const YEAR = /^(18|19|20)\d\d$/

/** Forms no name of a column has, and forms it hardly has. */
const PLAIN_FORMS: readonly ((cell: string) => boolean)[] = [
  (cell) => /^\S+@\S+\.\S+$/.test(cell),
  (cell) => isWrittenDate(cell, readDates([cell], [1]).dates[0]),
]
const NUMBER_FORMS: readonly ((cell: string) => boolean)[] = [
  (cell) => looksLikeNumber(cell) && !YEAR.test(cell),
  (cell) => /^(?=(\D*\d){5})[\d\s()+./-]+$/.test(cell),
]

/** @returns the number, from 1, of the first column whose name shows it; its cell may be a person's and is not told */
export function rowAsHeader({ columns }: Table): number | undefined {
  const plain = columns.findIndex((column) => isOfForm(column, PLAIN_FORMS))
  if (plain >= 0) return plain + 1
  const names = columns.map(({ name }) => wordsOf(name))
  // Not 4 Fox Street, which is an address and says what an address is.
  const doesMean = (words: string) => !/^\d/.test(words) && meaningOf(words, names) !== undefined
  if (names.every(isBareHeader) || names.some(doesMean)) return undefined
  const signs = columns.filter((column) => isOfForm(column, NUMBER_FORMS) || isAmongItsCells(column))
  return signs.length >= SIGNS_LEAST ? columns.indexOf(signs[0]) + 1 : undefined
}

function isOfForm({ name, cells }: TableColumn, forms: readonly ((cell: string) => boolean)[]): boolean {
  const form = forms.find((each) => each(name))
  if (form === undefined) return false
  const known = someOf(cells).filter((cell) => !saysNothing(cell))
  return known.length > 0 && known.filter((cell) => form(cell.trim())).length >= ALIKE_LEAST * known.length
}

/** Smith above a column in which other rows say Smith. */
function isAmongItsCells({ name, cells }: TableColumn): boolean {
  const folded = foldText(name)
  return folded !== '' && !saysNothing(name) && cells.some((cell) => foldText(cell) === folded)
}
