/**
 * Fellegi–Sunter with dependence: comparisons that say the same thing twice are counted once.
 *
 * In:  distinct patterns of the candidate pairs, of random pairs outside them, and how matches usually fall.
 * Out: lambda, and for matches and for strangers a tree: each comparison conditioned on at most one other (Chow & Liu
 *      1968), so postcode given suburb, full name given family name. Weights are integers of milli-bits per tree edge.
 * Strangers are the random pairs outside plus the candidates that are plainly not matches, so u of an agreement is
 * measured where it happens. Companions (companions.ts), who share a home and are not one person, are a class of their own.
 * Level 0 is missing: no evidence, and no condition for others.
 */
import type { Patterns } from '../compare/patterns.ts'
import type { DependentInput } from './dependent-input.ts'
import { type CompanionColumns, type Companions, companionsOf, startingCompanions } from './companions.ts'
import { addUsualStrangers, startingProbabilities } from './starting-probabilities.ts'
import { FEW_NAMES } from '../compare/text-levels.ts'
import { type Classes, evidenceOf, weighEvidence } from './evidence.ts'
import { noVariants, type Variants, variantsOf, weighVariants } from './variants.ts'
import { JointTables, silenced, spanningTree, type Tree, treeOf, type Unrelated } from './trees.ts'

export interface DependentModel {
  readonly lambda: number
  readonly matches: Tree
  readonly strangers: Tree
  readonly companions: Companions | undefined
  readonly variants: Variants
  readonly iterations: number
  readonly converged: boolean
  /** Match weight of every candidate pattern, milli-bits, prior included. */
  readonly weights: Int32Array
  readonly levelCounts: readonly number[]
}

const STRUCTURE_EVERY = 5
/**
 * Nats per match from which two columns are taken to repeat each other (a full name and its family name). Below lies
 * what careless writing brings, and the shadow of a few strangers among the matches, which must not be learned.
 */
const REPEATING = 0.1
/**
 * Weight of the usual m per match. Personal columns get as much as there are companions per match, up to four: twins by the
 * hundred among few true matches would else teach EM that given names of matches mostly differ.
 */
const USUAL_PRIOR = 0.01
const PERSONAL_PRIOR_MOST = 4
/** Weight of the usual share of matches whose titles differ, per match: siblings are legion, and differ in little else. */
const TITLE_PRIOR = 4
/** The same of whole names: restaurants of one hotel share address and telephone, and EM would have it that names differ. */
const NAME_PRIOR = 1
/** Pairs of usual matches that are taken as seen in any table. */
const USUAL_LEAST = 8
/**
 * Pairs of usual matches taken as seen, per row. Where hardly a row has a match, nothing must show that there are any but
 * likeness of the usual kind: else EM makes matches of whatever pairs are strange (one artist, half a title).
 */
const USUAL_PER_ROW = 0.02

/** Pairs of usual matches that a fit takes as seen; who has found fewer has learned nothing of the matches of this table. */
export function usualPairs(rowsMatchable: number): number {
  return Math.max(USUAL_LEAST, USUAL_PER_ROW * rowsMatchable)
}

/** @throws RangeError where no iteration is allowed */
export function fitDependentModel(input: DependentInput): DependentModel {
  const fitting = new Fitting(input)
  while (fitting.iterations < input.iterationsMax && !fitting.converged) fitting.iterate()
  return fitting.model()
}

/** Pairs that a cell of dependence must hold to count as much as what independence expects of it. */
const MATCH_EDGE_STRENGTH = 12
const STRANGER_EDGE_STRENGTH_LEAST = 20
/** As many random pairs, each of which stands for many, where that is more. */
const STRANGER_EDGE_RANDOM_PAIRS = 4
/** Times that the trees are learned anew, STRUCTURE_EVERY iterations apart; until after the last no end is looked for. */
const STRUCTURES = 4
/** Change of lambda, relative, below which nothing moves any more. */
const CONVERGED_BELOW = 1e-4
const LAMBDA_MOST = 0.5
/** Pairs that are matches, at least: an empty class has no shares. */
const MATCHES_LEAST = 0.5
/** Odds from which on a probability is as good as 0 or 1, bits. */
const WEIGHT_BITS_MOST = 60

/** What EM knows at each step: trees from the shares of the classes, shares from the trees. */
class Fitting {
  iterations = 0
  converged = false
  private readonly input: DependentInput
  private readonly outside: JointTables
  private readonly personalLevels: readonly number[]
  /** Per column, whether siblings are told by it. */
  private readonly titles: readonly boolean[]
  /** Undefined where there is no class of companions. */
  private readonly companionColumns: CompanionColumns | undefined
  private readonly counts: ClassCounts
  /** Per candidate pattern: chance of a match, and of companions. */
  private readonly p: Float64Array
  private readonly q: Float64Array
  private readonly bits: Float64Array
  private readonly odds: Float64Array
  private readonly weights: Int32Array
  private matchParents: Int32Array
  private strangerParents: Int32Array
  private lambda = 0
  private classes: Classes | undefined
  private variants: Variants

  constructor(input: DependentInput) {
    const { candidates, levelCounts, usualM } = input
    this.input = input
    this.outside = outsideTables(input)
    const start = startingProbabilities(input)
    this.p = input.start === undefined ? start.matches : Float64Array.from(input.start)
    const personalLevels = input.personalLevels ?? levelCounts.map(() => 0)
    this.personalLevels = personalLevels
    const hasCompanions =
      personalLevels.some((levels) => levels > 0) &&
      personalLevels.some((levels, c) => levels === 0 && input.ofParts?.[c] !== true)
    const titles = levelCounts.map((_, c) => hasCompanions && input.areTitles?.[c] === true)
    this.titles = titles
    const areThings = hasCompanions && (titles.includes(true) || input.areOwnCodes?.includes(true) === true)
    this.companionColumns = hasCompanions ? { levelCounts, personalLevels, usualM, titles, areThings } : undefined
    this.q = hasCompanions
      ? startingCompanions(candidates, start.table, personalLevels, areThings, this.p)
      : new Float64Array(candidates.count)
    this.counts = {
      matches: new Float64Array(candidates.count),
      companions: new Float64Array(candidates.count),
      strangers: new Float64Array(candidates.count),
    }
    this.bits = new Float64Array(candidates.count)
    this.odds = new Float64Array(candidates.count)
    this.weights = new Int32Array(candidates.count)
    this.matchParents = new Int32Array(levelCounts.length).fill(-1)
    this.strangerParents = this.matchParents
    this.variants = noVariants(levelCounts, input.contradicting ?? [])
  }

  iterate(): void {
    const { matches, companionsMet } = shareOut(this.input.candidates, this.p, this.q, this.counts)
    const change = this.moveLambda(matches)
    const classes = this.learnClasses(matches, companionsMet)
    this.classes = classes
    this.weigh(classes)
    this.iterations++
    this.converged = this.iterations > (STRUCTURES - 1) * STRUCTURE_EVERY && change < CONVERGED_BELOW
  }

  model(): DependentModel {
    if (this.classes === undefined) throw new RangeError('iterationsMax must be at least 1')
    const { lambda, variants, iterations, converged, weights } = this
    return { lambda, ...this.classes, variants, iterations, converged, weights, levelCounts: this.input.levelCounts }
  }

  /** Out: by how much it moved, relative. */
  private moveLambda(matches: number): number {
    const counted = Math.max(Math.min(matches, this.input.matchesMost ?? matches), MATCHES_LEAST)
    const next = Math.min(counted / this.input.pairsTotal, LAMBDA_MOST)
    const change = Math.abs(next - this.lambda) / next
    this.lambda = next
    return change
  }

  /** The trees of matches and strangers, and companions, from the shares of each pattern. */
  private learnClasses(matches: number, companionsMet: number): Classes {
    const { titles, iterations } = this
    const { usualM, levelCounts, candidates, outsideScale, pairsTotal } = this.input
    const { m, u } = this.joinedTables()
    addUsualStrangers(u, this.input.usualU)
    // Of few rows a few pairs are all that there is to learn from.
    const isOfMany = (this.input.rowsMatchable ?? 0) > FEW_NAMES
    titles.forEach((isTitle, c) => {
      if (isTitle) m.holdLast(c, usualM[c][levelCounts[c] - 1], TITLE_PRIOR)
      else if (this.input.areWholeNames?.[c] === true && isOfMany)
        m.holdLast(c, usualM[c][levelCounts[c] - 1], NAME_PRIOR)
    })
    const edgeStrength = Math.max(STRANGER_EDGE_STRENGTH_LEAST, STRANGER_EDGE_RANDOM_PAIRS * outsideScale)
    const areSilent = this.input.areSilent ?? []
    const strangers = silenced(
      treeOf(u, this.strangerParents, undefined, [1], edgeStrength, this.input.exactCounts),
      areSilent,
    )
    const priorStrengths = this.priorStrengths(matches, companionsMet)
    return {
      matches: silenced(treeOf(m, this.matchParents, usualM, priorStrengths, MATCH_EDGE_STRENGTH), areSilent),
      strangers,
      companions:
        this.companionColumns === undefined
          ? undefined
          : companionsOf(
              candidates,
              this.counts.companions,
              { ...this.companionColumns, areSilent },
              {
                strangers: strangers.marginals,
                matches,
                pairsTotal,
                isYoung: iterations < STRUCTURE_EVERY,
              },
            ),
    }
  }

  /** How matches and strangers fall together; every few iterations the trees themselves are learned anew from it. */
  private joinedTables(): { m: JointTables; u: JointTables } {
    const { candidates, levelCounts } = this.input
    const m = new JointTables(levelCounts)
    const u = new JointTables(levelCounts)
    if (this.iterations % STRUCTURE_EVERY === 0 && this.iterations < STRUCTURES * STRUCTURE_EVERY) {
      m.addAll(candidates, this.counts.matches)
      u.addAll(candidates, this.counts.strangers)
      const strangersHere = u.copy()
      u.addTables(this.outside)
      // What says nothing must not say it through what hangs on it either.
      const isApart = (c: number) => this.variants[c].length > 0 || this.input.areSilent?.[c] === true
      const isOfMark: Unrelated = (i, j) => isApart(i) || isApart(j)
      const areUnrelated = this.input.areUnrelated ?? (() => false)
      const { hangsOn } = this.input
      this.matchParents = spanningTree(m, m, REPEATING, isOfMark, hangsOn)
      this.strangerParents = spanningTree(u, strangersHere, 0, (i, j) => isOfMark(i, j) || areUnrelated(i, j), hangsOn)
    } else {
      m.addJoined(candidates, this.counts.matches, this.matchParents)
      u.addJoined(candidates, this.counts.strangers, this.strangerParents)
      u.addTables(this.outside)
    }
    return { m, u }
  }

  /** Per column, pairs of usual matches that are taken as seen. */
  private priorStrengths(matches: number, companionsMet: number): number[] {
    const { levelCounts, rowsMatchable } = this.input
    const ofPersonal = Math.max(USUAL_PRIOR, Math.min(companionsMet / Math.max(matches, 1), PERSONAL_PRIOR_MOST))
    return levelCounts.map((_, c) => {
      const isPersonal = this.personalLevels[c] > 0 && !this.titles[c]
      return Math.max(usualPairs(rowsMatchable ?? 0), (isPersonal ? ofPersonal : USUAL_PRIOR) * matches)
    })
  }

  /** Weights of all patterns under the classes, and from them the chances of the next step. */
  private weigh(classes: Classes): void {
    const { p, q, bits, odds, weights } = this
    const { candidates, chancesLeft, contradicting, levelCounts } = this.input
    const prior = Math.log2(this.lambda / (1 - this.lambda))
    weighEvidence(classes, candidates, bits, odds)
    for (let i = 0; i < candidates.count; i++) bits[i] = prior + bits[i]
    this.variants = variantsOf(candidates, bits, classes, contradicting ?? [])
    for (let i = 0; i < candidates.count; i++) {
      const weight = weighVariants(bits[i], this.variants, candidates.levels, i * levelCounts.length)
      weights[i] = Math.round(weight * 1000)
      p[i] = (chancesLeft?.[i] ?? 1) / (1 + 2 ** -Math.max(Math.min(weight, WEIGHT_BITS_MOST), -WEIGHT_BITS_MOST))
      q[i] = classes.companions === undefined ? 0 : (1 - p[i]) * (1 - 1 / (1 + odds[i]))
    }
  }
}

/** The random pairs outside, as many as they stand for. */
function outsideTables({ levelCounts, outside, outsideScale }: DependentInput): JointTables {
  const tables = new JointTables(levelCounts)
  tables.addAll(outside, outside.counts)
  tables.dampRareCells()
  tables.scale(outsideScale)
  return tables
}

/** Pairs of each pattern that are matches, companions of matches and strangers. */
interface ClassCounts {
  readonly matches: Float64Array
  readonly companions: Float64Array
  readonly strangers: Float64Array
}

/** Shares the pairs of each pattern out among the classes, by the chances p of a match and q of companions. */
function shareOut(
  { count, counts: pairs }: Patterns,
  p: Float64Array,
  q: Float64Array,
  { matches, companions, strangers }: ClassCounts,
): { readonly matches: number; readonly companionsMet: number } {
  let matched = 0
  let companionsMet = 0
  for (let i = 0; i < count; i++) {
    matches[i] = pairs[i] * p[i]
    companions[i] = pairs[i] * q[i]
    // Squared: who may well be a match teaches little about strangers. Else the tree of strangers learns from the
    // first matches it gets that title and authors "go together", takes more of them, and learns it better.
    strangers[i] = (pairs[i] - matches[i] - companions[i]) * (1 - p[i])
    matched += matches[i]
    companionsMet += companions[i]
  }
  return { matches: matched, companionsMet }
}

/** Match weight of a pattern in bits, prior included. */
export function matchBits(
  model: Pick<DependentModel, 'lambda' | 'matches' | 'strangers' | 'companions' | 'variants'>,
  levels: Uint8Array,
  at: number,
): number {
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  return weighVariants(prior + evidenceOf(model, levels, at), model.variants, levels, at)
}
