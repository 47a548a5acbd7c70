/**
 * Whether the family of two police rows stands beside them in their household books.
 *
 * Hardly anybody stands in a book without the parents or the spouse whom the same row names. A second hukou mostly does: it was given to
 * one person, alone, in a stranger's book or in a collective one, and the family stayed where it was. So of two rows that seem to be one
 * person, one that is alone or among strangers speaks for it, and two with their families in both books speak for two people: namesakes,
 * brothers, twins. Who has moved in took the family along oftener, so that is learned apart. How often it is so is learned from pairs of
 * this county that are as good as certain without it; where second hukou stand with their families as others do, it says nothing.
 *
 * In:  active police rows, pairs in the order of their weight, rows by household. Out: milli-bits to add to a pair of two such rows,
 * log2(P(they stand so | one person's two hukou) ÷ P(two people stand so)); 0 in one book.
 */
import { type Kernel, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import type { RowLists } from '../../matching/random-pairs.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { HouseholdRelatives } from '../household-relatives.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'

/** A pair that is as good as certain, milli-bits. */
const CERTAIN = 12_000
/** So many rows show how people stand in their books. */
const ASKED_MAX = 20_000
/** Second hukou that are believed to stand as everybody does before any is seen. */
const CAUTION = 20
/** Nobody is that sure of it, milli-bits. */
const MOST = 6000
/** Larger books are collective ones, whatever their type: nobody's family is looked for there. */
const BOOK_MOST = 20

/** How a row stands in its book: alone; with a parent or the spouse; among others, none of whom it names; among others, naming nobody. */
export const STANDS = { alone: 0, family: 1, others: 2, unknown: 3 } as const
const KINDS = 4

export interface BooksInput {
  readonly table: RecordTable
  readonly kernel: Pick<Kernel, 'nameLevel'>
  readonly pairs: OrderedPairs
  /** Rows by household over all registers. */
  readonly households: RowLists
}

export class AloneInBook {
  private readonly columns: RecordTable['columns']
  private readonly policeEnd: number
  private readonly relatives: HouseholdRelatives
  /** Milli-bits by way and the kinds of both rows. */
  private readonly weight = new Int32Array(2 * KINDS * KINDS)

  constructor({ table, kernel, pairs, households }: BooksInput) {
    this.columns = table.columns
    this.policeEnd = table.starts[POLICE + 1]
    this.relatives = new HouseholdRelatives(table, kernel, households)
    this.learn(table, pairs)
  }

  /**
   * @param groups who is one person so far: of a second hukou whose owner has been found, nobody asks again why it stands alone
   * @returns 0 where one of the rows is no active hukou, nor of a person who has one, or stands in no book, or both stand in one
   */
  weightOf(groups: Groups, a: number, b: number): number {
    const [one, other] = [this.inForce(groups, a), this.inForce(groups, b)]
    const kind = this.kindOf(one, other)
    if (kind === undefined) return 0
    const weight = this.weight[kind]
    return weight > 0 && (this.isExplained(groups, one) || this.isExplained(groups, other)) ? 0 : weight
  }

  /** The active row of the person whose old version, or hukou left behind, a row is; the row itself where there is none, or several. */
  private inForce(groups: Groups, row: number): number {
    if (isActive(this.columns, row)) return row
    let found = row
    for (let at = groups.following(row); at !== row; at = groups.following(at)) {
      if (at >= this.policeEnd || !isActive(this.columns, at)) continue
      if (found !== row) return row
      found = at
    }
    return found
  }

  /** Whether a row that stands without its family is known to be somebody's second hukou. */
  private isExplained(groups: Groups, row: number): boolean {
    if (groups.police[groups.root(row)] < 2) return false
    const stands = this.standsOf(row)
    return stands === STANDS.alone || stands === STANDS.others
  }

  private learn(table: RecordTable, pairs: OrderedPairs): void {
    const chance = this.chances(table)
    const seen = new Float64Array(this.weight.length)
    for (let i = 0; i < pairs.count && pairs.weight[i] >= CERTAIN; i++) {
      if (pairClassOf(pairs.pattern[i]) !== PAIR_CLASS.policePolice) continue
      const kind = this.kindOf(pairs.left[i], pairs.right[i])
      if (kind !== undefined) seen[kind]++
    }
    for (let way = 0; way < 2; way++) {
      const from = way * KINDS * KINDS
      const pairsSeen = seen.subarray(from, from + KINDS * KINDS).reduce((sum, count) => sum + count, 0)
      for (let a = 0; a < KINDS; a++)
        for (let b = a; b < KINDS; b++) {
          const byChance = chance[a] * chance[b] * (a === b ? 1 : 2)
          const share = (seen[from + a * KINDS + b] + CAUTION * byChance) / (pairsSeen + CAUTION)
          const weight = Math.max(-MOST, Math.min(MOST, milliBits(share / byChance)))
          this.weight[from + a * KINDS + b] = weight
        }
    }
  }

  /** How active police rows stand in their books: the share of each kind, each believed to be seen once. */
  private chances({ starts }: RecordTable): Float64Array {
    const counts = new Float64Array(KINDS).fill(1)
    const step = Math.max(1, Math.ceil((starts[POLICE + 1] - starts[POLICE]) / ASKED_MAX))
    let all = KINDS
    for (let row = starts[POLICE]; row < starts[POLICE + 1]; row += step) {
      const stands = this.standsOf(row)
      if (stands === undefined) continue
      counts[stands]++
      all++
    }
    return counts.map((count) => count / all)
  }

  /** Whether one has moved in, and how both stand, in the order of their kinds. */
  private kindOf(a: number, b: number): number | undefined {
    const { household, movedIn } = this.columns
    if (household[a] === household[b]) return undefined
    const [one, other] = [this.standsOf(a), this.standsOf(b)]
    if (one === undefined || other === undefined) return undefined
    const way = movedIn[a] !== 0 || movedIn[b] !== 0 ? 1 : 0
    return (way * KINDS + Math.min(one, other)) * KINDS + Math.max(one, other)
  }

  /** One of STANDS; undefined of a row that is no active hukou or stands in no book. */
  standsOf(row: number): number | undefined {
    const { relatives } = this
    const members = isActive(this.columns, row) ? relatives.membersOf(row) : 0
    if (members === 0) return undefined
    if (members === 1) return STANDS.alone
    if (!relatives.isSpouseNamed(row) && !relatives.isParentNamed(row)) return STANDS.unknown
    return members <= BOOK_MOST && relatives.haveRelative(row, row) ? STANDS.family : STANDS.others
  }
}
