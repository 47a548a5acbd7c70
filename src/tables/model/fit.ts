/**
 * The model of compared tables, and the weight of any two of their rows under it.
 *
 * In:  candidate pairs with their patterns, and pairs by chance for what blocking did not propose. Out: the model; in a
 * single table whose matches contradict each other one learned from groups (groups.ts) or one in which pairs outbid each
 * other (rivals.ts). Pure.
 */
import { isOneToOne } from '../decide/assignment.ts'
import { type CandidatePairs, forEachPair } from '../candidates/candidate-pairs.ts'
import { shapeOf } from '../compare/comparisons.ts'
import { copiesAmong } from './copies.ts'
import { type DependentModel, fitDependentModel, usualPairs } from './dependence.ts'
import type { DependentInput } from './dependent-input.ts'
import { fitGroups } from './groups.ts'
import type { OpenedTables } from '../open-tables.ts'
import { areVariants, codesMostlyDiffer } from '../compare/own-codes.ts'
import type { OutsidePairs } from '../candidates/random-pairs.ts'
import { chancesLeft } from './rivals.ts'
import { lookAtThirds } from './thirds.ts'
import { areKinds, marksMostlyDiffer, titlesOftenDiffer } from './unlike-matches.ts'
import { variantsOf, weighVariants } from './variants.ts'
import { weigherOfCandidates, type WeightOf } from './weigher.ts'

/** Thirds per row that must have been seen, and the part of them that may contradict; in sound models a tenth at most does. */
const THIRDS_LEAST = 0.5
const CONTRADICTED_MOST = 0.2
/**
 * Part of the likely pairs of one table that must look like copies; among siblings taken for matches it was 0.28 at most,
 * of things that stand twice 0.44 at least.
 */
const COPIES_LEAST = 1 / 3
/** The same within groups, where others speak for a pair whose texts are written apart: 0.20 at least. */
const COPIES_LEAST_IN_GROUPS = 0.1
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
/**
 * The same of many rows. Half of what a pair could say is too much where most columns are written apart even for matches: days of
 * entry, lists of other names, where the row comes from. Asking a fifth of such rows, EM began with too few pairs to learn from.
 */
const PART_ASKED_OF_MANY = 0.15
/** Matches below which many rows are asked once more. */
const NEXT_TO_NONE = 8
/** Matches per row that must then be found: in a library where no paper stands twice one in 25 had the title of another. */
const PART_FOUND_OF_MANY = 1 / 10
/** Matches per row that can have one from which so few rows are taken to have shown theirs. */
const PART_FOUND = 1 / 4
/** Pairs that must be found beyond those to believe that matches were among what was taken for strangers. */
const MORE_FOUND = 0.5
/** Part of the pairs so found that must look like copies. */
const COPIES_LEAST_OF_FEW = 1 / 2

type FitOptions = Partial<
  Pick<DependentInput, 'iterationsMax' | 'chancesLeft' | 'start' | 'partAsked' | 'areSilent' | 'isToldStrangers'>
>

export interface FittedTables {
  readonly model: DependentModel
  /** False where what the model would link looks like siblings: then nobody seems to be there twice. */
  readonly areCopies: boolean
}

export function fitTables(opened: OpenedTables, pairs: CandidatePairs, outside: OutsidePairs): FittedTables {
  const { model, areCopies, isOfGroups } = fitWithoutSizes(opened, pairs, outside)
  // Of things that stand many times the groups have shown how often their numbers differ, those with a unit among them.
  if (isOfGroups === true) return { model, areCopies }
  return { model: withSizes(model, pairs.patterns, shapeOf(opened.comparisons).otherSizes), areCopies }
}

/** Other sizes of one thing are variants of it, however alike they are. */
function withSizes(
  model: DependentModel,
  patterns: CandidatePairs['patterns'],
  otherSizes: readonly (readonly number[])[],
): DependentModel {
  if (otherSizes.every((levels) => levels.length === 0)) return model
  const bits = Float64Array.from(model.weights, (weight) => weight / 1000)
  const ofSizes = variantsOf(patterns, bits, model, otherSizes)
  const variants = model.variants.map((others, c) => (otherSizes[c].length > 0 ? ofSizes[c] : others))
  const weights = Int32Array.from(bits, (weight, i) =>
    Math.round(weighVariants(weight, ofSizes, patterns.levels, i * patterns.width) * 1000),
  )
  return { ...model, variants, weights }
}

function fitWithoutSizes(
  opened: OpenedTables,
  pairs: CandidatePairs,
  outside: OutsidePairs,
): FittedTables & { readonly isOfGroups?: boolean } {
  const fits = new TableFits(opened, pairs, outside)
  const first = fits.whole(NO_CLASS)
  // A thing has several variants, and is none of them.
  if (codesMostlyDiffer(opened.comparisons, first)) {
    const isOfVariants = { siblings: false, variants: true }
    if (areVariants(opened.comparisons, fits.whole(isOfVariants))) return fits.outbidding(first, isOfVariants)
  }
  if (!fits.isWrong(first)) return { model: first, areCopies: true }
  // Siblings are a class of their own only where without it they pass for matches.
  const isOfSiblings = { siblings: fits.hasTitles, variants: false }
  if (fits.hasTitles) {
    const model = fits.whole(isOfSiblings)
    if (!fits.isWrong(model)) return { model, areCopies: !isSilent(model) || fits.areCopies(first) }
  }
  // Things that stand many times in one table have many partners, none of which outbids the others.
  const grouped = fits.grouped(first)
  return grouped === undefined
    ? fits.outbidding(first, isOfSiblings)
    : { model: grouped, areCopies: true, isOfGroups: true }
}

/** Who else than strangers is told from matches as a class of its own: siblings by their titles, variants by their codes. */
interface OwnClass {
  readonly siblings: boolean
  readonly variants: boolean
}

const NO_CLASS: OwnClass = { siblings: false, variants: false }

/** The fits that may be tried on the pairs of a table or two, and what speaks against one. */
class TableFits {
  readonly hasTitles: boolean
  private readonly opened: OpenedTables
  private readonly pairs: CandidatePairs
  private readonly outside: OutsidePairs
  private readonly shape: ReturnType<typeof shapeOf>
  /** Rows of the larger table. */
  private readonly rowsMost: number
  /** Rows that can have a match. */
  private readonly rowsMatchable: number

  constructor(opened: OpenedTables, pairs: CandidatePairs, outside: OutsidePairs) {
    const { rowCount, leftCount } = opened.fields
    this.opened = opened
    this.pairs = pairs
    this.outside = outside
    this.shape = shapeOf(opened.comparisons)
    this.hasTitles = this.shape.areTitles.includes(true)
    this.rowsMost = Math.max(leftCount, rowCount - leftCount)
    this.rowsMatchable = opened.isLink ? Math.min(leftCount, rowCount - leftCount) : rowCount
  }

  /** Matches of few dozen rows may look unlike the usual ones, and be too few to say so: none of them then begins as a match. */
  whole(own: OwnClass): DependentModel {
    const matchesMost = this.opened.isLink ? this.rowsMost : undefined
    const usual = this.fit(own, matchesMost)
    if (this.rowsMatchable <= FEW_ROWS) return this.hasLearned(usual) ? usual : this.ofFew(own, matchesMost, usual)
    if (this.matchesOf(usual) >= NEXT_TO_NONE) return usual
    const asked = this.askingLess(PART_ASKED_OF_MANY, own, matchesMost, usual)
    return this.matchesOf(asked) >= PART_FOUND_OF_MANY * this.rowsMatchable ? asked : usual
  }

  /** What else may be found among so few rows: copies that are a good part of all pairs, or that differ in most columns. */
  private ofFew(own: OwnClass, matchesMost: number | undefined, usual: DependentModel): DependentModel {
    const found = this.matchesOf(usual)
    if (found < PART_FOUND * this.rowsMatchable) {
      const told = this.fit(own, matchesMost, { isToldStrangers: true })
      if (this.matchesOf(told) > found + MORE_FOUND && this.copiesOf(told) >= COPIES_LEAST_OF_FEW) return told
    }
    return this.hasTitles ? this.askingLess(PART_ASKED_OF_FEW, own, matchesMost, usual) : usual
  }

  /** What is found where pairs that say so little begin as matches, if it is enough to learn from and looks like copies. */
  private askingLess(
    partAsked: number,
    own: OwnClass,
    matchesMost: number | undefined,
    usual: DependentModel,
  ): DependentModel {
    const asked = this.fit(own, matchesMost, { partAsked })
    return this.hasLearned(asked) && this.copiesOf(asked) >= COPIES_LEAST_OF_FEW ? asked : usual
  }

  /** Such a table is asked for pairs at most: as many as it has rows to make them of, and one partner for a row. */
  outbidding(first: DependentModel, own: OwnClass): FittedTables {
    const { pairs } = this
    const { isLink, fields } = this.opened
    const most = isLink ? this.rowsMatchable : fields.rowCount / 2
    let model = this.fit(own, most, { iterationsMax: 1 })
    const isFull = () => this.matchesOf(model) >= FILLED * most
    for (let round = 0; round < RIVAL_ROUNDS || (isFull() && round < RIVAL_ROUNDS_MOST); round++)
      model = this.fit(own, most, { chancesLeft: chancesLeft(pairs, model.weights, fields.rowCount) })
    // What was likely before siblings were told apart is then all there was.
    return { model, areCopies: this.areCopies(isSilent(model) ? first : model) }
  }

  /** A model of groups of one table; undefined where there are none, or only kinds of things and siblings. */
  grouped(first: DependentModel): DependentModel | undefined {
    const { opened, pairs } = this
    if (opened.isLink || marksMostlyDiffer(opened, first)) return undefined
    const model = fitGroups(
      pairs,
      first,
      opened.fields.rowCount,
      (each) => weigherOfCandidates(opened, pairs, each),
      // What groups are made of shows what matches are like: what EM alone may not hear, it hears here.
      (start) => this.fit(NO_CLASS, undefined, { iterationsMax: 1, start, areSilent: this.shape.areSizes }),
    )
    if (model === undefined || areKinds(opened, this.shape.areTitles, model)) return undefined
    return this.areCopies(model, COPIES_LEAST_IN_GROUPS) ? model : undefined
  }

  areCopies(model: DependentModel, least = COPIES_LEAST): boolean {
    return this.opened.isLink || this.copiesOf(model) >= least
  }

  /** Whether what the model takes for matches is another kind of pairs. */
  isWrong(model: DependentModel): boolean {
    const { opened } = this
    const { comparisons, isLink, fields } = opened
    const likely = likelyPairs(this.pairs, model)
    const weightOf = weigherOfCandidates(opened, this.pairs, model)
    if (!this.areCopies(model)) return true
    if (isCrowded(likely) && titlesOftenDiffer(comparisons, model)) return true
    if (isContradicted(likely, fields.rowCount, weightOf)) return true
    if (!isLink) return marksMostlyDiffer(opened, model)
    const isFull = this.matchesOf(model) >= FILLED * this.rowsMost
    return (
      partnersOf(likely) > PARTNERS_MOST && (isFull || isOneToOne(likely.left, likely.right, likely.weight, weightOf))
    )
  }

  private fit(own: OwnClass, matchesMost?: number, more: FitOptions = {}): DependentModel {
    const { pairs, outside, shape } = this
    return fitDependentModel({
      ...shape,
      areTitles: own.siblings ? shape.areTitles : [],
      areOwnCodes: own.variants ? shape.areOwnCodes : [],
      personalLevels: shape.personalLevels.map((levels, c) =>
        (shape.areTitles[c] && !shape.areWholeNames[c] && !own.siblings) || (shape.areOwnCodes[c] && !own.variants)
          ? 0
          : levels,
      ),
      candidates: pairs.patterns,
      outside: outside.patterns,
      outsideScale: Math.max(outside.pairsTotal - pairs.count, 0) / Math.max(outside.sampled, 1),
      pairsTotal: Math.max(outside.pairsTotal, 1),
      iterationsMax: ITERATIONS_MAX,
      rowsMatchable: this.rowsMatchable,
      ...(matchesMost === undefined ? {} : { matchesMost }),
      ...more,
    })
  }

  private hasLearned(model: DependentModel): boolean {
    return this.matchesOf(model) >= usualPairs(this.rowsMatchable)
  }

  /** Matches there are by the model. */
  private matchesOf({ lambda }: DependentModel): number {
    return lambda * this.outside.pairsTotal
  }

  /** Part of the likely pairs that look like copies. */
  private copiesOf({ weights }: DependentModel): number {
    return copiesAmong(this.pairs.patterns, weights, this.opened.comparisons, this.opened.fields.fields)
  }
}

/** Whether no pattern is likely. */
function isSilent({ weights }: DependentModel): boolean {
  return weights.every((weight) => weight < 0)
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
