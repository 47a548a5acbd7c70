/**
 * Groups: things that stand many times in one table, of which every two rows match.
 *
 * In:  a model, candidate pairs. Out: the groups rows gather into under it, and a model learned from these groups: what is
 *      within one is a match, what is not is none (classification EM, Celeux & Govaert 1992).
 * EM sees patterns, not rows. Given one long text it takes half of what is alike for matches; that likeness runs in chains,
 * while the rows of one thing are all like one another. So rows that gather by fours tell a table in which things stand many
 * times from one in which they do not; and patterns found within groups rather than between them are what matches look like.
 * Leaves to rivals.ts: things that stand there twice, whose pairs have no others to speak for them.
 */
import { clusterRecords } from '../decide/clusters.ts'
import { type CandidatePairs, forEachPair } from '../candidates/candidate-pairs.ts'
import type { DependentModel } from './dependence.ts'
import type { WeightOf } from './weigher.ts'

/** Rows of a group from which it is one of many: six pairs at least must agree that they are one thing. */
const MANY = 4
/** Part of all rows that must stand in such groups; where nobody stands twice it was a fifth at most. */
const MANY_LEAST = 1 / 3
/** Part of the rows first found in such groups that must still be found for the model to be learned once more. */
const STEADY = 0.8
const ROUNDS_MOST = 3
/** milli-bits from which a pair may join rows, as in decide.ts. */
const JOINS_LEAST = -3000
/** Pairs that may join rows at most; beyond them gathering takes longer than all else. */
const PAIRS_MOST = 4_000_000

interface Gathered {
  /** Smallest row of the group, per row. */
  readonly groupOf: Int32Array
  /** Rows in groups of many. */
  readonly inMany: number
}

/**
 * The model that groups teach, or undefined where rows do not gather.
 * @param first a model whose matches contradict each other
 * @param learn a model from the chance of every pattern to be a match, by one step
 */
export function fitGroups(
  pairs: CandidatePairs,
  first: DependentModel,
  rowCount: number,
  weigherOf: (model: DependentModel) => WeightOf,
  learn: (chances: Float64Array) => DependentModel,
): DependentModel | undefined {
  const atFirst = gather(pairs, first.weights, rowCount, weigherOf(first))
  if (atFirst === undefined || atFirst.inMany < MANY_LEAST * rowCount) return undefined
  let model = learn(sharesWithin(pairs, atFirst.groupOf))
  for (let round = 1; ; round++) {
    const now = gather(pairs, model.weights, rowCount, weigherOf(model))
    if (now === undefined || (round === 1 && now.inMany < MANY_LEAST * rowCount)) return undefined
    // Groups that fall apart have taught what their likest pairs look like, and would teach it more narrowly each time.
    if (round === ROUNDS_MOST || now.inMany < STEADY * atFirst.inMany) return model
    model = learn(sharesWithin(pairs, now.groupOf))
  }
}

function gather(
  pairs: CandidatePairs,
  weights: Int32Array,
  rowCount: number,
  weightOf: WeightOf,
): Gathered | undefined {
  const left: number[] = []
  const right: number[] = []
  const weight: number[] = []
  forEachPair(pairs, (a, b, pattern) => {
    if (weights[pattern] < JOINS_LEAST || weight.length > PAIRS_MOST) return
    left.push(a)
    right.push(b)
    weight.push(weights[pattern])
  })
  if (weight.length > PAIRS_MOST) return undefined
  const { clusterOf } = clusterRecords(rowCount, { count: weight.length, left, right, weight }, weightOf)
  const sizes = new Int32Array(rowCount)
  for (const group of clusterOf) sizes[group]++
  const inMany = sizes.reduce((sum, size) => (size >= MANY ? sum + size : sum), 0)
  return { groupOf: clusterOf, inMany }
}

/** Per pattern, the part of its pairs whose rows are of one group. */
export function sharesWithin(pairs: CandidatePairs, groupOf: Int32Array): Float64Array {
  const within = new Float64Array(pairs.patterns.count)
  const met = new Float64Array(pairs.patterns.count)
  forEachPair(pairs, (a, b, pattern) => {
    met[pattern]++
    if (groupOf[a] === groupOf[b]) within[pattern]++
  })
  return within.map((count, pattern) => (met[pattern] === 0 ? 0 : count / met[pattern]))
}
