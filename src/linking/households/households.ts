/**
 * Household evidence, a step of its own: people who live together are found together.
 *
 * In:  groups after the statistical layer. For every household whose members are already linked into another
 *      household (police, census or death form), the members still apart are compared with each other. Between two such
 *      households the question is not "which of 850,000?" but "which of the two or three left over?": the prior is
 *      high, place and address say nothing more, and names count as names do inside a family (surnames are shared).
 * Out: links of layer `household`, further pairs for review.
 *
 * It is what gave the 2021 census of England and Wales two more points of recall (shared/peers, section 3).
 */
import type { Kernel } from '../../matching/kernel.ts'
import { conflictOf, secondRowWeight } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { hearsayWeight, isHearsay, linkedBirths } from './hearsay.ts'
import { type HouseholdWeights, memberWeight } from './household-weights.ts'
import { type HouseholdRows, isMember, openMembers, visitLinkedHouseholds } from './linked-households.ts'
import { areNamedAlike, counterpartPrior, type LoneMembers, USUAL_COUNTERPARTS } from './lone-members.ts'
import { creditedPattern } from '../number-holders.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { besideTwin, type TwinOdds } from '../unseen-twins.ts'

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

function linkMembers(context: HouseholdContext, h: number, others: readonly number[], found: DecidedPair[]): void {
  const { table, groups, kernel, thresholds, leftOver } = context
  const birthRelief = (pattern: number, areAlike: boolean, isGuess: boolean): number =>
    areAlike ? hearsayWeight(leftOver.named, pattern) : isGuess ? hearsayWeight(leftOver.hearsay, pattern) : 0
  const candidates: { left: number; right: number; pattern: number; weight: number; relief: number }[] = []
  for (const other of others) {
    const left = openMembers(context, h, other)
    if (left.length === 0) continue
    const right = openMembers(context, other, h)
    if (right.length === 0) continue
    const size = Math.max(left.length, right.length)
    const prior = counterpartPrior(leftOver.share, size)
    // Who has a place already is not left over: of those the share that was counted says nothing.
    const priorOfTaken = Math.min(prior, counterpartPrior(USUAL_COUNTERPARTS, size))
    const birthsAreGuesses = isHearsay(linkedBirths(context, h, other))
    const relief = isCountedTwice(context, h, other) ? COUNTED_TWICE_TOGETHER : 0
    for (const a of left)
      for (const b of right) {
        const [x, y] = a < b ? [a, b] : [b, a]
        const rx = groups.root(x)
        const ry = groups.root(y)
        if (rx === ry) continue
        const pattern = kernel.compare(x, y)
        const discredit = context.discredited[x] | context.discredited[y]
        const weight =
          secondRowWeight(groups, rx, ry) === 0
            ? prior +
              memberWeight(leftOver.weights, pattern, discredit) +
              birthRelief(
                creditedPattern(pattern, discredit),
                areNamedAlike(table.columns, x, y, pattern),
                birthsAreGuesses,
              )
            : priorOfTaken + memberWeight(context.weights, pattern, discredit)
        const odds = context.unseenTwins.oddsOf(x, pattern)
        if (weight > -8000) candidates.push({ left: x, right: y, pattern, weight: besideTwin(weight, odds), relief })
      }
  }
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const pair of candidates) {
    const ra = groups.root(pair.left)
    const rb = groups.root(pair.right)
    if (ra === rb) continue
    if (conflictOf(groups, ra, rb, pair.pattern, pair.weight) !== '') continue
    const weight = pair.weight + takenWeight(groups, ra, rb, pair.relief)
    let rivals = 0
    for (const other of candidates) {
      if (other === pair) continue
      const sharesLeft = other.left === pair.left || other.right === pair.left
      const sharesRight = other.left === pair.right || other.right === pair.right
      if (!sharesLeft && !sharesRight) continue
      const rest = sharesLeft
        ? other.left === pair.left
          ? other.right
          : other.left
        : other.left === pair.right
          ? other.right
          : other.left
      const root = groups.root(rest)
      if (root === ra || root === rb) continue
      if (conflictOf(groups, sharesLeft ? ra : rb, root, other.pattern, other.weight) !== '') continue
      rivals +=
        2 **
        (Math.min(20_000, other.weight + takenWeight(groups, sharesLeft ? ra : rb, root, other.relief) - weight) / 1000)
    }
    const probability = 1 / (1 + rivals + 2 ** (-weight / 1000))
    const pairWeight =
      rivals > 0 ? Math.round(Math.log2(probability / Math.max(1e-15, 1 - probability)) * 1000) : weight
    if (probability >= thresholds.link) {
      found.push({ left: pair.left, right: pair.right, pattern: pair.pattern, weight: pairWeight, decision: 'link' })
      groups.join(pair.left, pair.right)
    } else if (probability >= thresholds.review)
      found.push({ left: pair.left, right: pair.right, pattern: pair.pattern, weight: pairWeight, decision: 'review' })
  }
}

/** As secondRowWeight; `relief` of it where the family was counted twice and neither row stands in a household of the other. */
function takenWeight(groups: Groups, ra: number, rb: number, relief: number): number {
  const weight = secondRowWeight(groups, ra, rb)
  const isPresentTwice = groups.present[ra] > 0 && groups.present[rb] > 0
  return relief > 0 && isPresentTwice && !groups.shareHousehold(ra, rb) ? Math.min(0, weight + relief) : weight
}

/** Whether somebody of both households is present more than once. */
function isCountedTwice({ groups, households }: HouseholdContext, h: number, other: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const root = groups.root(households.rows[k])
    if (groups.present[root] > 1 && isMember(root, groups, households, other)) return true
  }
  return false
}
