/**
 * How those who were counted twice live: with the family, as a lodger with another one, or in a collective household.
 *
 * Whoever is at home where he was counted belongs to a family there; whoever works, studies or boards elsewhere stands in that
 * household as 其他 (D2 = 9), or in a dormitory (H1 = 2), where everybody is 其他 and it says nothing. Two present rows neither of
 * which is a lodger's are the rather two people; whether dormitories count people who are counted elsewhere too differs from county to
 * county. Learned from the county's own pairs; where they live as any two rows do it weighs nothing.
 * In:  present rows of which the pair might be, then pairs that are proved to be one person. Out: milli-bits,
 * log2(P(how the two live | one person) ÷ P(the same | strangers)).
 */
import { milliBits } from '../matching/weigh-county.ts'
import { HOUSEHOLD_TYPE, RELATION, type RecordTable } from '../records/record-table.ts'

/** Pairs that are believed to live as strangers do. */
const CAUTION = 20
const LIVES = { withFamily: 0, asLodger: 1, inDormitory: 2 } as const
const WAYS = 3

export class Lodgers {
  private readonly relation: Uint8Array
  private readonly householdType: Uint8Array
  /** By two ways of living, either first: that two strangers live so. */
  private readonly strangers: Float64Array
  private readonly seen: Float64Array
  private pairs = CAUTION

  constructor(table: RecordTable, rows: Iterable<number>) {
    this.relation = table.columns.relation
    this.householdType = table.columns.householdType
    const counts = new Float64Array(WAYS)
    let known = 0
    for (const row of rows) {
      const way = this.wayOf(row)
      if (way === undefined) continue
      known++
      counts[way]++
    }
    const share = (way: number): number => (known === 0 ? 0 : counts[way] / known)
    this.strangers = Float64Array.from({ length: WAYS * WAYS }, (_, two) => {
      const [a, b] = [Math.floor(two / WAYS), two % WAYS]
      return share(a) * share(b) * (a === b ? 1 : 2)
    })
    this.seen = this.strangers.map((chance) => chance * CAUTION)
  }

  /** Two rows of one person. */
  learn(left: number, right: number): void {
    const two = this.waysOf(left, right)
    if (two === undefined) return
    this.pairs++
    this.seen[two]++
  }

  /** Milli-bits; 0 where a row does not say how it stands to the head. */
  weightOf(left: number, right: number): number {
    const two = this.waysOf(left, right)
    if (two === undefined || this.strangers[two] === 0) return 0
    return milliBits(this.seen[two] / this.pairs / this.strangers[two])
  }

  /** The lesser way first. */
  private waysOf(left: number, right: number): number | undefined {
    const [a, b] = [this.wayOf(left), this.wayOf(right)]
    if (a === undefined || b === undefined) return undefined
    return Math.min(a, b) * WAYS + Math.max(a, b)
  }

  private wayOf(row: number): number | undefined {
    if (this.householdType[row] === HOUSEHOLD_TYPE.collective) return LIVES.inDormitory
    const relation = this.relation[row]
    if (relation === RELATION.unknown) return undefined
    // The short form's 其他 is read as another relative, the register's 非亲属 as none.
    const isLodger = relation === RELATION.otherRelative || relation === RELATION.nonRelative
    return isLodger ? LIVES.asLodger : LIVES.withFamily
  }
}
