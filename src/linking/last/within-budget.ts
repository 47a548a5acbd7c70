/**
 * The last step: what waits for review only for want of weight is linked while the wanted share of false links allows.
 *
 * In:  decisions of all layers and their weights. Out: the likeliest waiting pairs linked, their groups joined.
 */
import { PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { conflictOf } from '../conflicts.ts'
import { type Groups, rootIn } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type LaterPair, LINK, type PairDecisions, type Reason, REASONS, REVIEW } from '../pair-decisions.ts'
import { LAYERS, probabilityOf } from '../people.ts'

/** No pair is linked below this probability, however much room the wanted error rate leaves. */
const PROMOTED_MIN = 0.8
/** How likely two hukou are one person's is known less well. */
const TWO_HUKOU_MIN = 0.95

export interface BudgetContext {
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly decisions: PairDecisions
  /** Index into LAYERS of each pair that is linked. */
  readonly layer: Uint8Array
  /** Rows of the table. */
  readonly rows: number
}

interface Waiting {
  readonly left: number
  readonly right: number
  readonly pattern: number
  readonly weight: number
  /** Its place among the pairs by weight, or among the later ones; -1 elsewhere. */
  readonly pair: number
  readonly member: number
}

interface Link {
  readonly left: number
  readonly right: number
  readonly weight: number
}

/**
 * Links the likeliest pairs that wait for review while the expected number of false links stays within the wanted
 * share of all links.
 * @param later what later layers decided; those linked here are replaced in it
 */
export function promoteWithinBudget(
  { groups, pairs, decisions, layer, rows }: BudgetContext,
  later: LaterPair[],
  maxFalseLinkRate: number,
): void {
  const made = new ExpectedFalse(rows)
  const waiting: Waiting[] = []
  for (let i = 0; i < pairs.count; i++) {
    const weight = decisions.weight[i]
    if (decisions.decision[i] === LINK) made.add(pairs.left[i], pairs.right[i], weight)
    else if (
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
    if (pair.decision === 'link') made.add(pair.left, pair.right, pair.weight)
    else if (probabilityOf(pair.weight) >= PROMOTED_MIN) waiting.push({ ...pair, pair: -1, member })
  })
  let { links } = made
  let expectedFalse = made.sum()
  const likely = waiting.filter(
    ({ pattern, weight }) => pairClassOf(pattern) !== PAIR_CLASS.policePolice || probabilityOf(weight) >= TWO_HUKOU_MIN,
  )
  likely.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const { left, right, pattern, weight, pair, member } of likely) {
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

/** Links of more milli-bits are taken as made: a million of them are expected to hold one false one. */
const CERTAIN = 20_000

/**
 * Expected number of people joined falsely: the sum of 1 − p over the links that each person needs, its heaviest ones
 * (Kruskal's maximum spanning forest). A light link between rows that heavier ones join already is no risk of its own.
 */
export class ExpectedFalse {
  /** How many links there are. */
  links = 0
  private readonly parent: Int32Array
  /** A county has a million links, of which few are doubtful: only these are kept. */
  private readonly doubtful: Link[] = []

  constructor(rows: number) {
    this.parent = new Int32Array(rows)
    for (let row = 0; row < rows; row++) this.parent[row] = row
  }

  add(left: number, right: number, weight: number): void {
    this.links++
    if (weight > CERTAIN) joinIn(this.parent, left, right)
    else this.doubtful.push({ left, right, weight })
  }

  /** To be asked once, after the last link. */
  sum(): number {
    this.doubtful.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
    let expected = 0
    for (const { left, right, weight } of this.doubtful)
      if (joinIn(this.parent, left, right)) expected += 1 - probabilityOf(weight)
    return expected
  }
}

/** Whether two rows were apart. */
function joinIn(parent: Int32Array, a: number, b: number): boolean {
  const [ra, rb] = [rootIn(parent, a), rootIn(parent, b)]
  if (ra === rb) return false
  parent[Math.max(ra, rb)] = Math.min(ra, rb)
  return true
}
