/**
 * The county's linking: weighed pairs → people, in layers; each link keeps the strictest layer that made it. In their order:
 *
 *   person_no     versions of one person in the police system                          groups.ts
 *   decision      what people decided, which outranks all that follows                 judged.ts
 *   exact         same valid ID number and nothing against it                          exact.ts
 *   statistical   heaviest pair first, rivals counted, conflicts named                 statistical/
 *   household     second hukou that the family tells; newborns by their mother;
 *                 members of households that are linked already                        second-hukou/, births-deaths/, households/
 *   leftover      the dead and the born, what is still without its counterpart on
 *                 both sides, newcomers who are present twice; second hukou that the
 *                 census knows nothing of                                              births-deaths/, leftovers/, second-hukou/
 *   last          questions that were answered meanwhile, what the wanted error rate
 *                 leaves room for, what is left of a pair beside a link that
 *                 contradicts it, and rivals who may be one person                     last/
 *
 * In:  RecordTable, candidate pairs with patterns, model. Out: People, Links, reasons of the pairs to review.
 */
import { BEYOND } from '../matching/beyond-pair.ts'
import type { CountyModel } from '../matching/county-model.ts'
import type { Kernel } from '../matching/kernel.ts'
import type { PatternCounts } from '../matching/pattern-counts.ts'
import type { CountyWeights } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { weighAgainstLinks } from './last/against-links.ts'
import { linkDeadAtHome } from './births-deaths/dead-at-home.ts'
import { linkDeceased } from './births-deaths/deceased.ts'
import { linkDeadInfants } from './births-deaths/infants.ts'
import { linkNewborns } from './births-deaths/newborns.ts'
import { linkOpenBirths } from './births-deaths/open-births.ts'
import { linkExactly } from './exact.ts'
import type { FamilyIndex } from './family-index.ts'
import { gatherLinks, type Layered, type LinkResult } from './results/gather-links.ts'
import { Groups, joinPersonNumbers } from './groups.ts'
import { type HouseholdWeights, householdWeights } from './households/household-weights.ts'
import { linkHouseholds } from './households/households.ts'
import { linkReplacedNumbers } from './households/replaced-numbers.ts'
import { learnLoneMembers, type LoneMembers } from './households/lone-members.ts'
import { joinJudged, type Judgement } from './judged.ts'
import { linkLeftovers } from './leftovers/leftovers.ts'
import { linkNewcomers } from './leftovers/newcomers.ts'
import { creditedPattern, discreditNumbers } from './number-holders.ts'
import { type OrderedPairs, pairsOfRows, reorderPairs } from './ordered-pairs.ts'
import { dropOvertaken } from './last/overtaken-reviews.ts'
import { type DecidedPair, type LaterPair, LINK, type LinkThresholds, type PairDecisions } from './pair-decisions.ts'
import { LAYERS, probabilityOf } from './people.ts'
import { AloneInBook } from './second-hukou/alone-in-book.ts'
import { linkAbsentHukou } from './second-hukou/absent-hukou.ts'
import { linkSecondHukou } from './second-hukou/by-census.ts'
import { linkListedThere } from './second-hukou/listed-there.ts'
import { linkLivesThere } from './second-hukou/lives-there.ts'
import { linkSameFamily } from './second-hukou/same-family.ts'
import { shareOfSecondHukou } from './second-hukou/share-of-second-hukou.ts'
import { Surnames } from './second-hukou/surnames.ts'
import { linkUnlisted } from './second-hukou/unlisted/link-unlisted.ts'
import { linkTwiceBorn } from './second-hukou/twice-born.ts'
import { AwayAnswers } from './statistical/away-answers.ts'
import { RelativesAtHome } from './statistical/relatives-at-home.ts'
import { pairsOfOneNumber, PresentTwice } from './statistical/present-twice.ts'
import { linkStatistically, type StatisticalContext, weighRivalsAgain } from './statistical/statistical.ts'
import { SecondOfTwins } from './twins/second-of-twins.ts'
import { UnseenTwins } from './twins/unseen-twins.ts'
import { weighRivalsOfOnePerson } from './last/rivals-of-one-person.ts'
import { promoteWithinBudget } from './last/within-budget.ts'

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

/** Rows, how they weigh, and how far linking has come: what the layers share. */
interface Linking extends Pick<LinkInput, 'table' | 'lines' | 'kernel' | 'weights' | 'model' | 'thresholds'> {
  /** By row, whether its number is believed (number-holders.ts). */
  readonly discredited: Uint8Array
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly decisions: PairDecisions
  /** Index into LAYERS of each pair that is linked. */
  readonly layer: Uint8Array
  /** Numbers of the pairs of one valid number. */
  readonly anchors: readonly number[]
  readonly surnames: Surnames
  readonly answers: AwayAnswers
  readonly unseenTwins: UnseenTwins
  readonly secondOfTwins: SecondOfTwins
}

export async function linkCounty(input: LinkInput): Promise<LinkResult> {
  const layers = await linkLayers(input)
  // What the layers knew of groups and families is let go before as much is made of the people.
  input.onScratch?.()
  return gatherLinks(input.table, layers)
}

/** All layers, in the order in which they ask. */
async function linkLayers(input: LinkInput): Promise<Layered> {
  const linking = await beginLinking(input)
  const { judged, stale } = joinJudged(linking, input.judgements)
  linkExactly(linking)
  const { statistical, ofFamilies } = await linkWithFamilies(linking, input)
  const leftovers = linkLeftBehind(statistical)
  const household = linkHukouLeft(statistical, ofFamilies)
  const later = [...foundBy('household', household), ...foundBy('leftover', leftovers)]
  const { groups, pairs, decisions, layer, discredited } = linking
  dropOvertaken(groups, pairs, decisions, later, input.thresholds.review)
  promoteWithinBudget({ groups, pairs, decisions, layer, rows: input.table.rows }, later, input.maxFalseLinkRate)
  weighRivalsAgain(statistical, decisions)
  const weighed = weighAgainstLinks({ ...linking, later, review: input.thresholds.review }, decisions)
  weighRivalsOfOnePerson({ groups, pairs, later: weighed }, decisions)
  return { parent: groups.parent, pairs, decisions, layer, later: weighed, judged, stale, discredited }
}

/** Whose numbers are believed, versions of one police person joined, the pairs by weight with nothing decided. */
async function beginLinking(input: LinkInput): Promise<Linking> {
  const { table, lines, kernel, weights, model, thresholds } = input
  const discredited = discreditNumbers(table, lines, kernel, input.pairs, input.pairCount)
  const groups = new Groups(table, lines, discredited)
  joinPersonNumbers(table, groups)
  const pairs = creditPairs(input, await input.ordered, discredited)
  input.onScratch?.()
  const anchors = pairsOfOneNumber(pairs)
  return {
    table,
    lines,
    kernel,
    weights,
    model,
    thresholds,
    discredited,
    groups,
    pairs,
    anchors,
    decisions: {
      decision: new Uint8Array(pairs.count),
      weight: pairs.weight.slice(),
      reason: new Uint8Array(pairs.count),
      beyond: new Uint8Array(pairs.count),
    },
    layer: new Uint8Array(pairs.count),
    surnames: new Surnames(table, kernel),
    answers: new AwayAnswers(table, lines, pairs, anchors),
    unseenTwins: new UnseenTwins(table, kernel, model, weights.expects),
    secondOfTwins: new SecondOfTwins(table),
  }
}

/** The pairs with the numbers known to be somebody else's taken out of their patterns. */
function creditPairs(input: LinkInput, ordered: OrderedPairs, discredited: Uint8Array): OrderedPairs {
  const { pairs, pairCount, weights } = input
  return reorderPairs(ordered, pairs, pairCount, discredited, {
    patternOf: (left, right, pattern) => creditedPattern(pattern, discredited[left] | discredited[right]),
    weigh: (left, right, pattern) => weights.weigh(left, right, pattern),
  })
}

/** What the statistical layer goes by, but for the pairs of each row. */
type Settled = Linking & Omit<StatisticalContext, 'pairsOf'>

/** The layers that look at families, which are let go behind them. */
async function linkWithFamilies(
  linking: Linking,
  input: LinkInput,
): Promise<{ readonly statistical: Settled; readonly ofFamilies: OfFamilies }> {
  const { table, kernel, pairs } = linking
  const families = await input.families()
  const { households } = families
  const statistical = {
    ...linking,
    columns: table.columns,
    household: table.columns.household,
    presentTwice: new PresentTwice(linking),
    relatives: new RelativesAtHome({ table, kernel, pairs, households }),
    books: new AloneInBook({ table, kernel, pairs, households }),
  }
  linkByWeight(statistical)
  input.onScratch?.()
  return { statistical, ofFamilies: linkFamilies(statistical, families, input.householdPatterns) }
}

/** The statistical layer, then second hukou that a census row proves. */
function linkByWeight(linking: Settled): void {
  const { table, pairs, decisions, layer } = linking
  linkStatistically({ ...linking, pairsOf: pairsOfRows(pairs, table.rows) }, decisions)
  linkSecondHukou(linking, decisions)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && layer[i] === 0) layer[i] = LAYERS.indexOf('statistical')
}

/** What the family brought. */
interface OfFamilies {
  readonly household: DecidedPair[]
  /** Second hukou by names and births, of which the census has not been asked yet. */
  readonly twice: DecidedPair[]
  /** Share of people with a second hukou (share-of-second-hukou.ts). */
  readonly secondHukou: number
  /** The name of each ID number in force; 0 none. */
  readonly nameOf: Uint32Array
}

/** The household layer: second hukou by the family, newborns and members of households that are linked already. */
function linkFamilies(linking: Settled, families: FamilyIndex, householdPatterns: PatternCounts): OfFamilies {
  const { table, groups, pairs, decisions, layer } = linking
  const inFamily = householdWeights(linking.model, householdPatterns)
  const secondHukou = shareOfSecondHukou(table, groups, pairs, decisions)
  const household = linkSameFamily({ ...linking, families, secondHukou })
  const twice = linkTwiceBorn({ ...linking, families, secondHukou, inFamily })
  const inHouseholds = { ...linking, weights: inFamily, households: families.households }
  const leftOver = linkHouseholdRounds(inHouseholds, household)
  append(household, linkDeadAtHome(inHouseholds))
  const replaced = linkReplacedNumbers(
    { ...linking, inFamily, households: families.households, counterparts: leftOver.share },
    decisions,
  )
  for (const i of replaced) layer[i] = LAYERS.indexOf('household')
  return { household, twice, secondHukou, nameOf: families.nameOf }
}

/** Linking where only members of two households are compared, with weights of their own. */
interface InHouseholds extends Omit<Linking, 'weights'> {
  readonly weights: HouseholdWeights
  readonly households: FamilyIndex['households']
}

/**
 * Newborns, infants who died and members of linked households, twice: whoever the first round joins brings households together.
 *
 * @param household the pairs found are added to it
 * @returns what was learned of the members left over
 */
function linkHouseholdRounds(linking: InHouseholds, household: DecidedPair[]): LoneMembers {
  append(household, linkNewborns(linking))
  append(household, linkDeadInfants(linking))
  linking.groups.forgetJoined()
  // Counted once: those left over after the first round are not what the share is of.
  const leftOver = learnLoneMembers(linking)
  append(household, linkHouseholds({ ...linking, leftOver, onlyJoined: false }))
  append(household, linkNewborns(linking))
  append(household, linkDeadInfants(linking))
  append(household, linkHouseholds({ ...linking, leftOver, onlyJoined: true }))
  return leftOver
}

/** The leftover layer: the dead, certificates of birth, rows without a counterpart, people from afar. */
function linkLeftBehind(linking: Settled): DecidedPair[] {
  const leftovers = linkDeceased(linking)
  append(leftovers, linkOpenBirths(linking))
  append(leftovers, linkLeftovers(linking))
  append(leftovers, linkNewcomers(linking, linking.decisions))
  return leftovers
}

/** Second hukou by the village where the person is listed or is said to live, and by whom the census knows nothing of. */
function linkHukouLeft(linking: Settled, { household, twice, secondHukou, nameOf }: OfFamilies): DecidedPair[] {
  const listed = linkListedThere(linking)
  append(listed, linkLivesThere(linking))
  const linked = linkAbsentHukou({ ...linking, secondHukou }, linking.decisions, [household, twice])
  const unlisted = linkUnlisted({ ...linking, nameOf }, linking.decisions, [household, twice, listed])
  for (const i of [...linked, ...unlisted.linked]) linking.layer[i] = LAYERS.indexOf('leftover')
  const { review } = linking.thresholds
  return [
    ...household.filter(({ decision, weight }) => decision === 'link' || probabilityOf(weight) >= review),
    ...listed.map((pair) => ({ ...pair, beyond: BEYOND.listedThere })),
    ...unlisted.found.map((pair) => ({ ...pair, beyond: BEYOND.likeness })),
    ...twice.filter(({ decision, weight }) => decision === 'link' || weight >= 0),
  ]
}

function foundBy(by: LaterPair['by'], pairs: readonly DecidedPair[]): LaterPair[] {
  return pairs.map((pair) => ({ ...pair, by }))
}

/** Not `push(...more)`: a hundred thousand pairs of a county without numbers would not fit the stack. */
function append(pairs: DecidedPair[], more: readonly DecidedPair[]): void {
  for (const pair of more) pairs.push(pair)
}
