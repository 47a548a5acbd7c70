/**
 * Weighed pairs → links: one to one between two tables, or clusters.
 *
 * In:  the pairs that are not out of the question, the weight of any two rows, what was wished for. Out: links and pairs to
 * review, the cluster of each row, joins that were refused with their reason. Pure.
 */
import { type ClusterOptions, clusterRecords, type RefusedJoin, rowsByCluster } from './clusters.ts'
import { probabilityOf } from '../../linking/people.ts'
import { estimateErrorRates, thresholdForFalseLinkRate } from '../../matching/weigh/error-rates.ts'
import { assignOneToOne, isOneToOne } from './assignment.ts'
import { type CandidatePairs, forEachPair } from '../candidates/candidate-pairs.ts'
import type { DependentModel } from '../model/dependence.ts'
import type { Fields } from '../fields/fields.ts'
import { areTheSame, type WeightOf } from '../model/weigher.ts'
import type { OpenedTables } from '../open-tables.ts'

export type OneToOne = 'auto' | 'yes' | 'no'

export interface DecisionOptions {
  /** Whether a record has at most one partner in the other table; `auto` looks. */
  readonly oneToOne?: OneToOne
  /** Links must reach this match probability; without it the expected F1 decides. */
  readonly probabilityMin?: number
  /** Links are as many as this expected share of false ones allows. */
  readonly falseLinkRateMax?: number
  /** How records gather; measured defaults. */
  readonly cluster?: Partial<ClusterOptions>
}

export interface TableLink {
  /** Rows of the engine's own order; recordIds names them. */
  readonly left: number
  readonly right: number
  /** milli-bits, prior included */
  readonly weight: number
  readonly probability: number
  readonly decision: 'link' | 'review'
}

/** Who is one record with whom. */
export interface Decisions {
  readonly links: TableLink[]
  /** Smallest row of the cluster, per row. */
  readonly clusterOf: Int32Array
  readonly refused: readonly RefusedJoin[]
}

/** Pairs with their weights, to which further ones are added. */
export interface Edges {
  readonly left: number[]
  readonly right: number[]
  readonly weight: number[]
}

/** milli-bits from which a pair may join records; lighter ones are kept as edges a dozen bits further down. */
const EDGE_LEAST = -3000
const KEPT_LEAST = EDGE_LEAST - 12_000
/** A row with a pair of this weight, milli-bits, is claimed. */
const CLAIMED = 7000
/** Pairs of rows that nobody claims which are compared at most, whatever blocking said. */
const UNCLAIMED_PAIRS_MAX = 4_000_000
/** Probability from which a pair is asked about: rivals of one to one, and pairs between clusters. */
const REVIEW_LEAST = 0.05
const REVIEW_BETWEEN_LEAST = 0.2

/** The pairs that are not out of the question. */
export function edgesOf(opened: OpenedTables, pairs: CandidatePairs, model: DependentModel, weightOf: WeightOf): Edges {
  const edges: Edges = { left: [], right: [], weight: [] }
  forEachPair(pairs, (a, b, pattern) => {
    const weight = model.companions !== undefined && areTheSame(opened, a, b) ? weightOf(a, b) : model.weights[pattern]
    if (weight >= KEPT_LEAST) addEdge(edges, a, b, weight)
  })
  return edges
}

/** Whether each record is to have one partner at most. */
export function mustBeOneToOne({ isLink }: OpenedTables, edges: Edges, weightOf: WeightOf, wanted: OneToOne): boolean {
  return (
    isLink && (wanted === 'yes' || (wanted === 'auto' && isOneToOne(edges.left, edges.right, edges.weight, weightOf)))
  )
}

interface OneToOneOptions {
  /** Milli-bits. */
  readonly prior: number
  /** Milli-bits from which a pair is linked. */
  readonly threshold: number
  /** See AssignmentInput. */
  readonly areOddsKept: boolean
}

/** Links one to one. Rows that nobody claims are compared with each other first; those pairs are added to the edges. */
export function linkOneToOne(
  { fields, comparisons }: OpenedTables,
  edges: Edges,
  weightOf: WeightOf,
  { prior, threshold, areOddsKept }: OneToOneOptions,
): Decisions {
  const { rowCount, leftCount } = fields
  addUnclaimed(edges, rowCount, leftCount, weightOf)
  const clusterOf = Int32Array.from({ length: rowCount }, (_, row) => row)
  const links: TableLink[] = []
  const models = comparisons.filter(({ isModel }) => isModel)
  const assigned = assignOneToOne({
    ...edges,
    isContradicted: (pair) =>
      models.some((model) => model.levelOf(edges.left[pair], edges.right[pair]) === model.levels.length - 1),
    count: edges.left.length,
    prior,
    leftCount,
    rightCount: rowCount - leftCount,
    areOddsKept,
  })
  for (const { pair, weight } of assigned) {
    const [a, b] = [edges.left[pair], edges.right[pair]]
    if (weight >= threshold) {
      links.push(linkOf(a, b, weight, 'link'))
      clusterOf[b] = a
    } else if (probabilityOf(weight) >= REVIEW_LEAST) links.push(linkOf(a, b, weight, 'review'))
  }
  return { links, clusterOf, refused: [] }
}

/** Gathers records into clusters; a link is any pair of one cluster, across the tables where there are two. */
export function linkClusters(
  { fields, isLink }: OpenedTables,
  edges: Edges,
  weightOf: WeightOf,
  threshold: number,
  options: Partial<ClusterOptions> | undefined,
): Decisions {
  const { rowCount, leftCount } = fields
  const strong: number[] = []
  edges.weight.forEach((weight, i) => {
    if (weight >= EDGE_LEAST) strong.push(i)
  })
  const { clusterOf, refused } = clusterRecords(
    rowCount,
    {
      count: strong.length,
      left: strong.map((i) => edges.left[i]),
      right: strong.map((i) => edges.right[i]),
      weight: strong.map((i) => edges.weight[i]),
    },
    weightOf,
    { threshold, ...options },
  )
  const links: TableLink[] = []
  const { rows, ends } = rowsByCluster(clusterOf)
  for (let c = 0, from = 0; c < ends.length; from = ends[c++])
    for (let i = from; i < ends[c]; i++)
      for (let j = i + 1; j < ends[c]; j++)
        if (!isLink || (rows[i] < leftCount && rows[j] >= leftCount))
          links.push(linkOf(rows[i], rows[j], weightOf(rows[i], rows[j]), 'link'))
  for (const i of strong) {
    const [a, b] = [edges.left[i], edges.right[i]]
    if (clusterOf[a] !== clusterOf[b] && probabilityOf(edges.weight[i]) >= REVIEW_BETWEEN_LEAST)
      links.push(linkOf(a, b, edges.weight[i], 'review'))
  }
  return { links, clusterOf, refused }
}

/** Where no model has found copies: every record stays by itself. */
export function linkNothing({ rowCount }: Fields): Decisions {
  return { links: [], clusterOf: Int32Array.from({ length: rowCount }, (_, row) => row), refused: [] }
}

/** Rows that nobody claims are few: they are compared with each other, whatever blocking said. */
function addUnclaimed(edges: Edges, rowCount: number, leftCount: number, weightOf: WeightOf): void {
  const claimed = new Uint8Array(rowCount)
  edges.weight.forEach((weight, i) => {
    if (weight < CLAIMED) return
    claimed[edges.left[i]] = 1
    claimed[edges.right[i]] = 1
  })
  const freeLeft: number[] = []
  const freeRight: number[] = []
  for (let row = 0; row < rowCount; row++) if (claimed[row] === 0) (row < leftCount ? freeLeft : freeRight).push(row)
  if (freeLeft.length * freeRight.length > UNCLAIMED_PAIRS_MAX) return
  const seen = new Set<number>()
  for (let i = 0; i < edges.left.length; i++) seen.add(edges.left[i] * rowCount + edges.right[i])
  for (const a of freeLeft)
    for (const b of freeRight) {
      if (seen.has(a * rowCount + b)) continue
      const weight = weightOf(a, b)
      if (weight >= KEPT_LEAST) addEdge(edges, a, b, weight)
    }
}

function addEdge(edges: Edges, a: number, b: number, weight: number): void {
  edges.left.push(a)
  edges.right.push(b)
  edges.weight.push(weight)
}

function linkOf(left: number, right: number, weight: number, decision: TableLink['decision']): TableLink {
  return { left, right, weight, probability: probabilityOf(weight), decision }
}

/** Without a wish, even odds: one more link of probability p is worth having for F1 when p exceeds about half of it. */
export function thresholdOf(options: DecisionOptions, weights: Int32Array, counts: Float64Array): number {
  if (options.probabilityMin !== undefined)
    return Math.round(Math.log2(options.probabilityMin / (1 - options.probabilityMin)) * 1000)
  if (options.falseLinkRateMax === undefined) return 0
  const rates = estimateErrorRates(weights, counts)
  return thresholdForFalseLinkRate(rates, options.falseLinkRateMax) ?? 40_000
}
