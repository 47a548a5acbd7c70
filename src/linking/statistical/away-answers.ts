/**
 * What two census rows answer about being away from the hukou: for how long (D9) and why (D10).
 *
 * Who is written down in two places is asked twice, and says much the same: learned from rows of one number, for two present
 * rows and for a present and an away row apart; of the latter also from pairs as good as certain without a number. An
 * answer that few give says more than one that everybody gives, as a rare name does. In a county where the two answers
 * agree no oftener than those of strangers they weigh nothing. Somebody at the hukou has no such answers.
 * In: census rows, pairs with the same valid number. Out: milli-bits to add to a pair of census rows.
 */
import { ID_LEVEL } from '../../matching/compare/levels.ts'
import { idLevelOf, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { isPresent } from '../../matching/packed-records.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS } from '../../registers/columns.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'

/** Answers are taken for those of strangers until so many pairs say otherwise. */
const CAUTION = 20
/** D9 = 1: not away at all. */
const AT_HUKOU = 1
const ANSWERS_MAX = 256
/** A pair without a number that is as good as certain, milli-bits. */
const CERTAIN = 12_000

type Two = readonly [left: number, right: number]

interface Answer {
  readonly of: Uint8Array
  /** Milli-bits of two rows that agree in an answer; 0 where nobody gives it. */
  readonly agree: Int32Array
  readonly differ: number
}

export class AwayAnswers {
  private readonly duration: Uint8Array
  private readonly answers: readonly Answer[]
  private readonly across: readonly Answer[]

  /** @param anchors as pairsOfOneNumber gives them */
  constructor(table: RecordTable, lines: Int32Array, pairs: OrderedPairs, anchors: readonly number[]) {
    const { awayDuration, awayReason } = table.columns
    this.duration = awayDuration
    const [from, to] = [table.starts[CENSUS], table.starts[CENSUS + 1]]
    const away = Int32Array.from({ length: to - from }, (_, k) => from + k).filter(
      (row) => awayDuration[row] > AT_HUKOU,
    )
    const present = away.filter((row) => isPresent(lines, row))
    const twice: Two[] = []
    const across: Two[] = []
    const sort = (i: number): void => {
      const [left, right] = [pairs.left[i], pairs.right[i]]
      if (!this.areAway(left, right)) return
      const [here, there] = [isPresent(lines, left), isPresent(lines, right)]
      if (here !== there) across.push([left, right])
      else if (here) twice.push([left, right])
    }
    for (const i of anchors) sort(i)
    // Pairs stand in the order of their weight.
    for (let i = 0; i < pairs.count && pairs.weight[i] >= CERTAIN; i++) {
      const pattern = pairs.pattern[i]
      const isFound = pairClassOf(pattern) === PAIR_CLASS.censusCensus && idLevelOf(pattern) === ID_LEVEL.missing
      if (isFound && isPresent(lines, pairs.left[i]) !== isPresent(lines, pairs.right[i])) sort(i)
    }
    this.answers = [awayDuration, awayReason].map((of) => learn(of, present, twice))
    this.across = [awayDuration, awayReason].map((of) => learn(of, away, across))
  }

  /** @returns 0 where one of the rows is at its hukou or gives no answer */
  weightOf(left: number, right: number): number {
    return this.weigh(this.answers, left, right)
  }

  /**
   * Of a present and an away row. Never less than 0: answers that contradict each other are a finding, which must not be
   * lost for want of a link.
   */
  acrossOf(left: number, right: number): number {
    return Math.max(0, this.weigh(this.across, left, right))
  }

  private weigh(answers: readonly Answer[], left: number, right: number): number {
    if (!this.areAway(left, right)) return 0
    let weight = 0
    for (const { of, agree, differ } of answers) {
      const [a, b] = [of[left], of[right]]
      if (a !== 0 && b !== 0) weight += a === b ? agree[a] : differ
    }
    return weight
  }

  private areAway(left: number, right: number): boolean {
    return this.duration[left] > AT_HUKOU && this.duration[right] > AT_HUKOU
  }
}

function learn(of: Uint8Array, rows: Int32Array, twice: readonly Two[]): Answer {
  const counts = new Float64Array(ANSWERS_MAX)
  let answered = 0
  for (const row of rows) {
    if (of[row] === 0) continue
    answered++
    counts[of[row]]++
  }
  const agree = new Int32Array(ANSWERS_MAX)
  if (answered === 0) return { of, agree, differ: 0 }
  let chance = 0
  for (const count of counts) chance += (count / answered) ** 2
  let pairs = 0
  let equal = 0
  for (const [left, right] of twice) {
    if (of[left] === 0 || of[right] === 0) continue
    pairs++
    if (of[left] === of[right]) equal++
  }
  const share = (equal + CAUTION * chance) / (pairs + CAUTION)
  if (chance >= 1 || share <= chance) return { of, agree, differ: 0 }
  // Of those who agree, as many give each answer as of all: P(agree in v | one person) = share · p(v), of strangers p(v)².
  counts.forEach((count, value) => {
    if (count > 0) agree[value] = Math.max(0, milliBits(share / Math.max(count / answered, 1 / CAUTION)))
  })
  return { of, agree, differ: milliBits((1 - share) / (1 - chance)) }
}
