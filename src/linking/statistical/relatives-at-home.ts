/**
 * Whether those whom the police register calls somebody's parents or spouse live in the household of a census row.
 *
 * The short form names no parents, but it lists who lives together, and who of the household is away. Of people at their
 * hukou nine in ten have a parent or the spouse beside them, of those who have moved within the county seven in ten, of
 * strangers hardly one in a hundred: a household without any of them speaks against the pair, one with them for it. How
 * often it is so is learned from pairs that are as good as certain without it, apart for who is asked (a child or an
 * adult, of whom a spouse is known or not), where the row stands (at the hukou, as away from it, elsewhere) and how it is
 * related to the head: a lodger's relatives are nowhere. Rows alone in their household and collective households say nothing;
 * where those who are one person have no more relatives at home than strangers, nobody's household does.
 * Brothers have the same parents, so what speaks for a pair is bounded.
 *
 * In:  police and census rows, pairs in the order of their weight. Out: milli-bits to add to a pair of the two registers,
 * log2(P(somebody there, or nobody | one person) ÷ P(the same | strangers)).
 */
import { type Kernel, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import type { RowLists } from '../../matching/random-pairs.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { HOUSEHOLD_TYPE, RELATION, type RecordTable } from '../../records/record-table.ts'
import { isAdult, newestBirth } from '../ages.ts'
import { HouseholdRelatives } from '../household-relatives.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'

/** A pair that is as good as certain, milli-bits. */
const CERTAIN = 12_000
/** So many of them teach enough. */
const TAUGHT_MAX = 20_000
/** Pairs of a kind that are believed to be as all are before any is seen, and of all, to be as strangers are. */
const CAUTION = 50
/** Of strangers so many at least meet a relative's name. */
const STRANGERS_MIN = 0.005
/** Milli-bits: what relatives at home may say for a pair, of which a brother would have as much. */
const SPEAKS_MOST = 3000
/** Larger households are dormitories, whatever their type. */
const HOUSEHOLD_MOST = 20

const WHO = { child: 0, single: 1, married: 2 } as const
const WHERE = { atHukou: 0, away: 1, elsewhere: 2 } as const
const ROLE = { couple: 0, descendant: 1, other: 2 } as const
const KINDS = 27

/** D6 = 1: at home in the household that is asked; D8 = 1: whose hukou is here as well. */
const PRESENT = 1
const HUKOU_HERE = 1

export interface RelativesInput {
  readonly table: RecordTable
  readonly kernel: Kernel
  readonly pairs: OrderedPairs
  /** Rows by household over all registers. */
  readonly households: RowLists
}

export class RelativesAtHome {
  private readonly table: RecordTable
  private readonly relatives: HouseholdRelatives
  /** The last birth of the registers: who is an adult is told from there. */
  private readonly newest: number
  /** Milli-bits by kind, of nobody and of somebody. */
  private readonly nobody = new Int32Array(KINDS)
  private readonly somebody = new Int32Array(KINDS)

  constructor({ table, kernel, pairs, households }: RelativesInput) {
    this.table = table
    this.relatives = new HouseholdRelatives(table, kernel, households)
    this.newest = newestBirth(table)
    this.learn(pairs)
  }

  /** @returns 0 where no relative of the one is known, or the other is alone or in a dormitory */
  weightOf(police: number, census: number): number {
    const kind = this.kindOf(police, census)
    if (kind === undefined) return 0
    return this.relatives.haveRelative(police, census) ? this.somebody[kind] : this.nobody[kind]
  }

  private learn(pairs: OrderedPairs): void {
    const certain: number[] = []
    for (let i = 0; i < pairs.count && pairs.weight[i] >= CERTAIN; i++)
      if (pairClassOf(pairs.pattern[i]) === PAIR_CLASS.policeCensus) certain.push(i)
    const step = Math.max(1, Math.ceil(certain.length / TAUGHT_MAX))
    const seen = new Counts()
    const strangers = new Counts()
    /** The police row of each kind that was seen last: a stranger to the next one's household. */
    const last = new Int32Array(KINDS).fill(-1)
    for (let k = 0; k < certain.length; k += step) {
      const [police, census] = [pairs.left[certain[k]], pairs.right[certain[k]]]
      const kind = this.kindOf(police, census)
      if (kind === undefined) continue
      seen.add(kind, this.relatives.haveRelative(police, census))
      if (last[kind] >= 0) strangers.add(kind, this.relatives.haveRelative(last[kind], census))
      last[kind] = police
    }
    for (let kind = 0; kind < KINDS; kind++) {
      const found = seen.shareOf(kind)
      const chance = Math.max(STRANGERS_MIN, strangers.shareOf(kind))
      if (found <= chance) continue
      this.somebody[kind] = Math.min(SPEAKS_MOST, milliBits(found / chance))
      this.nobody[kind] = milliBits((1 - found) / (1 - chance))
    }
  }

  private kindOf(police: number, census: number): number | undefined {
    const c = this.table.columns
    const hasSpouse = this.relatives.isSpouseNamed(police)
    if (!hasSpouse && !this.relatives.isParentNamed(police)) return undefined
    if (c.householdType[census] === HOUSEHOLD_TYPE.collective) return undefined
    const members = this.relatives.membersOf(census)
    if (members < 2 || members > HOUSEHOLD_MOST) return undefined
    const isChild = !isAdult(c.birth[police], this.newest)
    const who = hasSpouse ? WHO.married : isChild ? WHO.child : WHO.single
    return (who * 3 + this.whereOf(census)) * 3 + roleOf(c.relation[census])
  }

  private whereOf(census: number): number {
    const { residence, hukouPlace } = this.table.columns
    if (residence[census] > PRESENT) return WHERE.away
    return hukouPlace[census] === HUKOU_HERE ? WHERE.atHukou : WHERE.elsewhere
  }
}

/** Pairs of each kind, and how many of them have somebody there. */
class Counts {
  private readonly pairs = new Float64Array(KINDS)
  private readonly found = new Float64Array(KINDS)

  add(kind: number, isFound: boolean): void {
    this.pairs[kind]++
    if (isFound) this.found[kind]++
  }

  /** Of a kind of which few are seen, as of all. */
  shareOf(kind: number): number {
    const all = (sum(this.found) + CAUTION * STRANGERS_MIN) / (sum(this.pairs) + CAUTION)
    return (this.found[kind] + CAUTION * all) / (this.pairs[kind] + CAUTION)
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function roleOf(relation: number): number {
  if (relation === RELATION.head || relation === RELATION.spouse) return ROLE.couple
  return relation === RELATION.child || relation === RELATION.grandchild ? ROLE.descendant : ROLE.other
}
