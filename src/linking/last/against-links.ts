/**
 * Pairs that wait although a link that was made speaks against them: what each is worth beside that link.
 *
 * A census row has found its police row, and so a number; the police row of a namesake in the next village, under another number, fits
 * it by name and month as well. Alone that pair is as good as certain, and it waits for a person because of the two numbers. It can
 * only be true if the row does not belong where it was linked, or if both are one person under two numbers. With w the weight of the
 * pair, s and t those of what ties either row to the contradiction (the weakest link on the strongest way to it), p and q what it costs
 * that its place in the other group is taken, and v what the rows that contradict each other weigh together, all in bits, the odds are
 *
 *     2^(w − s + p) + 2^(w − t + q) + 2^v
 *
 * Two rows that bear the two numbers themselves keep their weight, in which the numbers are, unless each has found its own counterpart:
 * then s and t are what ties it to another row of its number.
 *
 * In:  groups and decisions after all layers. Out: such pairs weighed anew; one that is no longer worth a look waits no longer.
 */
import type { RecordTable } from '../../records/record-table.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { BEYOND } from '../../matching/beyond-pair.ts'
import { PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { conflictOf, SECOND_ROW_WEIGHT } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { LINK, type LaterPair, type PairDecisions, type Reason, REASONS, REVIEW } from '../pair-decisions.ts'
import { pairKey, probabilityOf, weightOfProbability } from '../people.ts'

/** Waiting because of a contradiction, not for want of weight. */
const CONFLICTS: ReadonlySet<Reason> = new Set<Reason>(['two-numbers', 'two-hukou'])
/** What waits is never told as certain: of a chance of one there are no odds. */
const SURE = 1 - 1e-6
/** Rows that no weight ties together: versions of one person, or what a person said. */
const PROVED = 40_000

export interface AgainstLinksContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly pairs: OrderedPairs
  /** What the later layers decided. */
  readonly later: readonly LaterPair[]
  /** Least probability of a pair that waits for review. */
  readonly review: number
}

/** A pair that waits against a link, and where its new weight goes. */
interface Contradicted {
  readonly left: number
  readonly right: number
  readonly weight: number
  /** Told undefined where the pair is not worth a look. */
  readonly weigh: (weight: number | undefined) => void
}

/** Changes `decisions` in place; returns `later` with its pairs weighed anew, those not worth a look left out. */
export function weighAgainstLinks(context: AgainstLinksContext, decisions: PairDecisions): LaterPair[] {
  const { table, groups, review } = context
  const later: (LaterPair | undefined)[] = [...context.later]
  const contradicted = findContradicted(context, decisions, later)
  const roots = new Set(contradicted.flatMap(({ left, right }) => [groups.root(left), groups.root(right)]))
  const ties = new Ties(context, decisions, roots)
  const between = weightsBetween(context, decisions)
  for (const { left, right, weight, weigh } of contradicted) {
    const [ra, rb] = [groups.root(left), groups.root(right)]
    const isBearer = bearersOf(table, groups, ra, rb)
    // The numbers of the two rows themselves are in their weight, but not that each has found a row of its own.
    const isBetween = isBearer(left) && isBearer(right)
    if (isBetween && !(hasCounterpart(table, groups, left) && hasCounterpart(table, groups, right))) continue
    const tieOf = (row: number): number =>
      ties.weightOf(row, isBetween ? (other) => other !== row && isBearer(other) : isBearer)
    const odds =
      2 ** ((weight - tieOf(left) + takenPlace(table, groups, left, rb)) / 1000) +
      2 ** ((weight - tieOf(right) + takenPlace(table, groups, right, ra)) / 1000) +
      2 ** ((between.get(pairKey(ra, rb)) ?? Number.NEGATIVE_INFINITY) / 1000)
    const probability = Math.min(odds / (1 + odds), probabilityOf(weight), SURE)
    weigh(probability < review ? undefined : weightOfProbability(probability))
  }
  return later.filter((pair) => pair !== undefined)
}

function findContradicted(
  { groups, pairs }: AgainstLinksContext,
  decisions: PairDecisions,
  later: (LaterPair | undefined)[],
): Contradicted[] {
  const found: Contradicted[] = []
  const isContradicted = (left: number, right: number, pattern: number, weight: number): boolean => {
    const [ra, rb] = [groups.root(left), groups.root(right)]
    if (pairClassOf(pattern) === PAIR_CLASS.policePolice || ra === rb) return false
    return conflictOf(groups, ra, rb, pattern, weight) !== ''
  }
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] !== REVIEW || !CONFLICTS.has(REASONS[decisions.reason[i]])) continue
    const [left, right, weight] = [pairs.left[i], pairs.right[i], decisions.weight[i]]
    if (!isContradicted(left, right, pairs.pattern[i], weight)) continue
    const weigh = (anew: number | undefined): void => {
      if (anew === undefined) decisions.decision[i] = 0
      else {
        decisions.weight[i] = anew
        decisions.beyond[i] = BEYOND.contradicted
      }
    }
    found.push({ left, right, weight, weigh })
  }
  for (const [k, pair] of later.entries()) {
    if (pair?.decision !== 'review' || !isContradicted(pair.left, pair.right, pair.pattern, pair.weight)) continue
    const weigh = (weight: number | undefined): void => {
      later[k] = weight === undefined ? undefined : { ...pair, weight, beyond: BEYOND.contradicted }
    }
    found.push({ ...pair, weigh })
  }
  return found
}

/** Which rows of two groups bear what contradicts (conflicts.ts): another number, a second certificate, a second hukou. */
function bearersOf(table: RecordTable, groups: Groups, ra: number, rb: number): (row: number) => boolean {
  const { idNo } = table.columns
  if (groups.haveTwoNumbers(ra, rb)) return (row) => idNo[row] === groups.idNo[ra] || idNo[row] === groups.idNo[rb]
  const isOf = (register: number) => (row: number) => table.registerOf(row) === register
  if (groups.births[ra] > 0 && groups.births[rb] > 0) return isOf(BIRTHS)
  if (groups.deaths[ra] > 0 && groups.deaths[rb] > 0) return isOf(DEATHS)
  return isOf(POLICE)
}

/** Whether a police row has found a census row, or a row of another register its police row. */
function hasCounterpart(table: RecordTable, groups: Groups, row: number): boolean {
  const root = groups.root(row)
  return table.registerOf(row) === POLICE ? groups.present[root] + groups.away[root] > 0 : groups.police[root] > 0
}

/** Milli-bits that it costs a row to come into a group that has such a row. */
function takenPlace(table: RecordTable, groups: Groups, row: number, root: number): number {
  const register = table.registerOf(row)
  const rows =
    register === CENSUS_DEATHS
      ? groups.deathForms[root]
      : register !== CENSUS
        ? 0
        : table.columns.residence[row] === 1
          ? groups.present[root]
          : groups.away[root]
  return rows > 0 ? SECOND_ROW_WEIGHT : 0
}

/** Of two groups whose police rows wait as two hukou of one person: the heaviest such pair, milli-bits. */
function weightsBetween(
  { groups, pairs, later, table }: AgainstLinksContext,
  decisions: PairDecisions,
): Map<number, number> {
  const between = new Map<number, number>()
  const add = (left: number, right: number, weight: number): void => {
    const key = pairKey(groups.root(left), groups.root(right))
    between.set(key, Math.max(weight, between.get(key) ?? weight))
  }
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === REVIEW && pairClassOf(pairs.pattern[i]) === PAIR_CLASS.policePolice)
      add(pairs.left[i], pairs.right[i], decisions.weight[i])
  for (const { left, right, weight, decision } of later)
    if (decision === 'review' && right < table.starts[POLICE + 1]) add(left, right, weight)
  return between
}

interface Tie {
  readonly row: number
  readonly weight: number
}

/** The links of some groups, asked how firmly they tie a row to another. */
class Ties {
  private readonly of = new Map<number, Tie[]>()

  constructor(context: AgainstLinksContext, { decision, weight }: PairDecisions, roots: ReadonlySet<number>) {
    const { groups, pairs, later } = context
    const add = (left: number, right: number, milliBits: number): void => {
      if (!roots.has(groups.root(left))) return
      this.push(left, { row: right, weight: milliBits })
      this.push(right, { row: left, weight: milliBits })
    }
    for (let i = 0; i < pairs.count; i++) if (decision[i] === LINK) add(pairs.left[i], pairs.right[i], weight[i])
    for (const pair of later) if (pair.decision === 'link') add(pair.left, pair.right, pair.weight)
  }

  private push(row: number, tie: Tie): void {
    const list = this.of.get(row)
    if (list === undefined) this.of.set(row, [tie])
    else list.push(tie)
  }

  /** Milli-bits of the weakest link on the strongest way from a row to one that bears the contradiction; endless for such a row itself. */
  weightOf(row: number, isBearer: (row: number) => boolean): number {
    const reached = new Map<number, number>([[row, Number.POSITIVE_INFINITY]])
    const done = new Set<number>()
    for (;;) {
      let next = -1
      for (const [known, weight] of reached)
        if (!done.has(known) && (next < 0 || weight > (reached.get(next) ?? 0))) next = known
      // Nothing weighs what ties it: somebody said so, or the register did.
      if (next < 0) return PROVED
      const weight = reached.get(next) ?? 0
      if (isBearer(next)) return weight
      done.add(next)
      for (const tie of this.of.get(next) ?? []) {
        const way = Math.min(weight, tie.weight)
        if (way > (reached.get(tie.row) ?? Number.NEGATIVE_INFINITY)) reached.set(tie.row, way)
      }
    }
  }
}
