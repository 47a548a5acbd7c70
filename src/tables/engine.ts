/**
 * The whole road for tables of any kind: fields → keys → rules → candidate pairs → model → links and clusters.
 *
 * In:  one or two tables and a completed spec. Out: links with weights, clusters, the model, and what each phase counted.
 * Pure: no files, no clock, no chance; the order of rows changes nothing.
 */
import { type ClusterOptions, clusterRecords, type PairWeights, type RefusedJoin } from '../linking/clusters.ts'
import { probabilityOf } from '../linking/people.ts'
import { estimateErrorRates, thresholdForFalseLinkRate } from '../matching/weigh/error-rates.ts'
import { assignOneToOne, secondPartners, usualBestWeight } from './assignment.ts'
import type { RuleBlocks } from './blocks.ts'
import { type CandidatePairs, comparePairs, forEachPair } from './candidate-pairs.ts'
import { buildComparisons, cellsByRow, type Comparison, shapeOf } from './comparisons.ts'
import { type DependentModel, fitDependentModel, matchBits } from './dependence.ts'
import { buildFields, type Fields } from './fields.ts'
import { offerKeys } from './keys.ts'
import { sampleOutside } from './random-pairs.ts'
import type { Table } from './read-table.ts'
import { chancesLeft } from './rivals.ts'
import {
  chooseRules,
  pairsPerRowFor,
  type RuleOptions,
  type RuleProposal,
  type RuleSearch,
  searchRules,
} from './rules.ts'
import type { TableSpec } from './spec.ts'
import { lookAtThirds } from './thirds.ts'

export type OneToOne = 'auto' | 'yes' | 'no'

export interface TableOptions {
  /** Whether a record has at most one partner in the other table; `auto` looks. */
  readonly oneToOne?: OneToOne
  /** Pairs per row that blocking may spend. */
  readonly pairsPerRow?: number
  /** Links must reach this match probability; without it the expected F1 decides. */
  readonly probabilityMin?: number
  /** Links are as many as this expected share of false ones allows. */
  readonly falseLinkRateMax?: number
  /** How records gather; measured defaults. */
  readonly cluster?: Partial<ClusterOptions>
  /** Called after each phase with one line of counts. */
  readonly onPhase?: (line: string) => void
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

export interface TableResult {
  readonly fields: Fields
  readonly comparisons: readonly Comparison[]
  readonly proposal: RuleProposal
  readonly model: DependentModel
  readonly pairsCompared: number
  readonly pairsByRule: readonly number[]
  readonly oneToOne: boolean
  readonly links: readonly TableLink[]
  /** Smallest row of the cluster, per row. */
  readonly clusterOf: Int32Array
  readonly refused: readonly RefusedJoin[]
  /** Candidate pairs that are not out of the question, with their weights. */
  readonly edges: PairWeights
  /** Level of every comparison and the weight of any two rows. */
  weightOf(a: number, b: number): number
}

/** Up to this share of second partners, per pair linked, the residue of one to one is worth more than they are. */
const REPEATS_MOST = 0.02
/** Thirds per row that must have been seen, and the part of them that may contradict; in sound models a tenth at most does. */
const THIRDS_LEAST = 0.5
const CONTRADICTED_MOST = 0.2
/** Share of matches whose marks may wholly differ. */
const MARKS_DIFFER_MOST = 0.5
/** Fits in which pairs must outbid the others of their rows; the first looks no further than what is usual. */
const RIVAL_ROUNDS = 4
/** milli-bits from which a pair says something of the tables as a whole */
const FIRM = 4000
const EDGE_LEAST = -3000
const REVIEW_LEAST = 0.05

/** Tables with their cells folded and the comparisons of their columns. */
export interface OpenedTables {
  readonly fields: Fields
  /** See cellsByRow. */
  readonly cells: Int32Array
  readonly comparisons: readonly Comparison[]
  readonly isLink: boolean
}

export function runTables(
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  options: TableOptions = {},
): TableResult {
  const opened = openTables(left, right, spec, options)
  const { rowCount, leftCount } = opened.fields
  const compare = (blocks: readonly RuleBlocks[]) => comparePairs(blocks, opened.comparisons, rowCount, leftCount)
  // A function of its own: keys of a million rows must not outlive the choice of rules.
  const propose = () => {
    const search = searchFor(opened, options)
    return proposeFor(opened, search, compare(search.cheap), options)
  }
  const proposal = propose()
  return decideTables(opened, proposal, compare(proposal.rules.map(({ blocks }) => blocks)), options)
}

export function openTables(
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  { onPhase }: TableOptions,
): OpenedTables {
  const fields = buildFields(left, right, spec)
  onPhase?.(`${number(fields.rowCount)} records, ${fields.fields.length} columns compared`)
  const cells = cellsByRow(fields.fields)
  const comparisons = buildComparisons(fields.fields, spec.nicknames, cells)
  return { fields, cells, comparisons, isLink: right !== undefined }
}

/** Keys, rules and their costs. */
export function searchFor({ fields }: OpenedTables, options: TableOptions): RuleSearch {
  return searchRules(offerKeys(fields.fields), ruleOptions(fields, options))
}

/** @param pairs what the blocks of the search hold */
export function proposeFor(
  { fields, comparisons }: OpenedTables,
  search: RuleSearch,
  pairs: CandidatePairs,
  options: TableOptions,
): RuleProposal {
  const proposal = chooseRules(search, pairs, comparisons, ruleOptions(fields, options))
  options.onPhase?.(
    `${search.keys.length} keys offered → ${proposal.rules.length} blocking rules, which find ${percent(proposal.coverage)} of ${number(proposal.likelyMatches)} likely matches`,
  )
  return proposal
}

function ruleOptions({ rowCount, leftCount }: Fields, { pairsPerRow }: TableOptions): RuleOptions {
  return { rowCount, leftCount, pairsPerRow: pairsPerRow ?? pairsPerRowFor(rowCount) }
}

/** From compared pairs on: the model, then links and clusters. */
export function decideTables(
  { fields, comparisons, isLink }: OpenedTables,
  proposal: RuleProposal,
  pairs: CandidatePairs,
  options: TableOptions,
): TableResult {
  const phase = options.onPhase ?? (() => undefined)
  const { rowCount, leftCount } = fields
  const outside = sampleOutside(comparisons, pairs, rowCount, leftCount, 400_000)
  phase(
    `${number(pairs.count)} candidate pairs (${percent(pairs.count / Math.max(outside.pairsTotal, 1))} of all), ${number(pairs.patterns.count)} patterns`,
  )
  const fit = (matchesMost?: number, left?: Float64Array, iterationsMax = 60) =>
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
  const levels = new Uint8Array(comparisons.length)
  // Rows that say the same word for word, and leave out the same, are no companions: nobody could tell them apart.
  const areTheSame = (a: number, b: number) => fields.fields.every(({ ids }) => ids[a] === ids[b])
  const weigher = (under: DependentModel) => {
    const withoutCompanions = { ...under, companions: undefined }
    return (a: number, b: number): number => {
      for (let c = 0; c < comparisons.length; c++) levels[c] = comparisons[c].levelOf(a, b)
      const isSame = under.companions !== undefined && areTheSame(a, b)
      return Math.round(matchBits(isSame ? withoutCompanions : under, levels, 0) * 1000)
    }
  }
  let model = fit(isLink ? Math.max(leftCount, rowCount - leftCount) : undefined)
  if (!isLink) {
    const taken: { left: number[]; right: number[] } = { left: [], right: [] }
    forEachPair(pairs, (a, b, pattern) => {
      if (model.weights[pattern] < 0) return
      taken.left.push(a)
      taken.right.push(b)
    })
    const { rows, seen, contradicted } = lookAtThirds(taken.left, taken.right, rowCount, weigher(model))
    // Such a table is asked for pairs at most: as many as it has rows to make them of, and one partner for a row.
    const isContradicted = seen >= THIRDS_LEAST * rows && contradicted > CONTRADICTED_MOST * seen
    if (isContradicted || marksMostlyDiffer(comparisons, model)) {
      model = fit(rowCount / 2, undefined, 1)
      for (let round = 0; round < RIVAL_ROUNDS; round++)
        model = fit(rowCount / 2, chancesLeft(pairs, model.weights, rowCount))
    }
  }
  phase(
    `model: one true pair in ${number(Math.round(1 / model.lambda))}; ${model.converged ? `converged after ${model.iterations} iterations` : `NOT converged after ${model.iterations} iterations`}`,
  )
  const prior = Math.log2(model.lambda / (1 - model.lambda))
  const weightOf = weigher(model)
  const edges: { left: number[]; right: number[]; weight: number[] } = { left: [], right: [], weight: [] }
  forEachPair(pairs, (a, b, pattern) => {
    const weight = model.companions !== undefined && areTheSame(a, b) ? weightOf(a, b) : model.weights[pattern]
    if (weight < EDGE_LEAST - 12_000) return
    edges.left.push(a)
    edges.right.push(b)
    edges.weight.push(weight)
  })
  const wanted = options.oneToOne ?? 'auto'
  const oneToOne = isLink && (wanted === 'yes' || (wanted === 'auto' && isOneToOne(edges, weightOf)))
  const threshold = thresholdOf(options, model.weights, pairs.patterns.counts)

  const links: TableLink[] = []
  let clusterOf = Int32Array.from({ length: rowCount }, (_, row) => row)
  let refused: readonly RefusedJoin[] = []
  const linkOf = (a: number, b: number, weight: number, decision: TableLink['decision']): TableLink => ({
    left: a,
    right: b,
    weight,
    probability: probabilityOf(weight),
    decision,
  })
  if (oneToOne) {
    // Rows that nobody claims are few: compare them with each other, whatever blocking said.
    const claimed = new Uint8Array(rowCount)
    edges.weight.forEach((weight, i) => {
      if (weight >= 7000) {
        claimed[edges.left[i]] = 1
        claimed[edges.right[i]] = 1
      }
    })
    const freeLeft: number[] = []
    const freeRight: number[] = []
    for (let row = 0; row < rowCount; row++) if (claimed[row] === 0) (row < leftCount ? freeLeft : freeRight).push(row)
    if (freeLeft.length * freeRight.length <= 4_000_000) {
      const seen = new Set<number>()
      for (let i = 0; i < edges.left.length; i++) seen.add(edges.left[i] * rowCount + edges.right[i])
      for (const a of freeLeft)
        for (const b of freeRight) {
          if (seen.has(a * rowCount + b)) continue
          const weight = weightOf(a, b)
          if (weight < EDGE_LEAST - 12_000) continue
          edges.left.push(a)
          edges.right.push(b)
          edges.weight.push(weight)
        }
    }
    const assigned = assignOneToOne({
      ...edges,
      count: edges.left.length,
      prior: Math.round(prior * 1000),
      leftCount,
      rightCount: rowCount - leftCount,
    })
    for (const item of assigned) {
      const [a, b] = [edges.left[item.pair], edges.right[item.pair]]
      const probability = probabilityOf(item.weight)
      if (item.weight >= threshold) {
        links.push(linkOf(a, b, item.weight, 'link'))
        clusterOf[b] = a
      } else if (probability >= REVIEW_LEAST) links.push(linkOf(a, b, item.weight, 'review'))
    }
  } else {
    const strong: number[] = []
    edges.weight.forEach((weight, i) => {
      if (weight >= EDGE_LEAST) strong.push(i)
    })
    const clusters = clusterRecords(
      rowCount,
      {
        count: strong.length,
        left: strong.map((i) => edges.left[i]),
        right: strong.map((i) => edges.right[i]),
        weight: strong.map((i) => edges.weight[i]),
      },
      weightOf,
      { threshold, ...options.cluster },
    )
    clusterOf = clusters.clusterOf as Int32Array<ArrayBuffer>
    refused = clusters.refused
    const members = new Map<number, number[]>()
    clusterOf.forEach((cluster, row) => {
      const list = members.get(cluster)
      if (list === undefined) members.set(cluster, [row])
      else list.push(row)
    })
    for (const rows of members.values())
      for (let i = 0; i < rows.length; i++)
        for (let j = i + 1; j < rows.length; j++)
          if (!isLink || (rows[i] < leftCount && rows[j] >= leftCount))
            links.push(linkOf(rows[i], rows[j], weightOf(rows[i], rows[j]), 'link'))
    for (const i of strong) {
      const [a, b] = [edges.left[i], edges.right[i]]
      if (clusterOf[a] !== clusterOf[b] && probabilityOf(edges.weight[i]) >= 0.2)
        links.push(linkOf(a, b, edges.weight[i], 'review'))
    }
  }
  links.sort((x, y) => x.left - y.left || x.right - y.right)
  const linked = links.filter((link) => link.decision === 'link').length
  phase(`${number(linked)} links, ${number(links.length - linked)} to review${oneToOne ? ' (one to one)' : ''}`)
  return {
    fields,
    comparisons,
    proposal,
    model,
    pairsCompared: pairs.count,
    pairsByRule: pairs.pairsByRule,
    oneToOne,
    links,
    clusterOf,
    refused,
    edges: { ...edges, count: edges.weight.length },
    weightOf,
  }
}

/** Whether what tells a thing from its variants differs in most pairs taken for matches: then they are variants. */
function marksMostlyDiffer(comparisons: readonly Comparison[], model: DependentModel): boolean {
  return comparisons.some(({ kind, levels }, c) => {
    if (kind !== 'marks') return false
    return model.matches.marginals[c][levels.length - 1] > MARKS_DIFFER_MOST
  })
}

/** One to one takes away the second partners of rows: those that are repeats are lost, those that are rivals well lost. */
function isOneToOne(edges: Omit<PairWeights, 'count'>, weightOf: (a: number, b: number) => number): boolean {
  const { left, right, weight } = edges
  // Rows of one table that are one thing are as alike as the pairs across; rivals are only alike.
  const usual = Math.max(usualBestWeight(left, right, weight, FIRM), 0)
  const { first, repeats, rivals } = secondPartners(left, right, weight, 0, (a, b) => weightOf(a, b) >= usual)
  return repeats <= Math.max(rivals, REPEATS_MOST * first)
}

/** Without a wish, even odds: one more link of probability p is worth having for F1 when p exceeds about half of it. */
function thresholdOf(options: TableOptions, weights: Int32Array, counts: Float64Array): number {
  if (options.probabilityMin !== undefined)
    return Math.round(Math.log2(options.probabilityMin / (1 - options.probabilityMin)) * 1000)
  if (options.falseLinkRateMax === undefined) return 0
  const rates = estimateErrorRates(weights, counts)
  return thresholdForFalseLinkRate(rates, options.falseLinkRateMax) ?? 40_000
}

export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

export function percent(share: number): string {
  const value = share * 100
  return `${value === 0 || value >= 10 ? value.toFixed(1) : value.toPrecision(2)} %`
}
