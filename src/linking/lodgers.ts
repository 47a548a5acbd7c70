/**
 * How those who were counted twice stand to the head of the household: at one of the two places many lodge with strangers.
 *
 * Whoever is at home where he was counted belongs to a family there; whoever works, studies or boards elsewhere stands in that
 * household as 其他 (D2 = 9). Two present rows neither of which is a lodger's are the rather two people. Learned from the
 * county's own pairs; where lodgers are counted twice no oftener than others it weighs nothing.
 * In:  present rows of which the pair might be, then pairs that are proved to be one person. Out: milli-bits,
 * log2(P(k lodgers | one person) ÷ P(k lodgers | strangers)), k = 0, 1, 2.
 */
import { milliBits } from '../matching/weigh-county.ts'
import { RELATION, type RecordTable } from '../records/record-table.ts'

/** Pairs that are believed to lodge as often as strangers. */
const CAUTION = 20

export class Lodgers {
  private readonly relation: Uint8Array
  private readonly strangers: readonly number[]
  private readonly seen: number[]
  private pairs = CAUTION

  constructor(table: RecordTable, rows: Iterable<number>) {
    this.relation = table.columns.relation
    let known = 0
    let lodging = 0
    for (const row of rows) {
      if (this.relation[row] === RELATION.unknown) continue
      known++
      if (isLodger(this.relation[row])) lodging++
    }
    const share = known === 0 ? 0 : lodging / known
    this.strangers = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2]
    this.seen = this.strangers.map((chance) => chance * CAUTION)
  }

  /** Two rows of one person. */
  learn(left: number, right: number): void {
    const count = this.countOf(left, right)
    if (count === undefined) return
    this.pairs++
    this.seen[count]++
  }

  /** Milli-bits; 0 where a row does not say how it stands to the head. */
  weightOf(left: number, right: number): number {
    const count = this.countOf(left, right)
    if (count === undefined || this.strangers[count] === 0) return 0
    return milliBits(this.seen[count] / this.pairs / this.strangers[count])
  }

  private countOf(left: number, right: number): number | undefined {
    const [a, b] = [this.relation[left], this.relation[right]]
    if (a === RELATION.unknown || b === RELATION.unknown) return undefined
    return Number(isLodger(a)) + Number(isLodger(b))
  }
}

/** The short form's 其他 is read as another relative, the register's 非亲属 as none. */
function isLodger(relation: number): boolean {
  return relation === RELATION.otherRelative || relation === RELATION.nonRelative
}
