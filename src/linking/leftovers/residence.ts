/**
 * Whether two rows of newcomers lie in one village: people are often listed twice by neighbouring enumerators, strangers
 * seldom live in one small village.
 *
 * In:  the newcomers, then pairs of them that one number proves to be one person. Out: milli-bits, log2(P(one village | one
 * person) ÷ the village's share of the newcomers), and the same of two villages.
 */
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'

/** Pairs that are believed to lie in one village as often as strangers. */
const RESIDENCE_CAUTION = 20

export class ResidenceWeights {
  private readonly area: Uint32Array
  private readonly newcomers: Int32Array
  private readonly rows: number
  /** Chance that two of them share their village. */
  private readonly usual: number
  private together: number
  private pairs = RESIDENCE_CAUTION

  constructor(table: RecordTable, rows: Int32Array) {
    this.area = table.columns.area
    this.rows = rows.length
    this.newcomers = new Int32Array(table.areas.size + 1)
    for (const row of rows) this.newcomers[this.area[row]]++
    let usual = 0
    for (const count of this.newcomers) usual += (count / this.rows) ** 2
    this.usual = usual
    this.together = RESIDENCE_CAUTION * usual
  }

  /** Two rows of one person. */
  learn(left: number, right: number): void {
    this.pairs++
    if (this.area[left] === this.area[right]) this.together++
  }

  /** Milli-bits. */
  weightOf(left: number, right: number): number {
    const share = this.together / this.pairs
    const village = this.area[left]
    if (village !== this.area[right]) return milliBits((1 - share) / (1 - this.usual))
    return village === 0 ? 0 : milliBits(share / (this.newcomers[village] / this.rows))
  }

  /** The most that it can add: in the village of one newcomer. */
  get most(): number {
    return Math.max(0, milliBits((this.together / this.pairs) * this.rows))
  }
}
