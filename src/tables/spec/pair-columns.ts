/**
 * Which column of one table is which of the other: by the same header, by headers that mean the same, by cells.
 *
 * In:  two tables and what their headers mean. Out: pairs of columns, each column in one at most, with the reason.
 * Cells pair columns that share more of their words with each other than either shares with any third one; columns of
 * numbers are left apart, since any two of these share digits. Leaves to propose-spec.ts: what kind a pair holds.
 */
import { foldText, looksLikeNumber, saysNothing } from '../fields/fold.ts'
import { type HeaderMeaning, meaningOf, wordsOf } from './header-words.ts'
import type { TableColumn } from '../read/read-table.ts'
import { isBareHeader, type ValueMeanings } from './value-meanings.ts'

export interface PairedColumns {
  readonly left: TableColumn
  readonly right: TableColumn
  /** Why, where it is not the header. */
  readonly reason: string | undefined
}

/** Of the words of two columns, the part that must stand in both; cells looked at. */
const SHARED_LEAST = 0.15
const CELLS_MOST = 5000

/** Columns taken for identifiers are left out by the caller. */
export function pairColumns(
  left: readonly TableColumn[],
  right: readonly TableColumn[],
  [ofLeft, ofRight]: readonly ValueMeanings[],
): PairedColumns[] {
  const pairs = new Map<TableColumn, { right: TableColumn; reason: string | undefined }>()
  const taken = new Set<TableColumn>()
  const take = (one: TableColumn, other: TableColumn, reason?: string) => {
    pairs.set(one, { right: other, reason })
    taken.add(other)
  }
  const openLeft = () => left.filter((column) => !pairs.has(column))
  const openRight = () => right.filter((column) => !taken.has(column))
  const join = (name: string) => wordsOf(name).replaceAll(' ', '')
  for (const column of left) {
    const other = openRight().find((one) => join(one.name) === join(column.name))
    // The third column of each, but telephones in one and names in the other.
    if (other !== undefined && isBareHeader(wordsOf(column.name)))
      if (ofForm(ofLeft.get(column)) !== ofForm(ofRight.get(other))) continue
    if (other !== undefined) take(column, other)
  }
  const conceptsOf = (columns: readonly TableColumn[], values: ValueMeanings) => {
    const words = columns.map(({ name }) => wordsOf(name))
    return columns.map((column, i) => (meaningOf(words[i], words) ?? values.get(column))?.concept)
  }
  const [mine, theirs] = [conceptsOf(left, ofLeft), conceptsOf(right, ofRight)]
  left.forEach((column, i) => {
    const concept = mine[i]
    if (pairs.has(column) || concept === undefined || ['number', 'answer', 'name'].includes(concept)) return
    const same = right.filter((one, j) => theirs[j] === concept && !taken.has(one))
    const rivals = left.filter((one, j) => mine[j] === concept && !pairs.has(one))
    if (same.length !== 1 || rivals.length !== 1) return
    take(column, same[0], ofLeft.has(column) || ofRight.has(same[0]) ? 'cells of both mean it' : 'both headers mean it')
  })
  const [openOnes, others] = [openLeft(), openRight()].map((columns) =>
    columns.map((column) => ({ column, words: wordsIn(column) })).filter(({ words }) => words.size > 0),
  )
  const shares = openOnes.flatMap((one) =>
    others.map((other) => ({ one: one.column, other: other.column, share: sharedPart(one.words, other.words) })),
  )
  for (const { one, other, share } of shares.sort((x, y) => y.share - x.share))
    if (share >= SHARED_LEAST && !pairs.has(one) && !taken.has(other)) take(one, other, 'cells of both agree')
  return left.flatMap((column) => {
    const pair = pairs.get(column)
    return pair === undefined ? [] : [{ left: column, ...pair }]
  })
}

/** Numbers of one length in one table may have lost their noughts in the other. */
function ofForm(meaning: HeaderMeaning | undefined): string | undefined {
  return meaning?.concept === 'number' ? undefined : meaning?.concept
}

/** Distinct words of a column, none where most cells are numbers. */
function wordsIn(column: TableColumn): ReadonlySet<string> {
  const cells = column.cells.filter((cell) => !saysNothing(cell)).sort()
  const step = Math.max(1, Math.ceil(cells.length / CELLS_MOST))
  const some = cells.filter((_, i) => i % step === 0)
  if (some.filter(looksLikeNumber).length * 2 > some.length) return new Set()
  return new Set(some.flatMap((cell) => foldText(cell).split(' ')).filter((word) => word.length > 1))
}

function sharedPart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const word of a) if (b.has(word)) both++
  return both / (a.size + b.size - both)
}
