/**
 * The county's linking: weighed pairs → people, in layers; each link keeps the strictest layer that made it.
 *
 *   person_no     versions of one person in the police system
 *   exact         same valid ID number and nothing against it
 *   statistical   heaviest pair first, rivals counted, conflicts named
 *   household     members of households that are linked already; newborns by their mother
 *   leftover      what is still without its counterpart on both sides; newcomers who are present twice
 *   decision      what a person decided outranks all of it
 *
 * In:  RecordTable, candidate pairs with patterns, model. Out: People, Links, reasons of the pairs to review.
 */
import { isMisfit } from '../matching/anchors.ts'
import { ID_LEVEL, NAME_LEVEL } from '../matching/compare/levels.ts'
import type { CountyModel } from '../matching/county-model.ts'
import { idLevelOf, type Kernel, nameLevelOf } from '../matching/kernel.ts'
import type { PatternCounts } from '../matching/pattern-counts.ts'
import type { CountyWeights } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { linkDeadAtHome } from './births-deaths/dead-at-home.ts'
import { linkDeceased } from './births-deaths/deceased.ts'
import { linkDeadInfants } from './births-deaths/infants.ts'
import { linkNewborns } from './births-deaths/newborns.ts'
import { linkOpenBirths } from './births-deaths/open-births.ts'
import { conflictOf } from './conflicts.ts'
import type { FamilyIndex } from './family-index.ts'
import { gatherLinks, type Layered, type LinkResult } from './gather-links.ts'
import { Groups, joinPersonNumbers } from './groups.ts'
import { NO_HEARSAY } from './households/hearsay.ts'
import { householdWeights } from './households/household-weights.ts'
import { linkHouseholds } from './households/households.ts'
import { linkReplacedNumbers } from './households/replaced-numbers.ts'
import { learnLoneMembers, type LoneMembers, USUAL_COUNTERPARTS } from './households/lone-members.ts'
import { linkLeftovers } from './leftovers/leftovers.ts'
import { linkNewcomers } from './leftovers/newcomers.ts'
import { creditedPattern, discreditNumbers, DISCREDITED } from './number-holders.ts'
import { type OrderedPairs, pairsOfRows, reorderPairs } from './ordered-pairs.ts'
import { dropOvertaken } from './overtaken-reviews.ts'
import { type DecidedPair, type LaterPair, LINK, type LinkThresholds, type PairDecisions } from './pair-decisions.ts'
import { LAYERS, probabilityOf } from './people.ts'
import { linkAbsentHukou } from './second-hukou/absent-hukou.ts'
import { linkSecondHukou } from './second-hukou/by-census.ts'
import { linkListedThere } from './second-hukou/listed-there.ts'
import { linkLivesThere } from './second-hukou/lives-there.ts'
import { linkSameFamily } from './second-hukou/same-family.ts'
import { shareOfSecondHukou } from './second-hukou/share-of-second-hukou.ts'
import { Surnames } from './second-hukou/surnames.ts'
import { linkTwiceBorn } from './second-hukou/twice-born.ts'
import { AwayAnswers } from './statistical/away-answers.ts'
import { pairsOfOneNumber, PresentTwice } from './statistical/present-twice.ts'
import { linkStatistically } from './statistical/statistical.ts'
import { UnseenTwins } from './unseen-twins.ts'
import { promoteWithinBudget } from './within-budget.ts'

export interface Judgement {
  readonly left: number
  readonly right: number
  readonly verdict: 'same' | 'different'
  /**
   * A compared field changed since: asked again. Until then "same" joins only where tonight's rows do not speak against it (no
   * conflict, and weight enough to be worth a look): what a person said of other rows proves nothing of these.
   */
  readonly isStale?: boolean
}

export interface LinkInput {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly model: CountyModel
  readonly pairs: Int32Array
  readonly pairCount: number
  /** The pairs in the order of their weight, each pattern taken as it is; a worker may still be at it. */
  readonly ordered: OrderedPairs | Promise<OrderedPairs>
  /** Made by a worker as well. Asked for once; who gives it should not keep it. */
  readonly families: () => FamilyIndex | Promise<FamilyIndex>
  readonly householdPatterns: PatternCounts
  readonly thresholds: LinkThresholds
  readonly judgements: readonly Judgement[]
  /** Largest share of false links wanted among all links. */
  readonly maxFalseLinkRate: number
  /** Called where a step has left large scratch behind that nobody needs any more. */
  readonly onScratch?: () => void
}

export async function linkCounty(input: LinkInput): Promise<LinkResult> {
  const layers = await linkLayers(input)
  // What the layers knew of groups and families is let go before as much is made of the people.
  input.onScratch?.()
  return gatherLinks(input.table, layers)
}

async function linkLayers(input: LinkInput): Promise<Layered> {
  const { table, lines, kernel, weights, model, thresholds } = input
  const discredited = discreditNumbers(table, lines, kernel, input.pairs, input.pairCount)
  const groups = new Groups(table, lines, discredited)
  joinPersonNumbers(table, groups)
  const pairs = creditPairs(input, await input.ordered, discredited)
  input.onScratch?.()

  const decisions: PairDecisions = {
    decision: new Uint8Array(pairs.count),
    weight: pairs.weight.slice(),
    reason: new Uint8Array(pairs.count),
  }
  const layer = new Uint8Array(pairs.count)
  const { judged, stale } = joinJudged(input, groups, discredited)
  linkExactly(groups, pairs, decisions, layer, discredited)
  const anchors = pairsOfOneNumber(pairs)
  const answers = new AwayAnswers(table, lines, pairs, anchors)
  const surnames = new Surnames(table, kernel)
  const unseenTwins = new UnseenTwins(table, kernel, model, weights.expects)
  linkStatistically(
    {
      table,
      columns: table.columns,
      groups,
      pairs,
      pairsOf: pairsOfRows(pairs, table.rows),
      kernel,
      weights,
      surnames,
      lines,
      thresholds,
      answers,
      presentTwice: new PresentTwice(table, lines, pairs, anchors, model, answers),
      unseenTwins,
      household: table.columns.household,
    },
    decisions,
  )
  linkSecondHukou({ table, groups, kernel, pairs, thresholds }, decisions)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && layer[i] === 0) layer[i] = LAYERS.indexOf('statistical')

  const { household, twice, replaced, secondHukou } = await linkFamilies(
    input,
    groups,
    discredited,
    surnames,
    unseenTwins,
    pairs,
    decisions,
  )
  for (const i of replaced) layer[i] = LAYERS.indexOf('household')
  const leftovers = linkDeceased({ table, groups, kernel, weights, thresholds, discredited })
  append(leftovers, linkOpenBirths({ table, groups, kernel, thresholds }))
  const inCounty = { table, lines, groups, kernel, weights, thresholds, discredited, pairs, answers }
  append(leftovers, linkLeftovers({ ...inCounty, unseenTwins }))
  append(leftovers, linkNewcomers({ ...inCounty, model }, decisions))
  const listed = linkListedThere({ table, groups, kernel, weights, thresholds })
  append(listed, linkLivesThere({ table, groups, kernel, weights, thresholds }))
  for (const i of linkAbsentHukou({ table, groups, pairs, thresholds, secondHukou }, decisions, [household, twice]))
    layer[i] = LAYERS.indexOf('leftover')
  append(household, listed)
  append(
    household,
    twice.filter(({ decision, weight }) => decision === 'link' || weight >= 0),
  )

  const later: LaterPair[] = [
    ...household.map((pair) => ({ ...pair, by: 'household' as const })),
    ...leftovers.map((pair) => ({ ...pair, by: 'leftover' as const })),
  ]
  dropOvertaken(groups, pairs, decisions, later, thresholds.review)
  promoteWithinBudget(groups, pairs, decisions, layer, later, input.maxFalseLinkRate, table.rows)
  return { parent: groups.parent, pairs, decisions, layer, later, judged, stale, discredited }
}

/** What people decided, before anything is linked: pairs kept apart and joined, and pairs whose rows changed since. */
function joinJudged(
  { kernel, weights, thresholds, judgements }: LinkInput,
  groups: Groups,
  discredited: Uint8Array,
): Pick<Layered, 'judged' | 'stale'> {
  const judged: DecidedPair[] = []
  const stale: DecidedPair[] = []
  for (const { left, right, verdict } of judgements) if (verdict === 'different') groups.forbid(left, right)
  for (const { left, right, verdict, isStale } of judgements) {
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    if (isStale === true)
      stale.push({ left, right, pattern, weight: weights.weigh(left, right, pattern), decision: 'review' })
    if (verdict !== 'same' || groups.isForbidden(groups.root(left), groups.root(right))) continue
    if (isStale === true && !isStillLikely(groups, stale[stale.length - 1], thresholds)) continue
    groups.join(left, right)
    if (isStale !== true) judged.push({ left, right, pattern, weight: 60_000, decision: 'link' })
  }
  return { judged, stale }
}

/** The household layer: second hukou by the family, newborns and members of households that are linked already. */
async function linkFamilies(
  input: LinkInput,
  groups: Groups,
  discredited: Uint8Array,
  surnames: Surnames,
  unseenTwins: UnseenTwins,
  pairs: OrderedPairs,
  decisions: PairDecisions,
): Promise<{
  readonly household: DecidedPair[]
  readonly twice: DecidedPair[]
  readonly replaced: number[]
  readonly secondHukou: number
}> {
  const { table, lines, kernel, weights, model, thresholds } = input
  const families = await input.families()
  const inFamily = householdWeights(model, input.householdPatterns)
  const secondHukou = shareOfSecondHukou(table, groups, pairs, decisions)
  const ofFamilies = { table, groups, kernel, weights, thresholds, families, secondHukou }
  const household = linkSameFamily(ofFamilies)
  const twice = linkTwiceBorn({ ...ofFamilies, lines, surnames, inFamily })
  const inHouseholds = { table, groups, kernel, weights: inFamily, households: families.households, discredited }
  let leftOver: LoneMembers = { share: USUAL_COUNTERPARTS, weights: inFamily, hearsay: NO_HEARSAY, named: NO_HEARSAY }
  for (let round = 0; round < 2; round++) {
    append(household, linkNewborns({ table, groups, kernel, households: families.households, thresholds }))
    append(household, linkDeadInfants({ table, groups, kernel, thresholds }))
    if (round === 0) {
      groups.forgetJoined()
      // Counted once: those left over after the first round are not what the share is of.
      leftOver = learnLoneMembers(inHouseholds)
    }
    append(household, linkHouseholds({ ...inHouseholds, thresholds, leftOver, unseenTwins, onlyJoined: round > 0 }))
  }
  append(household, linkDeadAtHome({ ...inHouseholds, thresholds }))
  const inCounty = { table, groups, pairs, weights, inFamily, households: families.households, discredited }
  return {
    household,
    twice,
    secondHukou,
    replaced: linkReplacedNumbers({ ...inCounty, counterparts: leftOver.share, thresholds }, decisions),
  }
}

/** Not `push(...more)`: a hundred thousand pairs of a county without numbers would not fit the stack. */
function append(pairs: DecidedPair[], more: readonly DecidedPair[]): void {
  for (const pair of more) pairs.push(pair)
}

/** The pairs with the numbers known to be somebody else's taken out of their patterns. */
function creditPairs(input: LinkInput, ordered: OrderedPairs, discredited: Uint8Array): OrderedPairs {
  const { pairs, pairCount, weights } = input
  return reorderPairs(
    ordered,
    pairs,
    pairCount,
    discredited,
    (left, right, pattern) => creditedPattern(pattern, discredited[left] | discredited[right]),
    (left, right, pattern) => weights.weigh(left, right, pattern),
  )
}

function isStillLikely(groups: Groups, { left, right, pattern, weight }: DecidedPair, { review }: LinkThresholds) {
  return (
    conflictOf(groups, groups.root(left), groups.root(right), pattern, weight) === '' && probabilityOf(weight) >= review
  )
}

/**
 * Same valid number, and name, birth and sex do not contradict it. A number that is not its own row's, under another name, waits for those
 * who are named so: a sister's, where the household has her as well.
 */
function linkExactly(
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  layer: Uint8Array,
  discredited: Uint8Array,
): void {
  const exact = LAYERS.indexOf('exact')
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern) || pairs.weight[i] < 6000) continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    if (((discredited[a] | discredited[b]) & DISCREDITED) !== 0 && nameLevelOf(pattern) >= NAME_LEVEL.oneOther) continue
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra !== rb && conflictOf(groups, ra, rb, pattern, pairs.weight[i]) !== '') continue
    decisions.decision[i] = LINK
    layer[i] = exact
    groups.join(a, b)
  }
}
