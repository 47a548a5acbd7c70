/**
 * The model of compared tables, and the weight of any two of their rows under it.
 *
 * In:  candidate pairs with their patterns, and pairs by chance for what blocking did not propose. Out: the model; in a
 * single table whose matches contradict each other one learned from groups (groups.ts) or one in which pairs outbid each
 * other (rivals.ts). Pure.
 */
import { isOneToOne } from '../decide/assignment.ts'
import { type CandidatePairs, forEachPair } from '../candidates/candidate-pairs.ts'
import type { Comparison } from '../compare/comparison.ts'
import { shapeOf } from '../compare/comparisons.ts'
import { copiesAmong } from './copies.ts'
import { type DependentInput, type DependentModel, fitDependentModel, usualPairs } from './dependence.ts'
import { fitGroups } from './groups.ts'
import type { OpenedTables } from '../open-tables.ts'
import { areVariants, codesMostlyDiffer } from '../compare/own-codes.ts'
import { AS_OWN, chanceToRepeat } from '../fields/own-names.ts'
import type { OutsidePairs } from '../candidates/random-pairs.ts'
import { chancesLeft } from './rivals.ts'
import { lookAtThirds } from './thirds.ts'
import { weigherOf, type WeightOf } from './weigher.ts'

/** Thirds per row that must have been seen, and the part of them that may contradict; in sound models a tenth at most does. */
const THIRDS_LEAST = 0.5
const CONTRADICTED_MOST = 0.2
/** Share of matches whose marks may wholly differ. */
const MARKS_DIFFER_MOST = 0.5
/** Share of pairs within groups whose titles may wholly differ: of things it was 0.04 at most, of kinds of beer above 0.35. */
const TITLES_DIFFER_MOST = 0.1
/** Share of matches of one model in which titles may wholly differ: of things written by two hands it is a tenth. */
const TITLES_DIFFER_OFTEN = 0.25
/**
 * Part of the likely pairs of one table that must look like copies; among siblings taken for matches it was 0.28 at most,
 * of things that stand twice 0.44 at least.
 */
const COPIES_LEAST = 1 / 3
/** The same within groups, where others speak for a pair whose texts are written apart: 0.20 at least. */
const COPIES_LEAST_IN_GROUPS = 0.1
/** Share of pairs within groups in which another text that repeats itself as little as the title may wholly differ. */
const OWN_TEXTS_DIFFER_MOST = 0.5
/** Fits in which pairs must outbid the others of their rows; the first looks no further than what is usual. */
const RIVAL_ROUNDS = 4
/** As many where every row that can have a partner still seems to have one. */
const RIVAL_ROUNDS_MOST = 8
/** Matches per row of the larger table that are as many as there can be. */
const FILLED = 0.95
/** Partners per row with a match; more of them, and not of one thing or more than there are rows, and pairs must outbid each other. */
const PARTNERS_MOST = 1.3
const ITERATIONS_MAX = 60

/**
 * Rows that can have a match, at most, for less to be asked: of 380 things of which none was there twice 14 to 39 were then linked,
 * of 120 none.
 */
const FEW_ROWS = 200
/** Part of what it could say that a pair must say to begin as a match where asking half has found next to none. */
const PART_ASKED_OF_FEW = 0.2
/** Part of the pairs found by asking so little that must look like copies. */
const COPIES_LEAST_OF_FEW = 1 / 2

type FitOptions = Partial<Pick<DependentInput, 'iterationsMax' | 'chancesLeft' | 'start' | 'partAsked'>>

export interface FittedTables {
  readonly model: DependentModel
  /** False where what the model would link looks like siblings: then nobody seems to be there twice. */
  readonly areCopies: boolean
}

export function fitTables(opened: OpenedTables, pairs: CandidatePairs, outside: OutsidePairs): FittedTables {
  const { comparisons, isLink } = opened
  const { rowCount, leftCount } = opened.fields
  const shape = shapeOf(comparisons)
  let hasSiblings = false
  let hasVariants = false
  const shapeNow = () => ({
    ...shape,
    areTitles: hasSiblings ? shape.areTitles : [],
    areOwnCodes: hasVariants ? shape.areOwnCodes : [],
    personalLevels: shape.personalLevels.map((levels, c) =>
      (shape.areTitles[c] && !hasSiblings) || (shape.areOwnCodes[c] && !hasVariants) ? 0 : levels,
    ),
  })
  const rowsMatchable = isLink ? Math.min(leftCount, rowCount - leftCount) : rowCount
  const fit = (matchesMost?: number, more: FitOptions = {}): DependentModel =>
    fitDependentModel({
      ...shapeNow(),
      candidates: pairs.patterns,
      outside: outside.patterns,
      outsideScale: Math.max(outside.pairsTotal - pairs.count, 0) / Math.max(outside.sampled, 1),
      pairsTotal: Math.max(outside.pairsTotal, 1),
      iterationsMax: ITERATIONS_MAX,
      rowsMatchable,
      ...(matchesMost === undefined ? {} : { matchesMost }),
      ...more,
    })
  const hasLearned = ({ lambda }: DependentModel) => lambda * outside.pairsTotal >= usualPairs(rowsMatchable)
  const rowsMost = Math.max(leftCount, rowCount - leftCount)
  const matchesMost = isLink ? rowsMost : undefined
  const areCopies = (model: DependentModel, least = COPIES_LEAST) =>
    isLink || copiesAmong(pairs.patterns, model.weights, comparisons, opened.fields.fields) >= least
  // What was likely before siblings were told apart is then all there was.
  const isSilent = (model: DependentModel) => model.weights.every((weight) => weight < 0)
  const isWrong = (model: DependentModel): boolean => {
    const likely = likelyPairs(pairs, model)
    const weightOf = weigherOf(opened, model)
    return (
      !areCopies(model) ||
      (isCrowded(likely) && titlesOftenDiffer(comparisons, model)) ||
      isContradicted(likely, rowCount, weightOf) ||
      (isLink
        ? partnersOf(likely) > PARTNERS_MOST &&
          (model.lambda * outside.pairsTotal >= FILLED * rowsMost ||
            isOneToOne(likely.left, likely.right, likely.weight, weightOf))
        : marksMostlyDiffer(comparisons, model))
    )
  }
  // Such a table is asked for pairs at most: as many as it has rows to make them of, and one partner for a row.
  const outbidding = (first: DependentModel): FittedTables => {
    const most = isLink ? rowsMatchable : rowCount / 2
    let model = fit(most, { iterationsMax: 1 })
    const isFull = () => model.lambda * outside.pairsTotal >= FILLED * most
    for (let round = 0; round < RIVAL_ROUNDS || (isFull() && round < RIVAL_ROUNDS_MOST); round++)
      model = fit(most, { chancesLeft: chancesLeft(pairs, model.weights, rowCount) })
    return { model, areCopies: areCopies(isSilent(model) ? first : model) }
  }
  // Matches of few dozen rows may look unlike the usual ones, and be too few to say so: none of them then begins as a match.
  const fitWhole = (): DependentModel => {
    const usual = fit(matchesMost)
    if (rowsMatchable > FEW_ROWS || !shape.areTitles.includes(true) || hasLearned(usual)) return usual
    const asked = fit(matchesMost, { partAsked: PART_ASKED_OF_FEW })
    const copies = copiesAmong(pairs.patterns, asked.weights, comparisons, opened.fields.fields)
    return hasLearned(asked) && copies >= COPIES_LEAST_OF_FEW ? asked : usual
  }
  let model = fitWhole()
  // A thing has several variants, and is none of them.
  if (codesMostlyDiffer(comparisons, model)) {
    hasVariants = true
    if (areVariants(comparisons, fitWhole())) return outbidding(model)
    hasVariants = false
  }
  if (!isWrong(model)) return { model, areCopies: true }
  const first = model
  // Siblings are a class of their own only where without it they pass for matches.
  if (shape.areTitles.includes(true)) {
    hasSiblings = true
    model = fitWhole()
    if (!isWrong(model)) return { model, areCopies: !isSilent(model) || areCopies(first) }
  }
  // Things that stand many times in one table have many partners, none of which outbids the others.
  if (!isLink && !marksMostlyDiffer(comparisons, first)) {
    hasSiblings = false
    const grouped = fitGroups(
      pairs,
      first,
      rowCount,
      (each) => weigherOf(opened, each),
      (start) => fit(undefined, { iterationsMax: 1, start }),
    )
    if (
      grouped !== undefined &&
      !areKinds(opened, shape.areTitles, grouped) &&
      areCopies(grouped, COPIES_LEAST_IN_GROUPS)
    )
      return { model: grouped, areCopies: true }
    hasSiblings = shape.areTitles.includes(true)
  }
  return outbidding(first)
}

interface LikelyPairs {
  readonly left: number[]
  readonly right: number[]
  /** milli-bits, none below 0 */
  readonly weight: number[]
}

function likelyPairs(pairs: CandidatePairs, model: DependentModel): LikelyPairs {
  const likely: LikelyPairs = { left: [], right: [], weight: [] }
  forEachPair(pairs, (a, b, pattern) => {
    if (model.weights[pattern] < 0) return
    likely.left.push(a)
    likely.right.push(b)
    likely.weight.push(model.weights[pattern])
  })
  return likely
}

/** Whether matches contradict each other: two rows are like a third and not like one another. */
function isContradicted({ left, right }: LikelyPairs, rowCount: number, weightOf: WeightOf): boolean {
  const { rows, seen, contradicted } = lookAtThirds(left, right, rowCount, weightOf)
  return seen >= THIRDS_LEAST * rows && contradicted > CONTRADICTED_MOST * seen
}

/** Matches per row that has one, in that of two tables which has more such rows: papers cited by many count once. */
function partnersOf({ left, right }: LikelyPairs): number {
  return left.length / Math.max(new Set(left).size, new Set(right).size, 1)
}

/**
 * Whether the rows of either side have several partners each: tracks of one album have. A film that another site credits to
 * another writer has one.
 */
function isCrowded({ left, right }: LikelyPairs): boolean {
  return left.length > PARTNERS_MOST * Math.min(new Set(left).size, new Set(right).size)
}

/** Whether groups are kinds of things (all pale ales): titles, or numbers in them, wholly differ, or another text as much a row's own. */
function areKinds(
  { comparisons, fields: { fields } }: OpenedTables,
  areTitles: readonly boolean[],
  { matches, levelCounts }: DependentModel,
): boolean {
  const titles = comparisons.filter((_, c) => areTitles[c]).map(({ field }) => field)
  const most = Math.max(...titles.map((field) => AS_OWN * chanceToRepeat(fields[field])))
  return comparisons.some(({ field, kind, contradicting }, c) => {
    const isNumbers = kind === 'marks' && contradicting.length === 0 && titles.includes(field)
    const isOwnText = kind === 'text' && chanceToRepeat(fields[field]) <= most
    const may = areTitles[c] || isNumbers ? TITLES_DIFFER_MOST : isOwnText ? OWN_TEXTS_DIFFER_MOST : 1
    return matches.marginals[c][levelCounts[c] - 1] > may
  })
}

/** Whether so many matches have wholly different titles that they are siblings. */
function titlesOftenDiffer(comparisons: readonly Comparison[], { matches, levelCounts }: DependentModel): boolean {
  return comparisons.some(
    ({ kind, personalLevels }, c) =>
      kind === 'text' && personalLevels > 0 && matches.marginals[c][levelCounts[c] - 1] > TITLES_DIFFER_OFTEN,
  )
}

/** Whether what tells a thing from its variants differs in most pairs taken for matches: then they are variants. */
function marksMostlyDiffer(comparisons: readonly Comparison[], model: DependentModel): boolean {
  return comparisons.some(({ kind, levels }, c) => {
    if (kind !== 'marks') return false
    return model.matches.marginals[c][levels.length - 1] > MARKS_DIFFER_MOST
  })
}
