/**
 * Candidates of one step, heaviest first, each judged against its rivals: with candidates B and C for one row,
 * P(B) = 2^w(B) ÷ (1 + 2^w(B) + 2^w(C)) unless B and C may be one person.
 */
import type { Groups } from './groups.ts'
import type { Kernel } from '../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../matching/weigh-county.ts'
import { chancesOf, type Contender } from './competition.ts'
import { conflictOf } from './conflicts.ts'
import type { DecidedPair, LinkThresholds } from './pair-decisions.ts'
import { oddsOfRival, pairKey, probabilityBeside, weightOfProbability } from './people.ts'

export interface Candidate {
  readonly left: number
  readonly right: number
  readonly pattern: number
  /** Milli-bits, prior included. */
  readonly weight: number
}

/** What waits is never told as certain. */
const SURE = 1 - 1e-6
/** Two candidates of one row may be one person from this weight on. */
const ONE_PERSON_MIN = -6000

/** Whether two rows are near enough, and without a conflict, to be one person. */
export function mayBeOnePerson(
  groups: Groups,
  kernel: Kernel,
  weights: CountyWeights,
): (a: number, b: number) => boolean {
  return (a, b) => {
    const left = Math.min(a, b)
    const right = Math.max(a, b)
    const pattern = kernel.compare(left, right)
    return (
      weights.weigh(left, right, pattern) > ONE_PERSON_MIN &&
      conflictOf(groups, groups.root(left), groups.root(right), pattern, 0) === ''
    )
  }
}

/**
 * Links what is likely enough, joins the groups, and hands back links and pairs for review.
 * @param mayBeOne whether two other rows, both candidates of the third, may be one person
 * @param takenWeight milli-bits that places taken by then cost two groups, where the weights do not hold them yet
 */
export function linkCandidates(
  groups: Groups,
  candidates: Candidate[],
  thresholds: LinkThresholds,
  mayBeOne: (a: number, b: number) => boolean,
  takenWeight: (ra: number, rb: number, pair: Candidate) => number = () => 0,
): DecidedPair[] {
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  const byRow = new Map<number, number[]>()
  candidates.forEach((pair, i) => {
    for (const row of [pair.left, pair.right]) {
      const list = byRow.get(row)
      if (list === undefined) byRow.set(row, [i])
      else list.push(i)
    }
  })
  const found: DecidedPair[] = []
  const waiting: number[] = []
  const leastLikely = Math.min(thresholds.review, thresholds.link)
  for (const [i, pair] of candidates.entries()) {
    const ra = groups.root(pair.left)
    const rb = groups.root(pair.right)
    if (ra === rb || conflictOf(groups, ra, rb, pair.pattern, pair.weight) !== '') continue
    const weight = pair.weight + takenWeight(ra, rb, pair)
    let rivals = 0
    for (const j of [...(byRow.get(pair.left) ?? []), ...(byRow.get(pair.right) ?? [])]) {
      if (j === i) continue
      const other = candidates[j]
      const sharesLeft = other.left === pair.left || other.right === pair.left
      const shared = sharesLeft ? pair.left : pair.right
      const here = sharesLeft ? pair.right : pair.left
      const there = other.left === shared ? other.right : other.left
      const rest = groups.root(there)
      if (rest === ra || rest === rb || mayBeOne(here, there)) continue
      if (conflictOf(groups, sharesLeft ? ra : rb, rest, other.pattern, 0) !== '') continue
      rivals += oddsOfRival(other.weight, weight)
      // More of them change nothing.
      if (probabilityBeside(weight, rivals) < leastLikely) break
    }
    const probability = probabilityBeside(weight, rivals)
    if (probability >= thresholds.link) {
      found.push({ ...pair, weight, decision: 'link' })
      groups.join(pair.left, pair.right)
    } else if (probability >= thresholds.review) {
      waiting.push(found.length)
      found.push({ ...pair, weight: milliBits(probability / (1 - probability)), decision: 'review' })
    }
  }
  if (waiting.length > 0) weighTogether(groups, candidates, found, waiting, mayBeOne, takenWeight)
  return found
}

/**
 * What waits is asked about with the chance that it has beside all that it competes with (competition.ts), people taken as they are
 * after the step.
 * @param found weights of those that wait are replaced in it
 * @param waiting their places in `found`
 */
function weighTogether(
  groups: Groups,
  candidates: readonly Candidate[],
  found: DecidedPair[],
  waiting: readonly number[],
  mayBeOne: (a: number, b: number) => boolean,
  takenWeight: (ra: number, rb: number, pair: Candidate) => number,
): void {
  const contenders: Contender[] = []
  const pairs: Candidate[] = []
  const numbers = new Map<number, number>()
  // The heaviest comes first: it speaks for all pairs of the same two people.
  for (const pair of candidates) {
    const [one, other] = [groups.root(pair.left), groups.root(pair.right)]
    if (one === other || numbers.has(pairKey(one, other))) continue
    if (conflictOf(groups, one, other, pair.pattern, pair.weight) !== '') continue
    numbers.set(pairKey(one, other), contenders.length)
    contenders.push({ one, other, weight: pair.weight + takenWeight(one, other, pair) })
    pairs.push(pair)
  }
  const areExclusive = (a: number, b: number): boolean => {
    const [p, q] = [contenders[a], contenders[b]]
    const shared = p.one === q.one || p.one === q.other ? p.one : p.other
    const restOf = ({ left, right }: Candidate): number => (groups.root(left) === shared ? right : left)
    return !mayBeOne(restOf(pairs[a]), restOf(pairs[b]))
  }
  const chances = chancesOf(contenders, areExclusive)
  for (const k of waiting) {
    const pair = found[k]
    const number = numbers.get(pairKey(groups.root(pair.left), groups.root(pair.right)))
    if (number === undefined || Number.isNaN(chances[number])) continue
    found[k] = { ...pair, weight: weightOfProbability(Math.min(SURE, chances[number])) }
  }
}
