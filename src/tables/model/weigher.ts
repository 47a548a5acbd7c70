/**
 * The weight of any two rows under a model, whether blocking proposed them or not.
 *
 * In:  opened tables, a model. Out: a function of two rows, the smaller first, milli-bits. Pure.
 */
import type { CandidatePairs } from '../candidates/candidate-pairs.ts'
import type { OpenedTables } from '../open-tables.ts'
import { type DependentModel, matchBits } from './dependence.ts'

/** Weight of two rows, milli-bits, prior included. */
export type WeightOf = (a: number, b: number) => number

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

/** The same numbers, where candidate pairs need not be compared once more: their patterns are weighed already. */
export function weigherOfCandidates(opened: OpenedTables, pairs: CandidatePairs, model: DependentModel): WeightOf {
  const weigh = weigherOf(opened, model)
  const { from, to, right, pattern } = pairs
  return (a, b) => {
    if (model.companions !== undefined && areTheSame(opened, a, b)) return weigh(a, b)
    for (let i = from[a]; i < to[a]; i++) if (right[i] === b) return model.weights[pattern[i]]
    return weigh(a, b)
  }
}
