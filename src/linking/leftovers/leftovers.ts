/**
 * Leftovers: what is still without its counterpart on both sides.
 *
 * A county has few police persons whom no census row names, and few away rows whose present row is missing. A census row
 * that must have such a partner and has none is therefore compared once more with those alone: that the other side would
 * be without a row as well counts for the pair by 1 ÷ q, with q the share of such persons or away rows, counted now that
 * the rest is linked (the bipartite prior of expected-partners.ts, from the other side). Few are left, so they need no
 * blocking rule: a shared name, hukou village and sex, or birth month and place, is enough to be looked at, whatever
 * else is wrong. A present row that finds nobody without a row is somebody's second one, or in no register.
 *
 * In:  groups after the household layer. Out: links of layer `leftover`, further pairs for review.
 */
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { type Kernel, nameLevelOf, PAIR_CLASS } from '../../matching/kernel.ts'
import { isPresent } from '../../matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS } from '../../registers/columns.ts'
import type { AwayAnswers } from '../statistical/away-answers.ts'
import type { RelativesAtHome } from '../statistical/relatives-at-home.ts'
import { otherRowsWeight } from '../statistical/other-rows.ts'
import type { Groups } from '../groups.ts'
import { creditedPattern } from '../number-holders.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type Candidate, linkCandidates, mayBeOnePerson } from '../rival-candidates.ts'
import { areTwoByNumber, NAMELESS_SECOND_WEIGHT, SECOND_ROW_WEIGHT, secondRowWeight } from '../conflicts.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { besideTwin, type TwinOdds } from '../twins/unseen-twins.ts'
import { OpenRows } from './open-rows.ts'

/** Lighter pairs neither link nor rival a link. */
const CANDIDATE_WEIGHT_MIN = -4000
/** Rows that seek their police row, and are somebody's second one in 64, that are believed in before any is counted. */
const CAUTION = 50

export interface LeftoverContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
  readonly pairs: OrderedPairs
  readonly answers: AwayAnswers
  readonly relatives: RelativesAtHome
  readonly unseenTwins: TwinOdds
}

export function linkLeftovers(context: LeftoverContext): DecidedPair[] {
  const { table, groups, kernel, weights, lines, thresholds, pairs, discredited, answers } = context
  const open = new OpenRows(context)
  const twice = countedTwiceWeight(context, open.isSeeker)
  const candidates: Candidate[] = []
  const seen = new Set<number>()
  /** A present row that must have a police row, and somebody who is present already: counted twice, or not in the register. */
  const takenWeight = (left: number, right: number, ra: number, rb: number, pattern: number): number => {
    const taken = secondRowWeight(groups, ra, rb, pattern)
    if (taken !== SECOND_ROW_WEIGHT || groups.present[ra] === 0 || groups.present[rb] === 0) return taken
    const expected = groups.police[rb] > 0 ? 0 : weights.expectation(left, right, PAIR_CLASS.policeCensus)
    const nameless = weights.isNameless(left, right, pattern) ? NAMELESS_SECOND_WEIGHT : 0
    const weight = (expected === 0 ? taken : Math.max(taken, twice - expected)) + nameless
    return weight + alikeInAnswers(right, ra)
  }
  /** What the row and the present row of the person most like it answer about being away. */
  const alikeInAnswers = (row: number, root: number): number => {
    let best = Number.NEGATIVE_INFINITY
    let other = root
    do {
      if (isPresent(lines, other)) best = Math.max(best, answers.weightOf(other, row))
      other = groups.following(other)
    } while (other !== root)
    return best
  }
  const consider = (a: number, b: number, byName = false): void => {
    const left = Math.min(a, b)
    const right = Math.max(a, b)
    const ra = groups.root(left)
    const rb = groups.root(right)
    const key = left * table.rows + right
    if (ra === rb || seen.has(key)) return
    if (areTwoByNumber(groups, table.columns.idNo, left, right)) return
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    if (byName && !areNamesakes(pattern) && !weights.saySameSurname(left, right)) return
    seen.add(key)
    const raw = weights.weigh(left, right, pattern)
    const found = open.bonusOf(left, right) || takenWeight(left, right, ra, rb, pattern)
    const others = otherRowsWeight(context, left, right, pattern, ra)
    const weight = besideTwin(raw + found + others, context.unseenTwins.oddsOf(left, pattern))
    if (weight > CANDIDATE_WEIGHT_MIN) candidates.push({ left, right, pattern, weight })
  }
  open.meet(consider)
  // Whatever else the seekers were compared with is a rival.
  for (let i = 0; i < pairs.count; i++)
    if (open.isSeeker[pairs.left[i]] === 1 || open.isSeeker[pairs.right[i]] === 1)
      consider(pairs.left[i], pairs.right[i])
  return linkCandidates(groups, candidates, thresholds, mayBeOnePerson(groups, kernel, weights))
}

/** Whether the names share at least the surname or the given name. */
function areNamesakes(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  return name !== NAME_LEVEL.missing && name !== NAME_LEVEL.different
}

/**
 * Milli-bits that a present row which still seeks its police row is somebody's second one: the odds of such rows found so
 * far to those that seek still, all of whom may be in no register.
 */
function countedTwiceWeight({ table, lines, groups }: LeftoverContext, isSeeker: Uint8Array): number {
  let twice = 0
  let seeking = 0
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if (!isPresent(lines, row)) continue
    const root = groups.root(row)
    if (groups.police[root] === 0) seeking += isSeeker[row]
    else twice += (groups.present[root] - 1) / groups.present[root]
  }
  return milliBits((twice + CAUTION / 64) / (seeking + CAUTION))
}
