/**
 * Columns that say once more what another one says: a copy (authors, authors_original) or the same under other names
 * (party_cd, party_desc). Counted twice, one agreement would pass for two, and one slip of the pen for two slips.
 *
 * In:  columns of one table or of two, one after the other. Out: which earlier one a column repeats. Where each value stands
 *      once or twice any two columns go together, so other names are believed of values that return only.
 * Leaves to propose-spec.ts: what becomes of it.
 */
import { foldText, saysNothing } from '../fields/fold.ts'
import type { TableColumn } from '../read/read-table.ts'

/** Of the rows that hold one of the two, the part that must hold both and agree. */
const AGREEING_LEAST = 0.99
const RARE_AGREEING_LEAST = 0.95
/** Rows that must hold them, and rows a value stands in on average before other names for it are believed. */
const ROWS_LEAST = 20
const ROWS_PER_VALUE_LEAST = 5
/** Rows looked at; of so many of them first, in which so many must go together before the others are counted. */
const ROWS_MOST = 20_000
const ROWS_GLANCED_AT = 500
const GLANCE_LEAST = 0.9

/** One column of one table: a number for each folded value, of some rows; 0 where a row says nothing. */
interface Side {
  readonly values: Int32Array
  readonly distinct: number
}

export class RepeatedColumns {
  private readonly numbers = new Map<string, number>([['', 0]])
  private readonly kept: { readonly name: string; readonly sides: readonly Side[] }[] = []

  /**
   * The name of the kept column that this one repeats. One that repeats none is kept from now on.
   * @param columns that of the left table and, where there are two, that of the right
   */
  repeatedBy(columns: readonly TableColumn[]): string | undefined {
    const sides = columns.map((column) => this.sideOf(column))
    const said = this.kept.find((each) => each.sides.every((side, s) => isRepeated(side, sides[s])))
    if (said === undefined) this.kept.push({ name: columns[0].name, sides })
    return said?.name
  }

  private sideOf({ cells, codes }: TableColumn): Side {
    const folded = new Int32Array(cells.length).fill(-1)
    const step = Math.max(1, Math.ceil(codes.length / ROWS_MOST))
    const values = Int32Array.from({ length: Math.ceil(codes.length / step) }, (_, i) => {
      const code = codes[i * step]
      if (folded[code] < 0) folded[code] = this.numberOf(saysNothing(cells[code]) ? '' : foldText(cells[code]))
      return folded[code]
    })
    return { values, distinct: new Set(values.filter((value) => value > 0)).size }
  }

  private numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    this.numbers.set(text, this.numbers.size)
    return this.numbers.size - 1
  }
}

function isRepeated(one: Side, other: Side): boolean {
  let either = 0
  let both = 0
  let same = 0
  for (let i = 0; i < one.values.length; i++) {
    const a = one.values[i]
    const b = other.values[i]
    if (a > 0 || b > 0) either++
    if (a > 0 && b > 0) both++
    if (a > 0 && a === b) same++
  }
  if (either < ROWS_LEAST || both < AGREEING_LEAST * either) return false
  const isCommon = [one, other].every(({ distinct }) => distinct > 1 && distinct * ROWS_PER_VALUE_LEAST <= both)
  if (same >= AGREEING_LEAST * either) return true
  return isCommon && seemsToTell(one, other) && tells(one, other, both) && tells(other, one, both)
}

/** A glance, for tables of a hundred columns: among the first rows a value has mostly one partner. */
function seemsToTell(one: Side, other: Side): boolean {
  const partners = partnersIn(one, other, ROWS_GLANCED_AT)
  let [rows, usual] = [0, 0]
  for (const counts of partners.values()) {
    rows += sumOf(counts)
    usual += Math.max(...counts.values())
  }
  return usual >= GLANCE_LEAST * rows
}

/** Per value of the one, how often it stands beside each value of the other. */
function partnersIn(one: Side, other: Side, rowsMost: number): Map<number, Map<number, number>> {
  const partners = new Map<number, Map<number, number>>()
  for (let i = 0; i < Math.min(one.values.length, rowsMost); i++) {
    const [a, b] = [one.values[i], other.values[i]]
    if (a === 0 || b === 0) continue
    const counts = partners.get(a) ?? new Map<number, number>()
    partners.set(a, counts.set(b, (counts.get(b) ?? 0) + 1))
  }
  return partners
}

/** Whether who knows the one value knows the other. */
function tells(one: Side, other: Side, both: number): boolean {
  const partners = partnersIn(one, other, Infinity)
  // What nearly every row says (nobody is deceased) goes together with anything: the other values must do so too, and
  // with something else (who is deceased has not moved either, as nearly nobody has).
  const rows = [...partners.values()]
  const [commonest, ...rest] = rows.sort((x, y) => sumOf(y) - sumOf(x))
  const [usual, usualRows] = [...commonest].reduce((best, each) => (each[1] > best[1] ? each : best))
  const restUsual = rest.reduce(
    (sum, counts) => sum + Math.max(0, ...[...counts].map(([b, count]) => (b === usual ? 0 : count))),
    0,
  )
  const restRows = rest.reduce((sum, counts) => sum + sumOf(counts), 0)
  return (
    restRows >= ROWS_LEAST &&
    restUsual >= RARE_AGREEING_LEAST * restRows &&
    restUsual + usualRows >= AGREEING_LEAST * both
  )
}

function sumOf(counts: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}
