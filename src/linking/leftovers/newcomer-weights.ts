/**
 * What two rows of newcomers say for being one person, by what is known once all others are linked.
 *
 * Learned from newcomers who are linked already: how many are counted twice (the prior), how origins, villages and lodgings of one
 * person's two rows agree. Names are counted among newcomers, who bear names that the register here has never counted.
 * In:  the newcomers and the pairs of them that blocking proposed. Out: milli-bits.
 */
import { isNumberAnchor } from '../../matching/anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { COMPARISON } from '../../matching/comparisons.ts'
import { birthLevelOf, idLevelOf, type Kernel, nameLevelOf, PAIR_CLASS } from '../../matching/kernel.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import type { Groups } from '../groups.ts'
import { Lodgers } from '../lodgers.ts'
import { misfitsOwnNumber } from '../number-holders.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import type { AwayAnswers } from '../statistical/away-answers.ts'
import { Namesakes } from './namesakes.ts'
import { ORIGIN, type Origins } from './origins.ts'
import { ResidenceWeights } from './residence.ts'

/** One newcomer in 64 is counted twice: believed as 500 newcomers. Of a handful nobody knows who else is hidden. */
const USUAL_SHARE = 1 / 64
const CAUTION = 500
/** Two people in 2,000 of the police system were given one number; nobody else's number fits one's birth and sex. */
const GIVEN_TWICE = 0.0005
/** How the origins of one person's two rows agree (ORIGIN), believed as 20 pairs. */
const USUAL_ORIGINS = [0.9, 0.06, 0.02, 0.02]
const ORIGINS_CAUTION = 20
/** Of two rows that bear one number: both numbers looked at, one of them, none. */
const WAYS_TO_READ = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const
/** The name has a count of its own here; place and claims give way to the origin. */
const AS_OF_ANY_ROWS = [COMPARISON.birth, COMPARISON.sex, COMPARISON.address]

/** What the evidence is learned from. */
export interface NewcomerEvidence {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly model: CountyModel
  readonly pairs: OrderedPairs
  readonly answers: AwayAnswers
}

export class NewcomerWeights {
  /** That two newcomers by chance are one person. */
  readonly prior: number
  /** The most that places can say, those of the rarest origin and village: what weighs too little even with it need not be looked at. */
  readonly placesMax: number
  private readonly context: NewcomerEvidence
  private readonly newcomers: number
  private readonly origins: Origins
  private readonly villages: ResidenceWeights
  private readonly lodgers: Lodgers
  /** Of pairs of one person of whose rows 0, 1 or 2 bear a number, shares by ORIGIN. */
  private readonly agreed: readonly (readonly number[])[]
  private readonly bearers: Map<number, number>
  private readonly namesakes: Namesakes
  /** m of two census rows by comparison and level. */
  private readonly m: readonly (readonly number[])[]

  /**
   * @param rows of the newcomers, ascending
   * @param known numbers of the pairs by weight of two newcomers
   */
  constructor(context: NewcomerEvidence, rows: Int32Array, origins: Origins, known: readonly number[]) {
    const { table, groups, kernel, model, pairs } = context
    this.context = context
    this.newcomers = rows.length
    this.origins = origins
    this.villages = new ResidenceWeights(table, rows)
    this.lodgers = new Lodgers(table, rows)
    this.bearers = namesAmong(table, kernel, rows)
    this.namesakes = new Namesakes(table, kernel, groups, model, rows)
    this.m = model.classes[PAIR_CLASS.censusCensus].m
    const twice = known.filter((i) => groups.root(pairs.left[i]) === groups.root(pairs.right[i]))
    const share = (2 * twice.length + CAUTION * USUAL_SHARE) / (rows.length + CAUTION)
    this.prior = milliBits(share / (rows.length + CAUTION))
    this.agreed = this.learn(twice.filter((i) => isNumberAnchor(pairs.pattern[i])))
    const likeliest = Math.max(...this.agreed.map((shares) => shares[ORIGIN.same]))
    this.placesMax = Math.max(0, milliBits(likeliest * rows.length)) + this.villages.most
  }

  /**
   * Learns from pairs of one number where one person's two rows lie; returns the shares of ORIGIN among them.
   *
   * Two rows of one number never come from two counties: where the claims differ, the number stands in for one of them. A pair
   * to be judged mostly has one number at the most. What such a pair looks like is seen where the numbers are not.
   */
  private learn(anchors: readonly number[]): readonly (readonly number[])[] {
    const { pairs } = this.context
    const agreed = [0, 1, 2].map(() => USUAL_ORIGINS.map((share) => share * ORIGINS_CAUTION))
    for (const i of anchors) {
      const [left, right] = [pairs.left[i], pairs.right[i]]
      this.villages.learn(left, right)
      this.lodgers.learn(left, right)
      for (const isRead of WAYS_TO_READ) {
        const origin = this.origins.compare(left, right, isRead)
        if (origin !== undefined) agreed[Number(isRead[0]) + Number(isRead[1])][origin.level]++
      }
    }
    return agreed.map((counts) => {
      const all = counts.reduce((sum, n) => sum + n, 0)
      return counts.map((n) => n / all)
    })
  }

  /** What names, births, numbers, sexes, addresses and ethnicities say. */
  ofThemselves(left: number, right: number, pattern: number): number {
    const { weights } = this.context
    let weight = this.nameWeight(left, right, pattern) + this.idWeight(left, right, pattern)
    for (const comparison of AS_OF_ANY_ROWS) weight += weights.weightOf(comparison, left, right, pattern)
    return weight + this.namesakes.weightOf(pattern) + weights.ethnicityWeight(left, right, pattern)
  }

  /** What origins, villages, lodgings and the answers about being away say. */
  ofPlaces(left: number, right: number): number {
    return (
      this.originWeight(left, right) +
      this.context.answers.weightOf(left, right) +
      this.villages.weightOf(left, right) +
      this.lodgers.weightOf(left, right)
    )
  }

  private nameWeight(left: number, right: number, pattern: number): number {
    const { table, kernel, weights } = this.context
    const weight = weights.nameWeight(left, right, pattern)
    if (nameLevelOf(pattern) !== NAME_LEVEL.exact) return weight
    // People of one distant place bear names that the police register here has never counted.
    const others = (this.bearers.get(kernel.nameKey(table.columns.name[left])) ?? 2) - 2
    if (others <= 0) return weight
    return Math.min(weight, milliBits((this.m[COMPARISON.name][NAME_LEVEL.exact] * this.newcomers) / others))
  }

  private idWeight(left: number, right: number, pattern: number): number {
    const { lines, weights } = this.context
    const weight = weights.weightOf(COMPARISON.id, left, right, pattern)
    const isOwn =
      idLevelOf(pattern) === ID_LEVEL.sameValid &&
      birthLevelOf(pattern) !== BIRTH_LEVEL.missing &&
      misfitsOwnNumber(lines, left) + misfitsOwnNumber(lines, right) === 0
    if (!isOwn) return weight
    return Math.max(weight, milliBits((this.m[COMPARISON.id][ID_LEVEL.sameValid] * weights.people) / GIVEN_TWICE))
  }

  private originWeight(left: number, right: number): number {
    const origin = this.origins.compare(left, right)
    if (origin === undefined) return 0
    return milliBits(this.agreed[this.origins.numbersOf(left, right)][origin.level] / origin.chance)
  }
}

/** How many bear each name, however it is written, by nameKey. */
function namesAmong(table: RecordTable, kernel: Kernel, rows: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const name = table.columns.name[row]
    if (name === 0) continue
    const key = kernel.nameKey(name)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
