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

export class PresentTwice {
  private readonly lines: Int32Array
  private readonly answers: AwayAnswers
  private readonly hukouArea: Uint32Array
  private readonly isLoaded: (area: number) => boolean
  /** Milli-bits by place level: log2(P(both present, level | match) ÷ (P(both present | strangers) · m(level))). */
  private readonly byLevel: readonly number[]
  /** Present rows that claim each area number. */
  private readonly claims: Int32Array
  /** Present rows that two strangers share their village with, on average. */
  private readonly usualClaims: number

  /** @param anchors as pairsOfOneNumber gives them */
  constructor(
    table: RecordTable,
    lines: Int32Array,
    pairs: OrderedPairs,
    anchors: readonly number[],
    model: CountyModel,
    answers: AwayAnswers,
  ) {
    this.answers = answers
    this.lines = lines
    this.hukouArea = table.columns.hukouArea
    const counties = new Set(table.handle.loadedCounties)
    this.isLoaded = (area) => counties.has(table.areas.first(area))
    this.claims = new Int32Array(table.areas.size + 1)
    let present = 0
    let shared = 0
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (!isPresent(this.lines, row)) continue
      present++
      shared += 2 * this.claims[this.hukouArea[row]]++ + 1
    }
    this.usualClaims = shared / Math.max(1, present)
    const strangers = (present / Math.max(1, table.starts[CENSUS + 1] - table.starts[CENSUS])) ** 2
    this.byLevel = this.learn(pairs, anchors, strangers, model.classes[PAIR_CLASS.censusCensus].m[PLACE])
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
    const places = this.claimsAreApart(left, right) ? Math.min(this.byLevel[level], USUAL_WEIGHT) : this.byLevel[level]
    const weight = places + this.answers.weightOf(left, right)
    if (level !== PLACE_LEVEL.village) return weight
    const others = Math.max(1, this.claims[this.hukouArea[left]] - 1)
    return weight + Math.max(0, Math.min(DISTANT_MAX, milliBits(this.usualClaims / others)))
  }

  /** One claims a hukou in the loaded counties, the other one elsewhere: rather namesakes than a slip. */
  private claimsAreApart(left: number, right: number): boolean {
    const [a, b] = [this.hukouArea[left], this.hukouArea[right]]
    return a !== 0 && b !== 0 && this.isLoaded(a) !== this.isLoaded(b)
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
