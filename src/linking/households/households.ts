/**
 * Household evidence, a step of its own: people who live together are found together.
 *
 * In:  groups after the statistical layer. For every household whose members are already linked into another
 *      household (police, census or death form), the members still apart are compared with each other. Between two such
 *      households the question is not "which of 850,000?" but "which of the two or three left over?": the prior is
 *      high, place and address say nothing more, and names count as names do inside a family (surnames are shared).
 * Out: links of layer `household`, further pairs for review.
 *
 * It is what gave the 2021 census of England and Wales two more points of recall.
 */
import { oddsOfRival, probabilityBeside } from '../people.ts'
import type { Kernel } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { conflictOf, secondRowWeight } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { hearsayWeight, isHearsay, linkedBirths } from './hearsay.ts'
import { type HouseholdWeights, memberWeight } from './household-weights.ts'
import { type HouseholdRows, isMember, openMembers, visitLinkedHouseholds } from './linked-households.ts'
import { areNamedAlike, counterpartPrior, type LoneMembers, USUAL_COUNTERPARTS } from './lone-members.ts'
import { creditedPattern } from '../number-holders.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { besideTwin, type TwinOdds } from '../twins/unseen-twins.ts'

/** Milli-bits: lighter pairs of members are not even rivals. */
const CANDIDATE_WEIGHT_MIN = -8000
/** Families are counted twice as a whole: where one of them was, another is taken for nobody's chance of a hundred. */
const COUNTED_TWICE_TOGETHER = 5000

export interface HouseholdContext extends HouseholdRows {
  readonly kernel: Kernel
  readonly weights: HouseholdWeights
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
  /** Share of members left over who have their row in the other household, and weights between them (lone-members.ts). */
  readonly leftOver: LoneMembers
  readonly unseenTwins: TwinOdds
  /** Only where a member has been joined with somebody since `forgetJoined`: elsewhere all would come out as before. */
  readonly onlyJoined?: boolean
}

/**
 * Goes once through the households that have an open member: one whose person has no police row yet, or no census row.
 * Deterministic: households in the order of their first rows, candidates by weight, then by rows.
 */
export function linkHouseholds(context: HouseholdContext): DecidedPair[] {
  const found: DecidedPair[] = []
  visitLinkedHouseholds(context, (h, others) => {
    linkMembers(context, h, others, found)
    return true
  })
  return found
}

/** A pair of members who are still apart. */
interface MemberPair {
  readonly left: number
  readonly right: number
  readonly pattern: number
  /** Milli-bits, prior included, before places taken. */
  readonly weight: number
  /** Milli-bits by which a place that is taken already costs less (takenWeight). */
  readonly relief: number
}

function linkMembers(context: HouseholdContext, h: number, others: readonly number[], found: DecidedPair[]): void {
  const { groups, thresholds } = context
  const candidates = others.flatMap((other) => memberPairs(context, h, other))
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const pair of candidates) {
    const { left, right, pattern } = pair
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || conflictOf(groups, ra, rb, pattern, pair.weight) !== '') continue
    const alone = pair.weight + takenWeight(groups, ra, rb, pair.relief)
    const rivals = rivalOdds(groups, pair, candidates, alone)
    const probability = probabilityBeside(alone, rivals)
    const weight = rivals > 0 ? milliBits(probability / Math.max(1e-15, 1 - probability)) : alone
    if (probability >= thresholds.link) {
      found.push({ left, right, pattern, weight, decision: 'link' })
      groups.join(left, right)
    } else if (probability >= thresholds.review) found.push({ left, right, pattern, weight, decision: 'review' })
  }
}

/** Every open member of one household with every one of the other, where that is not hopeless. */
function memberPairs(context: HouseholdContext, h: number, other: number): MemberPair[] {
  const { table, groups, kernel, leftOver } = context
  const left = openMembers(context, h, other)
  if (left.length === 0) return []
  const right = openMembers(context, other, h)
  if (right.length === 0) return []
  const size = Math.max(left.length, right.length)
  const prior = counterpartPrior(leftOver.share, size)
  // Who has a place already is not left over: of those the share that was counted says nothing.
  const priorOfTaken = Math.min(prior, counterpartPrior(USUAL_COUNTERPARTS, size))
  const areGuesses = isHearsay(linkedBirths(context, h, other))
  const relief = isCountedTwice(context, h, other) ? COUNTED_TWICE_TOGETHER : 0
  const pairs: MemberPair[] = []
  for (const a of left)
    for (const b of right) {
      const [x, y] = a < b ? [a, b] : [b, a]
      const rx = groups.root(x)
      const ry = groups.root(y)
      if (rx === ry) continue
      const pattern = kernel.compare(x, y)
      const discredit = context.discredited[x] | context.discredited[y]
      const isLeftOver = secondRowWeight(groups, rx, ry) === 0
      const weight = isLeftOver
        ? prior +
          memberWeight(leftOver.weights, pattern, discredit) +
          birthRelief(leftOver, creditedPattern(pattern, discredit), {
            areAlike: areNamedAlike(table.columns, x, y, pattern),
            areGuesses,
          })
        : priorOfTaken + memberWeight(context.weights, pattern, discredit)
      const odds = context.unseenTwins.oddsOf(x, pattern)
      if (weight > CANDIDATE_WEIGHT_MIN)
        pairs.push({ left: x, right: y, pattern, weight: besideTwin(weight, odds), relief })
    }
  return pairs
}

/** What a wrong birth costs less where names agree, or where the births of the household are guesses. */
function birthRelief(
  { named, hearsay }: LoneMembers,
  pattern: number,
  { areAlike, areGuesses }: { readonly areAlike: boolean; readonly areGuesses: boolean },
): number {
  if (areAlike) return hearsayWeight(named, pattern)
  return areGuesses ? hearsayWeight(hearsay, pattern) : 0
}

/** Sum of 2^(w(rival) − w) over the other candidates of either row that exclude this one. */
function rivalOdds(groups: Groups, pair: MemberPair, candidates: readonly MemberPair[], weight: number): number {
  const ra = groups.root(pair.left)
  const rb = groups.root(pair.right)
  let odds = 0
  for (const other of candidates) {
    if (other === pair) continue
    const sharesLeft = other.left === pair.left || other.right === pair.left
    const sharesRight = other.left === pair.right || other.right === pair.right
    if (!sharesLeft && !sharesRight) continue
    const shared = sharesLeft ? pair.left : pair.right
    const own = sharesLeft ? ra : rb
    const rest = groups.root(other.left === shared ? other.right : other.left)
    if (rest === ra || rest === rb || conflictOf(groups, own, rest, other.pattern, other.weight) !== '') continue
    const rival = other.weight + takenWeight(groups, own, rest, other.relief)
    odds += oddsOfRival(rival, weight)
  }
  return odds
}

/** As secondRowWeight; `relief` of it where the family was counted twice and neither row stands in a household of the other. */
function takenWeight(groups: Groups, ra: number, rb: number, relief: number): number {
  const weight = secondRowWeight(groups, ra, rb)
  const isListedTwice =
    (groups.present[ra] > 0 && groups.present[rb] > 0) || (groups.away[ra] > 0 && groups.away[rb] > 0)
  return relief > 0 && isListedTwice && !groups.shareHousehold(ra, rb) ? Math.min(0, weight + relief) : weight
}

/** Whether somebody of both households is present more than once, or listed as away more than once. */
function isCountedTwice({ groups, households }: HouseholdContext, h: number, other: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const root = groups.root(households.rows[k])
    if ((groups.present[root] > 1 || groups.away[root] > 1) && isMember(root, groups, households, other)) return true
  }
  return false
}
