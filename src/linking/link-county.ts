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
import { ID_LEVEL } from '../matching/compare/levels.ts'
import { isMisfit } from '../matching/anchors.ts'
import type { CountyModel } from '../matching/county-model.ts'
import type { Kernel } from '../matching/kernel.ts'
import { idLevelOf } from '../matching/kernel.ts'
import type { PatternCounts } from '../matching/pattern-counts.ts'
import type { CountyWeights } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'
import type { FamilyIndex } from './family-index.ts'
import { linkAbsentHukou } from './absent-hukou.ts'
import { AwayAnswers } from './away-answers.ts'
import { linkDeceased } from './deceased.ts'
import { Groups, joinPersonNumbers, rootIn } from './groups.ts'
import { householdWeights } from './household-weights.ts'
import { type HouseholdPair, linkHouseholds } from './households.ts'
import { linkDeadInfants } from './infants.ts'
import { linkLeftovers } from './leftovers.ts'
import { linkListedThere } from './listed-there.ts'
import { LinkLines } from './link-lines.ts'
import { shareOfCounterparts, USUAL_COUNTERPARTS } from './lone-members.ts'
import { linkNewborns } from './mothers.ts'
import { linkNewcomers } from './newcomers.ts'
import { linkOpenBirths } from './open-births.ts'
import { creditedPattern, discreditNumbers } from './number-holders.ts'
import { pairsOfOneNumber, PresentTwice } from './present-twice.ts'
import { linkSameFamily } from './same-family.ts'
import { linkSecondHukou } from './second-hukou.ts'
import { type OrderedPairs, pairsOfRows, reorderPairs } from './ordered-pairs.ts'
import { dropOvertaken } from './overtaken-reviews.ts'
import {
  ATTACHMENT,
  DECISION,
  LAYERS,
  type Layer,
  type Links,
  pairKey,
  type People,
  peopleFromGroups,
  probabilityOf,
} from './people.ts'
import { linkTwiceBorn } from './twice-born.ts'
import { conflictOf } from './conflicts.ts'
import { LINK, type LinkThresholds, type PairDecisions, REASONS, REVIEW, type Reason } from './pair-decisions.ts'
import { linkStatistically } from './statistical.ts'

/** A link is certain from this probability on. */
const CERTAIN_WEIGHT = 13_000

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

export interface LinkResult {
  readonly people: People
  readonly links: Links
  /** Why a line of `links` waits for review, by line number. */
  readonly reasons: ReadonlyMap<number, Reason>
  readonly discredited: Uint8Array
}

export async function linkCounty(input: LinkInput): Promise<LinkResult> {
  const layers = await linkLayers(input)
  // What the layers knew of groups and families is let go before as much is made of the people.
  input.onScratch?.()
  return gather(input.table, layers)
}

/** What all layers together have decided. */
interface Layered {
  /** Any row of each row's person; roots point to themselves. */
  readonly parent: Int32Array
  readonly pairs: OrderedPairs
  readonly decisions: PairDecisions
  /** Index into LAYERS of each pair that is linked. */
  readonly layer: Uint8Array
  readonly later: readonly LaterPair[]
  /** Pairs that a person joined, and pairs whose records changed since. */
  readonly judged: readonly HouseholdPair[]
  readonly stale: readonly HouseholdPair[]
  readonly discredited: Uint8Array
}

async function linkLayers(input: LinkInput): Promise<Layered> {
  const { table, lines, kernel, weights, model, thresholds } = input
  const discredited = discreditNumbers(table, lines, input.pairs, input.pairCount)
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
  const household: HouseholdPair[] = []
  const judged: HouseholdPair[] = []
  const stale: HouseholdPair[] = []
  for (const { left, right, verdict } of input.judgements) if (verdict === 'different') groups.forbid(left, right)
  for (const { left, right, verdict, isStale } of input.judgements) {
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    if (isStale === true)
      stale.push({ left, right, pattern, weight: weights.weigh(left, right, pattern), decision: 'review' })
    if (verdict !== 'same' || groups.isForbidden(groups.root(left), groups.root(right))) continue
    if (isStale === true && !isStillLikely(groups, stale[stale.length - 1], thresholds)) continue
    groups.join(left, right)
    if (isStale !== true) judged.push({ left, right, pattern, weight: 60_000, decision: 'link' })
  }
  linkExactly(groups, pairs, decisions, layer)
  const anchors = pairsOfOneNumber(pairs)
  const answers = new AwayAnswers(table, lines, pairs, anchors)

  linkStatistically(
    {
      columns: table.columns,
      groups,
      pairs,
      pairsOf: pairsOfRows(pairs, table.rows),
      kernel,
      weights,
      lines,
      thresholds,
      presentTwice: new PresentTwice(table, lines, pairs, anchors, model, answers),
      household: table.columns.household,
    },
    decisions,
  )
  linkSecondHukou({ table, groups, kernel, pairs, thresholds }, decisions)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && layer[i] === 0) layer[i] = LAYERS.indexOf('statistical')

  const families = await input.families()
  const familyWeights = householdWeights(model, input.householdPatterns)
  append(household, linkSameFamily({ table, groups, kernel, weights, thresholds, families }))
  const twice = linkTwiceBorn({ table, lines, groups, kernel, weights, thresholds, families, inFamily: familyWeights })
  const inHouseholds = { table, groups, kernel, weights: familyWeights, households: families.households, discredited }
  let counterparts = USUAL_COUNTERPARTS
  for (let round = 0; round < 2; round++) {
    append(household, linkNewborns({ table, groups, kernel, households: families.households, thresholds }))
    append(household, linkDeadInfants({ table, groups, kernel, thresholds }))
    if (round === 0) {
      groups.forgetJoined()
      // Counted once: those left over after the first round are not what the share is of.
      counterparts = shareOfCounterparts(inHouseholds)
    }
    append(household, linkHouseholds({ ...inHouseholds, thresholds, counterparts, onlyJoined: round > 0 }))
  }
  const leftovers = linkDeceased({ table, groups, kernel, weights, thresholds, discredited })
  append(leftovers, linkOpenBirths({ table, groups, kernel, thresholds }))
  append(leftovers, linkLeftovers({ table, lines, groups, kernel, weights, thresholds, discredited, pairs, answers }))
  append(
    leftovers,
    linkNewcomers({ table, lines, groups, kernel, weights, model, thresholds, discredited, pairs, answers }),
  )
  const listed = linkListedThere({ table, groups, kernel, weights, thresholds })
  for (const i of linkAbsentHukou({ table, groups, pairs, thresholds }, decisions, [household, twice]))
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
  promoteWithinBudget(groups, pairs, decisions, layer, later, input.maxFalseLinkRate)
  return { parent: groups.parent, pairs, decisions, layer, later, judged, stale, discredited }
}

/** Not `push(...more)`: a hundred thousand pairs of a county without numbers would not fit the stack. */
function append(pairs: HouseholdPair[], more: readonly HouseholdPair[]): void {
  for (const pair of more) pairs.push(pair)
}

/** A pair that a layer after the statistical one found. */
type LaterPair = HouseholdPair & { readonly by: 'household' | 'leftover' }

/** No pair is linked below this probability, however much room the wanted error rate leaves. */
const PROMOTED_MIN = 0.85

/**
 * Links the likeliest pairs that wait for review while the expected number of false links stays within the wanted
 * share of all links. The expectation is the sum of 1 − p over the links.
 */
function promoteWithinBudget(
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  layer: Uint8Array,
  later: LaterPair[],
  maxFalseLinkRate: number,
): void {
  let links = 0
  let expectedFalse = 0
  const waiting: { left: number; right: number; pattern: number; weight: number; pair: number; member: number }[] = []
  for (let i = 0; i < pairs.count; i++) {
    const weight = decisions.weight[i]
    if (decisions.decision[i] === LINK) {
      links++
      expectedFalse += 1 - probabilityOf(weight)
    } else if (
      decisions.decision[i] === REVIEW &&
      PROMOTABLE.has(REASONS[decisions.reason[i]]) &&
      probabilityOf(weight) >= PROMOTED_MIN
    )
      waiting.push({
        left: pairs.left[i],
        right: pairs.right[i],
        pattern: pairs.pattern[i],
        weight,
        pair: i,
        member: -1,
      })
  }
  later.forEach((pair, member) => {
    if (pair.decision === 'link') {
      links++
      expectedFalse += 1 - probabilityOf(pair.weight)
    } else if (probabilityOf(pair.weight) >= PROMOTED_MIN) waiting.push({ ...pair, pair: -1, member })
  })
  waiting.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const { left, right, pattern, weight, pair, member } of waiting) {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra !== rb) {
      const doubt = 1 - probabilityOf(weight)
      if (expectedFalse + doubt > maxFalseLinkRate * (links + 1)) break
      if (conflictOf(groups, ra, rb, pattern, weight) !== '') continue
      expectedFalse += doubt
      groups.join(left, right)
    }
    links++
    if (pair >= 0) {
      decisions.decision[pair] = LINK
      layer[pair] = LAYERS.indexOf('statistical')
    } else later[member] = { ...later[member], decision: 'link' }
  }
}

/** Waiting for want of weight only: no rival, no conflict. */
const PROMOTABLE: ReadonlySet<Reason> = new Set<Reason>(['weight', 'second-row', 'household'])

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

function isStillLikely(groups: Groups, { left, right, pattern, weight }: HouseholdPair, { review }: LinkThresholds) {
  return (
    conflictOf(groups, groups.root(left), groups.root(right), pattern, weight) === '' && probabilityOf(weight) >= review
  )
}

/** Same valid number, and name, birth and sex do not contradict it. */
function linkExactly(groups: Groups, pairs: OrderedPairs, decisions: PairDecisions, layer: Uint8Array): void {
  const exact = LAYERS.indexOf('exact')
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern) || pairs.weight[i] < 6000) continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra !== rb && conflictOf(groups, ra, rb, pattern, pairs.weight[i]) !== '') continue
    decisions.decision[i] = LINK
    layer[i] = exact
    groups.join(a, b)
  }
}

function gather(
  table: RecordTable,
  { parent, pairs, decisions, layer, later, judged, stale, discredited }: Layered,
): LinkResult {
  const lines = new LinkLines(pairs.count + later.length + judged.length + stale.length)
  const attachment = new Uint8Array(new SharedArrayBuffer(table.rows))
  const push = (left: number, right: number, weight: number, by: number): void => {
    lines.push(left, right, weight, DECISION.link, by, '')
    const strength = weight >= CERTAIN_WEIGHT ? ATTACHMENT.certain : ATTACHMENT.probable
    if (attachment[left] < strength) attachment[left] = strength
    if (attachment[right] < strength) attachment[right] = strength
  }
  // A pair that a person, the household step and the statistics all linked stands once, under the first of them.
  const known = new Set<number>()
  const pushOnce = (pair: HouseholdPair, by: Layer): void => {
    const key = pairKey(pair.left, pair.right)
    if (known.has(key)) return
    known.add(key)
    push(pair.left, pair.right, pair.weight, LAYERS.indexOf(by))
  }
  for (const { left, right, weight } of stale) {
    known.add(pairKey(left, right))
    lines.push(left, right, weight, DECISION.review, LAYERS.indexOf('review'), 'decided')
    if (rootIn(parent, left) !== rootIn(parent, right)) continue
    for (const row of [left, right]) if (attachment[row] < ATTACHMENT.probable) attachment[row] = ATTACHMENT.probable
  }
  for (const pair of judged) pushOnce(pair, 'decision')
  for (const pair of later) if (pair.decision === 'link') pushOnce(pair, pair.by)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && !known.has(pairKey(pairs.left[i], pairs.right[i])))
      push(pairs.left[i], pairs.right[i], decisions.weight[i], layer[i])

  const wait = (left: number, right: number, weight: number, reason: Reason): void => {
    const key = pairKey(left, right)
    if (rootIn(parent, left) === rootIn(parent, right) || known.has(key)) return
    known.add(key)
    lines.push(left, right, weight, DECISION.review, LAYERS.indexOf('review'), reason)
  }
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === REVIEW)
      wait(pairs.left[i], pairs.right[i], decisions.weight[i], REASONS[decisions.reason[i]])
  for (const pair of later)
    if (pair.decision === 'review')
      wait(pair.left, pair.right, pair.weight, pair.by === 'household' ? 'household' : 'weight')

  // Versions of one person in the police system are as certain as the system itself.
  const { personNo } = table.columns
  const versions = new Uint8Array(table.personNos.size + 1)
  for (let row = 0; row < table.starts[POLICE + 1]; row++) if (versions[personNo[row]] < 2) versions[personNo[row]]++
  for (let row = 0; row < table.starts[POLICE + 1]; row++)
    if (personNo[row] !== 0 && versions[personNo[row]] > 1) attachment[row] = ATTACHMENT.certain
  return { people: peopleFromGroups(parent, attachment), ...lines.sorted(), discredited }
}
