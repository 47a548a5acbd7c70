/**
 * The model of compared tables, and the weight of any two of their rows under it.
 *
 * In:  candidate pairs with their patterns, and pairs by chance for what blocking did not propose. Out: the model; in a
 * single table whose matches contradict each other one in which pairs outbid each other (rivals.ts). Pure.
 */
import { type CandidatePairs, forEachPair } from './candidate-pairs.ts'
import { type Comparison, shapeOf } from './comparisons.ts'
import { type DependentModel, fitDependentModel, matchBits } from './dependence.ts'
import type { OpenedTables } from './open-tables.ts'
import type { OutsidePairs } from './random-pairs.ts'
import { chancesLeft } from './rivals.ts'
import { lookAtThirds } from './thirds.ts'

/** Weight of two rows, milli-bits, prior included. */
export type WeightOf = (a: number, b: number) => number

/** Thirds per row that must have been seen, and the part of them that may contradict; in sound models a tenth at most does. */
const THIRDS_LEAST = 0.5
const CONTRADICTED_MOST = 0.2
/** Share of matches whose marks may wholly differ. */
const MARKS_DIFFER_MOST = 0.5
/** Fits in which pairs must outbid the others of their rows; the first looks no further than what is usual. */
const RIVAL_ROUNDS = 4
const ITERATIONS_MAX = 60

export function fitTables(opened: OpenedTables, pairs: CandidatePairs, outside: OutsidePairs): DependentModel {
  const { comparisons, isLink } = opened
  const { rowCount, leftCount } = opened.fields
  const fit = (matchesMost?: number, left?: Float64Array, iterationsMax = ITERATIONS_MAX): DependentModel =>
    fitDependentModel({
      ...shapeOf(comparisons),
      candidates: pairs.patterns,
      outside: outside.patterns,
      outsideScale: Math.max(outside.pairsTotal - pairs.count, 0) / Math.max(outside.sampled, 1),
      pairsTotal: Math.max(outside.pairsTotal, 1),
      iterationsMax,
      rowsMatchable: isLink ? Math.min(leftCount, rowCount - leftCount) : rowCount,
      ...(matchesMost === undefined ? {} : { matchesMost }),
      ...(left === undefined ? {} : { chancesLeft: left }),
    })
  if (isLink) return fit(Math.max(leftCount, rowCount - leftCount))
  let model = fit()
  if (!isContradicted(opened, pairs, model) && !marksMostlyDiffer(comparisons, model)) return model
  // Such a table is asked for pairs at most: as many as it has rows to make them of, and one partner for a row.
  model = fit(rowCount / 2, undefined, 1)
  for (let round = 0; round < RIVAL_ROUNDS; round++)
    model = fit(rowCount / 2, chancesLeft(pairs, model.weights, rowCount))
  return model
}

/** Rows that say the same word for word, and leave out the same, are no companions: nobody could tell them apart. */
export function areTheSame({ fields }: OpenedTables, a: number, b: number): boolean {
  return fields.fields.every(({ ids }) => ids[a] === ids[b])
}

export function weigherOf(opened: OpenedTables, model: DependentModel): WeightOf {
  const { comparisons } = opened
  const levels = new Uint8Array(comparisons.length)
  const withoutCompanions = { ...model, companions: undefined }
  return (a, b) => {
    for (let c = 0; c < comparisons.length; c++) levels[c] = comparisons[c].levelOf(a, b)
    const isSame = model.companions !== undefined && areTheSame(opened, a, b)
    return Math.round(matchBits(isSame ? withoutCompanions : model, levels, 0) * 1000)
  }
}

/** Whether the matches of a single table contradict each other: two rows are like a third and not like one another. */
function isContradicted(opened: OpenedTables, pairs: CandidatePairs, model: DependentModel): boolean {
  const left: number[] = []
  const right: number[] = []
  forEachPair(pairs, (a, b, pattern) => {
    if (model.weights[pattern] < 0) return
    left.push(a)
    right.push(b)
  })
  const { rows, seen, contradicted } = lookAtThirds(left, right, opened.fields.rowCount, weigherOf(opened, model))
  return seen >= THIRDS_LEAST * rows && contradicted > CONTRADICTED_MOST * seen
}

/** Whether what tells a thing from its variants differs in most pairs taken for matches: then they are variants. */
function marksMostlyDiffer(comparisons: readonly Comparison[], model: DependentModel): boolean {
  return comparisons.some(({ kind, levels }, c) => {
    if (kind !== 'marks') return false
    return model.matches.marginals[c][levels.length - 1] > MARKS_DIFFER_MOST
  })
}
