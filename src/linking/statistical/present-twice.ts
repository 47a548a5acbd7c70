/**
 * What two present rows of one person look like here, learned from those that bear one number.
 *
 * The place of two census rows is weighed as in most pairs: an away row beside the present one, in different villages.
 * Who is counted twice as present is another matter: often in one village, with the hukou written once and left out
 * once. And a distant village that hardly anybody here is from says far more than the village next door, as a rare name
 * does. In:  pairs with the same valid number, claimed hukou of the present rows. Out: milli-bits to add to a pair.
 */
import { isNumberAnchor } from '../../matching/anchors.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { PAIR_CLASS, PLACE_LEVEL, pairClassOf, placeLevelOf } from '../../matching/kernel.ts'
import { isPresent } from '../../matching/packed-records.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS } from '../../registers/columns.ts'
import { Lodgers } from '../lodgers.ts'
import type { AwayAnswers } from './away-answers.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'

/** Without a number to learn from, one pair in 64 is such a one whatever its places. */
const USUAL_SHARE = 1 / 64
const USUAL_WEIGHT = milliBits(USUAL_SHARE)
/** Pairs that the usual share is believed as. */
const CAUTION = 20
const PLACE = 4
/** People of one distant village come together and bear each other's surnames. */
const DISTANT_MAX = 6000
/** D8 = 4: the hukou is in another county. */
const OTHER_COUNTY = 4
const CLAIM = { none: 0, here: 1, elsewhere: 2 } as const

export interface PresentTwiceContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly pairs: OrderedPairs
  /** As pairsOfOneNumber gives them. */
  readonly anchors: readonly number[]
  readonly model: CountyModel
  readonly answers: AwayAnswers
}

export class PresentTwice {
  private readonly lines: Int32Array
  private readonly answers: AwayAnswers
  private readonly lodgers: Lodgers
  private readonly hukouArea: Uint32Array
  private readonly hukouPlace: Uint8Array
  private readonly isLoaded: (area: number) => boolean
  /** Milli-bits by place level: log2(P(both present, level | match) ÷ (P(both present | strangers) · m(level))). */
  private readonly byLevel: readonly number[]
  /** Milli-bits besides, where a place is not known: one claims a hukou here and the other one elsewhere, or not. */
  private readonly unknownApart: { readonly apart: number; readonly together: number }
  /** Present rows that claim each area number. */
  private readonly claims: Int32Array
  /** Present rows that two strangers share their village with, on average. */
  private readonly usualClaims: number

  constructor({ table, lines, pairs, anchors, model, answers }: PresentTwiceContext) {
    this.answers = answers
    this.lines = lines
    this.hukouArea = table.columns.hukouArea
    this.hukouPlace = table.columns.hukouPlace
    const counties = new Set(table.handle.loadedCounties)
    this.isLoaded = (area) => counties.has(table.areas.first(area))
    this.claims = new Int32Array(table.areas.size + 1)
    const found = new Int32Array(table.starts[CENSUS + 1] - table.starts[CENSUS])
    let present = 0
    let shared = 0
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (!isPresent(this.lines, row)) continue
      found[present++] = row
      shared += 2 * this.claims[this.hukouArea[row]]++ + 1
    }
    const rows = found.subarray(0, present)
    this.usualClaims = shared / Math.max(1, present)
    const strangers = (present / Math.max(1, table.starts[CENSUS + 1] - table.starts[CENSUS])) ** 2
    this.byLevel = this.learn(pairs, anchors, strangers, model.classes[PAIR_CLASS.censusCensus].m[PLACE])
    this.lodgers = new Lodgers(table, rows)
    const twice = anchors.filter((i) => isPresent(this.lines, pairs.left[i]) && isPresent(this.lines, pairs.right[i]))
    for (const i of twice) this.lodgers.learn(pairs.left[i], pairs.right[i])
    this.unknownApart = this.learnUnknown(pairs, twice, rows)
  }

  /** Milli-bits for two present rows of the census; undefined for any other pair. */
  weightOf(left: number, right: number, pattern: number): number | undefined {
    if (
      pairClassOf(pattern) !== PAIR_CLASS.censusCensus ||
      !isPresent(this.lines, left) ||
      !isPresent(this.lines, right)
    )
      return undefined
    const level = placeLevelOf(pattern)
    const places = this.namesPlacesApart(left, right)
      ? Math.min(this.byLevel[level], USUAL_WEIGHT)
      : this.byLevel[level]
    const unknown = level === PLACE_LEVEL.missing ? this.unknownWeight(left, right) : 0
    const weight = places + unknown + this.answers.weightOf(left, right) + this.lodgers.weightOf(left, right)
    if (level !== PLACE_LEVEL.village) return weight
    const others = Math.max(1, this.claims[this.hukouArea[left]] - 1)
    return weight + Math.max(0, Math.min(DISTANT_MAX, milliBits(this.usualClaims / others)))
  }

  /**
   * Both name the place, and one lies here: rather namesakes than a slip. Of a pair that leaves it out (`unknownWeight`) the
   * county's own numbers say what being apart is worth.
   */
  private namesPlacesApart(left: number, right: number): boolean {
    return this.hukouArea[left] !== 0 && this.hukouArea[right] !== 0 && this.areApart(left, right)
  }

  private unknownWeight(left: number, right: number): number {
    return this.areApart(left, right) ? this.unknownApart.apart : this.unknownApart.together
  }

  /** One claims a hukou here, the other one elsewhere, named or not (D8 = 4). */
  private areApart(left: number, right: number): boolean {
    const [a, b] = [this.claimOf(left), this.claimOf(right)]
    return a !== CLAIM.none && b !== CLAIM.none && a !== b
  }

  private claimOf(row: number): number {
    const area = this.hukouArea[row]
    if (area !== 0) return this.isLoaded(area) ? CLAIM.here : CLAIM.elsewhere
    return this.hukouPlace[row] === OTHER_COUNTY ? CLAIM.elsewhere : CLAIM.none
  }

  private learnUnknown(pairs: OrderedPairs, twice: readonly number[], rows: Int32Array) {
    const named = [0, 0, 0]
    const unnamed = [0, 0, 0]
    for (const row of rows) (this.hukouArea[row] === 0 ? unnamed : named)[this.claimOf(row)]++
    const allUnnamed = unnamed[CLAIM.none] + unnamed[CLAIM.elsewhere]
    const unknown = allUnnamed * (2 * rows.length - allUnnamed)
    const chance = unknown === 0 ? 0 : (2 * unnamed[CLAIM.elsewhere] * named[CLAIM.here]) / unknown
    if (chance === 0 || chance >= 1) return { apart: 0, together: 0 }
    let seen = CAUTION * chance
    let all = CAUTION
    for (const i of twice) {
      if (placeLevelOf(pairs.pattern[i]) !== PLACE_LEVEL.missing) continue
      all++
      if (this.areApart(pairs.left[i], pairs.right[i])) seen++
    }
    const share = seen / all
    return { apart: milliBits(share / chance), together: milliBits((1 - share) / (1 - chance)) }
  }

  private learn(pairs: OrderedPairs, anchors: readonly number[], strangers: number, m: readonly number[]): number[] {
    const counts = new Float64Array(m.length)
    let twice = 0
    for (const i of anchors) {
      if (!isPresent(this.lines, pairs.left[i]) || !isPresent(this.lines, pairs.right[i])) continue
      twice++
      counts[placeLevelOf(pairs.pattern[i])]++
    }
    return m.map((usual, level) => {
      // Where no place is known to one of them, that both are present is all there is.
      const isUnknown = level === PLACE_LEVEL.missing
      const chance = strangers * (isUnknown ? 1 : usual)
      const seen = (isUnknown ? twice : counts[level]) + CAUTION * USUAL_SHARE * chance
      return milliBits(seen / (anchors.length + CAUTION) / chance)
    })
  }
}

/** Numbers of the pairs of two census rows that one number proves to be one person: what both say is learned from them. */
export function pairsOfOneNumber(pairs: OrderedPairs): readonly number[] {
  const anchors: number[] = []
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (pairClassOf(pattern) === PAIR_CLASS.censusCensus && isNumberAnchor(pattern)) anchors.push(i)
  }
  return anchors
}
