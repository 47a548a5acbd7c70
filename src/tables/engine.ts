/**
 * The whole road for tables of any kind: fields → keys → rules → candidate pairs → model → links and clusters.
 *
 * In:  one or two tables and a completed spec. Out: links with weights, clusters, the model, and what each phase counted.
 * Pure: no files, no clock, no chance; the order of rows changes nothing.
 */
import type { PairWeights, RefusedJoin } from './decide/clusters.ts'
import { blockRule, type RuleBlocks } from './candidates/blocks.ts'
import { type CandidatePairs, comparePairs } from './candidates/candidate-pairs.ts'
import type { Comparison } from './compare/comparison.ts'
import {
  type DecisionOptions,
  edgesOf,
  linkClusters,
  linkNothing,
  linkOneToOne,
  mustBeOneToOne,
  type TableLink,
  thresholdOf,
} from './decide/decide.ts'
import type { DependentModel } from './model/dependence.ts'
import type { Fields } from './fields/fields.ts'
import { fitTables } from './model/fit.ts'
import { weigherOfCandidates } from './model/weigher.ts'
import { type BlockingKey, offerKeys } from './candidates/keys.ts'
import { type OpenedTables, openTables } from './open-tables.ts'
import { linksLine, modelLine, openedLine, pairsLine, rulesLine } from './phase-lines.ts'
import { type DrawnPairs, sampleOutside } from './candidates/random-pairs.ts'
import type { Table } from './read/read-table.ts'
import { costRules, planCosting, type RuleCosting, type RuleOptions } from './candidates/rule-costs.ts'
import type { CheapPairs } from './candidates/likely-matches.ts'
import {
  chooseRules,
  pairsPerRowFor,
  type RuleChoice,
  type RuleProposal,
  type RuleSearch,
  searchRules,
} from './candidates/rules.ts'
import type { TableSpec } from './spec/spec.ts'

export interface TableOptions extends DecisionOptions {
  /** Pairs per row that blocking may spend. */
  readonly pairsPerRow?: number
  /** Called after each phase with one line of counts. */
  readonly onPhase?: (line: string) => void
}

export interface TableResult {
  readonly fields: Fields
  readonly comparisons: readonly Comparison[]
  readonly proposal: RuleProposal
  readonly model: DependentModel
  readonly pairsCompared: number
  readonly pairsByRule: readonly number[]
  readonly oneToOne: boolean
  /** False where likely pairs look like siblings, not copies: nothing is linked then. */
  readonly areCopies: boolean
  readonly links: readonly TableLink[]
  /** Smallest row of the cluster, per row. */
  readonly clusterOf: Int32Array
  readonly refused: readonly RefusedJoin[]
  /** Candidate pairs that are not out of the question, with their weights. */
  readonly edges: PairWeights
  /** Level of every comparison and the weight of any two rows. */
  weightOf(a: number, b: number): number
}

/** What is told where the model has found likeness and no copies. */
export const NO_COPIES =
  'no links: what is alike here differs in its title or its code, as things of one kind do; nobody seems to be there twice'

const NO_COPIES_ZH = '没有关联：相似的行标题或编码不同，是同类的不同东西；看来没有谁出现两次'

/** Pairs by chance that show what blocking did not propose. */
export const OUTSIDE_PAIRS = 400_000

export function runTables(
  left: Table,
  right: Table | undefined,
  spec: TableSpec,
  options: TableOptions = {},
): TableResult {
  const opened = openTables(left, right, spec)
  const { fields, rowCount, leftCount } = opened.fields
  options.onPhase?.(openedLine(rowCount, fields.length))
  const compare = (blocks: readonly RuleBlocks[]) => comparePairs(blocks, opened.comparisons, rowCount, leftCount)
  // A function of its own: keys of a million rows must not outlive the choice of rules.
  const propose = () => {
    const costing = costingFor(opened, options)
    costRules(costing.costing)
    const search = searchFor(opened, costing, options)
    const blocks = search.cheap.map(({ rule, options: cut }) => blockRule(rule, cut))
    const choice = proposeFor(opened, search, { blocks, pairs: compare(blocks) }, options)
    let step = choice.next()
    while (step.done !== true) step = choice.next(blockRule(step.value.rule, step.value.options))
    return step.value
  }
  const proposal = propose()
  return decideTables(opened, proposal, compare(proposal.rules.map(({ blocks }) => blocks)), options)
}

/** Keys, and rules made of them whose costs are still to be counted. */
export interface KeysToCost {
  readonly keys: readonly BlockingKey[]
  readonly costing: RuleCosting
}

export function costingFor({ fields }: OpenedTables, options: TableOptions): KeysToCost {
  const keys = offerKeys(fields.fields)
  return { keys, costing: planCosting(keys, ruleOptions(fields, options)) }
}

/** @param costing every rule costed */
export function searchFor({ fields }: OpenedTables, { keys, costing }: KeysToCost, options: TableOptions): RuleSearch {
  return searchRules(keys, costing, ruleOptions(fields, options))
}

/** @param drawn pairs by chance, where other threads have compared them */
export function* proposeFor(
  { fields, comparisons }: OpenedTables,
  search: RuleSearch,
  cheap: CheapPairs,
  options: TableOptions,
  drawn?: DrawnPairs,
): RuleChoice<RuleProposal> {
  const proposal = yield* chooseRules(search, cheap, comparisons, ruleOptions(fields, options), drawn)
  options.onPhase?.(rulesLine(search.keys.length, proposal.rules.length, proposal.coverage, proposal.likelyMatches))
  return proposal
}

function ruleOptions({ rowCount, leftCount }: Fields, { pairsPerRow }: TableOptions): RuleOptions {
  return { rowCount, leftCount, pairsPerRow: pairsPerRow ?? pairsPerRowFor(rowCount) }
}

/** From compared pairs on: the model, then links and clusters. */
export function decideTables(
  opened: OpenedTables,
  proposal: RuleProposal,
  pairs: CandidatePairs,
  options: TableOptions,
  drawn?: DrawnPairs,
): TableResult {
  const phase = options.onPhase ?? (() => undefined)
  const { fields, comparisons } = opened
  const outside = sampleOutside(comparisons, pairs, fields, OUTSIDE_PAIRS, drawn)
  phase(pairsLine(pairs.count, pairs.count / Math.max(outside.pairsTotal, 1), pairs.patterns.count))
  const { model, areCopies } = fitTables(opened, pairs, outside)
  phase(modelLine(model))
  if (!areCopies) phase(`${NO_COPIES_ZH} · ${NO_COPIES}`)
  const weightOf = weigherOfCandidates(opened, pairs, model)
  const edges = edgesOf(opened, pairs, model, weightOf)
  const oneToOne = mustBeOneToOne(opened, edges, weightOf, options.oneToOne ?? 'auto')
  const threshold = thresholdOf(options, model.weights, pairs.patterns.counts)
  const prior = Math.round(Math.log2(model.lambda / (1 - model.lambda)) * 1000)
  const { links, clusterOf, refused } = !areCopies
    ? linkNothing(fields)
    : oneToOne
      ? linkOneToOne(opened, edges, weightOf, { prior, threshold, areOddsKept: options.falseLinkRateMax !== undefined })
      : linkClusters(opened, edges, weightOf, threshold, options.cluster)
  links.sort((x, y) => x.left - y.left || x.right - y.right)
  const linked = links.filter((link) => link.decision === 'link').length
  phase(linksLine(linked, links.length - linked, oneToOne))
  return {
    fields,
    comparisons,
    proposal,
    model,
    pairsCompared: pairs.count,
    pairsByRule: pairs.pairsByRule,
    oneToOne,
    areCopies,
    links,
    clusterOf,
    refused,
    edges: { ...edges, count: edges.weight.length },
    weightOf,
  }
}
