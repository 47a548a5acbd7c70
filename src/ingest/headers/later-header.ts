/**
 * A header further down, in other words than the first one: exports of two systems put one after another.
 *
 * In:  the cells of a row that names nobody's number and birth, and how the rows of its file are read. Out: whether it is a header, and
 *      of which columns. Rows below one of another order would be read into wrong columns without a word.
 */
import { headersOf, REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import type { FilePlan } from '../plan.ts'
import { foldHeader } from './header-fold.ts'

/** Headers of a register that make a row its header for certain. */
const KNOWN_MIN = 3
/** No header is longer. */
const LETTERS_MAX = 64

const columnsOf = REGISTERS.map(
  (register) =>
    new Map(
      REGISTER_SPECS[register].columns.flatMap((column) =>
        headersOf(column).map((header) => [foldHeader(header), column.name] as const),
      ),
    ),
)

/** Words of a second header row stand in few cells: 姓名 and 公民身份号码 below 父亲. One may be a slip of the hand. */
const SECOND_ROW_MIN = 2

/** Whether the first row below the header, of which nobody is the person, goes on with it: merged cells of a header of two rows. */
export function isSecondHeaderRow(
  textOf: (cell: number) => string,
  cells: number,
  plan: FilePlan,
  row: number,
): boolean {
  if (row !== plan.headerRow + 1) return false
  const words = Array.from({ length: cells }, (_, cell) => textOf(cell)).filter(
    (text) => text.length <= LETTERS_MAX && columnsOf[plan.register].has(foldHeader(text)),
  )
  return words.length >= SECOND_ROW_MIN
}

/** E239: names the columns in their order; E243: in another order, or other ones. */
export function laterHeader(
  textOf: (cell: number) => string,
  cells: number,
  plan: FilePlan,
): 'E239' | 'E243' | undefined {
  const columnOf = (cell: number) => {
    const text = textOf(cell)
    return text.length > LETTERS_MAX ? undefined : columnsOf[plan.register].get(foldHeader(text))
  }
  // Of a register without births and numbers every row comes here: two cells tell nearly all of them.
  if (columnOf(0) === undefined && columnOf(1) === undefined) return undefined
  const named = Array.from({ length: cells }, (_, cell) => columnOf(cell))
  if (named.filter((column) => column !== undefined).length < KNOWN_MIN) return undefined
  const isSame = named.every((column, cell) => column === undefined || column === plan.header[cell])
  return isSame ? 'E239' : 'E243'
}
